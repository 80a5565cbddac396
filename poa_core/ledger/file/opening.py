"""Opening the ledger's file to write: only one that is whole, nobody else's, and holds no less than its
newest snapshot.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

from poa_core.config import LedgerPaths
from poa_core.ledger.file import lock, snapshots

STORAGE = "v1.5.0"
# two that share a window function now and then end the database (DuckDB 1.5), and small questions gain
# nothing
THREADS = "1"
LIMITS = {
    "memory_limit": "1GB",
    "max_temp_directory_size": "2GB",
    "threads": THREADS,
    "checkpoint_threshold": "1TB",
}  # the log is folded in at the close alone: on a full disk a fold would end the database
LONG_LOG = 16 * 2**20  # bytes that a process which was killed may leave to the next one
# Another process has the file open, and the lock beside it was taken away (DuckDB's words here and on
# Windows).
HELD = ("Could not set lock on file", "used by another process")


class DatabaseDamaged(Exception):
    """The file is there and is not a ledger that opens; nothing is made over it."""


class DatabaseMissing(Exception):
    """No file, but snapshots of one: it is restored, not made new."""


class DatabaseUnwritable(Exception):
    """The disk is full, or the folder takes no file: there is nothing to restore, and coming back is
    enough.
    """


def refuse_unsound(
    paths: LedgerPaths, look: Callable[[Path], snapshots.Signature] = snapshots.read_all
) -> None:
    """Look at the file without writing to it or to its log: whoever restores finds both as they were.

    look gives the file's signature: from end to end, or for who only reads by its counts alone.
    Raises DatabaseMissing, DatabaseDamaged or DatabaseInUse.
    """
    if not paths.database.exists():
        if snapshots.every_snapshot(paths):  # of the second folder too: the disk may be a new one
            raise DatabaseMissing(str(paths.database))
        snapshots.set_aside(paths.wal)  # DuckDB would delete a log without its database
        return
    try:
        signature = look(paths.database)
    except duckdb.Error as error:
        raise error_for(error, paths) from error
    if _is_behind(paths, snapshots.count_facts(signature)):
        # DuckDB passes over a log whose head is damaged, and takes one that was cut for a shorter one.
        raise DatabaseDamaged("it holds less than its newest good snapshot")


def refuse_held(paths: LedgerPaths) -> None:
    """Raises DatabaseInUse where a process has the file open, with or without the lock."""
    try:
        snapshots.connect(paths.database).close()
    except duckdb.Error as error:
        if isinstance(refusal := error_for(error, paths), lock.DatabaseInUse):
            raise refusal from error


def error_for(error: duckdb.Error, paths: LedgerPaths) -> Exception:
    """What a file that did not open is taken for."""
    if any(words in str(error) for words in HELD):
        return lock.DatabaseInUse(lock.holder(paths))
    return DatabaseDamaged(str(error))


def connect(paths: LedgerPaths) -> duckdb.DuckDBPyConnection:
    """The file opened to be written, by this code's settings; they are locked once the schema stands. Raises
    duckdb.Error.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE,
        **LIMITS,
    }
    if paths.wal.exists() and paths.wal.stat().st_size > LONG_LOG:
        duckdb.connect(str(paths.database), config=settings).close()
    connection = duckdb.connect(str(paths.database), config=settings)
    connection.execute("SET allowed_directories = [?]", [str(paths.snapshots)])
    connection.execute("SET enable_external_access = false")
    return connection


def _is_behind(paths: LedgerPaths, facts: int) -> bool:
    """Whether the snapshot that would be restored counts more. Its counts are asked first: to read it through
    takes longer.
    """
    for path in snapshots.list_snapshots(paths):
        with suppress(duckdb.Error, OSError):
            return (
                snapshots.count_facts(snapshots.signature_of(path)) > facts
                and snapshots.count_facts(snapshots.read_all(path)) > facts
            )
    return False
