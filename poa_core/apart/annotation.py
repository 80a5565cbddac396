"""A file with problems, given back with each row's problems in a last column; mended, it loads with that
column in place.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import xlsxwriter

from poa_core.apart.raw import RawRows, read_raw_rows
from poa_core.contract import PlanKnowledge, Problem
from poa_core.inert import OPTIONS, inert_in_csv
from poa_core.intake.check import progress_file
from poa_core.intake.values.headers import canonical
from poa_core.words.language import LANGUAGES, Words, words
from poa_core.words.problems import sentence

COLUMN = "problemas"
BETWEEN = " | "
MOST_CELLS = 300_000  # a workbook of more is more than the child may hold; it comes back as CSV
# A number with its sign, or a dash for "not reported", runs nowhere, and with an apostrophe it would not load
# again.
_SIGNED = re.compile(r"[-+]+[\d.,\s]*%?")
_LONGEST_NAME = 80
_NAME = re.compile(r"[^\w .()-]+")


def annotate(content: bytes, file_name: str, knowledge: PlanKnowledge, decimal: str | None,
           language: str) -> tuple[bytes, str] | None:  # fmt: skip
    """The file's bytes, a workbook for a workbook and CSV for text, and its name; None where it has no table.

    A row that was too short gets its missing cells empty; cells beyond the header stay, before the problems.
    """
    original = read_raw_rows(content)
    if original is None:
        return None
    speak = words(language)
    problems = [p for p in progress_file(content, file_name, knowledge, decimal).problems if _is_shown(p)]
    raw, moved = _with_line_above(_without_old_column(original), _above(original, problems, speak))
    problems = [_shift_rows(p, moved) for p in problems]
    is_book = not raw.delimiter and len(raw.rows) * raw.width <= MOST_CELLS
    annotated_copy = _workbook(raw, problems, speak) if is_book else _text(raw, problems, speak)
    return annotated_copy, _copy_name(file_name, speak) + (".xlsx" if is_book else ".csv")


def _copy_name(file_name: str, speak: Words) -> str:
    """A name that says what it is, once."""
    name = _NAME.sub("_", re.split(r"[\\/]", file_name)[-1].rpartition(".")[0])
    for language in LANGUAGES:
        name = name.removesuffix(words(language)("marked.file_name", name=""))
    return speak("marked.file_name", name=name[:_LONGEST_NAME].strip())


def _is_shown(problem: Problem) -> bool:
    return problem.severity != "notice" or problem.code == "too_many_problems"


def _without_old_column(raw: RawRows) -> RawRows:
    """The file as it came, also where it was given back before with its problems of then in the last
    column.
    """
    last = len(raw.rows[raw.header]) - 1
    if canonical(raw.rows[raw.header][last]) != COLUMN:
        return raw
    return replace(raw, rows={row: cells[:last] if len(cells) == last + 1 and row >= raw.header else cells
                              for row, cells in raw.rows.items()})  # fmt: skip


def _with_line_above(raw: RawRows, text: str) -> tuple[RawRows, int]:
    """The problems of the whole in a line above all others, or in the place of such a line of before; how far
    rows moved.
    """
    starts = tuple(words(language)("marked.above") for language in LANGUAGES)
    if raw.header > 1 and (raw.rows.get(1) or [""])[0].startswith(starts):
        return replace(raw, rows=raw.rows | {1: [text] if text else []}), 0
    if not text:
        return raw, 0
    rows = {1: [text]} | {row + 1: cells for row, cells in raw.rows.items()}
    numbers = frozenset((row + 1, column) for row, column in raw.numbers)
    return replace(raw, rows=rows, header=raw.header + 1, numbers=numbers), 1


def _shift_rows(problem: Problem, by: int) -> Problem:
    """The problem where the marked file has its row, and the row that it may speak of."""
    hints = {name: hint + by if name == "first_row" else hint for name, hint in problem.hints.items()}
    return replace(problem, row=problem.row and problem.row + by, hints=hints)


def _above(raw: RawRows, problems: list[Problem], speak: Words) -> str:
    """What is wrong with the whole, the header's row included; nothing where nothing is."""
    file_problems = [p for p in problems if p.row == raw.header or p.row not in raw.rows]
    sentences = dict.fromkeys(
        sentence(replace(p, row=None) if p.row == raw.header else p, speak) for p in file_problems
    )
    return f"{speak('marked.above')} {BETWEEN.join(sentences)}" if sentences else ""


def _beside(raw: RawRows, problems: list[Problem], speak: Words) -> dict[int, str]:
    """The sentences of each row, which need not say where they stand."""
    sentences_by_row = defaultdict(dict)
    for problem in problems:
        if problem.row in raw.rows and problem.row != raw.header:
            sentences_by_row[problem.row][sentence(replace(problem, row=None), speak)] = None
    return {row: BETWEEN.join(sentences) for row, sentences in sentences_by_row.items()} | {
        raw.header: COLUMN
    }


def _grid(raw: RawRows, problems: list[Problem], speak: Words) -> Iterable[tuple[int, list[str]]]:
    """Each row, from the header on all of one width with the problems last."""
    beside, width = _beside(raw, problems, speak), raw.width
    for row, cells in raw.rows.items():
        is_of_table = row >= raw.header and cells
        yield row, [*cells, *[""] * (width - len(cells)), beside.get(row, "")] if is_of_table else cells


def _text(raw: RawRows, problems: list[Problem], speak: Words) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=raw.delimiter or ",", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for _, cells in _grid(raw, problems, speak):
        writer.writerow([cell if _SIGNED.fullmatch(cell) else inert_in_csv(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig", "replace")


def _workbook(raw: RawRows, problems: list[Problem], speak: Words) -> bytes:
    written, wrong = io.BytesIO(), _wrong_cells(raw, problems)
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        page = book.add_worksheet(COLUMN)
        formats = {
            (kind, is_wrong): book.add_format(
                {"num_format": kind} | ({"bg_color": "#FBD5D5"} if is_wrong else {})
            )
            for kind in ("@", "General", "0.######%")
            for is_wrong in (False, True)
        }
        for row, cells in _grid(raw, problems, speak):
            for column, cell in enumerate(cells):
                is_number, is_wrong = (row, column) in raw.numbers, (row, column) in wrong
                _write(page, row - 1, column, cell, is_number, is_wrong, formats)
        page.freeze_panes(raw.header, 0)
        page.set_column(0, raw.width - 1, 14)
        page.set_column(raw.width, raw.width, 80)
    return written.getvalue()


def _write(page, row: int, column: int, cell: str, is_number: bool, is_wrong: bool, formats: dict) -> None:
    if is_number:
        kind, size = ("0.######%", float(cell[:-1]) / 100) if cell.endswith("%") else ("General", float(cell))
        page.write_number(row, column, size, formats[kind, is_wrong])
    elif cell:
        page.write_string(row, column, cell, formats["@", is_wrong])
    elif is_wrong:
        page.write_blank(row, column, None, formats["@", True])


def _wrong_cells(raw: RawRows, problems: list[Problem]) -> set[tuple[int, int]]:
    columns = {name.strip(): index for index, name in enumerate(raw.rows[raw.header])}
    return {(p.row, columns[p.column]) for p in problems if p.row in raw.rows and p.column in columns}
