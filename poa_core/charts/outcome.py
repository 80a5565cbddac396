"""The outcome by month: programmed path, reported line, the gap between them, forecast with its band.

Areas are shapes and labels are one trace of text: an area or an annotation of its own costs the browser
several times as much.
"""

from html import escape

import pandas as pd

from poa_core.charts.parts import (
    FONT,
    Palette,
    amount_axis,
    faint,
    float_list,
    layout,
    month_axis,
    month_name,
    series,
    value_range,
)  # fmt: skip
from poa_core.words.language import Words, is_nothing

LEAST_APART = 0.23  # of the axis: two labels of three lines at the right edge do not meet
RING = 12  # px, at both ends of the path
CLEAR, BESIDE, AT = 17, 10, 0  # px a label keeps around its point: clear of a ring, beside a dot, on it
NO_FILL = "rgba(0,0,0,0)"
Label = tuple[
    float, float, str, str, str, int
]  # month, amount, text, colour, side of its point, what it keeps clear


def outcome(
    path: pd.DataFrame, figures: pd.Series, ahead: pd.DataFrame, words: Words, colours: Palette
) -> dict:
    """The outcome from its baseline to its target: path, reported line, the gap between them, forecast with
    its band.

    path: month 0-12, programmed, reported (metrics.outcome_path); figures: one row of metrics.outcome; ahead:
    metrics.forecast.
    """
    figures = figures.copy()
    figures["unit"] = escape(str(figures["unit"]))
    reported = _reported_line(path, figures)
    tone = colours.tone(figures["status"])
    low, high = value_range(
        [
            *path["programmed"],
            *reported["reported"],
            figures["baseline"],
            figures["target"],
            *ahead["expected"],
            *ahead["low"],
            *ahead["high"],
        ]
    )
    traces, areas = (
        _forecast(ahead, reported, words, colours, figures["unit"]),
        _band(ahead, reported, words, colours),
    )
    traces += [_path(path, words, colours, figures["unit"])]
    if len(reported) > 1:
        traces += [_line(reported, words, colours, figures["unit"])]
        areas += [_gap(path, reported, tone), _gap_line(figures, tone)]
    labels = _labels(path, figures, words, colours, tone) + _forecast_label(
        ahead, figures, high - low, words, colours
    )
    laid = layout(colours, month_axis(path, words), amount_axis(low, high, words))
    laid |= {"shapes": areas, "margin": {"l": 38, "r": 92, "t": 26, "b": 26, "pad": 0}}
    return {"data": [*traces, _label_trace(labels, figures, colours)], "layout": laid}


def spoken(path: pd.DataFrame, figures: pd.Series, ahead: pd.DataFrame, sentence: str, words: Words) -> str:
    """The outcome's chart for someone who does not see it: the sentence and each month's value."""
    values = [f"{month_name(int(m), words)} {words.amount(v, figures['unit'])}"
              for m, v in zip(path["month"], path["reported"], strict=True) if pd.notna(v)]  # fmt: skip
    text = words("outcome.alt", sentence=sentence, values="; ".join(values) or words("outcome.no_values"))
    return (
        text
        if ahead.empty
        else (
            f"{text} "
            f"{words('outlook.spoken', amount=words.amount(ahead.iloc[-1]['expected'], figures['unit']))}"
        )
    )


def _reported_line(path: pd.DataFrame, figures: pd.Series) -> pd.DataFrame:
    line = path[["month", "programmed", "reported"]].copy()
    line.loc[line["month"] == 0, "reported"] = figures["baseline"]
    return line.dropna(subset=["reported"])


def _gap(path: pd.DataFrame, reported: pd.DataFrame, tone: str) -> dict:
    back = path[path["month"] <= reported["month"].max()][::-1]
    return _area(
        "gap", [*reported["month"], *back["month"]], [*reported["reported"], *back["programmed"]], faint(tone)
    )


def _gap_line(figures: pd.Series, tone: str) -> dict:
    month = int(figures["month_reported"])
    return {
        "type": "line",
        "name": "closing",
        "layer": "below",
        "x0": month,
        "x1": month,
        "y0": float(figures["path"]),
        "y1": float(figures["reported"]),
        "line": {"color": tone, "width": 3},
    }


def _area(name: str, months, amounts, fill: str) -> dict:
    corners = "L".join(f"{float(x):g},{float(y):.2f}" for x, y in zip(months, amounts, strict=True))
    return {
        "type": "path",
        "name": name,
        "path": f"M{corners}Z",
        "fillcolor": fill,
        "line": {"width": 0},
        "layer": "below",
    }


def _path(path: pd.DataFrame, words: Words, colours: Palette, unit: str) -> dict:
    return series(path["month"], path["programmed"], words("chart.programmed"),
                    [month_name(m, words) for m in path["month"]], unit, words,
                    {"color": colours.muted, "width": 2, "dash": "dash"})  # fmt: skip


