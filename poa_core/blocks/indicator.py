"""The indicators' blocks: the table of all, the list, and one in detail."""

import pandas as pd

from poa_core import links
from poa_core.blocks.bar import annual, bar, by_objective, owner, state_text, trend
from poa_core.blocks.markup import render
from poa_core.blocks.overview import verdict_tone
from poa_core.charts.activity import accumulates
from poa_core.figures.frames import records, text_or_empty
from poa_core.words import explain, pace
from poa_core.words.language import ABSENT, Words, unit_in_sentence

WIDEST = 1.25  # the band ruler's end, as a ratio


def table(activities: pd.DataFrame, cells: pd.DataFrame, cutoff: int, words: Words) -> str:
    """All activities: what is asked, what was done, compliance, trend, status."""
    groups = [{"number": number, "name": name, "rows": [_line(row, cells, cutoff, words) for row in rows]}
              for number, name, rows in by_objective(activities)]  # fmt: skip
    return render("indicators.html", words=words, groups=groups, count=len(activities),
                  month=words.month(cutoff) if cutoff else words("common.start"))  # fmt: skip


def listing(activities: pd.DataFrame, code: str, words: Words) -> str:
    """The activities as a list beside the detail, the chosen one marked."""
    return render(
        "indicator_list.html", words=words, rows=[bar(row, words) for row in records(activities)], code=code
    )


def detail(activity: pd.Series, cells: pd.DataFrame, cutoff: int, words: Words, initial: float | None = None,
           beside: tuple[pd.Series | None, pd.Series | None] = (None, None)) -> str:  # fmt: skip
    """One activity: facts, the pace it needs, why this percentage, the month cells. cells: its twelve rows.

    initial: its compliance (0-1) with the programme the plan began with, where the plan has more than one
    version; beside: the activities before and after it, where there are such.
    """
    return render(
        "indicator.html",
        words=words,
        row=bar(activity, words),
        activity=activity,
        unit=unit_in_sentence(activity["unit"]),
        target=words.amount(activity["target"], activity["unit"]),
        objective=int(activity["objective_number"]),
        formula=explain.formula(activity, cells, cutoff, words) if activity["status"] else "",
        rule=explain.rule(activity, cutoff, words) if pd.notna(activity["status"]) else "",
        ruler=_ruler(activity, words),
        band=explain.band(activity, words) if pd.notna(activity["status"]) else words("why.whole_utility"),
        notes=explain.notes(activity, cells, cutoff, words),
        months=_months(cells, cutoff, words),
        facts=_facts(activity, initial, words),
        source=text_or_empty(activity["notes"]),
        previous=_link(beside[0]),
        next=_link(beside[1]),
        pace=pace.sentence(activity, cells, cutoff, words),
        tone=verdict_tone(activity["verdict"]),
    )


def by_month_caption(activity: pd.Series, words: Words) -> str:
    """What the months' chart draws; where they do not add up, why there is no other."""
    key = "indicator.by_month" if accumulates(activity) else f"indicator.by_month_{activity['aggregation']}"
    return render("caption.html", text=words(key, unit=_heading_unit(activity)))


def cumulative_caption(activity: pd.Series, words: Words) -> str:
    """What the chart of running totals draws."""
    return render("caption.html", text=words("chart.cumulative", unit=_heading_unit(activity)))


def history(values: pd.DataFrame, remarks: pd.DataFrame, words: Words) -> str:
    """Every value the activity was given: file, who, when, what it replaced; causes and measures noted."""
    rows = [
        {
            "month": words.month(int(v["month"])),
            "value": words("history.taken_back") if v["retracted"] else words.exact(v["reported"]),
            "replaced": words.exact(v["replaced"])
            if pd.notna(v["replaced"]) and not v["is_withdrawn"]
            else "",
            "file": v["file_name"],
            "who": v["uploaded_by"],
            "when": words.day(v["accepted_at"]),
            "locality": v["locality"],
            "withdrawn": v["is_withdrawn"],
            "current": v["is_current"],
        }
        for v in records(values)
    ]
    remark_rows = [
        {
            "month": words.month(int(r["month"])),
            "cause": text_or_empty(r["cause"]),
            "measure": text_or_empty(r["measure"]),
            "note": text_or_empty(r["note"]),
            "who": r["uploaded_by"],
            "when": words.day(r["accepted_at"]),
        }
        for r in records(remarks)
    ]
    several = len({row["locality"] for row in rows}) > 1
    return render("indicator_history.html", words=words, rows=rows, remarks=remark_rows, several=several)


