"""Snapshots: a verified copy of the ledger after every accepted or withdrawn upload, ten kept."""

import os
import re
import shutil
from pathlib import Path

import duckdb

from poa_core import moment
from poa_core.config import SNAPSHOTS_KEPT, Place

SUMS = {"programme": "programmed", "reported_value": "reported"}


def signature(cursor: duckdb.DuckDBPyConnection) -> tuple:
    """(table, rows, sum of its amounts) of every table with a row: what two equal ledgers share."""
    tables = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()").fetchall()
    asked = [f"SELECT '{name}', count(*), {f'coalesce(sum({SUMS[name]}), 0)' if name in SUMS else '0'} FROM {name}"
             for name in sorted(row[0] for row in tables)]  # fmt: skip
    found = cursor.execute(" UNION ALL ".join(asked)).fetchall() if asked else []
    return tuple(row for row in sorted(found) if row[1])


def listed(where: Place) -> list[Path]:
    """The snapshots there are, newest first."""
    return sorted(_ours(where, "duckdb"), reverse=True)


def take(where: Place, connection: duckdb.DuckDBPyConnection) -> Path:
    """Copy the ledger, read the copy back and only then give it its name. Returns its path.

    Raises RuntimeError where the copy does not hold what the ledger holds; the ledger is untouched.
    """
    where.snapshots.mkdir(exist_ok=True)
    name = f"{where.database.stem}-{moment.now():%Y%m%dT%H%M%S%f}"
    part = where.snapshots / f"{name}.part"
    cursor = connection.cursor()
    source = cursor.execute("SELECT current_database()").fetchone()[0]
    try:
        # Neither ATTACH nor COPY takes a bound name: ours is digits and letters, quoted all the same.
        cursor.execute(f"ATTACH '{_quoted(part)}' AS copy_of_ledger (STORAGE_VERSION 'v1.5.0')")
        try:
            cursor.execute(f'COPY FROM DATABASE "{source}" TO copy_of_ledger')
            expected = signature(cursor)
        finally:
            cursor.execute("DETACH copy_of_ledger")
    finally:
        cursor.close()
    if _signature_of(part) != expected:
        part.unlink()
        raise RuntimeError("snapshot does not match the ledger")
    final = part.with_suffix(".duckdb")
    os.replace(part, final)
    _prune(where)
    return final


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A snapshot, opened to read only."""
    connection = duckdb.connect(str(path), config={"access_mode": "read_only", "memory_limit": "1GB"})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def newest_good(where: Place) -> Path | None:
    """The newest snapshot that opens and answers."""
    for path in listed(where):
        try:
            _signature_of(path)
        except (duckdb.Error, OSError):
            continue
        return path
    return None


def restore(where: Place, stamp: str) -> Path | None:
    """Put the newest good snapshot in the database's place; what stood there is set aside, not deleted.

    The caller holds the lock. Returns the snapshot used, None where there is no good one.
    """
    newest = newest_good(where)
    if newest is None:
        return None
    for old in (where.database, Path(f"{where.database}.wal")):
        if old.exists():
            os.replace(old, old.with_name(f"{old.name}.aside-{stamp}"))
    part = where.database.with_suffix(".restoring")
    shutil.copyfile(newest, part)
    os.replace(part, where.database)
    return newest


def _signature_of(path: Path) -> tuple:
    connection = connect(path)
    try:
        return signature(connection)
    finally:
        connection.close()


def _ours(where: Place, ending: str) -> list[Path]:
    """Files of this ledger alone: another's name may begin like ours."""
    name = re.compile(rf"{re.escape(where.database.stem)}-\d{{8}}T\d{{12}}\.{ending}")
    return [path for path in where.snapshots.glob("*") if name.fullmatch(path.name)]


def _prune(where: Place) -> None:
    for old in listed(where)[SNAPSHOTS_KEPT:]:
        old.unlink()
    for left in _ours(where, r"part(\.wal)?"):
        left.unlink()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
