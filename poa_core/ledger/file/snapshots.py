"""Snapshots: a verified copy of the ledger after every accepted or withdrawn upload, ten kept."""

import os
import re
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import duckdb

from poa_core import moment
from poa_core.config import SNAPSHOTS_KEPT, LedgerPaths

Signature = tuple[tuple[Any, ...], ...]  # (table, rows, sum of its amounts) of each table
SUMS = {"programme": "programmed", "reported_value": "reported"}


class CopyFailed(Exception):
    """A copy of the ledger could not be made or put in its place; the ledger is as it was."""


def signature(cursor: duckdb.DuckDBPyConnection) -> Signature:
    """(table, rows, sum of its amounts) of every table with a row: what two equal ledgers share."""
    tables = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
    ).fetchall()
    queries = [
        f"SELECT '{name}', count(*), {f'coalesce(sum({SUMS[name]}), 0)' if name in SUMS else '0'} FROM {name}"
        for name in sorted(row[0] for row in tables)
    ]
    rows = cursor.execute(" UNION ALL ".join(queries)).fetchall() if queries else []
    return tuple(row for row in sorted(rows) if row[1])


def list_snapshots(paths: LedgerPaths) -> list[Path]:
    """The snapshots there are, newest first."""
    return sorted(_ledger_files(paths, "duckdb"), reverse=True)


def take(paths: LedgerPaths, connection: duckdb.DuckDBPyConnection) -> Path:
    """Copy the ledger, read the copy back and only then give it its name. Returns its path.

    Raises CopyFailed where it cannot be written or does not hold what the ledger holds; the ledger is
    untouched.
    """
    part = paths.snapshots / f"{paths.database.stem}-{moment.now():%Y%m%dT%H%M%S%f}.part"
    final = part.with_suffix(".duckdb")
    try:
        paths.snapshots.mkdir(exist_ok=True)
        if _copy(part, connection) != signature_of(part):
            raise CopyFailed("the copy is not the ledger")
        os.replace(part, final)
        _prune(paths)
    except (OSError, duckdb.Error) as error:
        raise CopyFailed(str(error)) from error
    finally:
        for leftover in (
            part,
            part.with_name(f"{part.name}.wal"),
        ):  # half a copy takes the room the next save needs
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return final


def _copy(part: Path, connection: duckdb.DuckDBPyConnection) -> Signature:
    """The ledger's signature, with all of it in the part."""
    cursor = connection.cursor()
    [(source,)] = cursor.execute("SELECT current_database()").fetchall()
    try:
        cursor.execute("DETACH DATABASE IF EXISTS copy_of_ledger")  # one that a full disk did not let go of
        # Neither ATTACH nor COPY takes a bound name: ours is digits and letters, quoted all the same.
        cursor.execute(f"ATTACH '{_quoted(part)}' AS copy_of_ledger (STORAGE_VERSION 'v1.5.0')")
        try:
            cursor.execute(f'COPY FROM DATABASE "{source}" TO copy_of_ledger')
            return signature(cursor)
        finally:
            cursor.execute("DETACH copy_of_ledger")
    finally:
        cursor.close()


def connect(path: Path, threads: str | None = None) -> duckdb.DuckDBPyConnection:
    """A snapshot, opened to read only; with as many threads as the machine has, unless told."""
    settings = {"threads": threads} if threads else {}
    connection = duckdb.connect(
        str(path), config={"access_mode": "read_only", "memory_limit": "1GB", **settings}
    )
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def newest_good(paths: LedgerPaths) -> Path | None:
    """The newest snapshot that can be read from end to end."""
    for path in list_snapshots(paths):
        with suppress(duckdb.Error, OSError):
            read_all(path)
            return path
    return None


def read_all(path: Path) -> Signature:
    """A ledger's signature, once each of its rows was read: a file cut short opens and counts as a whole one
    does.

    Raises duckdb.Error where it does not open or a part of it cannot be read.
    """
    with closing(connect(path)) as connection:
        tables = signature(connection)
        connection.execute(
            " UNION ALL ".join(f"SELECT bit_xor(hash(t)) FROM {name} AS t" for name, _, _ in tables)
            or "SELECT 0"
        )
        connection.fetchall()
        return tables


def restore(paths: LedgerPaths) -> Path | None:
    """Put the newest good snapshot in the database's place; what stood there is set aside, not deleted.

    The caller holds the lock. Returns the snapshot used, None where there is no good one. Raises CopyFailed
    where it cannot be written: then all stands where it stood.
    """
    newest = newest_good(paths)
    if newest is None:
        return None
    part = paths.database.with_suffix(".restoring")
    try:
        shutil.copyfile(newest, part)
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise CopyFailed(str(error)) from error
    # The database first: one without its log would open as if nothing were missing.
    for old in (paths.database, paths.wal):
        set_aside(old)
    os.replace(part, paths.database)
    return newest


def set_aside(path: Path) -> None:
    """Keep a file out of the way, under a name that no other has; what is damaged may still tell
    something.
    """
    if path.exists():
        os.replace(path, path.with_name(f"{path.name}.aside-{moment.now():%Y%m%dT%H%M%S%f}"))


def signature_of(path: Path) -> Signature:
    """The signature of a ledger's file that is not open. Raises duckdb.Error where it does not open."""
    with closing(connect(path)) as connection:
        return signature(connection)


def _ledger_files(paths: LedgerPaths, ending: str) -> list[Path]:
    """Files of this ledger alone: another's name may begin like ours."""
    name = re.compile(rf"{re.escape(paths.database.stem)}-\d{{8}}T\d{{12}}\.{ending}")
    return [path for path in paths.snapshots.glob("*") if name.fullmatch(path.name)]


def _prune(paths: LedgerPaths) -> None:
    for old in list_snapshots(paths)[SNAPSHOTS_KEPT:]:
        old.unlink()
    for leftover in _ledger_files(paths, r"part(\.wal)?"):
        leftover.unlink()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
