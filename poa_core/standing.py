"""What the ledger holds now, beside what is handed in: is there anything to change?"""

from datetime import datetime

import duckdb

from poa_core import moment as clock
from poa_core.contract import PlanFile
from poa_core.submission import Refused, Submission

COLUMNS = {
    "plan": (
        "year", "entity", "process", "general_objective", "leader", "outcome_code", "outcome", "unit", "baseline",
        "target", "aggregation", "direction", "met_threshold", "at_risk_threshold", "reporting_day",
    ),
    "activity": (
        "year", "entity", "process", "position", "code", "objective", "activity", "locality", "indicator", "unit",
        "aggregation", "direction", "target", "process_indicator", "localities", "weight", "own_funding",
        "external_funding", "responsible", "participants", "notes",
    ),
    "programme": ("year", "entity", "process", "code", "month", "programmed", "is_provisional"),
}  # fmt: skip


def refuse_if_current(cursor: duckdb.DuckDBPyConnection, submission: Submission, when: datetime) -> None:
    """Raises Refused (already_current, by whom and when) where the file would change nothing."""
    current = _current(cursor, submission.key, when)
    for value in submission.values:
        known = current.get((value.code, value.locality, value.month), (None,) * 6)
        if value.retracted and known[0] is not None:
            return
        if value.reported is not None and value.reported != known[0]:
            return
        remarks = (value.note, value.cause, value.measure)
        if any(said and said != was for said, was in zip(remarks, known[3:], strict=True)):
            return
    newest = max((c for c in current.values() if c[1] is not None), key=lambda c: c[1], default=(None, None, None))
    raise Refused("already_current", person=newest[2], moment=newest[1])


def _current(cursor, key: tuple, when: datetime) -> dict:
    """(code, locality, month) -> value, when, who, note, cause, measure."""
    rows = cursor.execute(
        """
        SELECT coalesce(v.code, r.code), coalesce(v.locality, r.locality), coalesce(v.month, r.month),
               v.reported, v.accepted_at, v.uploaded_by, r.note, r.cause, r.measure
        FROM current_value(?, ?, ?, ?) AS v
        FULL JOIN current_remark(?, ?, ?, ?) AS r ON v.code = r.code AND v.locality = r.locality AND v.month = r.month
        """,
        [*key, when, *key, when],
    ).fetchall()
    return {row[:3]: row[3:] for row in rows}


def rows_of(file: PlanFile, table: str, key: tuple) -> list[list]:
    """One plan's rows of a plan file, in the order of a table's columns."""
    source = {"plan": file.plans, "activity": file.activities, "programme": file.programme}[table]
    return [[row[name] for name in COLUMNS[table]] for row in source
            if (row["year"], row["entity"], row["process"]) == key]  # fmt: skip


def is_current_plan(cursor: duckdb.DuckDBPyConnection, key: tuple, rows: dict[str, list[list]]) -> bool:
    """Whether the newest version of a plan says exactly this."""
    for name, columns in COLUMNS.items():
        stored = cursor.execute(
            f"SELECT {', '.join('t.' + c for c in columns)} FROM {name} AS t "
            "JOIN plan_version(?, ?, ?, TIMESTAMP '9999-12-31', 'current') AS v USING (upload_id) "
            "WHERE t.year = ? AND t.entity = ? AND t.process = ?",
            [*key, *key],
        ).fetchall()
        if sorted(map(_comparable, stored)) != sorted(map(_comparable, rows[name])):
            return False
    return True


def _comparable(row) -> list[str]:
    return [f"{float(v):.6f}" if isinstance(v, (int, float)) or hasattr(v, "as_tuple") else str(v) for v in row]


def illustrative_uploads(cursor: duckdb.DuckDBPyConnection, key: tuple[int, str, str]) -> int:
    """How many illustrative uploads a plan's figures rest on."""
    return len(standing_uploads(cursor, key, illustrative=True))


def standing_uploads(cursor, key, illustrative: bool) -> list[int]:
    """The progress uploads of a plan that were not withdrawn, illustrative or real."""
    rows = cursor.execute(
        """
        SELECT upload_id FROM upload AS u
        WHERE kind = 'progress' AND year = ? AND entity = ? AND process = ? AND illustrative = ?
          AND NOT EXISTS (FROM withdrawal AS w WHERE w.upload_id = u.upload_id)
        ORDER BY upload_id
        """,
        [*key, illustrative],
    ).fetchall()
    return [row[0] for row in rows]


def last_moment(cursor: duckdb.DuckDBPyConnection, key: tuple, kind: str | None = None) -> datetime:
    """The newest acceptance of a plan that is not ahead of now.

    A clock set back must not put a new value behind an older one, nor one once ahead push it into the future.
    """
    found = cursor.execute(
        "SELECT max(accepted_at) FROM upload WHERE year = ? AND entity = ? AND process = ? "
        "AND accepted_at <= ? AND (? IS NULL OR kind = ?)",
        [*key, clock.now(), kind, kind],
    ).fetchone()[0]
    return found or datetime.min
