"""Long files in which nothing is out of the ordinary, read by columns; what is not plain is left to the careful reader.

Either this reader gives exactly what the careful one would, or it gives nothing: no word about a file is said here.
"""

from collections.abc import Sequence
from itertools import chain, repeat, takewhile
from typing import NamedTuple

from poa_core.contract import MAX_BYTES, MAX_COLUMNS, MAX_FIELD, MAX_ROWS, PROGRESS_BESIDE, PROGRESS_COLUMNS, PROGRESS_OPTIONAL
from poa_core.contract import PlanKnowledge, Problem, ProgressFile, Table
from poa_core.intake import plain_rows, records, signatures, wide
from poa_core.intake.charset import UNREADABLE, decode
from poa_core.intake.entries import REMARKS
from poa_core.intake.headers import locate
from poa_core.intake.problems import has_errors, ordered


class Sheet(NamedTuple):
    """The file's header, and the cells under it column by column, with the blanks around them."""

    header: tuple[str, ...]
    header_row: int
    columns: tuple[Sequence[str], ...]
    height: int


def plain(content: bytes, knowledge: PlanKnowledge, decimal: str | None = None) -> ProgressFile | None:
    """The values of a plain file as Columns, with no problem but notices about its headers; None for any other file.

    The parameters are those of progress.progress.
    """
    text = _text(content)
    sheet = _sheet(text) if text else None
    told = _entries(sheet, knowledge.year) if sheet else None
    if told is None:
        return None
    entries, places, notices = told
    checked = plain_rows.checked(entries, knowledge, decimal)
    origin = plain_rows.origin([sheet.columns[places[name]] for name in ("origen",) if name in places])
    own = {"anio": str(knowledge.year), "entidad": knowledge.entity, "proceso": knowledge.process}
    named = ((sheet.columns[places[name]], said) for name, said in own.items() if name in places)
    if checked is None or origin is None or not plain_rows.is_of(named):
        return None
    columns, convention = checked
    empty_rows = sheet.height - (len(columns) if isinstance(entries.row, range) else len(set(columns.row)))
    return ProgressFile(columns, ordered(list(dict.fromkeys(notices))), origin, convention, False, sheet.height, empty_rows, sheet.header)


def _text(content: bytes) -> str | None:
    """The text of bytes that are one beyond doubt, without quotes, its lines ended by LF."""
    if len(content) > MAX_BYTES or signatures.is_workbook(content) or signatures.disguise(content) or b'"' in content:
        return None
    text = decode(content)
    if text is None or "\0" in text or signatures.is_binary(text) or not (text.isascii() or UNREADABLE.search(text) is None):
        return None
    text = text.rstrip("\x1a").replace("\r\n", "\n") if "\r" in text else text.rstrip("\x1a")
    return None if "\r" in text or '"' in text else text


def _sheet(text: str) -> Sheet | None:
    """Every line as wide as the header, none of them blank between the first and the last."""
    text, delimiter = records.delimited(text)
    text = text.rstrip("\n")
    first = [(row, line.split(delimiter)) for row, line in enumerate(text.split("\n", records.HEADER_WITHIN)[: records.HEADER_WITHIN], 1)]
    index = records.header_index(first) if all("".join(cells).strip() for _, cells in first) else None
    header = () if index is None else tuple(map(str.strip, first[index][1]))
    lines = text.split("\n", index + 1) if header else ()
    if not all(header) or not 1 < len(header) <= MAX_COLUMNS or len(lines) != index + 2:
        return None
    columns = _columns(lines[-1], delimiter, len(header))
    is_read = columns and len(columns) == len(header) and len(columns[0]) <= MAX_ROWS and max(map(len, header)) <= MAX_FIELD
    return Sheet(header, index + 1, columns, len(columns[0])) if is_read else None


def _columns(body: str, delimiter: str, width: int) -> tuple[list[str], ...] | None:
    """The body's columns; None where a line is not of that width.

    What every line begins and ends with is cut away together with the line ends, in the one go that parts the lines.
    """
    height, first, last = body.count("\n") + 1, body.split("\n", 1)[0].split(delimiter), body.rsplit("\n", 1)[-1].split(delimiter)
    if not len(first) == len(last) == width or max(map(len, first)) > MAX_FIELD:
        return None
    before, after = _alike(first, last)
    start, end = delimiter.join([*first[:before], ""]), delimiter.join(["", *first[width - after :]])
    if body.count(f"{end}\n{start}") != height - 1:
        before, after, start, end = 0, 0, "", ""
    lines = body[len(start) : len(body) - len(end)].split(f"{end}\n{start}")
    inner = width - before - after
    if set(map(str.count, lines, repeat(delimiter))) != {inner - 1}:
        return None
    cells = delimiter.join(lines).split(delimiter)
    columns = (cells[place::inner] for place in range(inner)) if max(map(len, cells)) <= MAX_FIELD else ()
    return (*([text] * height for text in first[:before]), *columns, *([text] * height for text in first[width - after :]))


def _alike(first: list[str], last: list[str]) -> tuple[int, int]:
    """How many cells two lines begin, and how many they end with alike, but for two that are left between."""
    same = [one == other for one, other in zip(first, last, strict=True)]
    before = len(list(takewhile(bool, same[:-2])))
    return before, len(list(takewhile(bool, reversed(same[before + 2 :]))))


def _entries(sheet: Sheet, year: int) -> tuple[plain_rows.Entries, dict[str, int], list[Problem]] | None:
    """What the careful reader makes entries of, by columns; where the known columns stand; notices about the headers."""
    table = Table(sheet.header, (), sheet.header_row)
    if wide.is_plan(table):
        return None
    rows = range(sheet.header_row + 1, sheet.header_row + 1 + sheet.height)
    if not wide.is_wide(table):
        places, problems = locate(table, PROGRESS_COLUMNS, PROGRESS_OPTIONAL, PROGRESS_BESIDE)
        if has_errors(problems):
            return None
        code, month, reported, locality, *remarks = (
            sheet.columns[places[name]] if name in places else () for name in ("codigo", "mes", "avance", "localidad", *REMARKS)
        )
        return plain_rows.Entries(rows, code, month, locality, reported, remarks), places, problems
    places, months, problems = wide.layout(table, year)
    # What is noted in a wide file belongs to the one month its row reports: that is looked at row by row.
    if has_errors(problems) or any(any(map(str.strip, sheet.columns[places[name]])) for name in REMARKS if name in places):
        return None
    count = len(months)
    code, locality = (_each(sheet.columns[places[name]], count) if name in places else () for name in ("codigo", "localidad"))
    reported = list(chain.from_iterable(zip(*(sheet.columns[place] for place in months.values()), strict=True)))
    month = list(map(str, months)) * sheet.height
    return plain_rows.Entries(_each(rows, count), code, month, locality, reported, [(), (), ()]), places, problems


def _each(column: Sequence, count: int) -> list:
    """Every cell of a column as often as its row has months."""
    return list(chain.from_iterable(zip(*[column] * count, strict=True)))
