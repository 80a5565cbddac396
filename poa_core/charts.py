"""One function per chart: frame and words in, a Plotly figure as a plain dict out; no database, no screen.

A dict costs the server less than a Figure and is the same thing once drawn.
"""

from html import escape

import pandas as pd

from poa_core.chart_parts import (
    DARK,
    LIGHT,
    Ink,
    amount_axis,
    faint,
    label,
    layout,
    month_axis,
    month_name,
    pushed_apart,
    series,
    short,
    spread,
)  # fmt: skip
from poa_core.words import Words


def ink(theme: str | None) -> Ink:
    """The colours of a theme: dark, or light for anything else."""
    return DARK if theme == "dark" else LIGHT


def config(words: Words) -> dict:
    """What every chart allows: zoom, and saving it as a picture; its buttons in the page's language."""
    labels = {key: words(f"plotly.{name}") for key, name in (
        ("Download plot as a PNG", "save"), ("Download plot as a png", "save"), ("Zoom", "zoom"), ("Pan", "pan"),
        ("Zoom in", "zoom_in"), ("Zoom out", "zoom_out"), ("Reset axes", "reset"), ("Autoscale", "autoscale"),
        ("Double-click to zoom back out", "back"), ("Taking snapshot - this may take a few seconds", "saving"),
        ("Snapshot succeeded", "saved"))}  # fmt: skip
    locale = "es-PE" if words.language == "es" else "en-US"
    return {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "pan2d", "zoomIn2d", "zoomOut2d", "sendDataToCloud"],
        "showSendToCloud": False,
        "locale": locale,
        "locales": {locale: {"dictionary": labels, "format": {"decimal": ".", "thousands": ","}}},
        "toImageButtonOptions": {"format": "png", "scale": 2},
        "responsive": True,
    }


def outcome(path: pd.DataFrame, figures: pd.Series, words: Words, colours: Ink) -> dict:
    """The outcome from its baseline to its target: path, reported line, the gap between them.

    path: month 0-12, programmed, reported (metrics.outcome_path); figures: one row of metrics.outcome.
    """
    figures = figures.copy()
    figures["unit"] = escape(str(figures["unit"]))
    reported = _reported_line(path, figures)
    tone = colours.tone(figures["status"])
    low, high = spread([*path["programmed"], *reported["reported"], figures["baseline"], figures["target"]])
    traces = [_gap(path, reported, tone)] if len(reported) > 1 else []
    traces += [_path(path, words, colours, figures["unit"])]
    if len(reported) > 1:
        traces += [_gap_line(figures, tone), _line(reported, words, colours, figures["unit"])]
    traces += [_ends(figures, colours)]
    laid = layout(colours, month_axis(path, words), amount_axis(low, high, words))
    laid["annotations"] = _outcome_labels(path, figures, words, colours, tone)
    laid["margin"] = {"l": 38, "r": 92, "t": 26, "b": 26, "pad": 0}
    return {"data": traces, "layout": laid}


def spoken(path: pd.DataFrame, figures: pd.Series, sentence: str, words: Words) -> str:
    """The outcome's chart for someone who does not see it: the sentence and each month's value."""
    values = [f"{month_name(int(m), words)} {words.amount(v, figures['unit'])}"
              for m, v in zip(path["month"], path["reported"], strict=True) if pd.notna(v)]  # fmt: skip
    return words("outcome.alt", sentence=sentence, values="; ".join(values) or words("outcome.no_values"))


def spoken_activity(activity: pd.Series, cutoff: int, words: Words) -> str:
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


def _reported_line(path: pd.DataFrame, figures: pd.Series) -> pd.DataFrame:
    line = path[["month", "programmed", "reported"]].copy()
    line.loc[line["month"] == 0, "reported"] = figures["baseline"]
    return line.dropna(subset=["reported"])


def _gap(path: pd.DataFrame, reported: pd.DataFrame, tone: str) -> dict:
    last = reported["month"].max()
    back = path[path["month"] <= last][::-1]
    return {"type": "scatter", "mode": "lines", "x": [*reported["month"], *back["month"]],
            "y": [*reported["reported"], *back["programmed"]], "fill": "toself", "fillcolor": faint(tone),
            "line": {"width": 0}, "hoverinfo": "skip"}  # fmt: skip


def _gap_line(figures: pd.Series, tone: str) -> dict:
    month = int(figures["month_reported"])
    return {"type": "scatter", "mode": "lines", "x": [month, month], "y": [figures["path"], figures["reported"]],
            "line": {"color": tone, "width": 3}, "hoverinfo": "skip"}  # fmt: skip


def _path(path: pd.DataFrame, words: Words, colours: Ink, unit: str) -> dict:
    trace = series(path["month"], path["programmed"], words("chart.programmed"),
                    [month_name(m, words) for m in path["month"]], unit, words,
                    {"color": colours.muted, "width": 2, "dash": "dash"})  # fmt: skip
    return trace


def _line(reported: pd.DataFrame, words: Words, colours: Ink, unit: str) -> dict:
    return series(reported["month"], reported["reported"], words("chart.reported"),
                   [month_name(m, words) for m in reported["month"]], unit, words,
                   {"color": colours.brand, "width": 3}, colours.ground)  # fmt: skip


def _ends(figures: pd.Series, colours: Ink) -> dict:
    return {"type": "scatter", "mode": "markers", "x": [0, 12], "y": [figures["baseline"], figures["target"]],
            "marker": {"size": 12, "color": "rgba(0,0,0,0)", "line": {"color": colours.ink, "width": 2.5}},
            "cliponaxis": False, "hoverinfo": "skip"}  # fmt: skip


def _outcome_labels(path, figures, words: Words, colours: Ink, tone: str) -> list[dict]:
    unit = figures["unit"]
    labels = [
        label(0, figures["baseline"], words("chart.start", amount=words.amount(figures["baseline"], unit)), colours.ink,
               anchor="left", shift=(-4, 20)),
        label(12, figures["target"], words("chart.target", amount=words.amount(figures["target"], unit)), colours.ink,
               anchor="left", shift=(12, 0)),
    ]  # fmt: skip
    if pd.notna(figures["month_reported"]):
        month = int(figures["month_reported"])
        sign = 1 if figures["gap"] > 0 else -1
        now = words("chart.now", amount=words.amount(figures["reported"], unit), month=words.month(month, "short"))
        labels.append(label(month, figures["reported"], now, colours.brand, anchor="left" if month < 11 else "center",
                             shift=(7 if month < 11 else 0, 15 * sign)))  # fmt: skip
        gap = f"<b>{'+' if sign > 0 else '−'}{words.number(abs(figures['gap']), 0)}</b>"
        middle = (figures["reported"] + figures["path"]) / 2
        labels.append(label(month, middle, gap, tone, anchor="left" if month < 11 else "right", shift=(7 if month < 11 else -7, 0)))
    else:
        labels += [{"visible": False, "text": ""}] * 2
    assumed = "assumed" if path["is_assumed"].any() else "given"
    slope = path.set_index("month")["programmed"]
    labels.append(label(0.2, slope[5], words(f"chart.path_{assumed}"), colours.muted, anchor="left"))
    return labels
