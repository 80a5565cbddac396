"""What a submission changes of what the ledger holds, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import overload

import duckdb

from poa_core.contract import Key, Value
from poa_core.ledger.submission import Submission
from poa_core.value_columns import Columns

FATES = ("corrected", "taken_back", "new", "remark", "unchanged")
CORRECTIONS = ("corrected", "taken_back")
MOVING = (*CORRECTIONS, "new")
Cell = tuple[str, str, int]  # code, locality, month


@dataclass(frozen=True)
class Known:
    """What the ledger says of a cell: its value, when and by whom; its newest remarks."""

    reported: Decimal | None = None
    moment: datetime | None = None
    person: str | None = None
    remarks: tuple[str | None, str | None, str | None] = (None, None, None)


_NOTHING = Known()


@dataclass(frozen=True)
class Change:
    """One value of the submission beside what the ledger holds of its cell; fate is one of FATES."""

    fate: str
    value: Value
    previous: Known

    @property
    def before(self) -> float | None:
        return None if self.previous.reported is None else float(self.previous.reported)

    @property
    def after(self) -> float | None:
        return None if self.value.reported is None else float(self.value.reported)


@dataclass(frozen=True)
class Changes(Sequence[Change]):
    """A change per value of a submission, made when it is looked at; previous and fates are the values'
    own, in their order.
    """

    values: Sequence[Value] = ()
    previous: Sequence[Known | None] = ()
    fates: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.fates)

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, index: int | slice) -> Change | tuple[Change, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(len(self))[index])
        return Change(self.fates[index], self.values[index], self.previous[index] or _NOTHING)

    def count(self, *fates: str) -> int:
        """How many changes have one of the fates."""
        return sum(map(self.fates.count, fates))

    @property
    def months_moved(self) -> set[int]:
        """The months in which a value changes."""
        months = (
            self.values.column("month")
            if isinstance(self.values, Columns)
            else [value.month for value in self.values]
        )
        return {month for month, fate in zip(months, self.fates, strict=True) if fate in MOVING}

    @property
    def newest(self) -> Known:
        """The newest of what the ledger holds of the cells: who said it last."""
        return max(
            (previous for previous in self.previous if previous and previous.moment),
            key=lambda previous: previous.moment or datetime.min,
            default=_NOTHING,
        )


def changes(
    cursor: duckdb.DuckDBPyConnection, submission: Submission, when: datetime, fresh: bool = False
) -> Changes:
    """What the values change. fresh: what the ledger holds is withdrawn with it (the illustration), and
    nothing is known.
    """
    values, previous_by_cell = (
        submission.values,
        {} if fresh else _previous_by_cell(cursor, submission.key, when),
    )
    if isinstance(values, Columns):
        # Every one of them has a number: where nothing is known of its cell it is new.
        if not previous_by_cell:
            return Changes(values, [None] * len(values), ["new"] * len(values))
        previous = list(
            map(previous_by_cell.get, zip(*map(values.column, ("code", "locality", "month")), strict=True))
        )
        return Changes(
            values,
            previous,
            ["new" if was is None else _fate(values[index], was) for index, was in enumerate(previous)],
        )
    previous = [previous_by_cell.get((value.code, value.locality, value.month)) for value in values]
    return Changes(
        values, previous, [_fate(value, was or _NOTHING) for value, was in zip(values, previous, strict=True)]
    )


def _fate(value: Value, previous: Known) -> str:
    if value.retracted and previous.reported is not None:
        return "taken_back"
    if value.reported is not None and value.reported != previous.reported:
        return "new" if previous.reported is None else "corrected"
    remarks = (value.note, value.cause, value.measure)
    return (
        "remark"
        if any(remark and remark != was for remark, was in zip(remarks, previous.remarks, strict=True))
        else "unchanged"
    )


def _previous_by_cell(cursor: duckdb.DuckDBPyConnection, key: Key, when: datetime) -> dict[Cell, Known]:
    rows = cursor.execute(
        """
        SELECT coalesce(v.code, r.code), coalesce(v.locality, r.locality), coalesce(v.month, r.month),
               v.reported, v.accepted_at, v.uploaded_by, r.note, r.cause, r.measure
        FROM current_value(?, ?, ?, ?) AS v
        FULL JOIN current_remark(?, ?, ?, ?) AS r ON v.code = r.code AND v.locality = r.locality
            AND v.month = r.month
        """,
        [*key, when, *key, when],
    ).fetchall()
    return {
        (code, locality, month): Known(reported, moment, person, (note, cause, measure))
        for code, locality, month, reported, moment, person, note, cause, measure in rows
    }
