"""The only writer: accepts a file's values, withdraws an upload; one transaction each."""

from datetime import datetime
from typing import Any

import duckdb

from poa_core import moment as clock
from poa_core import value_columns
from poa_core.contract import Key, PlanFile, Problem
from poa_core.ledger import facts, rights, sample
from poa_core.ledger.changes import changes
from poa_core.ledger.current import (  # fmt: skip
    COLUMNS,
    active_uploads,
    closed_months,
    current_plan,
    extract_plan,
    is_current_plan,
    last_acceptance,
    refuse_if_current,
    refuse_unconfirmed,
    refuse_without_reason,
    table_rows,
    upload_months,
)
from poa_core.ledger.file.database import Database, plan_version
from poa_core.ledger.plans import added_localities, change, names, undo
from poa_core.ledger.submission import Receipt, Refused, Submission
from poa_core.ledger.transaction import writing


def accept(
    database: Database,
    submission: Submission,
    at: datetime | None = None,
    seen_version: int | None = None,
    snapshot: bool = True,
    seen_fingerprint: str | None = None,
) -> Receipt:
    """Store a file's values, whole or not at all; read back before returning.

    at is the moment of acceptance (UTC; default now). seen_version is the plan's version when the person saw
    the preview, and seen_fingerprint the one of what they saw. Raises Refused: nothing_said (it holds no
    value and no note), no_access, not_allowed, not_own_division, illustration_first (rights.py),
    not_previewed (other bytes, or another session or log-in, than the preview's), already_current (nothing
    would change), look_again (the plan's values moved since the preview), unconfirmed, closed_month,
    reason_needed, illustrative_beside_real, broken_invariant, not_saved, not_confirmed (transaction.py).
    """
    when = at or clock.now()
    if not any(value.says_something for value in submission.values):
        raise Refused("nothing_said")
    with writing(database, snapshot) as cursor:
        rights.authorize_report(database, cursor, submission)
        if seen_fingerprint is not None and seen_fingerprint != submission.fingerprint:
            raise Refused("not_previewed")
        fresh = bool(
            not submission.illustrative and active_uploads(cursor, submission.key, illustrative=True)
        )
        new_changes = changes(cursor, submission, datetime.max, fresh)
        if seen_version is not None and seen_version != plan_version(cursor, submission.key):
            refuse_if_current(new_changes)
            raise Refused("look_again")
        refuse_unconfirmed(submission)
        if not fresh:  # beside an illustration that goes there is nothing to repeat, correct or reopen
            refuse_if_current(new_changes)
            refuse_without_reason(cursor, submission, new_changes, datetime.max)
        stored = stage(cursor, submission, when)
    with database.cursor() as cursor:
        return _read_back(cursor, stored, submission.content)


def accept_plan(
    database: Database,
    file: PlanFile,
    content: bytes,
    file_name: str,
    person: str,
    at: datetime | None = None,
    reason: str | None = None,
    snapshot: bool = True,
    seen_version: int | None = None,
    initial: PlanFile | None = None,
    confirmed: bool = False,
) -> list[int]:
    """Store each plan of the file that differs from its current version. Returns the new upload ids. The
    first of a person's own archives the sample.

    initial: the programme a plan began with, kept as its first version where it has none yet. confirmed:
    somebody said yes to what the file and the ledger's names ask. Raises Refused: no_access, not_allowed,
    look_again, plan_unconfirmed, plan_refused, plan_reason_needed (and what transaction.writing raises).
    """
    ids = []
    with writing(database, snapshot) as cursor:
        rights.authorize(database, cursor, person, rights.PLAN)
        for plan in file.plans:
            key = (plan["year"], plan["entity"], plan["process"])
            when = max(at or clock.now(), last_acceptance(cursor, key, "plan"))
            if seen_version is not None and seen_version != plan_version(cursor, key):
                raise Refused("look_again")
            is_known = current_plan(cursor, key, datetime.max) is not None
            questions = tuple(dict.fromkeys((*names.to_confirm(file), *names.questions(cursor, plan))))
            for version in (file,) if is_known or initial is None else (initial, file):
                rows = {name: table_rows(version, name, key) for name in COLUMNS}
                if is_current_plan(cursor, key, rows):
                    continue
                if questions and not confirmed:
                    raise Refused("plan_unconfirmed", count=len(questions))
                if is_known:
                    change.refuse_unexplained(cursor, key, extract_plan(version, key), reason, when)
                ids.append(stage_plan(cursor, key, version, rows, content, file_name, person, when, reason))
                _keep_confirmed(cursor, ids[-1], questions)
                sample.archive_sample(cursor, key, person, when)
    return ids


