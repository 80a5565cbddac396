"""Delimited text to records: which delimiter, which cells, and the spreadsheet row of each."""

import csv
import io
import re

from poa_core.contract import MAX_COLUMNS, MAX_FIELD, MAX_ROWS, Problem
from poa_core.intake.values.headers import likeness
from poa_core.problems import error

DELIMITERS = ",;\t|"
HEADER_WITHIN = 30  # records
_SAMPLE = 100_000  # characters
_WIDEST = 4 * MAX_COLUMNS
_LONGEST_LINE = MAX_COLUMNS * MAX_FIELD
_DIRECTIVE = re.compile(r'"?sep=([,;\t|])"?[\t,;|]*(\r\n|\r|\n)', re.IGNORECASE)

Record = tuple[int, list[str]]


def records(text: str, delimiter: str, limit: int | None = None) -> tuple[list[Record], Problem | None]:
    """Records that are not blank, with the row a spreadsheet shows, up to the first unreadable one.

    A quoted line end stays inside its record, which is one row.
    """
    rows, row, lines = [], 0, 0
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    try:
        for row, cells in enumerate(reader, 1):
            lines = reader.line_num
            if "".join(cells).strip():
                rows.append((row, cells if len(cells) <= _WIDEST else _cut(cells)))
                if len(rows) == limit:
                    break
    except csv.Error as fault:
        is_one_line = "field larger" in str(fault) and reader.line_num == lines + 1
        long = error("field_too_long", row + 1, limit=MAX_FIELD)
        return rows, long if is_one_line else error("unclosed_quote", row + 1)
    return rows, None


def parse_records(text: str) -> tuple[list[Record], int | None, Problem | None]:
    """Records, the index of the header among them (None: no header) and what cut them short."""
    text, delimiter = find_delimiter(text)
    if long := _too_long(text):
        return [], None, long
    rows, fault = records(text, delimiter, MAX_ROWS + HEADER_WITHIN + 1)
    return rows, header_index(rows), fault


def find_delimiter(text: str) -> tuple[str, str]:
    """The text without Excel's own first line, which it does not show as a row, and its delimiter."""
    directive = _DIRECTIVE.match(text)
    return (text[directive.end() :], directive[1]) if directive else (text, _delimiter(text[:_SAMPLE]))


def header_index(rows: list[Record]) -> int | None:
    """Which of the first records looks most like a header, the first of equals."""
    scores = [likeness(cells) for _, cells in rows[:HEADER_WITHIN]]
    best = max(scores, default=(False, 0))
    return scores.index(best) if best[1] else None


def _delimiter(sample: str) -> str:
    def score(delimiter: str) -> tuple[bool, int]:
        rows, _ = records(sample, delimiter, HEADER_WITHIN)
        return max((likeness(cells) for _, cells in rows), default=(False, 0))

    return max(DELIMITERS, key=score)


def _cut(cells: list[str]) -> list[str]:
    """A record too wide to keep, still telling whether its far end is blank."""
    return [*cells[:_WIDEST], "".join(cells[_WIDEST:]).strip()[:_WIDEST]]


def _too_long(text: str) -> Problem | None:
    lines = enumerate(io.StringIO(text, newline=""), 1)
    row = next((row for row, line in lines if len(line) > _LONGEST_LINE), None)
    return error("line_too_long", row, limit=_LONGEST_LINE) if row else None
