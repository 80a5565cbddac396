"""Long files in which nothing is out of the ordinary, read by columns; what is not plain is left to the
careful reader.

Either this reader gives exactly what the careful one would, or it gives nothing: no word about a file is said
here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np
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
    WHOLE_UTILITY,
    PlanKnowledge,
    PlannedActivity,
    Problem,
    ProgressFile,
    Table,
)
from poa_core.intake.progress import wide
from poa_core.intake.progress.entries import REMARKS
from poa_core.intake.progress.origin import ILLUSTRATIVE
from poa_core.intake.progress.series_grid import Places
from poa_core.intake.sheet import is_total
from poa_core.intake.text import records, signatures
from poa_core.intake.text.charset import UNREADABLE, decode
from poa_core.intake.values.amounts import is_percentage
from poa_core.intake.values.headers import locate
from poa_core.intake.values.months import read_month
from poa_core.names import fold, localities_by_name
from poa_core.problems import has_errors, sort_and_limit
from poa_core.value_columns import SCHEMA, WORDS, Columns

_LONGEST_HEAD = 200_000  # characters of the lines among which the header is looked for
Meaning = TypeVar("Meaning")
# A line a number; possessive, for with a way back to every line it takes eight times as long.
_NUMBERS = re.compile(r"(?:-?[0-9]{1,12}+(?:\.[0-9]{1,6}+)?+\n)*+")
# Three digits after the mark may as well be a group of thousands; these may not.
_TELLING = re.compile(r"\.(?:[0-9]{1,2}|[0-9]{4,6})\n|\n-?(?:0[0-9]*|[0-9]{4,})\.[0-9]{3}\n")


class Entries(NamedTuple):
    """The texts of a file's rows, or of the months of a wide one's rows; a column that the file lacks is
    None.

    is_wide: the months come from the headers, which were read with their years.
    """

    row: pa.Int32Array
    code: pa.DictionaryArray
    month: pa.DictionaryArray
    locality: pa.DictionaryArray | None
    reported: pa.StringArray
    remarks: Sequence[pa.StringArray | None]
    is_wide: bool = False


class Numbers(NamedTuple):
    """Numbers as texts with a point for their decimals; the convention they were written in; whether one has
    a minus.
    """

    texts: pa.StringArray
    convention: str | None
    has_any_below: bool


def checked(
    entries: Entries, knowledge: PlanKnowledge, decimal: str | None
) -> tuple[Columns, str | None] | None:
    """The values and the file's convention; None where one text asks for care."""
    activities = _meanings(entries.code, _finder(knowledge))
    months = _meanings(
        entries.month,
        lambda text: read_month(text, knowledge.year, () if entries.is_wide else knowledge.open_elsewhere)[0],
    )
    locality = _localities(entries, activities, knowledge) if activities and months else None
    filled = _filled_entries(entries._replace(locality=locality)) if locality else None
    if activities is None or months is None or filled is None or not len(filled.row):
        return None
    read = _numbers(filled.reported, decimal)
    if read is None or not _fit(read, filled.code, activities):
        return None
    code = _encode(filled.code.indices, [activity.code for activity in activities])
    month = pa.array(months, pa.int32()).take(filled.month.indices)
    remarks = (
        pa.nulls(len(month), pa.string()) if column is None else _or_none(column) for column in filled.remarks
    )
    columns = Columns(
        pa.table([filled.row, code, month, filled.locality, read.texts, *remarks], schema=SCHEMA)
    )
    return (columns, read.convention) if _stand_alone(columns, knowledge) else None


