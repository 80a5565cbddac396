"""The workbook's charts: the spreadsheet's own, drawn from the cells beside them."""

from math import floor, log10

from poa_core.charts import ink
from poa_core.exports.book import TONES

LIGHT = ink("light")
FONT = {"name": "Calibri", "size": 10, "color": LIGHT.muted}
GRID = {"visible": True, "line": {"color": LIGHT.grid}}
MONTHS = 13  # the close of the year before is the first
ROW = 20  # px a bar takes


def lines(book, page, first: int, values: list[float], title: str) -> None:
    """Programmed, reported, forecast and its band by month, below the table. first: the row of the first of
    13 months; values: all that is drawn.
    """
    chart, last = book.add_chart({"type": "line"}), first + MONTHS - 1
    styles = (
        {"color": LIGHT.muted, "width": 1.75, "dash_type": "dash"},
        {"color": LIGHT.brand, "width": 2.5},
        {"color": LIGHT.brand, "width": 2.25, "dash_type": "round_dot"},
        {"color": LIGHT.brand, "width": 0.75},
        {"color": LIGHT.brand, "width": 0.75},
    )
    for column, line in enumerate(styles, 1):
        point = (
            {"type": "circle", "size": 6, "fill": {"color": LIGHT.brand}, "border": {"color": LIGHT.ground}}
            if column == 2
            else {"type": "none"}
        )
        chart.add_series(
            {
                "name": [page.name, first - 1, column],
                "categories": [page.name, first, 0, last, 0],
                "values": [page.name, first, column, last, column],
                "line": line,
                "marker": point,
            }
        )
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {"name": "Calibri", "size": 13, "color": LIGHT.ink}}
    )
    chart.set_x_axis({"num_font": FONT | {"rotation": -45}, "line": {"color": LIGHT.grid}})
    chart.set_y_axis(
        {
            "num_font": FONT,
            "num_format": "#,##0",
            "min": _floor(values),
            "major_gridlines": GRID,
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "bottom", "font": FONT})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 760, "height": 420})
    page.fit_to_pages(1, 1)
    page.insert_chart(first + MONTHS + 1, 0, chart, {"description": title})


def bars(book, page, first: int, statuses: list[str], title: str) -> None:
    """One bar per activity in its status's colour, the first on top."""
    if not statuses:
        return
    chart, last = book.add_chart({"type": "bar"}), first + len(statuses) - 1
    points = [{"fill": {"color": TONES.get(status, LIGHT.muted)}} for status in statuses]
    chart.add_series(
        {
            "name": title,
            "categories": [page.name, first, 0, last, 0],
            "values": [page.name, first, 1, last, 1],
            "points": points,
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.0 %", "font": FONT},
        }
    )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"num_font": FONT, "num_format": "0 %", "min": 0, "major_gridlines": GRID, "line": {"none": True}}
    )
    chart.set_y_axis({"num_font": FONT, "reverse": True, "line": {"color": LIGHT.grid}})
    chart.set_size({"width": 720, "height": 120 + ROW * max(len(statuses), 8)})
    page.fit_to_pages(1, 1)
    page.insert_chart(first + len(statuses) + 1, 0, chart, {"description": title})


def _floor(values: list[float]) -> float:
    """Where the axis begins: what moves must be seen, and that is seldom near zero."""
    step = 10 ** floor(log10(max(values) - min(values) or 1))
    return floor(min(values) / step) * step