def localities(
    months: pd.DataFrame,
    activity: pd.Series,
    codes: dict[str, str],
    chosen: str | None,
    cutoff: int,
    words: Words,
) -> str:
    """A row per locality: its months, its share where values add up, whether it is silent; a click filters by
    it.

    months: metrics.local_months.
    """
    rows = []
    for locality, group in months.groupby("locality", sort=False):
        first, code = group.iloc[0], codes.get(locality)
        month_cells = [_local_month(month, cutoff, words) for month in records(group.sort_values("month"))]
        rows.append(
            {
                "name": words("filter.locality_whole").split(": ")[-1] if first["is_whole"] else locality,
                "code": None if first["is_whole"] else code,
                "key": "locality",
                "chosen": locality == chosen,
                "months": month_cells,
                "share": words.percent(first["share"]) if pd.notna(first["share"]) else "",
                "silent": not first["months_reported"],
                "href": links.address(links.INDICATORS, localidad=code or "", actividad=activity["code"]),
            }
        )
    return render(
        "by_locality.html",
        words=words,
        rows=rows,
        unit=unit_in_sentence(activity["unit"]),
        has_share=any(row["share"] for row in rows),
        names=[(words.month(m, "short").capitalize(), m == cutoff) for m in range(1, 13)],
    )


def _local_month(month: dict, cutoff: int, words: Words) -> dict:
    status_text = words("state.lacking") if month["is_lacking"] else ""
    return {
        "value": words.exact(month["reported"]) if pd.notna(month["reported"]) else "",
        "lacking": month["is_lacking"],
        "said": status_text,
        "cut": month["month"] == cutoff,
    }


def _line(row: pd.Series, cells: pd.DataFrame, cutoff: int, words: Words) -> dict:
    months = cells[(cells["code"] == row["code"]) & (cells["month"] <= cutoff)]
    unit = unit_in_sentence(row["unit"])
    return bar(row, words) | {
        "unit": unit,
        "locality": row["locality"],
        "target": words.number(row["target"]),
        "programmed": words.number(row["programmed_to_date"]),
        "reported": words.number(row["reported_to_date"]),
        "annual": annual(row, words),
        "href": links.address(links.INDICATORS, actividad=row["code"]),
        "trend": trend(months, accumulates(row), row["target"]),
    }


def _months(cells: pd.DataFrame, cutoff: int, words: Words) -> list[dict]:
    return [
        {
            "name": words.month(c.month, "short").capitalize(),
            "cut": c.month == cutoff,
            "state": c.state,
            "programmed": words.number(c.programmed) if pd.notna(c.programmed) else "·",
            "reported": words.exact(c.reported) if pd.notna(c.reported) else "·",
            "provisional": bool(c.is_provisional),
            "partial": bool(c.is_partial),
            "whole": bool(c.is_whole_only),
            "has_value": pd.notna(c.reported),
            "spoken": state_text(c._asdict(), words),
        }
        for c in cells.itertuples()
    ]


def _ruler(activity: pd.Series, words: Words) -> dict | None:
    if pd.isna(activity["compliance"]):
        return None
    at_risk, met = activity["at_risk_threshold"], activity["met_threshold"]
    low, high = activity["compliance_low"], activity["compliance_high"]
    zones = (("behind", 0, at_risk), ("at_risk", at_risk, met), ("met", met, WIDEST))
    return {
        "zones": [(tone, _position(start), _position(end)) for tone, start, end in zones],
        "now": (_position(activity["compliance"]), words.percent(activity["compliance"], (at_risk, met))),
        "range": (_position(low), _position(high)) if pd.notna(high) and high > low + 1e-9 else None,
        "marks": [(_position(v), words.percent(v)) for v in (at_risk, met)
                  if abs(v - activity["compliance"]) > 0.12],
    }  # fmt: skip


def _facts(activity: pd.Series, initial: float | None, words: Words) -> list[tuple[str, str]]:
    pairs = [
        ("target", words.amount(activity["target"], activity["unit"])), ("locality", activity["locality"]),
        ("owner", owner(activity, words)), ("participants", text_or_empty(activity["participants"])),
        ("limit" if (activity["aggregation"], activity["direction"]) == ("sum", "lower") else "annual",
         annual(activity, words) if pd.notna(activity["annual"]) else ""),
        ("initial", words.percent(initial) if initial is not None else ""),
    ]  # fmt: skip
    return [(words(f"detail.{name}"), value) for name, value in pairs if value and value != ABSENT]


def _link(activity: pd.Series | None) -> dict | None:
    if activity is None:
        return None
    return {name: activity[name] for name in ("code", "activity")} | {
        "href": links.address(links.INDICATORS, actividad=activity["code"])
    }


def _heading_unit(activity: pd.Series) -> str:
    unit = unit_in_sentence(activity["unit"])
    return unit[:1].upper() + unit[1:]


def _position(ratio: float) -> str:
    return f"{min(max(float(ratio), 0), WIDEST) / WIDEST * 100:.2f}%"
