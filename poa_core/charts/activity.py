"""One activity by month: programmed against reported, running totals where work is added up."""

from html import escape

import pandas as pd

from poa_core.charts.parts import Ink, amount_axis, label, layout, pushed_apart, series, short, spread
from poa_core.words import Words


def spoken(activity: pd.Series, cutoff: int, words: Words) -> str:
    """An activity's chart for someone who does not see it."""
    unit = activity["unit"]
    return words("chart.alt_activity", code=activity["code"], name=activity["activity"],
                 month=words.month(cutoff) if cutoff else words("common.start"),
                 programmed=words.amount(activity["programmed_to_date"], unit),
                 reported=words.amount(activity["reported_to_date"], unit))  # fmt: skip


def cumulative(cells: pd.DataFrame, activity: pd.Series, cutoff: int, words: Words, colours: Ink) -> dict:
    """Programmed against reported by month: running totals for sums, the month's own value otherwise.

    cells: twelve rows of metrics.cells with running_programmed and running_reported.
    """
    steps = activity["aggregation"] in ("sum", "milestone")
    names = ("running_programmed", "running_reported") if steps else ("programmed", "reported")
    shape = {"shape": "hv"} if steps else {}
    told = cells["reported"].notna() & (cells["month"] <= cutoff)
    programmed, reported = cells[names[0]], cells[names[1]].where(cells["month"] <= cutoff)
    low, high = spread([*programmed.dropna(), *reported.dropna(), 0 if steps else programmed.min()])
    text = [words.month(m) for m in cells["month"]]
    unit = escape(str(activity["unit"]))
    traces = [
        series(cells["month"], programmed, words("chart.programmed"), text, unit, words,
                {"color": colours.muted, "width": 2, "dash": "dash", **shape}),
        series(cells["month"], reported, words("chart.reported"), text, unit, words,
                {"color": colours.brand, "width": 3, **shape}, colours.ground),
    ]
    traces[1]["marker"]["size"] = [8 if point else 0 for point in told]  # a dot is a report  # fmt: skip
    axis = {"tickvals": list(range(1, 13)), "ticktext": [short(m, words) for m in range(1, 13)], "range": [0.6, 12.4]}
    laid = layout(colours, axis, amount_axis(min(low, 0) if steps else low, high, words, 1))
    laid["margin"] = {"l": 52, "r": 92, "t": 14, "b": 26}
    laid["annotations"] = [
        label(12.2, programmed.dropna().iloc[-1], words("chart.programmed"), colours.muted, anchor="left"),
        *([label(12.2, reported.dropna().iloc[-1], f"<b>{words('chart.reported')}</b>", colours.brand, anchor="left")]
          if reported.notna().any() else []),
    ] if programmed.notna().any() else []  # fmt: skip
    pushed_apart(laid["annotations"], (high - low) * 0.1)
    return {"data": traces, "layout": laid}
