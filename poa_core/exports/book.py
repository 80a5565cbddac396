"""What every workbook of ours shares: values and no formulas, es-PE formats, one look."""

import io
from contextlib import contextmanager

import pandas as pd
import xlsxwriter

from poa_core.inert import OPTIONS, inert
from poa_core.words.language import without_negative_zero

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AMOUNT, SHARE, MONEY = "#,##0.##", "0.0 %", '"S/ "#,##0.00'
DECIMALS = {AMOUNT: 2, SHARE: 3, MONEY: 2}  # that a spreadsheet prints of a number
TONES = {
    "met": "#0B7571",
    "at_risk": "#8A5A00",
    "behind": "#B3261E",
    "not_reported": "#6B4AA0",
    "early": "#1F64B5",
}
STYLES = {
    "title": {"bold": True, "font_size": 14},
    "quiet": {"font_color": "#526272"},
    "text": {"text_wrap": True, "num_format": "@", "indent": 1},
    "flag": {"bold": True, "font_color": "#8A5A00"},
    "heading": {"bold": True, "bg_color": "#E3EDF5", "text_wrap": True, "border": 1},
    "middle": {"bold": True, "bg_color": "#E3EDF5", "align": "center", "border": 1},
    "group": {"bold": True, "bg_color": "#F4F6F9"},
    "amount": {"num_format": AMOUNT},
    "share": {"num_format": SHARE},
    "money": {"num_format": MONEY},
    "reported": {"num_format": AMOUNT, "bold": True},
    "provisional": {"num_format": AMOUNT, "italic": True, "font_color": "#1F64B5"},
    "partial": {"num_format": AMOUNT + '"*"', "bold": True, "font_color": "#6B4AA0"},
    "covered": {"font_color": "#0B7571", "align": "right"},
    "missing": {"font_color": "#6B4AA0", "align": "right"},
    "strong": {"bold": True, "num_format": SHARE},
}


@contextmanager
def new_workbook():
    """A workbook being written and its formats by name; `.bytes` stands once it is left."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        formats = {
            name: book.add_format({"valign": "top", "font_name": "Calibri", **style})
            for name, style in STYLES.items()
        }
        formats |= {
            tone: book.add_format({"valign": "top", "bold": True, "font_color": colour})
            for tone, colour in TONES.items()
        }
        made_book = Book(book, formats, written)
        yield made_book


class Book:
    """The workbook under way: sheets, formats, and its bytes when it is closed."""

    def __init__(self, book: xlsxwriter.Workbook, formats: dict, written: io.BytesIO) -> None:
        self.book, self.formats, self._written = book, formats, written

    @property
    def bytes(self) -> bytes:
        return self._written.getvalue()

    def sheet(self, name: str, paper: int = 9):
        """A new sheet, landscape on A4 (8: A3), one page wide; a name Excel takes."""
        page = self.book.add_worksheet("".join(c for c in name if c not in r"[]:*?/\\'")[:31])
        page.set_landscape()
        page.set_paper(paper)
        page.fit_to_pages(1, 0)
        page.set_margins(0.4, 0.4, 0.5, 0.5)
        page.set_footer("&L&A&R&P / &N")
        return page

    def put(self, page, row: int, column: int, value: object, style: str = "text") -> None:
        """A value as what it is: a number, or text that no spreadsheet runs; absent is an empty cell."""
        if value is None or (not isinstance(value, str) and pd.isna(value)):
            page.write_blank(row, column, None, self.formats[style])
        elif isinstance(value, str):
            page.write_string(row, column, str(inert(value)), self.formats[style])
        else:
            cell_format = self.formats[style]
            page.write_number(
                row,
                column,
                without_negative_zero(float(value), DECIMALS.get(cell_format.num_format, 6)),
                cell_format,
            )

    def merge(self, page, area: tuple[int, int, int, int], value: object, style: str) -> None:
        """One value over several rows or columns: first row, first column, last row, last column."""
        page.merge_range(*area, "", self.formats[style])
        self.put(page, area[0], area[1], value, style)
