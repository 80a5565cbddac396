"""The only writer: accepts a file's values, withdraws an upload; one transaction each."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

import duckdb
import pandas as pd

from poa_core import moment as clock
from poa_core import snapshots
from poa_core.contract import PlanFile, Value
from poa_core.database import Database, count_version, hold_invariants
from poa_core.standing import (
    COLUMNS,
    is_current_plan,
    last_moment,
    refuse_if_current,
    rows_of,
    standing_uploads,
)  # fmt: skip
from poa_core.submission import Receipt, Refused, Submission

log = logging.getLogger("poa")


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit, or roll back on anything at all: a stopped script raises no Exception."""
    cursor.execute("BEGIN TRANSACTION")
    try:
        yield
        cursor.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # a commit that failed leaves nothing to roll back
            cursor.execute("ROLLBACK")
        raise


def accept(database: Database, submission: Submission, at: datetime | None = None,
           seen_version: int | None = None, snapshot: bool = True) -> Receipt:  # fmt: skip
    """Store a file's values, whole or not at all; read back before returning.

    at is the moment of acceptance (UTC; default now). seen_version is the ledger's version when the
    person saw the preview. Raises Refused: already_current (nothing would change), look_again (the
    ledger moved since the preview), illustrative_beside_real, broken_invariant.
    """
    with database.writer, database.cursor() as cursor:
        with transaction(cursor):
            if seen_version is not None and seen_version != count_version(cursor):
                refuse_if_current(cursor, submission, at or clock.now())
                raise Refused("look_again")
            stored = stage(cursor, submission, at or clock.now())
            hold_invariants(cursor)
        receipt = _read_back(cursor, stored)
        _published(database, cursor, snapshot)
    return receipt


def accept_plan(database: Database, file: PlanFile, content: bytes, file_name: str, person: str,
                at: datetime | None = None, reason: str | None = None, snapshot: bool = True) -> list[int]:  # fmt: skip
    """Store each plan of the file that differs from its current version. Returns the new upload ids."""
    with database.writer, database.cursor() as cursor:
        with transaction(cursor):
            ids = []
            for plan in file.plans:
                key = (plan["year"], plan["entity"], plan["process"])
                when = max(at or clock.now(), last_moment(cursor, key, "plan"))
                rows = {name: rows_of(file, name, key) for name in COLUMNS}
                if not is_current_plan(cursor, key, rows):
                    ids.append(_insert_plan(cursor, key, rows, content, file_name, person, when, reason))
            hold_invariants(cursor)
        _published(database, cursor, snapshot and bool(ids))
    return ids


def withdraw(database: Database, upload_id: int, person: str, reason: str | None = None,
             at: datetime | None = None, snapshot: bool = True) -> None:  # fmt: skip
    """Take a whole upload back. Raises Refused: unknown_upload, already_withdrawn, plan_in_use, broken_invariant."""
    with database.writer, database.cursor() as cursor:
        with transaction(cursor):
            row = cursor.execute(
                "SELECT kind, year, entity, process, accepted_at FROM upload WHERE upload_id = ?", [upload_id]
            ).fetchone()
            if row is None:
                raise Refused("unknown_upload", upload=upload_id)
            if cursor.execute("FROM withdrawal WHERE upload_id = ?", [upload_id]).fetchone():
                raise Refused("already_withdrawn", upload=upload_id)
            if row[0] == "plan":
                raise Refused("plan_in_use", upload=upload_id)
            _insert_withdrawal(cursor, upload_id, person, max(at or clock.now(), row[4]), reason)
            hold_invariants(cursor)
        _published(database, cursor, snapshot)


def withdraw_illustration(database: Database, key: tuple[int, str, str], person: str,
                          at: datetime | None = None) -> int:  # fmt: skip
    """Start the plan with no progress: take every illustrative upload back. Returns how many."""
    with database.writer, database.cursor() as cursor:
        with transaction(cursor):
            count = _withdraw_illustrative(cursor, key, person, at or clock.now())
            hold_invariants(cursor)
        _published(database, cursor, count > 0)
    return count


