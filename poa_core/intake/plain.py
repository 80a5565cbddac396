"""Long files in which nothing is out of the ordinary, read by columns; what is not plain is left to the careful reader.

Either this reader gives exactly what the careful one would, or it gives nothing: no word about a file is said here.
"""

from collections.abc import Sequence
from itertools import chain, repeat
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
    is_read = columns and len(columns[0]) <= MAX_ROWS and max(map(len, header)) <= MAX_FIELD
    return Sheet(header, index + 1, columns, len(columns[0])) if is_read else None


def _columns(body: str, delimiter: str, width: int) -> tuple[list[str], ...] | None:
    """The body's columns; None where a line is not of that width. What every line begins or ends with is taken off first."""
    height, first = body.count("\n") + 1, body.split("\n", 1)[0].split(delimiter)
    if len(first) != width or max(map(len, first)) > MAX_FIELD:
        return None
    before, after = 0, 0
    while before < width - 2 and (start := delimiter.join([*first[: before + 1], ""])) and _is_everywhere(body, "\n", start, height):
        before += 1
    while after < width - 2 - before and (end := delimiter.join(["", *first[width - after - 1 :]])) and _is_everywhere(body, end, "\n", height):
        after += 1
    if before:
        body = f"\n{body}".replace("\n" + delimiter.join([*first[:before], ""]), "\n")[1:]
    if after:
        body = f"{body}\n".replace(delimiter.join(["", *first[width - after :]]) + "\n", "\n")[:-1]
    inner = _split(body, delimiter, width - before - after)
    return inner and (*([text] * height for text in first[:before]), *inner, *([text] * height for text in first[width - after :]))


def _is_everywhere(body: str, before: str, after: str, height: int) -> bool:
    """Whether each line begins with what follows its line end, or ends with what comes before it."""
    at_the_end = body.startswith(after) if before == "\n" else body.endswith(before)
    return at_the_end and body.count(before + after) == height - 1


def _split(body: str, delimiter: str, width: int) -> tuple[list[str], ...] | None:
    """Split but once: what ends one line and begins the next then stands in one cell, at every place where a line ends."""
    cells, step = body.split(delimiter), width - 1
    joints = cells[step:-1:step]
    if max(map(len, cells)) > MAX_FIELD or len(cells) != step * (len(joints) + 1) + 1 or body.count("\n") != len(joints):
        return None
    if joints and set(map(str.count, joints, repeat("\n"))) != {1}:
        return None
    ends = "\n".join(joints).split("\n") if joints else []
    return [cells[0], *ends[1::2]], *(cells[place::step] for place in range(1, step)), [*ends[0::2], cells[-1]]


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
