"""Files that are damaged, cut, stale, left over or missing: nothing is made over them, nothing of them is
deleted, and restore works.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import dying
import pytest
from dying import handed, signature, signature_of, value
from filelock import FileLock

from poa_core.cli.main import main
from poa_core.config import LedgerPaths
from poa_core.ledger import uploads
from poa_core.ledger.file import database, lock, opening, snapshots
from poa_core.words.language import words

ROOT = Path(__file__).resolve().parents[2]
BLOCK = 2**18  # bytes of DuckDB's file that are read at once


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """A ledger whose process was killed after two saves: its log holds both."""
    folder = tmp_path_factory.mktemp("seed") / "ledger"
    folder.mkdir()
    dying.fill(folder)
    dying.cut_off("upload", LedgerPaths(folder / "poa.duckdb"))
    return folder


def folded(place: LedgerPaths) -> None:
    """Opened and closed in peace: the log is in the file."""
    database.open_ledger(place).close()
    assert not place.wal.exists()


@pytest.fixture
def command(capsys):
    """A command of the command line, its code and what it says to people."""

    def done(place: LedgerPaths, *arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        return main([*arguments, "--database", str(place.database)]), capsys.readouterr().err

    return done


def apart(place: LedgerPaths, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "poa_core", *arguments, "--database", str(place.database)],
                          cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip


def bytes_of(*paths: Path) -> list[bytes | None]:
    return [path.read_bytes() if path.exists() else None for path in paths]


def aside(path: Path) -> list[bytes]:
    return [kept.read_bytes() for kept in path.parent.glob(f"{path.name}.aside-*")]


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def is_restored(place: LedgerPaths, to: tuple, command) -> None:
    """The newest good snapshot stands in the place of what was there, and what was there is kept as it
    was.
    """
    there = bytes_of(place.database, place.wal)
    code, told = command(place, "restore")
    assert code == 0, told
    for path, content in zip((place.database, place.wal), there, strict=True):
        assert aside(path) == ([] if content is None else [content])
    opened = database.open_ledger(place)
    assert signature(opened) == to
    uploads.accept(opened, handed(value(9, "150000"), content=b"z"))
    opened.close()


DAMAGE = {
    "empty": lambda content: b"",
    "a byte": lambda content: content[:1],
    "no more than a head": lambda content: content[:12_288],
    "cut in its first block": lambda content: content[:20_000],
    "cut after its first block": lambda content: content[: 12_288 + BLOCK],
    "cut in the middle": lambda content: content[: len(content) // 2],
    "cut by its last byte": lambda content: content[:-1],
    "not a database": lambda content: b"not a database at all" * 500,
    "another kind of database": lambda content: b"SQLite format 3\0" + content[16:],
    "a head with a wrong bit": lambda content: flipped(content, 5_000),
    "blocks with a wrong bit each": lambda content: b"".join(
        flipped(content[at : at + BLOCK], min(1000, len(content) - at - 1))
        for at in range(0, len(content), BLOCK)
    ),
}


@pytest.mark.parametrize(
    ("damage", "with_log"),
    [
        *((name, False) for name in DAMAGE),
        ("empty", True),
        ("cut in the middle", True),
        ("not a database", True),
    ],
)
def test_a_damaged_database_is_left_as_it_is_until_it_is_restored(place, damage, with_log, command):
    stood = signature_of(snapshots.list_snapshots(place)[0])
    if not with_log:
        folded(place)
    place.database.write_bytes(DAMAGE[damage](place.database.read_bytes()))
    there = bytes_of(place.database, place.wal)
    for _ in range(2):  # a page that is looked at again
        with pytest.raises(opening.DatabaseDamaged):
            database.open_ledger(place)
    assert command(place, "load")[0] == command(place, "verify")[0] == 1
    assert bytes_of(place.database, place.wal) == there
    is_restored(place, stood, command)


def test_one_wrong_bit_in_the_bytes_of_an_original_is_damage_and_no_copy_with_it_is_good(place, command):
    # Counts and sums do not look at them: only who reads every row does.
    opened, content = database.open_ledger(place), os.urandom(50_000)
    uploads.accept(opened, handed(value(3, "183000"), content=content))
    stood = signature(opened)
    opened.close()
    newest, before = snapshots.list_snapshots(place)[:2]
    for path in (place.database, newest):
        there = path.read_bytes()
        path.write_bytes(flipped(there, there.index(content[20_000:20_032])))
        assert signature_of(path) == stood
    with pytest.raises(opening.DatabaseDamaged):
        database.open_ledger(place)
    assert snapshots.newest_good(place) == before
    is_restored(place, signature_of(before), command)


LOG_DAMAGE = {
    "a head with a wrong bit": lambda content: flipped(content, 0),
    "another database's": lambda content: flipped(content, 40),
    "cut in its head": lambda content: content[:20],
    "emptied": lambda content: b"",
    "cut in the middle": lambda content: content[: len(content) // 2],
    "a wrong bit in its first entry": lambda content: flipped(content, 100),
    "a wrong bit in the middle": lambda content: flipped(content, len(content) // 2),
    "a wrong bit near its end": lambda content: flipped(content, len(content) - 50),
    "not a log": lambda content: b"not a log at all" * 100,
}


@pytest.mark.parametrize("damage", LOG_DAMAGE)
def test_a_bad_log_is_kept_as_it_is_and_what_it_held_comes_back_from_the_snapshot(place, damage, command):
    stood = signature_of(snapshots.list_snapshots(place)[0])
    place.wal.write_bytes(LOG_DAMAGE[damage](place.wal.read_bytes()))
    there = bytes_of(place.database, place.wal)
    with pytest.raises(opening.DatabaseDamaged):
        database.open_ledger(place)
    assert command(place, "outcome", "--year", "2010", "--month", "9")[0] == 1
    assert bytes_of(place.database, place.wal) == there
    is_restored(place, stood, command)


def test_a_log_that_is_in_the_file_already_is_not_replayed_a_second_time(place, command):
    log, stood = place.wal.read_bytes(), signature_of(snapshots.list_snapshots(place)[0])
    folded(place)
    place.wal.write_bytes(log)
    with pytest.raises(opening.DatabaseDamaged, match="older version"):
        database.open_ledger(place)
    assert place.wal.read_bytes() == log
    is_restored(place, stood, command)


def test_files_are_made_in_the_version_that_knows_its_own_log(place):
    opened = database.open_ledger(place)
    with opened.cursor() as cursor:
        tags = cursor.execute(
            "SELECT tags FROM duckdb_databases() WHERE path = ?", [str(place.database)]
        ).fetchone()[0]
    assert tags["storage_version"].startswith("v1.5.0")
    opened.close()


def test_a_log_left_without_its_database_is_kept_where_a_new_one_is_made(place):
    log = place.wal.read_bytes()
    place.database.unlink()
    shutil.rmtree(place.snapshots)
    opened = database.open_ledger(place)
    assert opened.is_new and aside(place.wal) == [log]
    opened.close()


def test_a_missing_database_is_restored_and_its_log_kept(place, command):
    stood = signature_of(snapshots.list_snapshots(place)[0])
    place.database.unlink()
    there = bytes_of(place.wal)
    with pytest.raises(opening.DatabaseMissing):
        database.open_ledger(place)
    assert not place.database.exists() and bytes_of(place.wal) == there
    is_restored(place, stood, command)


SNAPSHOT_DAMAGE = [
    "empty",
    "cut in its first block",
    "cut in the middle",
    "cut by its last byte",
    "not a database",
]


@pytest.mark.parametrize("damage", SNAPSHOT_DAMAGE)
def test_a_damaged_snapshot_is_passed_over_for_the_newest_good_one(place, damage):
    newest, before = snapshots.list_snapshots(place)[:2]
    newest.write_bytes(DAMAGE[damage](newest.read_bytes()))
    assert snapshots.newest_good(place) == before
    opened = database.open_ledger(place)  # nor does it stand in the way of a sound database
    opened.close()


def test_half_a_copy_is_no_snapshot(place):
    newest = snapshots.list_snapshots(place)[0]
    shutil.copyfile(newest, newest.with_name("poa-99991231T000000000000.part"))
    assert snapshots.newest_good(place) == newest


def test_where_no_snapshot_is_good_nothing_is_moved(place, command):
    for path in snapshots.list_snapshots(place):
        path.write_bytes(b"garbage")
    place.database.write_bytes(b"not a database")
    there = bytes_of(place.database, place.wal)
    assert command(place, "restore") == (1, f"{words('es')('cli.no_snapshot')}\n")
    assert bytes_of(place.database, place.wal) == there


def test_restoring_again_deletes_nothing_of_the_first_time(place):
    for content in (b"first", b"second"):
        place.database.write_bytes(content)
        snapshots.restore(place)
    assert sorted(aside(place.database)) == [b"first", b"second"]


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_restore_that_is_broken_off_can_be_done_again(place, monkeypatch, nth):
    stood = signature_of(snapshots.list_snapshots(place)[0])
    place.database.write_bytes(b"damaged")
    moved, calls = os.replace, []

    def broken(*paths):
        calls.append(paths)
        if len(calls) == nth:
            raise KeyboardInterrupt
        moved(*paths)

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        snapshots.restore(place)
    monkeypatch.undo()
    with pytest.raises((opening.DatabaseMissing, opening.DatabaseDamaged)):
        database.open_ledger(place)
    assert snapshots.restore(place)
    assert aside(place.database) == [b"damaged"]
    opened = database.open_ledger(place)
    assert signature(opened) == stood
    opened.close()


def test_restore_is_rehearsed_and_its_time_is_told(place, record_property, capsys):
    opened = database.open_ledger(place)
    for month in range(3, 13):
        uploads.accept(opened, handed(value(month, f"17{month:02d}00"), content=os.urandom(200_000)))
    stood = signature(opened)
    opened.close()
    place.database.write_bytes(b"damaged")
    began = time.perf_counter()
    used = snapshots.restore(place)
    opened = database.open_ledger(place)
    seconds = time.perf_counter() - began
    assert signature(opened) == stood
    opened.close()
    record_property("restore_seconds", round(seconds, 3))
    with capsys.disabled():
        print(f"\nrestored {used.stat().st_size:,} bytes and opened them in {seconds:.2f} s")


# Who holds it
# -----------------------------------------------------------------------------------------------------------


def test_a_note_that_a_killed_process_left_holds_nobody_up(place):
    assert json.loads(place.holder.read_text())["pid"] != os.getpid()
    opened = database.open_ledger(place, "the next")
    assert lock.holder(place)["pid"] == os.getpid()
    opened.close()
    assert not place.holder.exists()


def test_without_its_lock_file_the_ledger_is_still_held_and_not_called_damaged(place):
    opened = database.open_ledger(place, "the dashboard")
    place.lock.unlink()
    inode = place.database.stat().st_ino
    for name in ("load", "restore", "snapshot"):
        answer = apart(place, name)
        assert answer.returncode == 3 and f"the dashboard (proceso {os.getpid()}" in answer.stderr, (
            answer.stderr
        )
        assert opened.paths.holder.exists(), name
    assert place.database.stat().st_ino == inode and not aside(place.database)
    reading = apart(place, "outcome", "--year", "2010", "--month", "9")
    assert reading.returncode == 0 and "leído de la copia" in reading.stderr
    uploads.accept(opened, handed(value(9, "150000"), content=b"z"))
    opened.close()


def test_a_save_never_opens_the_database_as_a_file_and_so_keeps_its_lock(place):
    opened, told = database.open_ledger(place), []
    heard = told.append  # a hook stays for good: it must let go of what it tells
    sys.addaudithook(lambda event, arguments: heard(str(arguments[0])) if heard and event == "open" else None)
    uploads.accept(opened, handed(value(9, "150000"), content=b"z"))
    heard = None
    assert told == [] or str(place.database) not in told
    other = subprocess.run(
        [sys.executable, "-c", "import duckdb, sys; duckdb.connect(sys.argv[1])", str(place.database)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Could not set lock" in other.stderr
    opened.close()


def test_a_second_start_says_in_one_line_who_holds_it(place):
    with FileLock(place.lock):
        place.holder.write_text(
            json.dumps({"pid": 4711, "program": "streamlit run dashboard.py", "since": "2026-01-01T00:00:00"})
        )
        with pytest.raises(
            lock.DatabaseInUse, match=r"in use by streamlit run dashboard.py \(process 4711, since 2026"
        ):
            database.open_ledger(place)
        assert place.holder.exists()