def stage(cursor: duckdb.DuckDBPyConnection, submission: Submission, at: datetime) -> tuple[int, int, datetime]:
    """Write the submission inside the caller's transaction. Returns (upload id, rows, moment).

    The first real values take the illustration away. The preview stages too, looks and rolls back.
    Raises Refused.
    """
    key = list(submission.key)
    when = at if submission.illustrative else max(at, last_moment(cursor, submission.key))
    if submission.illustrative:
        if standing_uploads(cursor, key, illustrative=False):
            raise Refused("illustrative_beside_real")
    else:
        _withdraw_illustrative(cursor, submission.key, submission.person, when)
    refuse_if_current(cursor, submission, when)
    rows = len({v.row for v in submission.values if _says_something(v)})
    upload_id = _insert_upload(cursor, "progress", key, submission.file_name, submission.content,
                               submission.person, when, submission.reason, submission.illustrative, rows)  # fmt: skip
    values = [[upload_id, *key, v.code, v.locality, v.month, v.reported, v.retracted, v.row]
              for v in submission.values if v.reported is not None or v.retracted]  # fmt: skip
    remarks = [[upload_id, *key, v.code, v.locality, v.month, v.note, v.cause, v.measure, v.row]
               for v in submission.values if v.note or v.cause or v.measure]  # fmt: skip
    _insert(cursor, "reported_value", values)
    _insert(cursor, "remark", remarks)
    return upload_id, rows, when


def _says_something(value: Value) -> bool:
    return bool(value.reported is not None or value.retracted or value.note or value.cause or value.measure)


def _withdraw_illustrative(cursor, key, person: str, when: datetime) -> int:
    standing = standing_uploads(cursor, key, illustrative=True)
    for upload_id in standing:
        _insert_withdrawal(cursor, upload_id, person, when, None)
    return len(standing)


def _insert_withdrawal(cursor, upload_id: int, person: str, when: datetime, reason: str | None) -> None:
    cursor.execute("INSERT INTO withdrawal VALUES (?, ?, ?, ?)", [upload_id, person, when, reason])


def _insert_upload(cursor, kind, key, file_name, content, person, when, reason, illustrative, rows) -> int:
    upload_id = cursor.execute("SELECT coalesce(max(upload_id), 0) + 1 FROM upload").fetchone()[0]
    digest = hashlib.sha256(content).hexdigest()
    cursor.execute(
        "INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [upload_id, kind, *key, file_name, digest, person, when, reason, illustrative, rows],
    )
    if not cursor.execute("FROM original WHERE sha256 = ?", [digest]).fetchone():
        cursor.execute("INSERT INTO original VALUES (?, ?)", [digest, content])
    return upload_id


def _insert_plan(cursor, key, rows, content, file_name, person, when, reason) -> int:
    upload_id = _insert_upload(cursor, "plan", key, file_name, content, person, when, reason, False, len(rows["activity"]))
    for name, table in rows.items():
        _insert(cursor, name, [[upload_id, *row] for row in table])
    return upload_id


def _insert(cursor, table: str, rows: list[list]) -> None:
    """All rows in one statement: a row at a time costs a hundred times as much from a thousand on."""
    if not rows:
        return
    columns = [f"c{n}" for n in range(len(rows[0]))]
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    cursor.register("incoming", pd.DataFrame(texts, columns=columns, dtype="object"))
    cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming")
    cursor.unregister("incoming")


def _read_back(cursor, stored: tuple[int, int, datetime]) -> Receipt:
    upload_id, rows, when = stored
    found = cursor.execute(
        "SELECT u.row_count, sha256(o.content) = u.sha256 FROM upload AS u JOIN original AS o USING (sha256) "
        "WHERE u.upload_id = ?",
        [upload_id],
    ).fetchone()
    if found != (rows, True):
        raise Refused("not_saved")
    return Receipt(upload_id, rows, when)


def _published(database: Database, cursor, snapshot: bool) -> None:
    database.version = count_version(cursor)
    if snapshot and database.lock is not None:
        try:
            snapshots.take(database.place, database.connection)
        except (OSError, RuntimeError, duckdb.Error):
            # What was accepted is committed: a copy that fails must not read as a save that failed.
            log.exception("saved, and the snapshot was not made")
