"""One function per chart: frames and words in, a Plotly figure as a plain dict out; no database, no screen.

A dict costs the server less than a Figure and is the same thing once drawn.
"""

from poa_core.charts.parts import DARK, LIGHT, Palette
from poa_core.words.language import Words


def ink(theme: str | None) -> Palette:
    """The colours of a theme: dark, or light for anything else."""
    return DARK if theme == "dark" else LIGHT


def config(words: Words) -> dict:
    """What every chart allows: zoom, and saving it as a picture; its buttons in the page's language."""
    labels = {
        key: words(f"plotly.{name}")
        for key, name in (
            ("Download plot as a PNG", "save"),
            ("Download plot as a png", "save"),
            ("Zoom", "zoom"),
            ("Pan", "pan"),
            ("Zoom in", "zoom_in"),
            ("Zoom out", "zoom_out"),
            ("Reset axes", "reset"),
            ("Autoscale", "autoscale"),
            ("Double-click to zoom back out", "back"),
            ("Taking snapshot - this may take a few seconds", "saving"),
            ("Snapshot succeeded", "saved"),
        )
    }
    locale = "es-PE" if words.language == "es" else "en-US"
    return {
        "displaylogo": False,
        "modeBarButtonsToRemove": [
            "select2d",
            "lasso2d",
            "autoScale2d",
            "pan2d",
            "zoomIn2d",
            "zoomOut2d",
            "sendDataToCloud",
        ],
        "showSendToCloud": False,
        "locale": locale,
        "locales": {locale: {"dictionary": labels, "format": {"decimal": ".", "thousands": ","}}},
        "toImageButtonOptions": {"format": "png", "scale": 2},
    }
