"""The writer's turn: one transaction at a time, the invariants held before it is committed, a snapshot after."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from poa_core import snapshots
from poa_core.database import Database, count_version, hold_invariants

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


@contextmanager
def writing(database: Database, snapshot: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """The writer's turn: one transaction that holds the invariants, then the new version and its snapshot."""
    with database.writer, database.cursor() as cursor:
        before = count_version(cursor)
        with transaction(cursor):
            yield cursor
            hold_invariants(cursor)
        database.version = count_version(cursor)
        if snapshot and database.version != before and database.lock is not None:
            try:
                snapshots.take(database.place, database.connection)
            except (OSError, RuntimeError, duckdb.Error):
                # What was accepted is committed: a copy that fails must not read as a save that failed.
                log.exception("saved, and the snapshot was not made")
