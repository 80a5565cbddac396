"""Records to a table: columns as wide as the header, totals and blanks out, nothing shifted."""

from poa_core.contract import MAX_COLUMNS, MAX_FIELD, MAX_ROWS, Problem, Table
from poa_core.intake.text.charset import UNREADABLE
from poa_core.intake.text.records import Record
from poa_core.intake.values.headers import canonical
from poa_core.names import fold
from poa_core.problems import error, notice

_TOTALS = ("suma", "sumas", "sum", "gran_total", "grand_total", "promedio", "promedio_general")
_TOTAL_WORDS = ("total", "totales", "subtotal", "subtotales", "totals")


def table(records: list[Record], index: int, is_grid: bool = False) -> tuple[Table | None, list[Problem]]:
    """The table under the header at that index, and its problems.

    A row with an error is left out of the table, so that the others can still be checked; the file
    is refused for it all the same. is_grid: rows are as wide as the sheet, so that what stands beside
    the header stands in columns without a name.
    """
    header_row, cells = records[index]
    cells = cells if is_grid else _without_blank_end(cells)
    header = tuple(_printable(cell).strip() for cell in cells)
    body = records[index + 1 :]
    if too_much := _too_much(header_row, header, body):
        return None, [too_much]
    problems = _bad_cells(header_row, header, cells) + _unnamed(header_row, header, body)
    rows = []
    for row, cells in body:
        wrong = _row_problems(row, cells, header)
        problems += wrong
        if not wrong:
            rows.append((row, tuple(cells[: len(header)])))
    return Table(header, tuple(rows), header_row), problems


def _without_blank_end(cells: list[str]) -> list[str]:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _printable(text: str) -> str:
    return UNREADABLE.sub("\ufffd", text)


def _too_much(header_row: int, header: tuple[str, ...], body: list[Record]) -> Problem | None:
    if len(header) > MAX_COLUMNS:
        return error("too_many_columns", header_row, limit=MAX_COLUMNS)
    if len(body) > MAX_ROWS:
        return error("too_many_rows", limit=MAX_ROWS)
    return None if body else error("header_only", header_row)


def _unnamed(header_row: int, header: tuple[str, ...], body: list[Record]) -> list[Problem]:
    """Columns without a name that hold something."""
    problems = []
    for index in [i for i, name in enumerate(header) if not name]:
        cells = (cells[index] for _, cells in body if index < len(cells))
        if text := next(filter(str.strip, cells), None):
            problems.append(error("unnamed_column", header_row, value=text, position=index + 1))
    return problems


def _row_problems(row: int, cells: list[str], header: tuple[str, ...]) -> list[Problem]:
    bad = _bad_cells(row, header, cells) or _left_out(row, cells, header)
    return bad or _misfit(row, cells, len(header))


def _bad_cells(row: int, header: tuple[str, ...], cells: list[str]) -> list[Problem]:
    problems = []
    for index, cell in enumerate(cells):
        name = header[index] if index < len(header) else None
        if len(cell) > MAX_FIELD:
            problems.append(error("field_too_long", row, name, _printable(cell[:60]), limit=MAX_FIELD))
        elif UNREADABLE.search(cell):
            code = "nul_character" if "\x00" in cell else "unreadable_character"
            problems.append(error(code, row, name, _printable(cell)))
    return problems


def _left_out(row: int, cells: list[str], header: tuple[str, ...]) -> list[Problem]:
    first = next(filter(None, map(str.strip, cells)))
    if is_total(first) and is_total(_code(cells, header) or first):
        return [notice("totals_row", row, value=first)]
    if [c.strip().casefold() for c in cells[: len(header)]] == [h.casefold() for h in header]:
        return [notice("repeated_header", row, value=first)]
    return []


def _code(cells: list[str], header: tuple[str, ...]) -> str:
    pairs = zip(cells, header, strict=False)
    return next((cell.strip() for cell, name in pairs if canonical(name) == "codigo"), "")


def is_total(text: str) -> bool:
    """Whether a cell names a row of totals."""
    name = fold(text[:60])
    return name in _TOTALS or name.split("_")[0] in _TOTAL_WORDS


def _misfit(row: int, cells: list[str], width: int) -> list[Problem]:
    if len(cells) < width:
        return [error("short_row", row, found=len(cells), expected=width)]
    beyond = next(filter(str.strip, cells[width:]), None)
    return [error("long_row", row, value=beyond, expected=width)] if beyond else []
