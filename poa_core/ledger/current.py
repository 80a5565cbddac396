"""What the ledger holds now, beside what is handed in: is there anything to change?"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from poa_core import moment as clock
from poa_core.contract import Key, PlanFile
from poa_core.ledger.changes import CORRECTIONS, Changes
from poa_core.ledger.submission import Refused, Submission

COLUMNS = {
    "plan": (
        "year",
        "entity",
        "process",
        "general_objective",
        "leader",
        "outcome_code",
        "outcome",
        "unit",
        "baseline",
        "target",
        "aggregation",
        "direction",
        "met_threshold",
        "at_risk_threshold",
        "reporting_day",
    ),
    "activity": (
        "year",
        "entity",
        "process",
        "position",
        "code",
        "objective",
        "activity",
        "locality",
        "indicator",
        "unit",
        "aggregation",
        "direction",
        "target",
        "process_indicator",
        "localities",
        "weight",
        "own_funding",
        "external_funding",
        "responsible",
        "participants",
        "notes",
    ),
    "programme": ("year", "entity", "process", "code", "month", "programmed", "is_provisional"),
    "local_rule": ("year", "entity", "process", "code", "combination", "localities"),
}


def refuse_if_current(changes: Changes) -> None:
    """Raises Refused (already_current, by whom and when) where nothing would change."""
    if changes.count("unchanged") == len(changes):
        last = changes.newest
        raise Refused("already_current", person=last.person, moment=last.moment)


def refuse_unconfirmed(submission: Submission) -> None:
    """Raises Refused (unconfirmed) where values that look wrong wait for a yes."""
    if submission.questions and not submission.confirmed:
        raise Refused("unconfirmed", count=len(submission.questions))


def refuse_without_reason(
    cursor: duckdb.DuckDBPyConnection, submission: Submission, changes: Changes, when: datetime
) -> None:
    """Raises Refused where no reason is given: closed_month (values of one move), reason_needed (a
    correction).
    """
    if submission.reason:
        return
    closed = changed_closed_months(cursor, submission.key, changes, when)
    if closed:
        raise Refused("closed_month", months=closed)
    corrections = changes.count(*CORRECTIONS)
    if corrections:
        raise Refused("reason_needed", count=corrections)


def changed_closed_months(
    cursor: duckdb.DuckDBPyConnection, key: Key, changes: Changes, when: datetime
) -> tuple[int, ...]:
    """The closed months whose values the changes move."""
    closed = closed_months(cursor, key, when)
    return tuple(sorted(changes.months_moved & closed)) if closed else ()


def closed_months(cursor: duckdb.DuckDBPyConnection, key: Key, when: datetime) -> set[int]:
    """The months of a plan that are closed at an instant."""
    rows = cursor.execute("SELECT month FROM month_closing(?, ?, ?, ?) WHERE closed", [*key, when]).fetchall()
    return {row[0] for row in rows}


def upload_months(cursor: duckdb.DuckDBPyConnection, upload_id: int) -> set[int]:
    """The months in which an upload reported a value or took one back."""
    return {
        row[0]
        for row in cursor.execute(
            "SELECT DISTINCT month FROM reported_value WHERE upload_id = ?", [upload_id]
        ).fetchall()
    }


def table_rows(file: PlanFile, table: str, key: Key) -> list[list[Any]]:
    """One plan's rows of a plan file, in the order of a table's columns."""
    source = {
        "plan": file.plans,
        "activity": file.activities,
        "programme": file.programme,
        "local_rule": file.local_rules,
    }[table]
    return [[row[name] for name in COLUMNS[table]] for row in source
            if (row["year"], row["entity"], row["process"]) == key]  # fmt: skip


def extract_plan(file: PlanFile, key: Key) -> PlanFile:
    """The part of a plan file that is one plan's."""
    plans, activities, programme = (
        tuple(row for row in rows if (row["year"], row["entity"], row["process"]) == key)
        for rows in (file.plans, file.activities, file.programme)
    )
    return PlanFile(plans, activities, programme, ())


def current_plan(cursor: duckdb.DuckDBPyConnection, key: Key, when: datetime) -> PlanFile | None:
    """The plan in force at an instant, as a plan file gives it; None where there is none yet."""
    parts = {}
    for name, columns in COLUMNS.items():
        chosen = ", ".join(f"t.{column}" for column in columns)
        order = "position" if name == "activity" else "1"
        rows = cursor.execute(
            f"SELECT {chosen} FROM {name} AS t JOIN plan_version(?, ?, ?, ?, 'current') AS v USING "
            f"(upload_id) "
            f"WHERE t.year = ? AND t.entity = ? AND t.process = ? ORDER BY {order}",
            [*key, when, *key],
        ).fetchall()
        parts[name] = tuple(dict(zip(columns, row, strict=True)) for row in rows)
    rules = {row["code"]: row for row in parts["local_rule"]}
    plans = [
        plan | {"localities": rules.get(plan["outcome_code"], {}).get("localities")} for plan in parts["plan"]
    ]
    activities = [
        row | {"combination": rules.get(row["code"], {}).get("combination")} for row in parts["activity"]
    ]
    return PlanFile(tuple(plans), tuple(activities), parts["programme"], ()) if plans else None


def reported_cells(
    cursor: duckdb.DuckDBPyConnection, key: Key, when: datetime
) -> dict[tuple[str, int, str], Decimal]:
    """Every current value of a plan by (code, month, locality)."""
    rows = cursor.execute(
        "SELECT code, month, locality, reported FROM current_value(?, ?, ?, ?)", [*key, when]
    ).fetchall()
    return {row[:3]: row[3] for row in rows}


def past_months(cursor: duckdb.DuckDBPyConnection, key: Key, when: datetime) -> set[int]:
    """The months past their reporting day, or closed."""
    rows = cursor.execute(
        "SELECT month FROM plan_month(?, ?, ?, ?, 'current', ?) WHERE NOT is_open", [*key, datetime.max, when]
    ).fetchall()
    return {row[0] for row in rows}


def is_current_plan(cursor: duckdb.DuckDBPyConnection, key: Key, rows: dict[str, list[list[Any]]]) -> bool:
    """Whether the newest version of a plan says exactly this."""
    stored = current_plan(cursor, key, datetime.max)
    return stored is not None and all(
        sorted(map(_comparable, table_rows(stored, name, key))) == sorted(map(_comparable, rows[name]))
        for name in COLUMNS
    )


def _comparable(row: Iterable[Any]) -> list[str]:
    return [
        f"{float(v):.6f}" if isinstance(v, (int, float)) or hasattr(v, "as_tuple") else str(v) for v in row
    ]


def illustrative_uploads(cursor: duckdb.DuckDBPyConnection, key: Key) -> int:
    """How many illustrative uploads a plan's figures rest on."""
    return len(active_uploads(cursor, key, illustrative=True))


def active_uploads(cursor: duckdb.DuckDBPyConnection, key: Key, illustrative: bool) -> list[int]:
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


def last_acceptance(cursor: duckdb.DuckDBPyConnection, key: Key, kind: str | None = None) -> datetime:
    """The newest acceptance of a plan that is not ahead of now.

    A clock set back must not put a new value behind an older one, nor one once ahead push it into the future.
    """
    newest: datetime | None
    [(newest,)] = cursor.execute(
        "SELECT max(accepted_at) FROM upload WHERE year = ? AND entity = ? AND process = ? "
        "AND accepted_at <= ? AND (? IS NULL OR kind = ?)",
        [*key, clock.now(), kind, kind],
    ).fetchall()
    return newest or datetime.min