def _line(reported: pd.DataFrame, words: Words, colours: Palette, unit: str) -> dict:
    return series(reported["month"], reported["reported"], words("chart.reported"),
                   [month_name(m, words) for m in reported["month"]], unit, words,
                   {"color": colours.brand, "width": 3}, colours.ground)  # fmt: skip


def _label_trace(labels: list[Label], figures: pd.Series, colours: Palette) -> dict:
    """Every label, then a ring at both ends of the path."""
    ends = [
        (0, figures["baseline"], "", colours.ink, "middle right", RING),
        (12, figures["target"], "", colours.ink, "middle right", RING),
    ]
    months, amounts, texts, tones, sides, sizes = (list(part) for part in zip(*labels, *ends, strict=True))
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": months,
        "y": float_list(amounts),
        "text": texts,
        "textposition": sides,
        "textfont": {"size": 13, "color": tones, "family": FONT},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "marker": {
            "size": sizes,
            "color": NO_FILL,
            "opacity": 1,
            "line": {"color": colours.ink, "width": [0] * len(labels) + [2.5] * len(ends)},
        },
    }


def _labels(path, figures, words: Words, colours: Palette, tone: str) -> list[Label]:
    """Both ends first, then what the path is: a phone leaves the third and the fifth out."""
    unit = figures["unit"]
    assumed = "assumed" if path["is_assumed"].any() else "given"
    labels: list[Label] = [
        (
            0,
            figures["baseline"],
            words("chart.start", amount=words.amount(figures["baseline"], unit)),
            colours.ink,
            "top right",
            BESIDE,
        ),
        (
            12,
            figures["target"],
            words("chart.target", amount=words.amount(figures["target"], unit)),
            colours.ink,
            "middle right",
            CLEAR,
        ),
        (
            0.2,
            path.set_index("month")["programmed"][5],
            words(f"chart.path_{assumed}"),
            colours.muted,
            "middle right",
            AT,
        ),
    ]
    if pd.isna(figures["month_reported"]):
        return labels
    month, is_over = int(figures["month_reported"]), figures["gap"] > 0
    now = words(
        "chart.now", amount=words.amount(figures["reported"], unit), month=words.month(month, "short")
    )
    gap = f"<b>{words.signed(figures['gap'], 0)}</b>"
    middle = figures["reported"] - 0.28 * figures["gap"]  # beside the line, where the gap is still wide
    side = f"{'top' if is_over else 'bottom'} {'right' if month < 11 else 'center'}"
    return [*labels, (month, figures["reported"], now, colours.brand, side, BESIDE),
            (month, middle, gap, tone, f"middle {'left' if month > 2 else 'right'}", BESIDE)]  # fmt: skip


def _forecast(
    ahead: pd.DataFrame, reported: pd.DataFrame, words: Words, colours: Palette, unit: str
) -> list[dict]:
    """A dotted line from the last report to December; nothing where there is no forecast."""
    if ahead.empty:
        return []
    last = reported.iloc[-1]
    months, expected = [last["month"], *ahead["month"]], [last["reported"], *ahead["expected"]]
    names = [month_name(int(m), words) for m in months]
    return [series(months, pd.Series(expected), words("chart.forecast"), names, unit, words,
                   {"color": colours.brand, "width": 2.5, "dash": "dot"})]  # fmt: skip


def _band(ahead: pd.DataFrame, reported: pd.DataFrame, words: Words, colours: Palette) -> list[dict]:
    """The band around the forecast, opening from the last report."""
    if ahead.empty or ahead["low"].isna().any():
        return []
    last, months = reported.iloc[-1], [reported.iloc[-1]["month"], *ahead["month"]]
    high, low = [last["reported"], *ahead["high"]], [last["reported"], *ahead["low"]]
    return [
        _area(words("chart.band"), [*months, *months[::-1]], [*high, *low[::-1]], faint(colours.brand, 0.16))
    ]


def _forecast_label(
    ahead: pd.DataFrame, figures: pd.Series, span: float, words: Words, colours: Palette
) -> list[Label]:
    """At the right edge, apart from the target's label."""
    if ahead.empty:
        return []
    end = ahead.iloc[-1]
    half = words.number((end["high"] - end["low"]) / 2, 0)
    key = "chart.forecast_end" if pd.isna(end["high"]) or is_nothing(half) else "chart.forecast_end_band"
    text = words(key, amount=words.amount(end["expected"], figures["unit"]), half=half)
    side = 1 if end["expected"] >= figures["target"] else -1
    y = figures["target"] + side * max(abs(end["expected"] - figures["target"]), span * LEAST_APART)
    return [(12, y, text, colours.brand, "middle right", CLEAR)]
