"""One function per chart: frame and words in, a Plotly figure as a plain dict out; no database, no screen.

A dict costs the server less than a Figure and is the same thing once drawn.
"""

from dataclasses import dataclass

import pandas as pd

from poa_core.words import Words

FONT = "IBM Plex Sans, system-ui, sans-serif"


@dataclass(frozen=True)
class Ink:
    """The colours of one theme, as the page's own tokens have them."""

    ground: str
    ink: str
    muted: str
    grid: str
    brand: str
    tones: dict[str, str]

    def tone(self, status: str) -> str:
        return self.tones.get(status, self.muted)


LIGHT = Ink("#FFFFFF", "#14212E", "#526272", "#E6EBF0", "#0B5E9E", {
    "met": "#0B7571", "at_risk": "#8A5A00", "behind": "#B3261E", "not_reported": "#6B4AA0", "early": "#1F64B5"})  # fmt: skip
DARK = Ink("#0F1822", "#E8EEF4", "#A3B3C2", "#243240", "#7FBFF5", {
    "met": "#4CC2B4", "at_risk": "#F4C653", "behind": "#FF8F80", "not_reported": "#BBA3F0", "early": "#86B9FA"})  # fmt: skip


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
    reported = _reported_line(path, figures)
    tone = colours.tone(figures["status"])
    low, high = _range([*path["programmed"], *reported["reported"], figures["baseline"], figures["target"]])
    traces = [_gap(path, reported, tone)] if len(reported) > 1 else []
    traces += [_path(path, words, colours, figures["unit"])]
    if len(reported) > 1:
        traces += [_gap_line(figures, tone), _line(reported, words, colours, figures["unit"])]
    traces += [_ends(figures, colours)]
    layout = _layout(colours, _month_axis(path, words), _amount_axis(low, high, words))
    layout["annotations"] = _outcome_labels(path, figures, words, colours, tone)
    layout["margin"] = {"l": 38, "r": 92, "t": 26, "b": 26, "pad": 0}
    return {"data": traces, "layout": layout}


