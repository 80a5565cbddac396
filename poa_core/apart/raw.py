"""A file's rows as they stand in it, good or bad: what is marked is what came."""

import csv
import io
from dataclasses import dataclass, field
from zipfile import ZipFile

from poa_core.contract import MAX_COLUMNS
from poa_core.intake.text import charset, records, signatures
from poa_core.intake.workbook.book import book
from poa_core.intake.workbook.grid import lines
from poa_core.intake.workbook.package import BROKEN, Unsafe, open_package
from poa_core.intake.workbook.workbook import data_sheets

WIDEST = 4 * MAX_COLUMNS


@dataclass(frozen=True)
class RawRows:
    """Cells by the row a person sees, blank rows left out or empty; header is the number of the header's row.

    numbers: the (row, column index) of cells that a workbook stored as numbers. delimiter is empty for a
    workbook.
    """

    rows: dict[int, list[str]]
    header: int
    delimiter: str = ""
    numbers: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @property
    def width(self) -> int:
        return max(map(len, self.rows.values()))


def read_raw_rows(content: bytes) -> RawRows | None:
    """The rows of a file's bytes, None where there is no table in them that could be given back whole."""
    if signatures.is_workbook(content):
        return _from_workbook(content)
    text = None if signatures.foreign_kind(content) else charset.decode(content)
    if text is None or signatures.is_binary(text):
        return None
    return _from_text(charset.UNREADABLE.sub("\ufffd", text.rstrip("\x1a")))


def _from_text(text: str) -> RawRows | None:
    text, delimiter = records.find_delimiter(text)
    lines_of_text = io.StringIO(text, newline="").readlines()
    try:
        rows = _records(lines_of_text, delimiter)
    except csv.Error:  # a field that no reader takes
        return None
    return _raw({row: _to_last_filled(cells) for row, cells in enumerate(rows, 1)}, delimiter)


def _records(lines_of_text: list[str], delimiter: str) -> list[list[str]]:
    """Every record; from the first whose quotes do not close on, each line is one as it stands."""
    rows, taken = [], 0
    reader = csv.reader(iter(lines_of_text), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for cells in reader:
            rows.append(cells)
            taken = reader.line_num
    except csv.Error:
        rows += csv.reader(lines_of_text[taken:], delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return rows


def _from_workbook(content: bytes) -> RawRows | None:
    try:
        with open_package(content) as package:
            return _from_package(package)
    except (Unsafe, *BROKEN, LookupError):
        return None


def _from_package(package: ZipFile) -> RawRows | None:
    opened_book = book(package)
    sheets = data_sheets(opened_book)
    if len(sheets) != 1:
        return None
    rows, numbers = {}, set()
    for line in lines(opened_book, sheets[0]):
        if line.far:
            return None
        rows[line.row] = line.cells
        numbers.update((line.row, column) for column in line.numbers)
    return _raw(rows, "", frozenset(numbers))


def _raw(rows: dict[int, list[str]], delimiter: str, numbers: frozenset = frozenset()) -> RawRows | None:
    filled = [(row, cells) for row, cells in rows.items() if cells]
    index = records.header_index(filled)
    raw = None if index is None else RawRows(rows, filled[index][0], delimiter, numbers)
    return raw if raw and raw.width <= WIDEST else None


def _to_last_filled(cells: list[str]) -> list[str]:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]