def column_texts(column: pa.ChunkedArray | pa.Array) -> pa.StringArray:
    """The texts of a column; of one of words each once, and only those that stand in it."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return column.dictionary if isinstance(column, pa.DictionaryArray) else column


def distinct_texts(column: pa.ChunkedArray) -> list[str]:
    """The different texts of a column, without the blanks around them."""
    return [text.strip() for text in pc.unique(column_texts(column)).to_pylist()]


def illustrative_flag(texts: Sequence[str]) -> bool | None:
    """Whether the file says it is illustrative; None where its rows do not all say the same, or say another
    word.
    """
    word, *others = {*texts} or {""}
    if others or (word and fold(word) not in ILLUSTRATIVE):
        return None
    return bool(word)


def names_only(named: Iterable[tuple[Sequence[str], str]]) -> bool:
    """Whether each column names what is its own wherever it names anything."""
    return all(
        not text or text == expected or fold(text) == fold(expected)
        for texts, expected in named
        for text in texts
    )


def _meanings(column: pa.DictionaryArray, find: Callable[[str], Meaning | None]) -> list[Meaning] | None:
    """What each different text stands for; None where one stands for nothing."""
    texts = column.dictionary.to_pylist()
    meanings = [meaning for text in texts if (meaning := find(text.strip()))]
    return meanings if len(meanings) == len(texts) else None


def _finder(knowledge: PlanKnowledge) -> Callable[[str], PlannedActivity | None]:
    """By the code as the plan writes it; one that reads like a total may head a row of totals."""
    return lambda code: (
        None if not code[:1].isdecimal() and is_total(code) else knowledge.activities.get(code)
    )


def _encode(indices: pa.Array, names: Sequence[str]) -> pa.DictionaryArray:
    """Words by their indices among the names, of which some may be the same."""
    index_by_name = {name: index for index, name in enumerate(dict.fromkeys(names))}
    if len(index_by_name) < len(names):
        indices = pa.array([index_by_name[name] for name in names], pa.int32()).take(indices)
    return pa.DictionaryArray.from_arrays(indices, pa.array(index_by_name, pa.string()))


def _or_none(column: pa.StringArray) -> pa.StringArray:
    return pc.if_else(pc.equal(column, ""), None, column)


def _filled_entries(entries: Entries) -> Entries | None:
    """The entries that have a number; None where something is noted beside none."""
    reported, *remarks = (
        column and pc.utf8_trim_whitespace(column) for column in (entries.reported, *entries.remarks)
    )
    is_reported = pc.not_equal(reported, "")
    if pc.all(is_reported).as_py():
        return entries._replace(reported=reported, remarks=remarks)
    if any(pc.any(pc.and_not(pc.not_equal(column, ""), is_reported)).as_py() for column in remarks if column):
        return None
    return entries._replace(
        row=entries.row.filter(is_reported),
        code=entries.code.filter(is_reported),
        month=entries.month.filter(is_reported),
        locality=None if entries.locality is None else entries.locality.filter(is_reported),
        reported=reported.filter(is_reported),
        remarks=[column and column.filter(is_reported) for column in remarks],
    )


def _localities(
    entries: Entries, activities: list[PlannedActivity], knowledge: PlanKnowledge
) -> pa.DictionaryArray | None:
    """Each value's locality: the one given where it may be, else the activity's own."""
    texts = (
        [] if entries.locality is None else [text.strip() for text in entries.locality.dictionary.to_pylist()]
    )
    if entries.locality is None or not any(texts):
        return _encode(entries.code.indices, [activity.locality for activity in activities])
    names = {
        WHOLE_UTILITY,
        *knowledge.localities,
        *(activity.locality for activity in knowledge.activities.values()),
    }
    folded = localities_by_name(names)
    localities = [folded.get(fold(text)) if text else "" for text in texts]
    if None in localities:
        return None
    pairs = pa.array(
        _together(entries.code.indices.to_numpy(), entries.locality.indices.to_numpy(), len(localities))
    ).dictionary_encode()
    decoded = [
        (activities[pair // len(localities)], localities[pair % len(localities)])
        for pair in pairs.dictionary.to_pylist()
    ]
    away = (pair for pair in decoded if pair[1] not in ("", pair[0].locality))
    may_be = all(_takes(activity, locality) for activity, locality in away)
    return (
        _encode(pairs.indices, [locality or activity.locality for activity, locality in decoded])
        if may_be
        else None
    )


def _takes(activity: PlannedActivity, locality: str) -> bool:
    """Whether the activity takes another locality's values without a word: they make the utility's, and the
    plan lists it, if any.
    """
    is_combined = activity.locality == WHOLE_UTILITY and activity.combines != "none"
    return is_combined and (not activity.listed or locality in activity.listed)


def _together(first: Places, second: Places, count: int) -> Places:
    """One number for two, of which the second is less than the count."""
    return first.astype(np.int64) * count + second


def _lines(column: pa.StringArray) -> str:
    """The texts of a column in one, each between two line ends."""
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(column)], pa.int32()), column), "\n")
    return f"\n{joined[0].as_py()}\n"


def _numbers(column: pa.StringArray, decimal: str | None) -> Numbers | None:
    """The numbers of a column; None where it takes care to tell them or their convention."""
    text = _lines(column)
    mark = "comma" if "," in text else "point"
    text = text if mark == "point" else text.translate({ord(","): ".", ord("."): ","})
    if not _NUMBERS.fullmatch(text, 1):
        return None
    if "." not in text:
        return Numbers(column, decimal, "-" in text)
    if decimal != mark and (decimal or not _TELLING.search(text)):
        return None
    return Numbers(column if mark == "point" else pc.replace_substring(column, ",", "."), mark, "-" in text)


def _fit(numbers: Numbers, codes: pa.DictionaryArray, activities: list[PlannedActivity]) -> bool:
    """Whether each activity's unit takes its number without a word."""
    of_hundred = {unit: is_percentage(unit) for unit in {activity.unit for activity in activities}}
    if any(of_hundred.values()):
        is_percent = pa.array([of_hundred[activity.unit] for activity in activities]).take(codes.indices)
        if (pc.max(numbers.texts.filter(is_percent).cast(pa.float64())).as_py() or 0) > 100:
            return False
    below = (
        pc.unique(codes.indices.filter(pc.starts_with(numbers.texts, "-"))).to_pylist()
        if numbers.has_any_below
        else ()
    )
    return all(activities[code].can_be_negative for code in below)


