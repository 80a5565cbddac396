"""The rows of a progress file as entries, and what they are held against."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from poa_core.contract import WHOLE_UTILITY, PlanKnowledge, PlannedActivity, Table
from poa_core.intake.names import fold
from poa_core.intake.numbers import Reading, read_number

_REMARKS = ("observacion", "causa", "medida")
_NOT_REPORTED = re.compile(r"[-–—]+|n/?a|n\.a\.?|s/?d|s\.d\.?|n/?d|n\.d\.?", re.IGNORECASE)
_TAKEN_BACK = ("retirar", "withdraw")


class Entry(NamedTuple):
    """One row, its cells without the blanks around them; a column the file lacks is empty.

    reading is None where `avance` is empty, a mark for not reported, or takes a value back.
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

    @property
    def is_taken_back(self) -> bool:
        return self.reading is None and self.reported.casefold() in _TAKEN_BACK

    @property
    def says_something(self) -> bool:
        has_remark = self.note or self.cause or self.measure
        return bool(self.reading or has_remark or self.is_taken_back)


@dataclass(frozen=True)
class Ground:
    """One plan and the file's own headers: what an entry is checked against.

    Activities and localities are found by their folded names.
    """

    year: int
    decimal: str | None
    headers: dict[str, str]
    activities: dict[str, PlannedActivity]
    localities: dict[str, str]


def entries(table: Table, places: dict[str, int]) -> list[Entry]:
    """The table's rows, in order; places says where each known column stands."""
    code, month, locality, *remarks = (
        column(table, places, name) for name in ("codigo", "mes", "localidad", *_REMARKS)
    )
    reported = column(table, places, "avance")
    rows = (row for row, _ in table.rows)
    readings = map(_reading, reported)
    return list(map(Entry, rows, code, month, locality, reported, readings, *remarks))


def _reading(text: str) -> Reading | None:
    if not text or _NOT_REPORTED.fullmatch(text) or text.casefold() in _TAKEN_BACK:
        return None
    return read_number(text)


def column(table: Table, places: dict[str, int], name: str) -> list[str]:
    """One column's texts, all empty where the file does not have it."""
    if name not in places:
        return [""] * len(table.rows)
    place = places[name]
    return [cells[place].strip() for _, cells in table.rows]


def ground(
    knowledge: PlanKnowledge, table: Table, places: dict[str, int], decimal: str | None
) -> Ground:
    names = {WHOLE_UTILITY, *knowledge.localities}
    names |= {activity.locality for activity in knowledge.activities.values()}
    activities = knowledge.activities
    return Ground(
        year=knowledge.year,
        decimal=decimal,
        headers={name: table.header[place] for name, place in places.items()},
        activities={code.casefold(): found for code, found in activities.items()} | activities,
        localities={fold(name): name for name in names},
    )
