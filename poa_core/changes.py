"""What a submission changes of what the ledger holds, cell by cell."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import duckdb

from poa_core.contract import Value
from poa_core.submission import Submission

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


@dataclass(frozen=True)
class Change:
    """One value of the submission beside what the ledger holds of its cell; fate is one of FATES."""

    fate: str
    value: Value
    known: Known

    @property
    def before(self) -> float | None:
        return None if self.known.reported is None else float(self.known.reported)

    @property
    def after(self) -> float | None:
        return None if self.value.reported is None else float(self.value.reported)


def changes(cursor: duckdb.DuckDBPyConnection, submission: Submission, when: datetime, fresh: bool = False) -> tuple[Change, ...]:
    """A change per value. fresh: what the ledger holds is withdrawn with it (the illustration), and nothing is known."""
    held = {} if fresh else _held(cursor, submission.key, when)
    cells = ((value, held.get((value.code, value.locality, value.month), Known())) for value in submission.values)
    return tuple(Change(_fate(value, known), value, known) for value, known in cells)


def newest(made: tuple[Change, ...]) -> Known:
    """The newest of what the ledger holds of a submission's cells: who said it last."""
    return max((c.known for c in made if c.known.moment), key=lambda known: known.moment, default=Known())


def _fate(value: Value, known: Known) -> str:
    if value.retracted and known.reported is not None:
        return "taken_back"
    if value.reported is not None and value.reported != known.reported:
        return "new" if known.reported is None else "corrected"
    told = (value.note, value.cause, value.measure)
    return "remark" if any(said and said != was for said, was in zip(told, known.remarks, strict=True)) else "unchanged"


def _held(cursor, key: tuple, when: datetime) -> dict[Cell, Known]:
    rows = cursor.execute(
        """
        SELECT coalesce(v.code, r.code), coalesce(v.locality, r.locality), coalesce(v.month, r.month),
               v.reported, v.accepted_at, v.uploaded_by, r.note, r.cause, r.measure
        FROM current_value(?, ?, ?, ?) AS v
        FULL JOIN current_remark(?, ?, ?, ?) AS r ON v.code = r.code AND v.locality = r.locality AND v.month = r.month
        """,
        [*key, when, *key, when],
    ).fetchall()
    return {row[:3]: Known(*row[3:6], row[6:]) for row in rows}
