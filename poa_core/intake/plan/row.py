"""A row of a plan's files, its cells read one by one, what is wrong with them kept beside."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from poa_core.contract import MONTHS, Problem, Table
from poa_core.intake.progress.entries import codes_by_number
from poa_core.intake.values import numbers
from poa_core.intake.values.amounts import is_percentage
from poa_core.intake.values.headers import locate
from poa_core.names import fold, locality_name
from poa_core.problems import error, has_errors, notice, warning

_IN_UNIT = ("linea_base", "meta", *MONTHS)


@dataclass
class Row:
    """One row as texts by column name; problems grows as its cells are read.

    number is None for a row of the ledger's plan, which no file holds; stored names the cells that a
    workbook kept as numbers.
    """

    file: str
    number: int | None
    decimal: str | None
    headers: dict[str, str]
    texts: dict[str, str]
    stored: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        return self.texts.get(name) or None

    def reading(self, name: str) -> numbers.Reading:
        """The number in a cell that is not empty."""
        text = self.texts[name]
        return numbers.read_stored(text) if name in self.stored else numbers.read_number(text)

    def fail(self, code: str, name: str, /, **hints: Any) -> None:
        self.problems.append(error(code, *self._cell(name), file=self.file, **hints))

    def warn(self, code: str, name: str, /, **hints: Any) -> None:
        self.problems.append(warning(code, *self._cell(name), file=self.file, **hints))

    def note(self, code: str, name: str, /, **hints: Any) -> None:
        self.problems.append(notice(code, *self._cell(name), file=self.file, **hints))

    @property
    def is_sound(self) -> bool:
        return not has_errors(self.problems)

    def _cell(self, name: str) -> tuple[int | None, str, str | None]:
        return self.number, self.headers.get(name, name), self.text(name)


def open_rows(
    table: Table,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    numeric: tuple[str, ...],
    decimal: str | None,
    file: str,
    beside: tuple[str, ...] = (),
) -> tuple[list[Row], list[Problem]]:
    """The table's rows, none where its headers are in doubt, and what is wrong with the whole."""
    columns, problems = locate(table, required, optional, beside)
    if has_errors(problems):
        return [], [_in_file(problem, file) for problem in problems]
    headers = {name: table.header[index] for name, index in columns.items()}
    rows = []
    for number, cells in table.rows:
        stored = frozenset(name for name, index in columns.items() if (number, index) in table.numbers)
        texts = {name: cells[index].strip() for name, index in columns.items()}
        rows.append(Row(file, number, decimal, headers, texts, stored))
    readings = ((row.reading(name), row.number, headers[name], row.texts[name])
            for row in rows for name in numeric if row.text(name))  # fmt: skip
    mark, style = numbers.decimal_mark(readings, decimal)
    for row in rows:
        row.decimal = mark
    return rows, [_in_file(problem, file) for problem in (*problems, style) if problem]


def _in_file(problem: Problem, file: str) -> Problem:
    return replace(problem, hints={**problem.hints, "file": file})


def required_text(row: Row, name: str) -> str | None:
    """The text of a cell that may not be empty."""
    if not row.text(name):
        row.fail("missing_cell", name)
    return row.text(name)


def localities(row: Row) -> str | None:
    """The localities a row lists, separated by |; None where it lists none."""
    names = [locality_name(name.strip()) for name in re.split(r"[|;,]", row.text("localidades") or "")]
    return "|".join(dict.fromkeys(filter(None, names))) or None


def number(row: Row, name: str) -> Decimal | None:
    """The number of a cell to six decimals, None where it is empty or no number."""
    text = row.text(name)
    if text is None:
        return None
    reading = row.reading(name)
    if reading.wrong:
        row.fail(reading.wrong, name)
        return None
    unit = row.text("unidad")
    if reading.is_percent and name in _IN_UNIT and unit and not is_percentage(unit):
        row.fail("unexpected_percent", name, unit=unit)
    exact = reading.value(row.decimal)
    if exact is None:
        return None
    value = numbers.round_to_ledger(exact)
    if value is None:
        row.fail("number_too_large", name, limit=numbers.SHOWN_LIMIT)
    elif value != exact:
        row.note("rounded", name, stored=f"{value:f}")
    return value


def ratio(row: Row, name: str, default: float) -> float:
    """A share as 0-1, written as 0.95 or as 95 %."""
    value = number(row, name)
    if value is None:
        return default
    is_percent = row.reading(name).is_percent
    share = float(value) / 100 if is_percent else float(value)
    if not 0 < share <= 1:
        row.fail("threshold_out_of_range", name)
    return share


def integer(row: Row, name: str, least: int, most: int, default: int | None = None) -> int | None:
    """A whole number within limits; the default, if there is one, where the cell is empty."""
    text = row.text(name)
    if text is None and default is not None:
        return default
    if text and text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
        return int(text)
    row.fail("not_in_range" if text else "missing_cell", name, least=least, most=most)
    return None


def coded_word(row: Row, name: str, words: Mapping[str, str], default: str | None = None) -> str | None:
    """The code that a cell's word stands for."""
    text = row.text(name)
    if text is None and default:
        return default
    code = words.get(fold(required_text(row, name) or ""))
    if text and not code:
        row.fail(
            "unknown_word",
            name,
            allowed=", ".join(word for word, meaning in words.items() if word != meaning),
        )  # codes are taken, not asked for
    return code


def months(row: Row, aggregation: str | None) -> dict[int, Decimal]:
    """The programmed months. A programmed 0 of a sum or milestone is an empty cell."""
    read = {month: number(row, name) for month, name in enumerate(MONTHS, 1)}
    is_zero_empty = aggregation in ("sum", "milestone")
    return {
        month: value
        for month, value in read.items()
        if value is not None and not (value == 0 and is_zero_empty)
    }


def resolve_codes(rows: list[Row], codes: Collection[str]) -> None:
    """Give each row the code in force that it means; one that a workbook stored as a number may mean
    several.
    """
    by_number, by_form = codes_by_number(codes), {code.casefold(): code for code in codes}
    for row in rows:
        code = row.text("codigo") or ""
        number = row.reading("codigo").point if code and "codigo" in row.stored else None
        same = () if number is None else by_number.get(number, ())
        if len(same) > 1:
            row.fail("ambiguous_code", "codigo", codes=", ".join(same))
        elif by_form.get(code.casefold()) != code:
            row.texts["codigo"] = same[0] if same else by_form.get(code.casefold(), code)