def _stand_alone(columns: Columns, knowledge: PlanKnowledge) -> bool:
    """Whether no cell is told twice, no month both for the whole utility and by locality, and none by some of
    those listed alone.
    """
    code, month, locality = (columns.table[name].combine_chunks() for name in ("code", "month", "locality"))
    line = _together(code.indices.to_numpy(), locality.indices.to_numpy(), len(locality.dictionary))
    cell = np.sort(
        _together(line, month.to_numpy(), 13)
    )  # an eighth of the time that it takes to count the different ones
    if (cell[1:] == cell[:-1]).any():
        return False
    if len(locality.dictionary) == 1 and not knowledge.reported:
        return True
    if not _are_whole(columns, knowledge):
        return False
    cells = chain(zip(*map(columns.column, ("code", "month", "locality")), strict=True), knowledge.reported)
    reported = {(code, month, locality == WHOLE_UTILITY) for code, month, locality in cells}
    return not any((code, month, False) in reported for code, month, is_whole in reported if is_whole)


def _are_whole(columns: Columns, knowledge: PlanKnowledge) -> bool:
    """Whether each month that is told by locality is told by all whom the plan lists."""
    code, month, locality = (columns.table[name].combine_chunks() for name in ("code", "month", "locality"))
    listed_counts = [len(knowledge.activities[name].listed) for name in code.dictionary.to_pylist()]
    if not any(listed_counts):
        return True
    homes = [knowledge.activities[name].locality for name in code.dictionary.to_pylist()]
    names = locality.dictionary.to_pylist()
    is_away = np.array([[name != home for name in names] for home in homes])[
        code.indices.to_numpy(), locality.indices.to_numpy()
    ]
    cells, counts = np.unique(
        _together(code.indices.to_numpy()[is_away], month.to_numpy()[is_away], 13), return_counts=True
    )
    return all(
        count == listed_counts[cell // 13]
        for cell, count in zip(cells.tolist(), counts.tolist(), strict=True)
        if listed_counts[cell // 13]
    )


class HeaderSpan(NamedTuple):
    """The file's header, the row it stands in, and where in the text what is under it begins and ends."""

    header: tuple[str, ...]
    row: int
    start: int
    end: int
    delimiter: str


class Layout(NamedTuple):
    """Where the known columns stand; in a wide file, where each month's does; notices about the headers."""

    columns: dict[str, int]
    months: dict[int, int]
    notices: list[Problem]


def read_plain_file(
    content: bytes, knowledge: PlanKnowledge, decimal: str | None = None
) -> ProgressFile | None:
    """The values of a plain file as Columns, with no problem but notices about its headers; None for any
    other file.

    The parameters are those of progress.progress.
    """
    text = _text(content)
    head = _head(text) if text else None
    layout = _layout(head, knowledge) if head else None
    if text is None or head is None or layout is None:
        return None
    cells = _cells(_body(content, text, head), head, layout)
    entries = _entries(head, layout, cells) if cells else None
    if cells is None or entries is None:
        return None
    read = checked(entries, knowledge, decimal)
    expected = {"anio": str(knowledge.year), "entidad": knowledge.entity, "proceso": knowledge.process}
    texts = {
        name: distinct_texts(cells[layout.columns[name]])
        for name in ("origen", *expected)
        if name in layout.columns
    }
    is_made_up = illustrative_flag(texts.get("origen", []))
    if (
        read is None
        or is_made_up is None
        or not names_only((texts[name], word) for name, word in expected.items() if name in texts)
    ):
        return None
    columns, convention = read
    height = cells.num_rows
    empty_rows = height - columns.row_count
    return ProgressFile(
        columns,
        sort_and_limit(list(dict.fromkeys(layout.notices))),
        is_made_up,
        convention,
        False,
        height,
        empty_rows,
        head.header,
    )


def _text(content: bytes) -> str | None:
    """The text of bytes that are one beyond doubt, without quotes, its lines ended by LF."""
    if (
        len(content) > MAX_BYTES
        or signatures.is_workbook(content)
        or signatures.foreign_kind(content)
        or b'"' in content
    ):
        return None
    text = decode(content)
    if (
        text is None
        or "\0" in text
        or signatures.is_binary(text)
        or not (text.isascii() or UNREADABLE.search(text) is None)
    ):
        return None
    text = text.rstrip("\x1a").replace("\r\n", "\n") if "\r" in text else text.rstrip("\x1a")
    return None if "\r" in text or '"' in text or "\ufeff" in text else text


def _head(file_text: str) -> HeaderSpan | None:
    """The header, where no line before it is blank and every column has a name."""
    text, delimiter = records.find_delimiter(file_text)
    skipped, text = len(file_text) - len(text), text.rstrip("\n")
    lines = text[:_LONGEST_HEAD].split("\n", records.HEADER_WITHIN)
    if len(text) > _LONGEST_HEAD and len(lines) <= records.HEADER_WITHIN:
        return None
    first_rows = [(row, line.split(delimiter)) for row, line in enumerate(lines[: records.HEADER_WITHIN], 1)]
    index = (
        records.header_index(first_rows) if all("".join(cells).strip() for _, cells in first_rows) else None
    )
    if index is None:
        return None
    header = tuple(map(str.strip, first_rows[index][1]))
    if (
        not header
        or not all(header)
        or not 1 < len(header) <= MAX_COLUMNS
        or max(map(len, header)) > MAX_FIELD
    ):
        return None
    start = sum(len(line) + 1 for line in lines[: index + 1])
    return (
        HeaderSpan(header, index + 1, skipped + start, skipped + len(text), delimiter)
        if start < len(text)
        else None
    )


def _body(content: bytes, text: str, head: HeaderSpan) -> pa.Buffer:
    """The text under the header in UTF-8; where all is ASCII they are the file's own bytes, and not another
    six megabytes.
    """
    if (
        content.isascii() and b"\r" not in content and b"\0" not in content
    ):  # UTF-16 of plain letters is ASCII and zeros
        return pa.py_buffer(content).slice(head.start, head.end - head.start)
    return pa.py_buffer(text[head.start : head.end].encode())


def _layout(head: HeaderSpan, knowledge: PlanKnowledge) -> Layout | None:
    table = Table(head.header, (), head.row)
    if wide.is_programme_only(table):
        return None
    if wide.is_wide(table):
        layout = Layout(*wide.layout(table, knowledge.year, knowledge.open_elsewhere))
    else:
        columns, notices = locate(table, PROGRESS_COLUMNS, PROGRESS_OPTIONAL, PROGRESS_BESIDE)
        layout = Layout(columns, {}, notices)
    return None if has_errors(layout.notices) else layout


def _cells(body: pa.Buffer, head: HeaderSpan, layout: Layout) -> pa.Table | None:
    """The cells under the header; None where a line is blank or not as wide as it, or a cell too long.

    What comes again and again is read as words, each kept once; numbers and remarks are told in texts of
    their own.
    """
    names = list(map(str, range(len(head.header))))
    texts = {*layout.months.values(), *(layout.columns.get(name) for name in ("avance", *REMARKS))}
    kinds = {name: pa.string() if index in texts else WORDS for index, name in enumerate(names)}
    try:
        cells = csv.read_csv(
            pa.BufferReader(body), csv.ReadOptions(column_names=names),
            csv.ParseOptions(delimiter=head.delimiter, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(column_types=kinds, strings_can_be_null=False),
        )  # fmt: skip
    except pa.ArrowInvalid:
        return None
    cells = cells.unify_dictionaries().combine_chunks()
    longest = (
        pc.max(pc.binary_length(column_texts(column))).as_py() for column in cells.columns
    )  # in bytes: never less than letters
    return cells if cells.num_rows <= MAX_ROWS and max(longest) <= MAX_FIELD else None


def _entries(head: HeaderSpan, layout: Layout, cells: pa.Table) -> Entries | None:
    """What the careful reader makes entries of, by columns."""
    rows = pa.arange(head.row + 1, head.row + 1 + cells.num_rows).cast(pa.int32())
    columns = {name: cells[index].combine_chunks() for name, index in layout.columns.items()}
    code, month, locality, reported, *remarks = map(
        columns.get, ("codigo", "mes", "localidad", "avance", *REMARKS)
    )
    if not layout.months:
        return Entries(rows, code, month, locality, reported, remarks)
    # What is noted in a wide file belongs to the one month its row reports: that is looked at row by row.
    if any(
        pc.any(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py()
        for column in remarks
        if column is not None
    ):
        return None
    each = pa.array([index for index in range(cells.num_rows) for _ in layout.months], pa.int32())
    month = pa.DictionaryArray.from_arrays(
        pa.array(list(range(len(layout.months))) * cells.num_rows, pa.int32()), list(map(str, layout.months))
    )
    reported = pa.array(
        chain.from_iterable(
            zip(*(cells[index].to_pylist() for index in layout.months.values()), strict=True)
        ),
        pa.string(),
    )
    code, locality = (column and column.take(each) for column in (code, locality))
    return Entries(rows.take(each), code, month, locality, reported, [None, None, None], True)
