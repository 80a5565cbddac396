"""The rows of a progress file as entries, and what they are held against."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from poa_core.contract import WHOLE_UTILITY, PlanKnowledge, PlannedActivity, Table
from poa_core.intake.values.numbers import Reading, read_number, read_stored
from poa_core.names import localities_by_name

REMARKS = ("observacion", "causa", "medida")
_NOT_REPORTED = re.compile(r"[-–—]+|n/?a|n\.a\.?|s/?d|s\.d\.?|n/?d|n\.d\.?", re.IGNORECASE)
_CODE = re.compile(r"[0-9]+([.,][0-9]+)?")
_TAKEN_BACK = ("retirar", "withdraw")


class Entry(NamedTuple):
    """One row, or one month of a wide one, its cells without the blanks around them; a lacking column is
    empty.

    reading is None where the cell is empty, a mark for not reported, or takes a value back; header is the
    column it stands in; is_code_a_number: a workbook stored the code as a number.
    """

    row: int
    code: str
    month: str
    locality: str
    reported: str
    reading: Reading | None
    note: str
    cause: str
    measure: str
    header: str
    is_code_a_number: bool

    @property
    def is_taken_back(self) -> bool:
        return self.reading is None and self.reported.casefold() in _TAKEN_BACK

    @property
    def says_something(self) -> bool:
        has_remark = self.note or self.cause or self.measure
        return bool(self.reading or has_remark or self.is_taken_back)


@dataclass(frozen=True)
class EntryContext:
    """One plan and the file's own headers: what an entry is checked against.

    Activities and localities are found by their folded names; numbered has the codes that are one number;
    open_elsewhere the months that have to be written with their year, each with the other years it is open
    in.
    """

    year: int
    decimal: str | None
    headers: dict[str, str]
    activities: dict[str, PlannedActivity]
    localities: dict[str, str]
    numbered: Mapping[Decimal, tuple[str, ...]] = field(default_factory=dict)
    open_elsewhere: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def entries(table: Table, columns: dict[str, int]) -> list[Entry]:
    """The table's rows, in order; columns says where each known column stands."""
    code, month, locality, *remarks = (
        column(table, columns, name) for name in ("codigo", "mes", "localidad", *REMARKS)
    )
    reported = column(table, columns, "avance")
    rows = [row for row, _ in table.rows]
    index = columns["avance"]
    readings = (
        reading(text, (row, index) in table.numbers) for row, text in zip(rows, reported, strict=True)
    )
    headers = (table.header[index] for _ in rows)
    stored = ((row, columns["codigo"]) in table.numbers for row in rows)
    return list(map(Entry, rows, code, month, locality, reported, readings, *remarks, headers, stored))


def reading(text: str, is_stored: bool) -> Reading | None:
    """What a cell of progress reports; None for nothing, a mark for it, or a value taken back."""
    if not text or _NOT_REPORTED.fullmatch(text) or text.casefold() in _TAKEN_BACK:
        return None
    return read_stored(text) if is_stored else read_number(text)


def column(table: Table, columns: dict[str, int], name: str) -> list[str]:
    """One column's texts, all empty where the file does not have it."""
    if name not in columns:
        return [""] * len(table.rows)
    index = columns[name]
    return [cells[index].strip() for _, cells in table.rows]


def entry_context(
    knowledge: PlanKnowledge,
    table: Table,
    columns: dict[str, int],
    decimal: str | None,
    open_elsewhere: Mapping[int, tuple[int, ...]],
) -> EntryContext:
    names = {WHOLE_UTILITY, *knowledge.localities}
    names |= {activity.locality for activity in knowledge.activities.values()}
    activities = knowledge.activities
    return EntryContext(
        year=knowledge.year,
        decimal=decimal,
        headers={name: table.header[index] for name, index in columns.items()},
        activities={code.casefold(): activity for code, activity in activities.items()} | activities,
        localities=localities_by_name(names),
        numbered=codes_by_number(activities),
        open_elsewhere=open_elsewhere,
    )


def codes_by_number(codes: Iterable[str]) -> dict[Decimal, tuple[str, ...]]:
    """The codes that are one number, by it: 5.1 and 5.10 stand together."""
    by_number: dict[Decimal, tuple[str, ...]] = {}
    for code in filter(_CODE.fullmatch, codes):
        number = Decimal(code.replace(",", "."))
        by_number[number] = (*by_number.get(number, ()), code)
    return by_number
