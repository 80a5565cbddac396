"""Snapshots: a verified copy of the ledger after every save, named, ordered and kept by how many facts it
holds: a clock that stands wrong neither hides a copy nor pushes one out.
"""

import os
import re
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from poa_core import moment
from poa_core.config import DAYS_KEPT, MONTHS_KEPT, SNAPSHOTS_KEPT, LedgerPaths
from poa_core.ledger.file import second_folder

Signature = tuple[tuple[Any, ...], ...]  # (table, rows, sum of its amounts) of each table
SUMS = {"programme": "programmed", "reported_value": "reported"}
COUNTED = ("upload", "withdrawal", "month_state", "plan_archive", "person")  # facts are only ever added
FACT_DIGITS = 9
NAMED = rf"(?:\d{{{FACT_DIGITS}}}-)?\d{{8}}T\d{{12}}"  # facts, then the date; by its date alone before


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


def count_facts(signature: Signature) -> int:
    """How many of the facts that make the ledger's version a signature counts."""
    return sum(rows for table, rows, _ in signature if table in COUNTED)


@dataclass(frozen=True)
class Snapshot:
    """A copy: how many facts it holds (-1: it cannot be read) and when it was taken by the clock of then."""

    path: Path
    facts: int
    taken: datetime


def snapshots(paths: LedgerPaths) -> list[Snapshot]:
    """The snapshots beside the ledger, the one with most facts first and of equals the one taken last."""
    return _in_order(_ledger_files(paths, "duckdb"))


def every_snapshot(paths: LedgerPaths) -> list[Snapshot]:
    """The same, with those that only the second folder still has."""
    by_name = {path.name: path for path in (*_in_second_folder(paths), *_ledger_files(paths, "duckdb"))}
    return _in_order(list(by_name.values()))


def _in_second_folder(paths: LedgerPaths) -> list[Path]:
    return _ledger_files(paths, "duckdb", paths.copies) if paths.copies and paths.copies.is_dir() else []


def _in_order(files: list[Path]) -> list[Snapshot]:
    return sorted(map(_snapshot, files), key=lambda one: (one.facts, one.taken), reverse=True)


def list_snapshots(paths: LedgerPaths) -> list[Path]:
    """Their paths, the one with most facts first."""
    return [one.path for one in snapshots(paths)]


def _snapshot(path: Path) -> Snapshot:
    """What a copy's name says of it; one that older code named by its date alone is opened and counted."""
    *_, number, taken = path.stem.rsplit("-", 2)
    is_numbered = len(number) == FACT_DIGITS and number.isdecimal()
    facts = int(number) if is_numbered else _facts_of(path, path.stat().st_mtime_ns)
    return Snapshot(path, facts, datetime.strptime(taken, "%Y%m%dT%H%M%S%f"))


@lru_cache(256)
def _facts_of(path: Path, changed: int) -> int:
    """Counted once for a file that stays as it is."""
    try:
        return count_facts(signature_of(path))
    except (duckdb.Error, OSError):
        return -1


def take(paths: LedgerPaths, connection: duckdb.DuckDBPyConnection) -> Path:
    """Copy the ledger, read the copy back and only then give it its name. Returns its path.

    Raises CopyFailed where it cannot be written or does not hold what the ledger holds; the ledger is
    untouched.
    """
    stamp = f"{moment.now():%Y%m%dT%H%M%S%f}"
    part = paths.snapshots / f"{paths.database.stem}-{stamp}.part"
    try:
        paths.snapshots.mkdir(exist_ok=True)
        held = _copy(part, connection)
        if held != signature_of(part):
            raise CopyFailed("the copy is not the ledger")
        number = f"{count_facts(held):0{FACT_DIGITS}d}"
        final = part.with_name(f"{paths.database.stem}-{number}-{stamp}.duckdb")
        os.replace(part, final)
        second_folder.of_ledger(paths).fill(let_go=_prune(paths))
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
    """The snapshot with most facts that can be read from end to end."""
    return next(filter(is_good, list_snapshots(paths)), None)


def is_good(path: Path) -> bool:
    """Whether a ledger's file can be read from end to end."""
    try:
        read_all(path)
    except (duckdb.Error, OSError):
        return False
    return True


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


def restore(paths: LedgerPaths, name: str | None = None) -> Path | None:
    """Put a snapshot, the newest good one where none is named, in the database's place; one of the second
    folder too.

    What stood there and every snapshot that claims more facts are set aside, not deleted: the ledger then
    opens. The caller holds the lock. Returns the snapshot used, None where there is none that is good. Raises
    CopyFailed where it cannot be written: then all stands where it stood.
    """
    every = every_snapshot(paths)
    named = [one.path for one in every if name is None or one.path.name.startswith(name)]
    if name is not None and len(named) > 1:  # the beginning of one name, or all of it
        named = [path for path in named if path.name == name]
    chosen = next(filter(is_good, named), None)
    if chosen is None:
        return None
    part = paths.database.with_suffix(".restoring")
    try:
        shutil.copyfile(chosen, part)
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise CopyFailed(str(error)) from error
    held, copies = _snapshot(chosen).facts, (*snapshots(paths), *_in_order(_in_second_folder(paths)))
    # The database first: one without its log would open as if nothing were missing.
    for old in (paths.database, paths.wal, *(one.path for one in copies if one.facts > held)):
        set_aside(old)
    os.replace(part, paths.database)
    with suppress(OSError):  # of the second folder: the next save makes one here
        if chosen.parent != paths.snapshots:
            shutil.copyfile(chosen, part)
            os.replace(part, paths.snapshots / chosen.name)
    return chosen


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


def _ledger_files(paths: LedgerPaths, ending: str, folder: Path | None = None) -> list[Path]:
    """Files of this ledger alone: another's name may begin like ours."""
    name = re.compile(rf"{re.escape(paths.database.stem)}-{NAMED}\.{ending}")
    return [path for path in (folder or paths.snapshots).glob("*") if name.fullmatch(path.name)]


def _prune(paths: LedgerPaths) -> frozenset[str]:
    """Keep the newest, the last of each day and the last of each month, as many of each as are kept. Returns
    the names of those let go.
    """
    every = snapshots(paths)
    kept = {one.path for one in every[:SNAPSHOTS_KEPT]}
    for period, most in (("%Y-%m-%d", DAYS_KEPT), ("%Y-%m", MONTHS_KEPT)):
        last: dict[str, Path] = {}  # of each, the one with most facts; what holds most comes first
        for one in every:
            if one.facts >= 0:  # what cannot be read takes no day's place
                last.setdefault(one.taken.strftime(period), one.path)
        kept.update(list(last.values())[:most])
    let_go = [one.path for one in every if one.path not in kept]
    for path in (*let_go, *_ledger_files(paths, r"part(\.wal)?")):
        path.unlink()
    return frozenset(path.name for path in let_go)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
