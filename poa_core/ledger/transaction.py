"""The writer's turn: one transaction at a time, the invariants held before it is committed, a snapshot
after.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from poa_core.ledger import invariants
from poa_core.ledger.file import snapshots
from poa_core.ledger.file.database import Database, count_version
from poa_core.ledger.submission import Refused

log = logging.getLogger("poa")
# What a full disk, a folder that takes no file or an error that somebody swallowed ends a transaction with.
CANNOT_STORE = (OSError, duckdb.IOException, duckdb.TransactionException, duckdb.OutOfMemoryException)


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
    """The writer's turn: one transaction that holds the invariants, read back, then its snapshot.

    Raises Refused: broken_invariant, not_saved (nothing is stored, the next one may be), not_confirmed.
    """
    with database.writer:
        with database.cursor() as cursor:
            before, start = count_version(cursor), invariants.mark(cursor)
            try:
                with transaction(cursor):
                    yield cursor
                    invariants.enforce(cursor, start)
                    after = count_version(cursor)
            except CANNOT_STORE as error:
                log.exception("not saved")
                raise Refused("not_saved") from error
        database.version = after
        _read_back(database, after)
        if snapshot and after != before and database.lock is not None:
            try:
                snapshots.take(database.paths, database.connection)
            except snapshots.CopyFailed:
                # What was accepted is committed: a copy that fails must not read as a save that failed.
                log.exception("saved, and the snapshot was not made")


def _read_back(database: Database, after: int) -> None:
    """A COMMIT that follows an error says yes and has stored nothing."""
    try:
        with database.cursor() as cursor:
            database.version = count_version(cursor)
    except duckdb.Error as error:
        raise Refused("not_confirmed") from error
    if database.version != after:
        raise Refused("not_saved")
