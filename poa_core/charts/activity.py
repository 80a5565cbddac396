"""One activity: programmed against reported month by month, and as running totals where work is added up."""

from html import escape

import pandas as pd

from poa_core.charts.parts import Palette, amount_axis, float_list, layout, series, short_month, value_range
from poa_core.words.language import Words

NARROW, WIDE = 0.44, 0.8  # a bar's share of its month: reported stands inside programmed


def by_month(cells: pd.DataFrame, activity: pd.Series, cutoff: int, words: Words, colours: Palette) -> dict:
    """What each month asked and what it told: bars where months add up, two lines where they do not.

    cells: twelve rows of metrics.cells with programmed, reported and state.
    """
    unit, names = escape(str(activity["unit"])), [words.month(m).capitalize() for m in cells["month"]]
    reported = cells["reported"].where(cells["month"] <= cutoff)
    if accumulates(activity):
        traces = _bars(cells, reported, names, unit, words, colours)
        low, high = value_range([0, *cells["programmed"].dropna(), *reported.dropna()])
    else:
        traces = [
            series(
                cells["month"],
                cells["programmed"],
                words("chart.programmed"),
                names,
                unit,
                words,
                _dashed_line(colours),
            ),
            series(
                cells["month"],
                reported,
                words("chart.reported"),
                names,
                unit,
                words,
                {"color": colours.brand, "width": 3},
                colours.ground,
            ),
        ]
        low, high = value_range([*cells["programmed"].dropna(), *reported.dropna()])
    return {"data": _of_part(traces, activity), "layout": _layout(low, high, words, colours)}


def _of_part(traces: list[dict], activity: pd.Series) -> list[dict]:
    """Without the first trace, what is programmed, where the activity is one locality's part of the
    utility's.
    """
    return traces[1:] if pd.isna(activity["status"]) else traces


def cumulative(cells: pd.DataFrame, activity: pd.Series, cutoff: int, words: Words, colours: Palette) -> dict:
    """Running totals of an activity that accumulates, and the pace still needed to December where there is
    one.

    cells: twelve rows of metrics.cells with running_programmed and running_reported.
    """
    unit, names = escape(str(activity["unit"])), [words.month(m).capitalize() for m in cells["month"]]
    # Nothing asked yet is 0; nothing reported yet is silence.
    programmed, reported = (
        cells["running_programmed"].fillna(0),
        cells["running_reported"].where(cells["month"] <= cutoff),
    )
    points = (cells["reported"].notna() & (cells["month"] <= cutoff)).tolist()
    traces = [
        series(
            cells["month"],
            programmed,
            words("chart.programmed"),
            names,
            unit,
            words,
            {**_dashed_line(colours), "shape": "hv"},
        ),
        series(
            cells["month"],
            reported,
            words("chart.reported"),
            names,
            unit,
            words,
            {"color": colours.brand, "width": 3, "shape": "hv"},
            colours.ground,
        ),
    ]
    traces[1]["marker"]["size"] = [8 if point else 0 for point in points]  # a dot is a report
    ahead = _needed_line(activity, cutoff, names, unit, words, colours)
    low, high = value_range(
        [0, *programmed.dropna(), *reported.dropna(), *(y for trace in ahead for y in trace["y"])]
    )
    return {"data": _of_part(traces, activity) + ahead, "layout": _layout(low, high, words, colours)}


def accumulates(activity: pd.Series) -> bool:
    """Whether the activity's months add up: a sum or a milestone, no mean and no balance."""
    return activity["aggregation"] in ("sum", "milestone")


def spoken_by_month(cells: pd.DataFrame, activity: pd.Series, cutoff: int, words: Words) -> str:
    """The months' chart for someone who does not see it: every month that asks or tells something."""
    months = [words("indicator.spoken_month", month=words.month(c.month),
                    programmed=words.number(c.programmed), reported=_month_text(c, cutoff, words))
            for c in cells.itertuples() if pd.notna(c.programmed) or pd.notna(c.reported)]  # fmt: skip
    return words("indicator.spoken_by_month", code=activity["code"], name=activity["activity"],
                 months="; ".join(months) or words("indicator.spoken_nothing"))  # fmt: skip


def _month_text(cell, cutoff: int, words: Words) -> str:
    """What a month tells, in words where it is silent or in part."""
    value = words.number(cell.reported if cell.month <= cutoff else None)
    if cell.state == "partial":
        return words("indicator.in_part", value=value, localities=cell.localities_missing)
    return words("indicator.silent") if cell.state == "missing" else value


