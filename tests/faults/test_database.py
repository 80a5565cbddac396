"""The ledger's file: one process at a time, never a new one over a damaged one, snapshots that restore."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from poa_core.config import LedgerPaths
from poa_core.ledger import invariants, uploads
from poa_core.ledger.file import database, opening, snapshots
from poa_core.loading import seed

ROOT = Path(__file__).resolve().parents[2]
KEY = (2010, "EPS Puno", "Gerencia Comercial")


@pytest.fixture
def place(tmp_path):
    return LedgerPaths(tmp_path / "poa.duckdb")


@pytest.fixture
def filled(place):
    opened = database.open_ledger(place)
    seed.first_load(opened)
    snapshots.take(place, opened.connection)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def filled_signature():
    with closing(database.in_memory()) as opened:
        seed.first_load(opened)
        return signature(opened)


def signature(opened) -> tuple:
    with opened.cursor() as cursor:
        return snapshots.signature(cursor)


def command(place, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "poa_core", *arguments, "--database", str(place.database)],
                          cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip


def test_a_second_process_is_told_who_holds_the_ledger(filled, place):
    answer = command(place, "load")
    assert answer.returncode == 3
    assert "en uso por" in answer.stderr
    assert "Detenga el tablero" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_reading_while_it_is_held_answers_from_the_newest_snapshot_and_says_so(filled, place):
    answer = command(place, "outcome", "--year", "2010", "--month", "9", "--format", "json")
    assert answer.returncode == 0
    assert "leído de la copia poa-" in answer.stderr
    assert '"reported": 159393.71' in answer.stdout


def test_every_accepted_and_withdrawn_upload_leaves_a_snapshot_and_ten_are_kept(filled, place):
    for _ in range(6):
        uploads.withdraw_illustration(filled, KEY, "ana")
        values = seed.read_progress(
            filled, b"codigo,mes,avance\nR1,2010-01,186000\n", "a.csv", KEY, seed.clock.now()
        ).values
        receipt = uploads.accept(filled, uploads.Submission(*KEY, "a.csv", b"x", "ana", values))
        uploads.withdraw(filled, receipt.upload_id, "ana")
    kept = snapshots.list_snapshots(place)
    assert len(kept) == 10
    copy = snapshots.connect(kept[0])
    assert snapshots.signature(copy.cursor()) == signature(filled)
    copy.close()


def test_a_damaged_file_is_not_made_over_and_restore_brings_the_same_figures_back(filled, place):
    before = signature(filled)
    filled.close()
    place.database.write_bytes(b"not a database at all" * 500)
    with pytest.raises(opening.DatabaseDamaged):
        database.open_ledger(place)
    assert place.database.read_bytes().startswith(b"not a database")
    answer = command(place, "restore")
    assert answer.returncode == 0, answer.stderr
    assert list(place.database.parent.glob("poa.duckdb.aside-*"))
    reopened = database.open_ledger(place)
    assert signature(reopened) == before
    reopened.close()


def test_a_missing_file_beside_snapshots_is_restored_and_not_made_new(filled, place):
    filled.close()
    place.database.unlink()
    with pytest.raises(opening.DatabaseMissing):
        database.open_ledger(place)
    assert not place.database.exists()
    assert command(place, "load").returncode == 1


def test_a_broken_snapshot_is_passed_over_for_the_one_before(filled, place):
    good = snapshots.list_snapshots(place)[0]
    worse = place.snapshots / "poa-99991231T000000000000.duckdb"
    worse.write_bytes(b"garbage" * 100)
    assert snapshots.newest_good(place) == good


def test_the_opened_ledger_reads_no_other_file_and_keeps_its_settings(filled, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    with filled.cursor() as cursor:
        with pytest.raises(Exception, match="disabled|Permission"):
            cursor.execute("SELECT * FROM read_csv(?)", [str(other)])
        with pytest.raises(Exception, match="locked"):
            cursor.execute("SET memory_limit = '9GB'")


def test_opening_again_finds_everything_and_holds_every_invariant(filled, place):
    before = signature(filled)
    filled.close()
    reopened = database.open_ledger(place)
    assert signature(reopened) == before
    with reopened.cursor() as cursor:
        assert invariants.broken(cursor) == []
    reopened.close()


def test_a_first_load_cut_short_is_begun_again(place):
    database.open_ledger(place).close()
    again = database.open_ledger(place)
    assert again.is_new
    again.close()


@pytest.mark.parametrize("months", range(9))
def test_a_first_load_killed_after_any_month_goes_on_at_the_next_start(
    place, filled_signature, months, monkeypatch
):
    opened, load, loaded = database.open_ledger(place), seed.load_illustration, []

    def cut_short(*arguments):
        if len(loaded) == months:
            raise KeyboardInterrupt
        loaded.append(load(*arguments))

    with monkeypatch.context() as cutting:
        cutting.setattr(seed, "load_illustration", cut_short)
        with pytest.raises(KeyboardInterrupt):
            seed.first_load(opened)
    opened.close()
    again = database.open_ledger(place)
    assert not again.is_new and seed.needs_first_load(again)
    seed.first_load(again)
    assert signature(again) == filled_signature
    snapshots.take(place, again.connection)
    assert not seed.needs_first_load(again)
    again.close()


def test_what_somebody_stored_is_never_taken_for_a_first_load_cut_short(filled, place):
    filled.is_new = False  # as the next start finds it

    def is_due_without_copies() -> bool:
        for copy in snapshots.list_snapshots(place):
            copy.unlink()
        return seed.needs_first_load(filled)

    assert is_due_without_copies()  # nothing but the first load: to do it again changes nothing
    before = signature(filled)
    assert seed.first_load(filled) == [] and signature(filled) == before
    values = seed.read_progress(
        filled, b"codigo,mes,avance\nR1,2010-01,186000\n", "a.csv", KEY, seed.clock.now()
    ).values
    uploads.accept(filled, uploads.Submission(*KEY, "a.csv", b"x", "ana", values))
    assert not is_due_without_copies()


def test_another_ledgers_snapshots_in_the_same_folder_are_left_alone(filled, place):
    theirs = [place.snapshots / f"poa-prueba-2026010{n}T000000000000.duckdb" for n in range(10)]
    for path in theirs:
        path.write_bytes(b"theirs")
    taken = snapshots.take(place, filled.connection)
    assert taken.exists()
    assert all(path.exists() for path in theirs)
    assert snapshots.newest_good(place) == taken


def test_a_copy_that_fails_does_not_read_as_a_save_that_failed(filled, place, monkeypatch):
    values = seed.read_progress(
        filled, b"codigo,mes,avance\nR1,2010-01,186000\n", "a.csv", KEY, seed.clock.now()
    ).values
    for old in snapshots.list_snapshots(place):
        old.unlink()
    place.snapshots.rmdir()
    place.snapshots.write_bytes(b"a file where the folder was")
    receipt = uploads.accept(filled, uploads.Submission(*KEY, "a.csv", b"x", "ana", values))
    with filled.cursor() as cursor:
        assert cursor.execute(
            "SELECT count(*) FROM upload WHERE upload_id = ?", [receipt.upload_id]
        ).fetchone() == (1,)