def spoken(path: pd.DataFrame, figures: pd.Series, sentence: str, words: Words) -> str:
    """The outcome's chart for someone who does not see it: the sentence and each month's value."""
    values = [f"{_month_name(int(m), words)} {words.amount(v, figures['unit'])}"
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
    programmed, reported = cells[names[0]], cells[names[1]].where(cells["month"] <= cutoff)
    low, high = _range([*programmed.dropna(), *reported.dropna(), 0 if steps else programmed.min()])
    text = [words.month(m) for m in cells["month"]]
    unit = activity["unit"]
    traces = [
        _series(cells["month"], programmed, words("chart.programmed"), text, unit, words,
                {"color": colours.muted, "width": 2, "dash": "dash", **shape}),
        _series(cells["month"], reported, words("chart.reported"), text, unit, words,
                {"color": colours.brand, "width": 3, **shape}, colours.ground),
    ]  # fmt: skip
    axis = {"tickvals": list(range(1, 13)), "ticktext": [_short(m, words) for m in range(1, 13)], "range": [0.6, 12.4]}
    layout = _layout(colours, axis, _amount_axis(min(low, 0) if steps else low, high, words, 1))
    layout["margin"] = {"l": 52, "r": 92, "t": 14, "b": 26}
    layout["annotations"] = [
        _label(12.2, programmed.dropna().iloc[-1], words("chart.programmed"), colours.muted, anchor="left"),
        *([_label(12.2, reported.dropna().iloc[-1], f"<b>{words('chart.reported')}</b>", colours.brand, anchor="left")]
          if reported.notna().any() else []),
    ] if programmed.notna().any() else []  # fmt: skip
    _pushed_apart(layout["annotations"], (high - low) * 0.1)
    return {"data": traces, "layout": layout}


def _series(x, y, name, text, unit, words, line, ground=None) -> dict:
    return {
        "type": "scatter", "mode": "lines+markers" if ground else "lines", "x": list(x), "y": _plain(y), "name": name,
        "text": [f"{t}: {words.amount(v, unit, 2)}" for t, v in zip(text, _plain(y), strict=True)],
        "hovertemplate": "%{text}<extra>" + name + "</extra>", "line": line, "cliponaxis": False, "connectgaps": False,
        "marker": {"size": 8, "color": line["color"], "line": {"color": ground or line["color"], "width": 1.5}},
    }  # fmt: skip


def _reported_line(path: pd.DataFrame, figures: pd.Series) -> pd.DataFrame:
    line = path[["month", "programmed", "reported"]].copy()
    line.loc[line["month"] == 0, "reported"] = figures["baseline"]
    return line.dropna(subset=["reported"])


def _gap(path: pd.DataFrame, reported: pd.DataFrame, tone: str) -> dict:
    last = reported["month"].max()
    back = path[path["month"] <= last][::-1]
    return {"type": "scatter", "mode": "lines", "x": [*reported["month"], *back["month"]],
            "y": [*reported["reported"], *back["programmed"]], "fill": "toself", "fillcolor": _faint(tone),
            "line": {"width": 0}, "hoverinfo": "skip"}  # fmt: skip


def _gap_line(figures: pd.Series, tone: str) -> dict:
    month = int(figures["month_reported"])
    return {"type": "scatter", "mode": "lines", "x": [month, month], "y": [figures["path"], figures["reported"]],
            "line": {"color": tone, "width": 3}, "hoverinfo": "skip"}  # fmt: skip


def _path(path: pd.DataFrame, words: Words, colours: Ink, unit: str) -> dict:
    trace = _series(path["month"], path["programmed"], words("chart.programmed"),
                    [_month_name(m, words) for m in path["month"]], unit, words,
                    {"color": colours.muted, "width": 2, "dash": "dash"})  # fmt: skip
    return trace


def _line(reported: pd.DataFrame, words: Words, colours: Ink, unit: str) -> dict:
    return _series(reported["month"], reported["reported"], words("chart.reported"),
                   [_month_name(m, words) for m in reported["month"]], unit, words,
                   {"color": colours.brand, "width": 3}, colours.ground)  # fmt: skip


def _ends(figures: pd.Series, colours: Ink) -> dict:
    return {"type": "scatter", "mode": "markers", "x": [0, 12], "y": [figures["baseline"], figures["target"]],
            "marker": {"size": 12, "color": "rgba(0,0,0,0)", "line": {"color": colours.ink, "width": 2.5}},
            "cliponaxis": False, "hoverinfo": "skip"}  # fmt: skip


def _outcome_labels(path, figures, words: Words, colours: Ink, tone: str) -> list[dict]:
    unit = figures["unit"]
    labels = [
        _label(0, figures["baseline"], words("chart.start", amount=words.amount(figures["baseline"], unit)), colours.ink,
               anchor="left", shift=(-4, 20)),
        _label(12, figures["target"], words("chart.target", amount=words.amount(figures["target"], unit)), colours.ink,
               anchor="left", shift=(12, 0)),
    ]  # fmt: skip
    if pd.notna(figures["month_reported"]):
        month = int(figures["month_reported"])
        sign = 1 if figures["gap"] > 0 else -1
        now = words("chart.now", amount=words.amount(figures["reported"], unit), month=words.month(month, "short"))
        labels.append(_label(month, figures["reported"], now, colours.brand, anchor="left" if month < 11 else "center",
                             shift=(7 if month < 11 else 0, 15 * sign)))  # fmt: skip
        gap = f"<b>{'+' if sign > 0 else '−'}{words.number(abs(figures['gap']), 0)}</b>"
        middle = (figures["reported"] + figures["path"]) / 2
        labels.append(_label(month, middle, gap, tone, anchor="left" if month < 11 else "right", shift=(7 if month < 11 else -7, 0)))
    else:
        labels += [{"visible": False, "text": ""}] * 2
    assumed = "assumed" if path["is_assumed"].any() else "given"
    slope = path.set_index("month")["programmed"]
    labels.append(_label(0.2, slope[5], words(f"chart.path_{assumed}"), colours.muted, anchor="left"))
    return labels


def _label(x, y, text: str, colour: str, anchor: str, shift: tuple[int, int] = (0, 0)) -> dict:
    return {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": anchor, "yanchor": "middle", "align": "left",
            "xshift": shift[0], "yshift": shift[1], "font": {"size": 13, "color": colour, "family": FONT}}  # fmt: skip


def _pushed_apart(labels: list[dict], least: float) -> None:
    if len(labels) == 2 and abs(labels[0]["y"] - labels[1]["y"]) < least:
        upper, lower = sorted(labels, key=lambda label: -label["y"])
        middle = (upper["y"] + lower["y"]) / 2
        upper["y"], lower["y"] = middle + least / 2, middle - least / 2


def _layout(colours: Ink, x: dict, y: dict) -> dict:
    common = {"showgrid": False, "zeroline": False, "tickangle": 0, "tickfont": {"size": 12, "color": colours.muted}}
    return {
        "xaxis": {**common, "ticks": "", "showline": True, "linecolor": colours.grid, **x},
        "yaxis": {**common, "showgrid": True, "gridcolor": colours.grid, "ticks": "", **y},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "height": 240,
        "hovermode": "x unified", "dragmode": "zoom", "font": {"family": FONT, "size": 13, "color": colours.ink},
        "hoverlabel": {"bgcolor": colours.ground, "bordercolor": colours.grid, "font": {"color": colours.ink, "family": FONT}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": colours.muted, "activecolor": colours.brand},
    }  # fmt: skip


def _month_axis(path: pd.DataFrame, words: Words) -> dict:
    names = [words("chart.before_year"), *(_short(m, words) for m in range(1, 13))]
    return {"tickvals": list(range(13)), "ticktext": names, "range": [-0.25, 12.1]}


def _short(month: int, words: Words) -> str:
    return words.month(month, "short").capitalize()


def _month_name(month: int, words: Words) -> str:
    return words.month(month).capitalize() if month else words("chart.before_year_long")


def _amount_axis(low: float, high: float, words: Words, scale: float = 1000) -> dict:
    step = _nice((high - low) / 5)
    start = low - low % step
    ticks = [start + step * n for n in range(int((high - start) / step) + 2) if low <= start + step * n <= high]
    margin = (high - low) * 0.06
    return {"tickvals": ticks, "ticktext": [words.number(t / scale) for t in ticks], "range": [low - margin, high + margin]}


def _nice(step: float) -> float:
    if step <= 0:
        return 1.0
    power = 10.0 ** len(str(int(step))) / 10 if step >= 1 else 0.1
    return next((power * n for n in (1, 2, 2.5, 5, 10) if power * n >= step), power * 10)


def _range(values: list[float]) -> tuple[float, float]:
    known = [float(v) for v in values if pd.notna(v)] or [0.0, 1.0]
    low, high = min(known), max(known)
    return (low, high) if high > low else (low - 1, high + 1)


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.13)"


def _plain(values) -> list[float | None]:
    return [None if pd.isna(v) else float(v) for v in values]
