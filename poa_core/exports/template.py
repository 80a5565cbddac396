"""The month's template: what a division fills in, with codes, units and programme already written."""

import io

import pandas as pd
import xlsxwriter

from poa_core.exports import listing
from poa_core.figures.frames import records
from poa_core.inert import OPTIONS, inert
from poa_core.words.language import Words

HEADER = (
    "codigo",
    "actividad",
    "unidad",
    "localidad",
    "mes",
    "programado",
    "ultimo_reportado",
    "estado",
    "avance",
    "causa",
    "medida",
)
FILLED = ("avance", "causa", "medida")
WIDTHS = (9, 46, 16, 12, 10, 13, 17, 18, 14, 34, 34)
TOP = 2  # rows above the header: title and what to do


def rows(sheet: pd.DataFrame, year: int, month: int, words: Words) -> list[list[object]]:
    """One list per row of metrics.month_sheet, in HEADER's order; what is to be filled in is None."""
    return [
        [
            row["code"],
            row["activity"],
            row["unit"],
            row["locality"],
            f"{year}-{month:02d}",
            _number(row["programmed"]),
            _number(row["last_reported"]),
            _state(row, words),
            None,
            None,
            None,
        ]
        for row in records(sheet)
    ]


def csv(sheet: pd.DataFrame, year: int, month: int, words: Words) -> bytes:
    """The template as CSV, comma and decimal point as Excel in Peru writes them."""
    return listing.csv(HEADER, rows(sheet, year, month, words))


def workbook(sheet: pd.DataFrame, year: int, month: int, title: str, words: Words) -> bytes:
    """The template as .xlsx: codes stay text, progress is checked as it is typed, headers stand still."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        page = book.add_worksheet(words("template.sheet"))
        _lay_out(book, page, title, words)
        formats = _formats(book)
        for number, (row, is_percent) in enumerate(
            zip(rows(sheet, year, month, words), sheet["is_percent"], strict=True), TOP + 1
        ):
            _write(formats, page, number, row, bool(is_percent), words)
    return written.getvalue()


def _lay_out(book, page, title: str, words: Words) -> None:
    page.write_string(0, 0, str(title), book.add_format({"bold": True, "font_size": 14}))
    page.write_string(
        1, 0, words("template.instructions"), book.add_format({"italic": True, "font_color": "#526272"})
    )
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EDF5"})
    for column, (name, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
        page.write_string(TOP, column, name, heading)
        page.set_column(column, column, width)
    page.freeze_panes(TOP + 1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(TOP)


def _write(formats: dict, page, number: int, row: list[object], is_percent: bool, words: Words) -> None:
    for column, (name, value) in enumerate(zip(HEADER, row, strict=True)):
        if name in FILLED:
            page.write_blank(number, column, None, formats["blank"])
        elif isinstance(value, float):
            page.write_number(number, column, value, formats["amount"])
        else:
            page.write_string(number, column, "" if value is None else str(inert(value)), formats["given"])
    most = (
        {"criteria": "between", "minimum": 0, "maximum": 100}
        if is_percent
        else {"criteria": ">=", "value": 0}
    )
    message = words("template.percent" if is_percent else "template.amount")
    # A warning and no more: `retirar` takes a value back, and some units go below zero.
    page.data_validation(
        number,
        HEADER.index("avance"),
        number,
        HEADER.index("avance"),
        {
            "validate": "decimal",
            **most,
            "ignore_blank": True,
            "error_type": "warning",
            "error_message": message,
            "input_message": message,
        },
    )


def _formats(book) -> dict:
    """Given text and amounts stand back; what is to be filled in is tinted."""
    return {name: book.add_format({"valign": "top", **properties}) for name, properties in {
        "given": {"font_color": "#526272", "text_wrap": True, "num_format": "@"},
        "amount": {"font_color": "#526272", "num_format": "#,##0.######"},
        "blank": {"bg_color": "#FFF6DF", "border": 1, "border_color": "#D3DBE3", "text_wrap": True},
    }.items()}  # fmt: skip


def _state(row: dict, words: Words) -> str:
    """That the month has a value already, or lacks this locality alone."""
    if row["is_lacking"]:
        return words("template.lacking")
    return words("template.told") if pd.notna(row["this_month_reported"]) else ""


def _number(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 6)
