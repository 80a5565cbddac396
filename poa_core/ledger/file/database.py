"""The ledger's file: opened by one process, one cursor a call, snapshots beside it."""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

import duckdb
from filelock import FileLock

from poa_core.config import LedgerPaths
from poa_core.contract import Key
from poa_core.ledger.file import second_folder, snapshots
from poa_core.ledger.file.lock import DatabaseInUse, acquire_lock, release_lock, write_holder
from poa_core.ledger.file.opening import THREADS, DatabaseMissing, DatabaseUnwritable, connect, refuse_unsound
from poa_core.private import make_private

TABLE = re.compile(r"(\w+ TABLE IF NOT EXISTS (\w+) \(.*?\n\));", re.DOTALL)
MACRO = re.compile(r"MACRO (\w+)\(.*?\) AS( TABLE)?", re.DOTALL)
MACROS = (
    "figures/metrics.sql",
    "figures/explain.sql",
    "figures/outlook.sql",
    "ledger/plans/plans.sql",
    "figures/lists.sql",
    "ledger/audit.sql",
    "figures/since.sql",
    "ledger/people.sql",
)


@dataclass
class Database:
    """An open ledger. version grows with every accepted or withdrawn upload.

    is_shared: people log in, and what they may do is what the table of people says (rights.py).
    file_number: of the file that was opened (condition.py asks whether it still stands there).
    """

    paths: LedgerPaths
    connection: duckdb.DuckDBPyConnection
    version: int = 0
    writer: threading.Lock = field(default_factory=threading.Lock)
    lock: FileLock | None = None
    is_new: bool = False
    is_shared: bool = False
    read_from: Path | None = None
    file_number: tuple[int, int] | None = None

    @contextmanager
    def cursor(self, seconds: float | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for one call: shared ones answer with another thread's rows.

        What takes more seconds is interrupted (duckdb.InterruptException).
        """
        cursor = self.connection.cursor()
        watch = threading.Timer(seconds or 0, cursor.interrupt)
        try:
            if self.read_from is not None:
                _define(cursor, temporary=True)
            if seconds is not None:
                watch.start()
            yield cursor
        finally:
            watch.cancel()
            cursor.close()

    def close(self) -> None:
        self.connection.close()
        if self.lock is not None:
            second_folder.of_ledger(self.paths).wait()
            release_lock(self.paths, self.lock)


def file_number(path: Path) -> tuple[int, int] | None:
    """Which file of the disk stands under a name; None where there is none."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def script(name: str) -> str:
    """The text of an SQL file of a room: figures/metrics.sql."""
    return resources.files("poa_core").joinpath(name).read_text("utf-8")


def open_ledger(paths: LedgerPaths, who: str = "") -> Database:
    """The one writing process's ledger, made new where neither file nor snapshot exists.

    Raises DatabaseInUse, DatabaseDamaged, DatabaseMissing or DatabaseUnwritable.
    """
    try:
        paths.database.parent.mkdir(parents=True, exist_ok=True)
        paths.snapshots.mkdir(exist_ok=True)
        lock = acquire_lock(paths)
        make_private(paths)
    except OSError as error:
        raise DatabaseUnwritable(str(error)) from error
    is_made = not paths.database.exists()
    try:
        refuse_unsound(paths)
        database = Database(paths, connect(paths), lock=lock)
        write_holder(
            paths,
            who,
            # not before: where the lock was taken away the file is held all the same, and its note is
            # another's
        )
        _build(database)
        database.file_number = file_number(paths.database)
        second_folder.of_ledger(paths).fill()
        # Made just now, or by a process that stored nothing in it; seed.is_due says whether the first load is
        # still to come.
        database.is_new = database.version == 0
        return database
    except BaseException as error:
        lock.release()
        if isinstance(error, duckdb.Error):  # what can be read is sound, and cannot be written
            for begun in (paths.database, paths.wal) if is_made else ():
                begun.unlink(missing_ok=True)
            raise DatabaseUnwritable(str(error)) from error
        raise


def open_for_reading(paths: LedgerPaths) -> Database:
    """The ledger if no other process holds it, else its newest good snapshot; neither is written to.

    Raises DatabaseMissing where there are copies alone, FileNotFoundError where there is nothing,
    DatabaseDamaged where the file does not open.
    """
    if not paths.database.exists():
        if snapshots.every_snapshot(paths):
            raise DatabaseMissing(str(paths.database))
        raise FileNotFoundError(str(paths.database))
    try:
        return _open_alone(paths)
    except DatabaseInUse:
        newest = snapshots.newest_good(paths)
        if newest is None:
            raise
        return Database(paths, snapshots.connect(newest, THREADS), read_from=newest)


def _open_alone(paths: LedgerPaths) -> Database:
    lock = None
    with suppress(OSError):  # in a folder that takes no lock nobody writes, and DuckDB has a lock of its own
        lock = acquire_lock(paths)
    try:
        refuse_unsound(paths, snapshots.signature_of)
        return Database(
            paths, snapshots.connect(paths.database, THREADS), lock=lock, read_from=paths.database
        )
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def in_memory() -> Database:
    """A ledger without a file, for trials."""
    database = Database(
        LedgerPaths(Path("memory.duckdb")), duckdb.connect(":memory:", config={"threads": THREADS})
    )
    _build(database)
    return database


def count_version(cursor: duckdb.DuckDBPyConnection) -> int:
    """The ledger's version: facts are only ever added, so their count tells one state from another."""
    [(count,)] = cursor.execute(
        "SELECT count(*) FROM (SELECT 1 FROM upload UNION ALL SELECT 1 FROM withdrawal UNION ALL SELECT "
        "1 FROM month_state"
        # half the time of a sum of five counts
        " UNION ALL SELECT 1 FROM plan_archive UNION ALL SELECT 1 FROM person)"
    ).fetchall()
    return int(count)


def plan_version(cursor: duckdb.DuckDBPyConnection, key: Key) -> int:
    """One plan's version, by the same count: what others do to theirs does not change it."""
    [(count,)] = cursor.execute(
        """
        WITH own AS (SELECT upload_id FROM upload WHERE year = $1 AND entity = $2 AND process = $3)
        SELECT (SELECT count(*) FROM own) + (SELECT count(*) FROM withdrawal SEMI JOIN own USING (upload_id))
             + (SELECT count(*) FROM month_state WHERE year = $1 AND entity = $2 AND process = $3)
             + (SELECT count(*) FROM plan_archive WHERE year = $1 AND entity = $2 AND process = $3)
        """,
        list(key),
    ).fetchall()
    return int(count)


def _define(cursor: duckdb.DuckDBPyConnection, temporary: bool = False) -> None:
    """Every macro as this code has it, where the file does not hold them already; in a file open only to
    read, for this cursor alone.

    There a table that came after the file was made is an empty one of this cursor's own.
    """
    if temporary:
        tables = {row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        for statement, table in TABLE.findall(script("ledger/file/schema.sql")):
            if table not in tables:
                cursor.execute(statement.replace("TABLE IF", "TEMP TABLE IF"))
    if _has_macros(cursor):
        return
    for name in MACROS:
        text = script(name)
        cursor.execute(text.replace("OR REPLACE MACRO", "OR REPLACE TEMP MACRO") if temporary else text)
    if not temporary:
        for name, kind in _macros().items():
            cursor.execute(f"COMMENT ON {kind} {name} IS '{_digest()}'")


def _has_macros(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file holds the macros of this code: to define them takes ten times as long as to look.

    Each carries the digest of all: other code that opened the file in between has replaced its own ones by
    such as carry none.
    """
    stored = cursor.execute(
        "SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal"
    ).fetchall()
    return {(name, _digest()) for name in _macros()} <= set(stored)


@cache
def _macros() -> dict[str, str]:
    """Name of each macro of this code -> the kind a comment on it names."""
    return {
        name: "MACRO TABLE" if table else "MACRO"
        for script_name in MACROS
        for name, table in MACRO.findall(script(script_name))
    }


@cache
def _digest() -> str:
    return hashlib.sha256("".join(map(script, MACROS)).encode()).hexdigest()


def _build(database: Database) -> None:
    """Tables where they are missing; the macros of this code: the repository is the definition."""
    try:
        with database.cursor() as cursor:
            cursor.execute(script("ledger/file/schema.sql"))
            _define(cursor)
            database.version = count_version(cursor)
        database.connection.execute("SET lock_configuration = true")
    except BaseException:
        database.connection.close()
        raise
