"""A workbook's bytes to a table: which of its sheets is ours, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from poa_core.contract import MAX_COLUMNS, MAX_ROWS, Problem, Table
from poa_core.intake import sheet
from poa_core.intake.text.records import HEADER_WITHIN, Record, header_index
from poa_core.intake.values.headers import likeness
from poa_core.intake.workbook.book import Book, Sheet, book
from poa_core.intake.workbook.grid import Line, lines
from poa_core.intake.workbook.package import BROKEN, Unsafe, open_package
from poa_core.problems import error, notice

_KINDS = {"archive_file": "ZIP"}


def from_workbook(content: bytes, name: str) -> tuple[Table | None, list[Problem]]:
    """The table of the one visible sheet that looks like ours, its row numbers the sheet's own."""
    try:
        with open_package(content) as package:
            return _from_book(book(package), name)
    except Unsafe as refusal:
        code = str(refusal)
        return None, [error(code, file=name, kind=_KINDS.get(code, "XLSX"))]
    except (*BROKEN, LookupError):
        return None, [error("damaged_workbook", file=name, kind="XLSX")]


def _from_book(book: Book, name: str) -> tuple[Table | None, list[Problem]]:
    problems, sheets = hidden(book), data_sheets(book)
    if len(sheets) != 1:
        named = ", ".join(f"“{s.name}”" for s in sheets)
        wrong = error("several_sheets", file=name, sheets=named) if sheets else error("no_header", file=name)
        return None, [wrong, *problems]
    rows, more = table(lines(book, sheets[0]))
    return rows, problems + more


def hidden(book: Book) -> list[Problem]:
    """A notice that names the sheets a person does not see, which are not read."""
    names = ", ".join(f"“{s.name}”" for s in book.sheets if s.is_hidden)
    return [notice("hidden_sheets", sheets=names)] if names else []


def data_sheets(book: Book) -> list[Sheet]:
    """The visible sheets with a header that has a code; where none has, those with any header."""
    looks = []
    for candidate in book.sheets:
        if not candidate.is_hidden:
            head = [likeness(line.cells) for line in islice(lines(book, candidate), HEADER_WITHIN)]
            looks.append((max(head, default=(False, 0)), candidate))
    coded = [candidate for (has_code, _), candidate in looks if has_code]
    return coded or [candidate for (_, count), candidate in looks if count]


def table(sheet_lines: Iterator[Line]) -> tuple[Table | None, list[Problem]]:
    """The rows of one sheet from its lines, and what is wrong with them."""
    records: list[Record] = []
    numbers: set[tuple[int, int]] = set()
    uncomputed: list[tuple[int, int, str]] = []
    for row, cells, stored, without_value, far in islice(sheet_lines, MAX_ROWS + HEADER_WITHIN + 1):
        if far:
            return None, [error("too_many_columns", row, value=far, limit=MAX_COLUMNS)]
        records.append((row, cells))
        numbers.update((row, column) for column in stored)
        uncomputed += [(row, column, cells[column]) for column in without_value]
    width = max(len(cells) for _, cells in records)
    for _, cells in records:
        cells += [""] * (width - len(cells))
    index = header_index(records)
    assert index is not None  # a sheet is read for the header it has
    rows, problems = sheet.table(records, index, is_grid=True)
    return (
        (None, problems)
        if rows is None
        else _computed(replace(rows, numbers=frozenset(numbers)), uncomputed, problems)
    )


def _computed(
    table: Table, uncomputed: list[tuple[int, int, str]], problems: list[Problem]
) -> tuple[Table, list[Problem]]:
    """The table without the rows in which a formula has no value; each such cell is an error."""
    row_numbers = {table.header_row, *(row for row, _ in table.rows)}
    faults = [
        error("formula_not_computed", row, table.header[column] or None, formula)
        for row, column, formula in uncomputed
        if row in row_numbers
    ]
    wrong = {fault.row for fault in faults}
    return replace(table, rows=tuple(row for row in table.rows if row[0] not in wrong)), problems + faults
