"""What charts are made of: the colours of a theme, lines, labels, axes."""

from dataclasses import dataclass

import pandas as pd

from poa_core.words.language import Words

HEIGHT = 240  # px, where the page gives no other
FONT = "IBM Plex Sans, system-ui, sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as the page's own tokens have them."""

    ground: str
    ink: str
    muted: str
    grid: str
    brand: str
    tones: dict[str, str]

    def tone(self, status: str) -> str:
        return self.tones.get(status, self.muted)


LIGHT = Palette(
    "#FFFFFF",
    "#14212E",
    "#526272",
    "#E6EBF0",
    "#0B5E9E",
    {
        "met": "#0B7571",
        "at_risk": "#8A5A00",
        "behind": "#B3261E",
        "not_reported": "#6B4AA0",
        "early": "#1F64B5",
    },
)
DARK = Palette(
    "#0F1822",
    "#E8EEF4",
    "#A3B3C2",
    "#243240",
    "#7FBFF5",
    {
        "met": "#4CC2B4",
        "at_risk": "#F4C653",
        "behind": "#FF8F80",
        "not_reported": "#BBA3F0",
        "early": "#86B9FA",
    },
)


def series(x, y, name, text, unit, words, line, ground=None) -> dict:
    """One line of a chart: its points, its hover text with the unit, its marks where ground is given."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if ground else "lines",
        "x": list(x),
        "y": float_list(y),
        "name": name,
        "text": [f"{t}: {words.amount(v, unit, 2)}" for t, v in zip(text, float_list(y), strict=True)],
        "hovertemplate": "%{text}<extra>" + name + "</extra>",
        "line": line,
        "cliponaxis": False,
        "connectgaps": False,
        "marker": {
            "size": 8,
            "color": line["color"],
            "line": {"color": ground or line["color"], "width": 1.5},
        },
    }


def layout(colours: Palette, x: dict, y: dict) -> dict:
    """What every chart shares; x and y add to its axes."""
    # Ticks are few and fit: measuring whether each overflows costs a tenth of the drawing.
    common = {
        "showgrid": False,
        "zeroline": False,
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "tickfont": {"size": 12, "color": colours.muted},
    }
    return {
        "xaxis": {**common, "ticks": "", "showline": True, "linecolor": colours.grid, **x},
        "yaxis": {**common, "showgrid": True, "gridcolor": colours.grid, "ticks": "", **y},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "height": HEIGHT,
        "hovermode": "x unified",
        "dragmode": "zoom",
        "font": {"family": FONT, "size": 13, "color": colours.ink},
        "hoverlabel": {
            "bgcolor": colours.ground,
            "bordercolor": colours.grid,
            "font": {"color": colours.ink, "family": FONT},
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": colours.muted, "activecolor": colours.brand},
    }


def month_axis(path: pd.DataFrame, words: Words) -> dict:
    """Months by name, from the close of the year before to December."""
    names = [words("chart.before_year"), *(short_month(m, words) for m in range(1, 13))]
    return {"tickvals": list(range(13)), "ticktext": names, "range": [-0.25, 12.1]}


def short_month(month: int, words: Words) -> str:
    """Ene, Set."""
    return words.month(month, "short").capitalize()


def month_name(month: int, words: Words) -> str:
    """Enero; the close of the year before for month 0."""
    return words.month(month).capitalize() if month else words("chart.before_year_long")


def amount_axis(low: float, high: float, words: Words, scale: float = 1000) -> dict:
    """Round ticks between two amounts, printed in units of scale."""
    step = _nice((high - low) / 5)
    start = low - low % step
    ticks = [
        start + step * n for n in range(int((high - start) / step) + 2) if low <= start + step * n <= high
    ]
    margin = (high - low) * 0.06
    return {
        "tickvals": ticks,
        "ticktext": [words.number(t / scale) for t in ticks],
        "range": [low - margin, high + margin],
    }


def _nice(step: float) -> float:
    if step <= 0:
        return 1.0
    power = 10.0 ** len(str(int(step))) / 10 if step >= 1 else 0.1
    return next((power * n for n in (1, 2, 2.5, 5, 10) if power * n >= step), power * 10)


def value_range(values: list[float]) -> tuple[float, float]:
    """The least and the greatest of the known values, never the same."""
    numbers = [float(v) for v in values if pd.notna(v)] or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    return (low, high) if high > low else (low - 1, high + 1)


def faint(colour: str, share: float = 0.13) -> str:
    """The colour of a filled gap."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def float_list(values) -> list[float | None]:
    """Floats and None, as a figure takes them."""
    return [None if pd.isna(v) else float(v) for v in values]
