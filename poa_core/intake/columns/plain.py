"""Long files in which nothing is out of the ordinary, read by columns; what is not plain is left to the careful reader.

Either this reader gives exactly what the careful one would, or it gives nothing: no word about a file is said here.
"""

from itertools import chain
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from poa_core.contract import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_FIELD,
    MAX_ROWS,
    PROGRESS_BESIDE,
    PROGRESS_COLUMNS,
    PROGRESS_OPTIONAL,
    PlanKnowledge,
    Problem,
    ProgressFile,
    Table,
)
from poa_core.intake.columns import plain_rows
from poa_core.intake.progress import wide
from poa_core.intake.progress.entries import REMARKS
from poa_core.intake.text import records, signatures
from poa_core.intake.text.charset import UNREADABLE, decode
from poa_core.intake.values.headers import locate
from poa_core.problems import has_errors, ordered
from poa_core.value_columns import WORDS

_LONGEST_HEAD = 200_000  # characters of the lines among which the header is looked for


class Head(NamedTuple):
    """The file's header, the row it stands in, and where in the text what is under it begins and ends."""

    header: tuple[str, ...]
    row: int
    start: int
    end: int
    delimiter: str


class Layout(NamedTuple):
    """Where the known columns stand; in a wide file, where each month's does; notices about the headers."""

    places: dict[str, int]
    months: dict[int, int]
    notices: list[Problem]


def plain(content: bytes, knowledge: PlanKnowledge, decimal: str | None = None) -> ProgressFile | None:
    """The values of a plain file as Columns, with no problem but notices about its headers; None for any other file.

    The parameters are those of progress.progress.
    """
    text = _text(content)
    head = _head(text) if text else None
    layout = _layout(head, knowledge) if head else None
    cells = _cells(_body(content, text, head), head, layout) if layout else None
    entries = _entries(head, layout, cells) if cells else None
    if entries is None:
        return None
    checked = plain_rows.checked(entries, knowledge, decimal)
    own = {"anio": str(knowledge.year), "entidad": knowledge.entity, "proceso": knowledge.process}
    texts = {name: plain_rows.words(cells[layout.places[name]]) for name in ("origen", *own) if name in layout.places}
    origin = plain_rows.origin(texts.get("origen", []))
    if checked is None or origin is None or not plain_rows.is_of((texts[name], said) for name, said in own.items() if name in texts):
        return None
    columns, convention = checked
    height = cells.num_rows
    empty_rows = height - columns.row_count
    return ProgressFile(columns, ordered(list(dict.fromkeys(layout.notices))), origin, convention, False, height, empty_rows, head.header)


def _text(content: bytes) -> str | None:
    """The text of bytes that are one beyond doubt, without quotes, its lines ended by LF."""
    if len(content) > MAX_BYTES or signatures.is_workbook(content) or signatures.disguise(content) or b'"' in content:
        return None
    text = decode(content)
    if text is None or "\0" in text or signatures.is_binary(text) or not (text.isascii() or UNREADABLE.search(text) is None):
        return None
    text = text.rstrip("\x1a").replace("\r\n", "\n") if "\r" in text else text.rstrip("\x1a")
    return None if "\r" in text or '"' in text or "\ufeff" in text else text


def _head(whole: str) -> Head | None:
    """The header, where no line before it is blank and every column has a name."""
    text, delimiter = records.delimited(whole)
    skipped, text = len(whole) - len(text), text.rstrip("\n")
    lines = text[:_LONGEST_HEAD].split("\n", records.HEADER_WITHIN)
    if len(text) > _LONGEST_HEAD and len(lines) <= records.HEADER_WITHIN:
        return None
    first = [(row, line.split(delimiter)) for row, line in enumerate(lines[: records.HEADER_WITHIN], 1)]
    index = records.header_index(first) if all("".join(cells).strip() for _, cells in first) else None
    header = () if index is None else tuple(map(str.strip, first[index][1]))
    if not header or not all(header) or not 1 < len(header) <= MAX_COLUMNS or max(map(len, header)) > MAX_FIELD:
        return None
    start = sum(len(line) + 1 for line in lines[: index + 1])
    return Head(header, index + 1, skipped + start, skipped + len(text), delimiter) if start < len(text) else None


def _body(content: bytes, text: str, head: Head) -> pa.Buffer:
    """The text under the header in UTF-8; where all is ASCII they are the file's own bytes, and not another six megabytes."""
    if content.isascii() and b"\r" not in content and b"\0" not in content:  # UTF-16 of plain letters is ASCII and zeros
        return pa.py_buffer(content).slice(head.start, head.end - head.start)
    return pa.py_buffer(text[head.start : head.end].encode())


def _layout(head: Head, knowledge: PlanKnowledge) -> Layout | None:
    table = Table(head.header, (), head.row)
    if wide.is_plan(table):
        return None
    if wide.is_wide(table):
        layout = Layout(*wide.layout(table, knowledge.year, knowledge.open_elsewhere))
    else:
        places, notices = locate(table, PROGRESS_COLUMNS, PROGRESS_OPTIONAL, PROGRESS_BESIDE)
        layout = Layout(places, {}, notices)
    return None if has_errors(layout.notices) else layout


def _cells(body: pa.Buffer, head: Head, layout: Layout) -> pa.Table | None:
    """The cells under the header; None where a line is blank or not as wide as it, or a cell too long.

    What comes again and again is read as words, each kept once; numbers and remarks are told in texts of their own.
    """
    names = list(map(str, range(len(head.header))))
    texts = {*layout.months.values(), *(layout.places.get(name) for name in ("avance", *REMARKS))}
    kinds = {name: pa.string() if place in texts else WORDS for place, name in enumerate(names)}
    try:
        cells = csv.read_csv(
            pa.BufferReader(body), csv.ReadOptions(column_names=names),
            csv.ParseOptions(delimiter=head.delimiter, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(column_types=kinds, strings_can_be_null=False),
        )  # fmt: skip
    except pa.ArrowInvalid:
        return None
    cells = cells.unify_dictionaries().combine_chunks()
    longest = (pc.max(pc.binary_length(plain_rows.told(column))).as_py() for column in cells.columns)  # in bytes: never less than letters
    return cells if cells.num_rows <= MAX_ROWS and max(longest) <= MAX_FIELD else None


def _entries(head: Head, layout: Layout, cells: pa.Table) -> plain_rows.Entries | None:
    """What the careful reader makes entries of, by columns."""
    rows = pa.arange(head.row + 1, head.row + 1 + cells.num_rows).cast(pa.int32())
    columns = {name: cells[place].combine_chunks() for name, place in layout.places.items()}
    code, month, locality, reported, *remarks = map(columns.get, ("codigo", "mes", "localidad", "avance", *REMARKS))
    if not layout.months:
        return plain_rows.Entries(rows, code, month, locality, reported, remarks)
    # What is noted in a wide file belongs to the one month its row reports: that is looked at row by row.
    if any(pc.any(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py() for column in remarks if column is not None):
        return None
    each = pa.array([place for place in range(cells.num_rows) for _ in layout.months], pa.int32())
    month = pa.DictionaryArray.from_arrays(
        pa.array(list(range(len(layout.months))) * cells.num_rows, pa.int32()), list(map(str, layout.months))
    )
    reported = pa.array(chain.from_iterable(zip(*(cells[place].to_pylist() for place in layout.months.values()), strict=True)), pa.string())
    code, locality = (column and column.take(each) for column in (code, locality))
    return plain_rows.Entries(rows.take(each), code, month, locality, reported, [None, None, None], True)
