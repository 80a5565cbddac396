"""One activity as a row with its bar, wherever it stands: value, width, gap, trend, who answers."""

import pandas as pd

from poa_core import links
from poa_core.figures.frames import records
from poa_core.words.language import ABSENT, Words, is_nothing, is_one

Group = tuple[int, str, list[dict]]
SCALE = 1.2  # a bar's full width, as a share of its programme


def bar(row: pd.Series, words: Words) -> dict:
    """One activity as a row with its bar."""
    status = row["status"] if pd.notna(row["status"]) else None
    value = words.percent(row["compliance"], bands(row))
    return {
        "code": row["code"],
        "name": short_name(row),
        "activity": row["activity"],
        "status": status,
        "value": value if status else words.amount(row["reported_to_date"], row["unit"]),
        "share": words.percent(row["share"]) if pd.notna(row["share"]) else None,
        "fill": width(row["compliance"]),
        **compliance_range(row["compliance_low"], row["compliance_high"], row["status"], words),
        "months": months_text(row, words),
        "gap": shortfall(row, words),
        "owner": owner(row, words),
        "href": links.address(links.INDICATORS, actividad=row["code"]),
    }


def months_text(row: pd.Series, words: Words) -> str:
    """How many of the due months are reported, where months do not add up; how many are in part, and without
    whom, wherever some are.
    """
    texts = []
    if is_not_summed(row) and row["months_due"]:
        texts.append(words("bars.months_one" if row["months_due"] == 1 else "bars.months_many",
                          reported=int(row["months_reported"]), due=int(row["months_due"])))  # fmt: skip
    if row["months_partial"]:
        texts.append(
            words(
                "bars.partial_one" if row["months_partial"] == 1 else "bars.partial_many",
                count=int(row["months_partial"]),
                localities=row["localities_missing"].replace("|", ", "),
            )
        )
    return "; ".join(texts)


def is_not_summed(row: pd.Series) -> bool:
    """Whether the activity counts the months it has, and says of how many: a mean, a balance, a limit."""
    return row["aggregation"] in ("mean", "last") or (row["aggregation"], row["direction"]) == (
        "sum",
        "lower",
    )


def annual(row: pd.Series, words: Words) -> str:
    """The share of the annual target; of a yearly limit what is used of it, at least that where a month is in
    part.
    """
    figure = words.percent(row["annual"])
    is_open = (
        (row["aggregation"], row["direction"]) == ("sum", "lower")
        and row["has_partial"]
        and pd.notna(row["annual"])
    )
    return words("bars.at_least", figure=figure) if is_open else figure


def state_text(cell: dict, words: Words) -> str:
    """What state a month is in, and whom it lacks. cell: a row of metrics.cells."""
    if cell["is_whole_only"]:
        return words("state.whole_only")
    text = words(f"state.{cell['state']}")
    return f"{text} ({cell['localities_missing']})" if cell["localities_missing"] else text


def compliance_range(low: float, high: float, status: str, words: Words) -> dict:
    """A bar's whisker and the sentence that says it, where what is missing leaves compliance open."""
    ends = words.percent(low), words.percent(high)
    if status == "not_reported" or pd.isna(low) or pd.isna(high) or high <= low + 1e-9 or ends[0] == ends[1]:
        return {"whisker": None, "interval": ""}
    return {
        "whisker": (width(low), width(high)),
        "interval": words("bars.interval", low=ends[0], high=ends[1]),
    }


def shortfall(row: pd.Series, words: Words) -> str:
    """What is missing, in the activity's own unit."""
    if row["status"] == "not_reported" and is_not_summed(
        row
    ):  # what months count against one another do not add up
        return words(
            "gap.silent_months_one" if row["months_due"] == 1 else "gap.silent_months_many",
            missing=int(row["months_due"] - row["months_reported"]),
            due=int(row["months_due"]),
        )
    if row["status"] == "not_reported":
        return words("gap.silent", programmed=words.amount(row["programme_due"], row["unit"]))
    if pd.isna(row["shortfall"]) or row["shortfall"] <= 1e-9:
        return ""
    gap = (
        words.difference(row["shortfall"], row["unit"], 1)
        if row["is_percent"]
        else words.number(row["shortfall"])
    )
    if is_nothing(gap):
        return ""
    key = f"gap.percent_{row['direction']}" if row["is_percent"] else "gap.amount_lower"
    if not row["is_percent"] and row["direction"] == "higher":
        key = "gap.amount_higher_one" if is_one(gap) else "gap.amount_higher_many"
    return words(key, gap=gap, programmed=words.amount(row["programmed_to_date"], row["unit"]))


def trend(months: pd.DataFrame, cumulative: bool, target: float) -> dict | None:
    """A sparkline in a 100 x 40 box: points of the months with a value, and the target's height."""
    values = months["running_reported" if cumulative else "reported"]
    reported = [(n, float(v)) for n, v in enumerate(values) if pd.notna(v)]
    if months["reported"].notna().sum() < 2:  # one report is no trend
        return None
    heights = [v for _, v in reported] + ([float(target)] if pd.notna(target) else [])
    low, high = min(heights), max(heights)

    def height(value: float) -> float:
        return round(38 - 36 * (value - low) / ((high - low) or 1), 1)

    points = [(round(100 * n / 11, 1), height(v)) for n, v in reported]
    return {"points": " ".join(f"{x},{y}" for x, y in points), "last": points[-1],
            "goal": height(float(target)) if pd.notna(target) else None}  # fmt: skip


def owner(row: pd.Series, words: Words) -> str:
    """Who answers, or that nobody does."""
    return (
        words("common.nobody")
        if pd.isna(row["responsible"]) or not row["responsible"]
        else row["responsible"]
    )


def short_name(row: pd.Series) -> str:
    """The indicator's name, which fits beside a bar, else the activity's."""
    return row["activity"] if pd.isna(row["indicator"]) or not row["indicator"] else row["indicator"]


def bands(row: pd.Series) -> tuple[float, float]:
    """The plan's thresholds that a printed percentage must not cross."""
    return row["at_risk_threshold"], row["met_threshold"]


def width(ratio: float) -> str:
    """How far a bar reaches, as a share of its place."""
    share = 0 if pd.isna(ratio) else min(max(float(ratio), 0), SCALE) / SCALE
    return f"{share * 100:.2f}%"


def by_objective(activities: pd.DataFrame) -> list[Group]:
    """(number, objective, its activities as dicts) in the plan's order; one conversion for the whole
    frame.
    """
    groups: dict[str, list[dict]] = {}
    for row in records(activities):
        groups.setdefault(row["objective"], []).append(row)
    return [(int(rows[0]["objective_number"]), name, rows) for name, rows in groups.items()]


def rollup_figure(row: dict, words: Words) -> str:
    """A roll-up as printed; where everything due is silent nobody knows, and that is no 0 %."""
    return ABSENT if row["status"] == "not_reported" else words.percent(row["compliance"], bands(row))
