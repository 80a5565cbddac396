"""A workbook that holds both halves of a plan, its processes and its activities, as two sheets."""

from itertools import islice
from typing import NamedTuple

from poa_core.contract import MAX_BYTES, Problem, Table
from poa_core.intake.plan.kind import kind
from poa_core.intake.text import signatures
from poa_core.intake.text.records import HEADER_WITHIN, header_index
from poa_core.intake.workbook import workbook
from poa_core.intake.workbook.book import Book, Sheet, book
from poa_core.intake.workbook.grid import lines
from poa_core.intake.workbook.package import BROKEN, Unsafe, open_package

_PAIRS = ({"processes", "plan"}, {"processes", "ceplan"})


class Half(NamedTuple):
    """One sheet: its name, which half it is, its rows."""

    sheet: str
    kind: str
    table: Table | None
    problems: list[Problem]


def halves(content: bytes) -> list[Half]:
    """Both halves; nothing where the workbook's sheets are any others, or it cannot be read: who reads one
    table says why.
    """
    if not signatures.is_workbook(content) or len(content) > MAX_BYTES:
        return []
    try:
        with open_package(content) as package:
            return _halves(book(package))
    except (Unsafe, *BROKEN, LookupError):
        return []


def _halves(opened_book: Book) -> list[Half]:
    kinds = {sheet: kind(_header(opened_book, sheet)) for sheet in opened_book.sheets if not sheet.is_hidden}
    half_by_sheet = {sheet: half for sheet, half in kinds.items() if half}
    if len(half_by_sheet) != 2 or set(half_by_sheet.values()) not in _PAIRS:
        return []
    read = [
        (sheet.name, half, *workbook.table(lines(opened_book, sheet)))
        for sheet, half in half_by_sheet.items()
    ]
    return [
        Half(name, half, rows, problems + (workbook.hidden(opened_book) if name == read[0][0] else []))
        for name, half, rows, problems in read
    ]


def _header(opened_book: Book, sheet: Sheet) -> list[str]:
    first_rows = [(line.row, line.cells) for line in islice(lines(opened_book, sheet), HEADER_WITHIN)]
    index = header_index(first_rows)
    return [] if index is None else first_rows[index][1]