def withdraw(database: Database, upload_id: int, person: str, reason: str | None = None,
             at: datetime | None = None, snapshot: bool = True) -> None:  # fmt: skip
    """Take a whole upload back: progress, or the newest version of a plan.

    Raises Refused: no_access, not_allowed, not_own_upload, unknown_upload, already_withdrawn, closed_month
    (it moves one, and no reason is given), of a plan also plan_undo_reason (none is given) and what
    plans/undo.py refuses (and what transaction.writing raises).
    """
    with writing(database, snapshot) as cursor:
        row = cursor.execute(
            "SELECT kind, year, entity, process, accepted_at FROM upload WHERE upload_id = ?", [upload_id]
        ).fetchone()
        if row is None:
            raise Refused("unknown_upload", upload=upload_id)
        key, is_plan, when = row[1:4], row[0] == "plan", max(at or clock.now(), row[4])
        if is_plan:
            rights.authorize(database, cursor, person, rights.PLAN)
        else:
            rights.authorize_undo(database, cursor, person, key, upload_id)
        if cursor.execute("FROM withdrawal WHERE upload_id = ?", [upload_id]).fetchone():
            raise Refused("already_withdrawn", upload=upload_id)
        if is_plan:
            _withdraw_plan(cursor, key, upload_id, person, when, reason)
            return
        closed = closed_months(cursor, key, datetime.max) & upload_months(cursor, upload_id)
        if closed and not reason:
            raise Refused("closed_month", months=tuple(sorted(closed)))
        facts.add_withdrawal(cursor, upload_id, person, when, reason)


def withdraw_illustration(database: Database, key: Key, person: str,
                          at: datetime | None = None) -> int:  # fmt: skip
    """Start the plan with no progress: take every illustrative upload back. Returns how many.

    Raises Refused: no_access, not_allowed (and what transaction.writing raises).
    """
    with writing(database) as cursor:
        rights.authorize(database, cursor, person, rights.PLAN)
        return _withdraw_illustrative(cursor, key, person, at or clock.now())


def stage(
    cursor: duckdb.DuckDBPyConnection, submission: Submission, at: datetime
) -> tuple[int, int, datetime]:
    """Write the submission inside the caller's transaction. Returns (upload id, rows, moment).

    The first real values take the illustration away. The preview stages too, looks and rolls back.
    Raises Refused.
    """
    when = at if submission.illustrative else max(at, last_acceptance(cursor, submission.key))
    if submission.illustrative:
        if active_uploads(cursor, submission.key, illustrative=False):
            raise Refused("illustrative_beside_real")
    else:
        _withdraw_illustrative(cursor, submission.key, submission.person, when)
    rows = submission.row_count
    upload_id = facts.add_upload(
        cursor,
        "progress",
        submission.key,
        submission.file_name,
        submission.content,
        submission.person,
        when,
        submission.reason,
        submission.illustrative,
        rows,
    )
    facts.add_values(cursor, upload_id, submission.key, value_columns.as_table(submission.values))
    _keep_confirmed(cursor, upload_id, submission.questions)
    return upload_id, rows, when


def stage_plan(
    cursor: duckdb.DuckDBPyConnection,
    key: Key,
    version: PlanFile,
    rows: dict[str, list[list[Any]]],
    content: bytes,
    file_name: str,
    person: str,
    when: datetime,
    reason: str | None,
) -> int:
    """Write a version of a plan (rows: current.rows_of it by table) inside the caller's transaction. Returns
    its upload id.

    The preview stages too.
    """
    count, before = len(rows["activity"]), current_plan(cursor, key, datetime.max)
    upload_id = facts.add_upload(cursor, "plan", key, file_name, content, person, when, reason, False, count)
    for name, table in rows.items():
        facts.add_rows(cursor, name, [[upload_id, *row] for row in table])
    facts.add_rows(
        cursor,
        "joined_locality",
        added_localities.added_localities(cursor, key, before, extract_plan(version, key), upload_id, when),
    )
    return upload_id


def _keep_confirmed(
    cursor: duckdb.DuckDBPyConnection, upload_id: int, questions: tuple[Problem, ...]
) -> None:
    facts.add_rows(cursor, "confirmation", [[upload_id, q.row, q.column, q.code, q.value] for q in questions])


def _withdraw_illustrative(cursor: duckdb.DuckDBPyConnection, key: Key, person: str, when: datetime) -> int:
    """Every illustrative upload is taken back, and a month that was closed over it is open again."""
    standing = active_uploads(cursor, key, illustrative=True)
    for upload_id in standing:
        facts.add_withdrawal(cursor, upload_id, person, when, None)
    for month in sorted(closed_months(cursor, key, datetime.max)) if standing else ():
        facts.add_month_state(cursor, key, month, False, person, when, None)
    return len(standing)


def _withdraw_plan(
    cursor: duckdb.DuckDBPyConnection,
    key: Key,
    upload_id: int,
    person: str,
    when: datetime,
    reason: str | None,
) -> None:
    undo.refuse_older(cursor, key, upload_id)
    if not reason:
        raise Refused("plan_undo_reason")
    version = current_plan(cursor, key, datetime.max)
    assert version is not None  # the upload itself is the version in force: it is the newest that stands
    facts.add_withdrawal(cursor, upload_id, person, when, reason)
    undo.refuse_relied_on(cursor, key, upload_id, version, when)


def _read_back(
    cursor: duckdb.DuckDBPyConnection, stored: tuple[int, int, datetime], content: bytes
) -> Receipt:
    upload_id, rows, when = stored
    try:
        row = cursor.execute(
            "SELECT u.row_count, o.content FROM upload AS u JOIN original AS o USING (sha256) WHERE "
            "u.upload_id = ?",
            [upload_id],
        ).fetchone()
    except duckdb.Error as error:
        raise Refused("not_confirmed") from error
    if row != (rows, content):
        raise Refused("not_confirmed")
    return Receipt(upload_id, rows, when)
