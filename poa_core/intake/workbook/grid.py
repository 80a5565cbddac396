"""The cells of a workbook's sheet as records of text, in one pass, whatever size the sheet says it has."""

from collections.abc import Iterator
from typing import NamedTuple

from poa_core.contract import MAX_COLUMNS
from poa_core.intake.workbook.book import Book, Sheet, cell_text
from poa_core.intake.workbook.package import Visitor, parse_reference, walk

_LAST_ROW, _COLUMNS = 2**20, 2**14


class Line(NamedTuple):
    """A row that holds something: its cells up to the last one filled, and which of them are what.

    numbers are the columns stored as numbers, uncomputed those whose formula has no value, which stands as
    their text; far is the text of a cell beyond MAX_COLUMNS.
    """

    row: int
    cells: list[str]
    numbers: list[int]
    uncomputed: list[int]
    far: str | None


_RawCell = tuple[int, str, int, str | None, str | None]  # of a cell: column, kind, style, text, formula


class _Cells(Visitor):
    """Collects each row's cells."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[_RawCell]]] = []
        self.row = self.column = 0
        self.kind, self.style = "n", 0
        self.value: str | None = None
        self.formula: str | None = None
        self.pieces: list[str] | None = None
        self.is_aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._open_row(attributes.get("r"))
        elif name == "c":
            self._open_cell(attributes)
        elif name in ("v", "f", "t"):
            self.pieces = []
        elif name == "rPh":
            self.is_aside = True

    def text(self, data: str) -> None:
        if self.pieces is not None:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        if name == "c":
            self._close_cell()
        elif name == "rPh":
            self.is_aside = False
        elif name in ("v", "f", "t") and self.pieces is not None:
            text, self.pieces = "".join(self.pieces), None
            if name == "f":
                self.formula = text
            elif not self.is_aside:
                self.value = (self.value or "") + text

    def _open_row(self, number: str | None) -> None:
        row = int(number) if number else self.row + 1
        if not self.row < row <= _LAST_ROW:
            raise ValueError("rows out of order")
        self.row, self.column = row, -1
        self.rows.append((row, []))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        row, column = parse_reference(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
        if row != self.row or not self.column < column < _COLUMNS or not self.rows:
            raise ValueError("cells out of order")
        self.column = column
        self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self.value = self.formula = None

    def _close_cell(self) -> None:
        if self.value or self.formula is not None:
            self.rows[-1][1].append((self.column, self.kind, self.style, self.value, self.formula))

    def taken(self) -> list[tuple[int, list[_RawCell]]]:
        """The rows that are whole."""
        rows, self.rows = self.rows[:-1], self.rows[-1:]
        return rows


def lines(book: Book, sheet: Sheet) -> Iterator[Line]:
    """A sheet's rows that hold something, in order. Raises Unsafe, and one of package.BROKEN."""
    visitor = _Cells()
    for _ in walk(book.package, sheet.part, visitor):
        yield from filter(None, (_line(book, *row) for row in visitor.taken()))
    yield from filter(None, (_line(book, *row) for row in visitor.rows))


def _line(book: Book, row: int, raw_cells: list[_RawCell]) -> Line | None:
    texts, numbers, uncomputed, far = {}, [], [], None
    for column, kind, style, value, formula in raw_cells:
        # A formula that gives an empty text says so with the kind `str`.
        has_no_value = formula is not None and (book.is_uncomputed or (not value and kind != "str"))
        text, is_number = (
            (f"={formula}", False) if has_no_value else cell_text(book, kind, style, value or "")
        )
        if column >= MAX_COLUMNS:
            far = text.strip() or None
            if far:
                break
        elif text.strip():
            texts[column] = text
            numbers += [column] if is_number else []
            uncomputed += [column] if has_no_value else []
    if not texts and far is None:
        return None
    cells = [texts.get(column, "") for column in range(max(texts, default=-1) + 1)]
    return Line(row, cells, numbers, uncomputed, far)
