"""Workbooks for the corpus: as Excel writes them, and put together by hand where Excel never would."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import openpyxl
import xlsxwriter


class Share(NamedTuple):
    """A number under a percent format."""

    number: float
    form: str = "0.0%"


class Shown(NamedTuple):
    """A number under any format."""

    number: float
    form: str


class Formula(NamedTuple):
    text: str
    result: float | str


Cell = str | float | bool | date | Share | Shown | Formula | None
Rows = Sequence[Sequence[Cell]]


def workbook(*sheets: Rows, names=(), hidden=(), merged=(), recalculates=False, first_row=0, first_column=0) -> bytes:
    """A workbook of sheets of rows, as Excel saves it; hidden and merged hold sheet numbers and ranges."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.calc_on_load = recalculates
    for index, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[index] if names else None)
        for row, cells in enumerate(rows, first_row):
            for column, cell in enumerate(cells, first_column):
                _write(book, sheet, row, column, cell)
        if index in hidden:
            sheet.hide()
    for place, text in merged:
        book.worksheets()[0].merge_range(place, text)
    if hidden and 0 in hidden:
        book.worksheets()[next(i for i in range(len(sheets)) if i not in hidden)].activate()
    book.close()
    return file.getvalue()


def _write(book, sheet, row: int, column: int, cell: Cell) -> None:
    match cell:
        case None:
            pass
        case Share(number, form) | Shown(number, form):
            sheet.write_number(row, column, number, book.add_format({"num_format": form}))
        case Formula(text, result):
            sheet.write_formula(row, column, text, None, result)
        case date():
            sheet.write_datetime(row, column, cell, book.add_format({"num_format": "mmm-yy"}))
        case str():
            sheet.write_string(row, column, cell)
        case _:
            sheet.write(row, column, cell)


def by_another_program(rows: Rows) -> bytes:
    """The rows as openpyxl saves them: its own parts, and formulas without their values."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for cells in rows:
        book.active.append(list(cells))
    book.save(file)
    return file.getvalue()


def part(book: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return package.read(name)


def changed(book: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of one part changed for others."""
    return rebuilt(book, {part: lambda content: content.replace(old, new, 1)})


def rebuilt(book: bytes, changes: dict, more: dict[str, bytes] | None = None) -> bytes:
    """The workbook with parts changed by functions of their bytes (None leaves a part out), and more parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name, lambda content: content)
            if change is not None:
                content = old.read(name)
                result = change(content)
                assert name not in changes or result != content, f"nothing changed in {name}"
                new.writestr(name, result)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HOME = "xl/workbook.xml"


def by_hand(rows_xml: str, *, before: str = "", dimension: str = "", prolog: str = "") -> bytes:
    """The smallest package with one sheet, its rows as XML with their texts inline."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pointers = "http://schemas.openxmlformats.org/package/2006/relationships"
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{pointers}"><Relationship Id="a" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        HOME: f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="Avance" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{pointers}"><Relationship Id="b" Type="{kind}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET: f'{prolog}<worksheet xmlns="{main}">{before}{size}<sheetData>{rows_xml}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def row_xml(number: int | None, *cells: str | float) -> str:
    """A row of cells one beside the other, without saying where each stands."""
    told = "".join(
        f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' if isinstance(cell, str) else f"<c><v>{cell!r}</v></c>"
        for cell in cells
    )
    return f"<row>{told}</row>" if number is None else f'<row r="{number}">{told}</row>'