def spoken(activity: pd.Series, cutoff: int, words: Words) -> str:
    """The running totals for someone who does not see them."""
    unit = activity["unit"]
    return words("chart.alt_activity", code=activity["code"], name=activity["activity"],
                 month=words.month(cutoff) if cutoff else words("common.start"),
                 programmed=words.amount(activity["programmed_to_date"], unit),
                 reported=words.amount(activity["reported_to_date"], unit))  # fmt: skip


def _bars(
    cells: pd.DataFrame, reported: pd.Series, names: list[str], unit: str, words: Words, colours: Palette
) -> list[dict]:
    """Reported stands inside programmed, a reported 0 keeps its line, and a silent month is hatched: it is no
    0.
    """
    is_silent, violet = cells["state"] == "missing", colours.tone("not_reported")
    programmed_bars = _bar(
        cells,
        cells["programmed"].mask(is_silent),
        words("chart.programmed"),
        names,
        unit,
        words,
        WIDE,
        colours.grid,
    )
    programmed_bars["marker"]["line"] = {"color": colours.muted, "width": 1}
    silent = _bar(
        cells,
        cells["programmed"].where(is_silent),
        words("indicator.silent"),
        names,
        unit,
        words,
        WIDE,
        colours.ground,
    )
    silent["marker"] |= {
        "line": {"color": violet, "width": 1.5},
        "pattern": {"shape": "/", "size": 6, "fgcolor": violet, "solidity": 0.15},
    }
    done = _bar(cells, reported, words("chart.reported"), names, unit, words, NARROW, colours.brand)
    done["marker"]["line"] = {
        "color": colours.brand,
        "width": 2,
    }  # else a bar of no height is not drawn at all
    is_part = cells["state"] == "partial"
    part = _bar(
        cells, reported.where(is_part), words("chart.part"), names, unit, words, NARROW, colours.brand
    )
    part["marker"] |= {
        "line": {"color": violet, "width": 2},
        "pattern": {"shape": "/", "size": 5, "fgcolor": colours.ground, "solidity": 0.35},
    }
    done["y"] = float_list(reported.mask(is_part))
    return [programmed_bars, done, *([part] if is_part.any() else []), *([silent] if is_silent.any() else [])]


def _bar(
    cells: pd.DataFrame,
    values: pd.Series,
    name: str,
    names: list[str],
    unit: str,
    words: Words,
    width: float,
    colour: str,
) -> dict:
    heights = float_list(values)
    return {
        "type": "bar",
        "x": list(cells["month"]),
        "y": heights,
        "name": name,
        "width": width,
        "marker": {"color": colour},
        "textposition": "none",
        "text": [
            f"{month}: {words.amount(height, unit, 2)}" for month, height in zip(names, heights, strict=True)
        ],
        "hovertemplate": "%{text}<extra>" + name + "</extra>",
    }


def _needed_line(
    activity: pd.Series, cutoff: int, names: list[str], unit: str, words: Words, colours: Palette
) -> list[dict]:
    """From what is reported to what December asks, at the pace still needed; nothing where there is none."""
    required = activity["required_pace"]
    if pd.isna(required) or required <= 0:
        return []
    months = range(cutoff, 13)
    totals = pd.Series([activity["reported_to_date"] + required * (month - cutoff) for month in months])
    return [series(months, totals, words("indicator.needed"), names[cutoff - 1 :], unit, words,
                   {"color": colours.brand, "width": 2, "dash": "dot"})]  # fmt: skip


def _dashed_line(colours: Palette) -> dict:
    return {"color": colours.muted, "width": 2, "dash": "dash"}


def _layout(low: float, high: float, words: Words, colours: Palette) -> dict:
    """Twelve months by name, a legend above: the chart is half a column wide and is saved as a picture of its
    own.
    """
    axis = {
        "tickvals": list(range(1, 13)),
        "ticktext": [short_month(m, words) for m in range(1, 13)],
        "range": [0.4, 12.6],
    }
    amounts = amount_axis(low, high, words, 1)
    if high <= 5 and low == int(low) and high == int(high):  # no fifth of a campaign
        amounts |= {
            "tickvals": list(range(int(low), int(high) + 1)),
            "ticktext": [words.number(n) for n in range(int(low), int(high) + 1)],
        }
    laid = layout(colours, axis, amounts)
    laid |= {"showlegend": True, "barmode": "overlay", "margin": {"l": 46, "r": 8, "t": 30, "b": 26}}
    laid["yaxis"]["automargin"] = True  # millions need more than the margin
    laid["legend"] = {
        "orientation": "h",
        "x": 0,
        "y": 1,
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 12, "color": colours.muted},
    }
    return laid
