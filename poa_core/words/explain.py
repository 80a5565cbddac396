"""Why a percentage is what it is: its formula with its own numbers in it."""

import pandas as pd

from poa_core.words.language import NO_BREAK, Words

SHOWN_TERMS = 12


def formula(activity: pd.Series, cells: pd.DataFrame, cutoff: int, words: Words) -> str:
    """(18 + 21 + 19) ÷ (25 + 25 + 25 + 25) = 58 ÷ 100, by the activity's own rule; empty without compliance.

    cells: the activity's twelve rows of metrics.cells.
    """
    if pd.isna(activity["compliance"]):
        return ""
    cells_to_date = cells[cells["month"] <= cutoff]
    due = cells_to_date[cells_to_date["is_due"]]
    counted = cells_to_date[cells_to_date["is_counted"]]
    matched = counted[counted["is_due"]]
    reported, programmed = {
        "sum": (
            counted["reported"],
            due["programmed"] if activity["direction"] == "higher" else matched["programmed"],
        ),
        "milestone": (counted["reported"], due["programmed"]),
        "mean": (counted["reported"], matched["programmed"]),
    }.get(activity["aggregation"], (pd.Series(dtype=float), pd.Series(dtype=float)))
    mean = activity["aggregation"] == "mean"
    above = _terms(reported, activity["reported_to_date"], mean, words)
    below = _terms(programmed, activity["programmed_to_date"], mean, words)
    if activity["aggregation"] == "milestone":
        return words("why.milestone_formula", reported=above[0], programmed=below[0])
    if activity["direction"] == "lower" and activity["reported_to_date"] <= 0:
        return words("why.nothing_lower", reported=above[1])
    if activity["direction"] == "lower":
        above, below = below, above
    long, short = f"{above[0]} ÷ {below[0]}", f"{above[1]} ÷ {below[1]}"
    return long if long == short else f"{long} = {short}"


def rule(activity: pd.Series, cutoff: int, words: Words) -> str:
    """The rule in words, up to the cut-off month."""
    key = f"why.{activity['aggregation']}_{activity['direction']}"
    return words(key, month=words.month(cutoff) if cutoff else words("common.start"))


def band(activity: pd.Series, words: Words) -> str:
    """What the percentage means: the band it falls in, or why it has none."""
    met, at_risk = (words.percent(activity[name]) for name in ("met_threshold", "at_risk_threshold"))
    return words(f"why.band_{activity['status']}", met=met, at_risk=at_risk)


def notes(activity: pd.Series, cells: pd.DataFrame, cutoff: int, words: Words) -> list[str]:
    """What else a reader must know: missing months, late or early work, a plan that contradicts itself."""
    if pd.isna(activity["status"]):  # one locality's part of what the whole utility is programmed for
        utility_months = [words.month(m) for m in cells.loc[cells["is_whole_only"], "month"]]
        return (
            [words("why.not_broken_down", months=_join_names(utility_months, words))]
            if utility_months
            else []
        )
    cells_to_date, texts = cells[cells["month"] <= cutoff], []
    missing = [words.month(m) for m in cells.loc[cells["state"] == "missing", "month"]]
    low, high = activity["compliance_low"], activity["compliance_high"]
    if (
        missing
        and pd.notna(high)
        and words.percent(low) != words.percent(high)
        and activity["status"] != "not_reported"
    ):
        texts.append(
            words(
                "why.missing_interval",
                months=_join_names(missing, words),
                low=words.percent(low),
                high=words.percent(high),
            )
        )
    elif missing:
        texts.append(words("why.missing", months=_join_names(missing, words)))
    outside = [words.month(m) for m in cells_to_date.loc[cells_to_date["state"] == "unprogrammed", "month"]]
    if outside and activity["aggregation"] in ("sum", "milestone"):
        texts.append(words("why.outside", months=_join_names(outside, words)))
    elif outside:
        texts.append(words("why.outside_mean", months=_join_names(outside, words)))
    waiting = cells[cells["is_provisional"] & (cells["due_month"] > cutoff)]
    for cell in waiting.itertuples():
        texts.append(
            words(
                "why.provisional",
                month=words.month(cell.month).capitalize(),
                due=words.month(int(cell.due_month)),
            )
        )
    lacking = cells_to_date[cells_to_date["localities_missing"].fillna("") != ""]
    if len(lacking):
        months = [
            words("why.lacking", month=words.month(c.month), localities=c.localities_missing)
            for c in lacking.itertuples()
        ]
        texts.append(words(f"why.partial_{_part(activity)}", months=_join_names(months, words)))
        if not missing and pd.notna(high) and high > low + 1e-9 and activity["status"] != "not_reported":
            texts.append(words("why.partial_interval", low=words.percent(low), high=words.percent(high)))
    total, target = activity["programme_total"], activity["target"]
    if (
        activity["aggregation"] == "sum"
        and pd.notna(target)
        and pd.notna(total)
        and abs(total - target) > 1e-9
    ):
        texts.append(words("why.odd_target", total=words.exact(total), target=words.exact(target)))
    return texts


def _part(activity: pd.Series) -> str:
    """What a month in part is worth: done is done, a limit is passed or not yet known, a mean or a balance
    has no value.
    """
    if activity["aggregation"] != "sum":
        return "waits"
    return "counts" if activity["direction"] == "higher" else "limits"


def _terms(values: pd.Series, total: float, mean: bool, words: Words) -> tuple[str, str]:
    numbers = [words.number(v) for v in values.dropna()]
    short = words.number(total)
    if len(numbers) < 2 or len(numbers) > SHOWN_TERMS:
        return short, short
    if mean and len(set(numbers)) == 1:
        return short, short
    added = f"({' + '.join(numbers)})"
    return (f"({added}{NO_BREAK}÷{NO_BREAK}{len(numbers)})" if mean else added), short


def _join_names(names: list[str], words: Words) -> str:
    if len(names) < 2:
        return "".join(names)
    return words("why.and", first=", ".join(names[:-1]), last=names[-1])
