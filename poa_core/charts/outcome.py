"""The outcome by month: programmed path, reported line, the gap between them, forecast with its band."""

from html import escape

import pandas as pd

from poa_core.charts.parts import (
    Ink,
    amount_axis,
    faint,
    label,
    layout,
    month_axis,
    month_name,
    plain,
    series,
    spread,
)  # fmt: skip
from poa_core.words import Words

LEAST_APART = 0.23  # of the axis: two labels of three lines at the right edge do not meet


def outcome(path: pd.DataFrame, figures: pd.Series, ahead: pd.DataFrame, words: Words, colours: Ink) -> dict:
    """The outcome from its baseline to its target: path, reported line, the gap between them, forecast with its band.

    path: month 0-12, programmed, reported (metrics.outcome_path); figures: one row of metrics.outcome; ahead: metrics.forecast.
    """
    figures = figures.copy()
    figures["unit"] = escape(str(figures["unit"]))
    reported = _reported_line(path, figures)
    tone = colours.tone(figures["status"])
    low, high = spread([*path["programmed"], *reported["reported"], figures["baseline"], figures["target"],
                        *ahead["expected"], *ahead["low"], *ahead["high"]])  # fmt: skip
    traces = [_gap(path, reported, tone)] if len(reported) > 1 else []
    traces += _forecast(ahead, reported, words, colours, figures["unit"])
    traces += [_path(path, words, colours, figures["unit"])]
    if len(reported) > 1:
        traces += [_gap_line(figures, tone), _line(reported, words, colours, figures["unit"])]
    traces += [_ends(figures, colours)]
    laid = layout(colours, month_axis(path, words), amount_axis(low, high, words))
    laid["annotations"] = _labels(path, figures, words, colours, tone) + _forecast_label(ahead, figures, high - low, words, colours)
    laid["margin"] = {"l": 38, "r": 92, "t": 26, "b": 26, "pad": 0}
    return {"data": traces, "layout": laid}


def spoken(path: pd.DataFrame, figures: pd.Series, ahead: pd.DataFrame, sentence: str, words: Words) -> str:
    """The outcome's chart for someone who does not see it: the sentence and each month's value."""
    values = [f"{month_name(int(m), words)} {words.amount(v, figures['unit'])}"
              for m, v in zip(path["month"], path["reported"], strict=True) if pd.notna(v)]  # fmt: skip
    told = words("outcome.alt", sentence=sentence, values="; ".join(values) or words("outcome.no_values"))
    return told if ahead.empty else f"{told} {words('outlook.spoken', amount=words.amount(ahead.iloc[-1]['expected'], figures['unit']))}"


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
    return series(path["month"], path["programmed"], words("chart.programmed"),
                    [month_name(m, words) for m in path["month"]], unit, words,
                    {"color": colours.muted, "width": 2, "dash": "dash"})  # fmt: skip


def _line(reported: pd.DataFrame, words: Words, colours: Ink, unit: str) -> dict:
    return series(reported["month"], reported["reported"], words("chart.reported"),
                   [month_name(m, words) for m in reported["month"]], unit, words,
                   {"color": colours.brand, "width": 3}, colours.ground)  # fmt: skip


def _ends(figures: pd.Series, colours: Ink) -> dict:
    return {"type": "scatter", "mode": "markers", "x": [0, 12], "y": [figures["baseline"], figures["target"]],
            "marker": {"size": 12, "color": "rgba(0,0,0,0)", "line": {"color": colours.ink, "width": 2.5}},
            "cliponaxis": False, "hoverinfo": "skip"}  # fmt: skip


def _labels(path, figures, words: Words, colours: Ink, tone: str) -> list[dict]:
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
        middle = figures["reported"] - 0.28 * figures["gap"]  # beside the line, where the gap is still wide
        labels.append(label(month, middle, gap, tone, anchor="right" if month > 2 else "left", shift=(-7 if month > 2 else 7, 0)))
    else:
        labels += [{"visible": False, "text": ""}] * 2
    assumed = "assumed" if path["is_assumed"].any() else "given"
    slope = path.set_index("month")["programmed"]
    labels.append(label(0.2, slope[5], words(f"chart.path_{assumed}"), colours.muted, anchor="left"))
    return labels


def _forecast(ahead: pd.DataFrame, reported: pd.DataFrame, words: Words, colours: Ink, unit: str) -> list[dict]:
    """A dotted line from the last report to December, its band around it; nothing where there is no forecast."""
    if ahead.empty:
        return []
    last = reported.iloc[-1]
    months, expected = [last["month"], *ahead["month"]], [last["reported"], *ahead["expected"]]
    names = [month_name(int(m), words) for m in months]
    line = series(months, pd.Series(expected), words("chart.forecast"), names, unit, words,
                  {"color": colours.brand, "width": 2.5, "dash": "dot"})  # fmt: skip
    if ahead["low"].isna().any():
        return [line]
    edge = [last["reported"], *ahead["high"]], [last["reported"], *ahead["low"]]
    band = {"type": "scatter", "mode": "lines", "x": [*months, *months[::-1]], "y": plain([*edge[0], *edge[1][::-1]]), "fill": "toself",
            "fillcolor": faint(colours.brand, 0.16), "line": {"width": 0}, "hoverinfo": "skip", "name": words("chart.band")}  # fmt: skip
    return [band, line]


def _forecast_label(ahead: pd.DataFrame, figures: pd.Series, span: float, words: Words, colours: Ink) -> list[dict]:
    """At the right edge, apart from the target's label."""
    if ahead.empty:
        return []
    end = ahead.iloc[-1]
    key = "chart.forecast_end" if pd.isna(end["high"]) else "chart.forecast_end_band"
    text = words(key, amount=words.amount(end["expected"], figures["unit"]), half=words.number((end["high"] - end["low"]) / 2, 0))
    side = 1 if end["expected"] >= figures["target"] else -1
    place = figures["target"] + side * max(abs(end["expected"] - figures["target"]), span * LEAST_APART)
    return [label(12, place, text, colours.brand, anchor="left", shift=(12, 0))]
