"""Long files in which nothing is out of the ordinary, read by columns; what is not plain is left to the careful reader.

Either this reader gives exactly what the careful one would, or it gives nothing: no word about a file is said here.
"""

from collections.abc import Sequence
from itertools import chain, takewhile
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

    What every line begins and ends with is cut away together with the line ends, in the one go that parts the cells.
    """
    height, first, last = body.count("\n") + 1, body.split("\n", 1)[0].split(delimiter), body.rsplit("\n", 1)[-1].split(delimiter)
    if not len(first) == len(last) == width or not _is_of_short_cells(body, delimiter):
        return None
    before, after = _alike(first, last)
    start, end = delimiter.join([*first[:before], ""]), delimiter.join(["", *first[width - after :]])
    lines = body[len(start) : len(body) - len(end)].split(f"{end}\n{start}")
    if len(lines) != height:
        before, after, lines = 0, 0, body.split("\n")
    inner = width - before - after
    # A line's end stays before the first cell of the next: where one stands anywhere else, a line is not of that width.
    cells = f"{delimiter}\n".join(lines).split(delimiter)
    heads = "".join(cells[::inner])
    if len(cells) != inner * height or heads.count("\n") != height - 1:
        return None
    columns = [heads.split("\n"), *(cells[place::inner] for place in range(1, inner))]
    return (*([text] * height for text in first[:before]), *columns, *([text] * height for text in first[width - after :]))


def _is_of_short_cells(body: str, delimiter: str) -> bool:
    """Whether no cell is longer than may be: such a one would fill a whole block of half that length, wherever it begins."""
    block = MAX_FIELD // 2
    blocks = (body[start : start + block] for start in range(0, len(body) - block + 1, block))
    return all(delimiter in text or "\n" in text for text in blocks)


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
