"""Bytes to a table of text: a workbook, or a text of any encoding, delimiter and line ends."""

from poa_core.contract import MAX_BYTES, Problem, Table
from poa_core.intake import sheet
from poa_core.intake.text import charset, records, signatures
from poa_core.intake.workbook import workbook
from poa_core.problems import error, sort_and_limit

_SHOWN_NAME = 80


def read(content: bytes, file_name: str) -> tuple[Table | None, tuple[Problem, ...]]:
    """The table of a file, None where there is none to be had, and every problem met on the way.

    Rows that cannot be read are missing from the table and stand as errors among the problems: a
    file with any error is refused, even where the table that is left checks out. Problems of the
    whole file carry its name in hints["file"].
    """
    name = _short_name(file_name)
    if len(content) > MAX_BYTES:
        limit, size = MAX_BYTES // 2**20, -(-len(content) // 2**20)  # in megabytes
        return None, (error("too_large", file=name, limit=limit, size=size),)
    if signatures.is_workbook(content):
        table, problems = workbook.from_workbook(content, name)
        return table, sort_and_limit(problems)
    if disguise := signatures.foreign_kind(content):
        return None, (error(disguise[0], file=name, kind=disguise[1]),)
    text = charset.decode(content)
    if text is None:
        return None, (error("broken_encoding", file=name),)
    # Programs of the DOS years end a text with this mark.
    return _from_text(text.rstrip("\x1a"), name)


def _from_text(text: str, name: str) -> tuple[Table | None, tuple[Problem, ...]]:
    if not text.strip():
        return None, (error("empty_file", file=name),)
    if signatures.is_binary(text):
        return None, (error("binary_file", file=name),)
    rows, index, fault = records.parse_records(text)
    if index is None or (fault and index + 1 == len(rows)):
        return None, (fault or error("no_header", file=name),)
    table, problems = sheet.table(rows, index)
    return table, sort_and_limit(problems + ([fault] if fault else []))


def _short_name(file_name: str) -> str:
    """A name fit for a sentence: without folders, without characters that do not print."""
    base = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in base if c.isprintable()).strip() or "?"
    return plain if len(plain) <= _SHOWN_NAME else plain[: _SHOWN_NAME - 1] + "…"
