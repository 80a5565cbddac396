"""A disk that is full or takes no file: not saved and said so, the figures stand, and the next save works
without a restart.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import dying
import pytest
from dying import ACTS, KEY, handed, signature, value
from no_room import no_room

from poa_core.config import LedgerPaths
from poa_core.figures import metrics
from poa_core.ledger import uploads
from poa_core.ledger.file import database, opening, snapshots
from poa_core.ledger.submission import Refused
from poa_core.moment import now
from poa_core.words.language import words

ROOT = Path(__file__).resolve().parents[2]
ROOM_FOR_THE_LOG = 1_000_000  # bytes; a snapshot needs more


def figures(opened) -> list[dict]:
    with opened.cursor() as cursor:
        return metrics.activities(cursor, metrics.Scope(*KEY, 9, now())).astype(str).to_dict("records")


def refused(act, opened) -> str:
    with pytest.raises(Refused) as refusal:
        act(opened)
    return refusal.value.code


def command(place: LedgerPaths, *arguments: str, beyond: int | None = None) -> subprocess.CompletedProcess:
    def confined():
        if beyond is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (beyond, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-m", "poa_core", *arguments, "--database", str(place.database)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=confined,
    )


def bytes_of(place: LedgerPaths) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (place.database, place.wal) if path.exists()}


@pytest.mark.parametrize("act", ACTS)
def test_on_a_full_disk_nothing_is_saved_figures_are_read_and_the_next_save_works(opened, place, act):
    before, shown = signature(opened), figures(opened)
    with no_room():
        assert refused(ACTS[act], opened) == "not_saved"
        assert (signature(opened), figures(opened)) == (before, shown)
    ACTS[act](opened)
    after = signature(opened)
    assert after != before
    opened.close()
    again = database.open_ledger(place)
    assert signature(again) == after
    again.close()


def test_a_disk_that_fills_in_the_middle_of_a_file_keeps_none_of_it(opened, place):
    before = signature(opened)
    with no_room(50_000):  # half of what the upload needs
        assert refused(ACTS["upload"], opened) == "not_saved"
    assert signature(opened) == before
    ACTS["upload"](opened)
    assert signature(opened) != before


def test_a_full_disk_does_not_end_the_database_where_a_long_log_would_be_folded_in(opened, place):
    for month in (2, 3, 4):
        uploads.accept(
            opened, handed(value(month, f"18{month}000"), content=os.urandom(7 * 2**20)), snapshot=False
        )
    with no_room(
        place.wal.stat().st_size + 100_000
    ):  # the log may grow, the file could not take what is in it
        uploads.accept(opened, handed(value(5, "175000")), snapshot=False)
        after = signature(opened)
    with no_room():
        assert signature(opened) == after
        opened.close()  # folds the log in where there is room
    again = database.open_ledger(place)
    assert signature(again) == after
    again.close()


def test_a_long_log_that_a_killed_process_left_is_folded_in_at_the_next_start(place):
    def deed(_):
        opened = database.open_ledger(place)
        for month in (2, 3, 4):
            uploads.accept(opened, handed(value(month, f"18{month}000"), content=os.urandom(7 * 2**20)))
        dying.die()

    dying.apart(deed)
    assert place.wal.stat().st_size > opening.LONG_LOG
    opened = database.open_ledger(place)
    assert not place.wal.exists() or place.wal.stat().st_size < opening.LONG_LOG
    assert signature(opened) == dying.signature_of(snapshots.list_snapshots(place)[0])
    opened.close()


def test_a_long_log_that_finds_no_room_to_be_folded_in_is_kept_and_worked_on(place):
    def deed(_):
        opened = database.open_ledger(place)
        for month in (2, 3, 4):
            uploads.accept(
                opened,
                handed(value(month, f"18{month}000"), content=os.urandom(7 * 2**20)),
                snapshot=month == 4,
            )
        dying.die()

    dying.apart(deed)
    with no_room(place.wal.stat().st_size + ROOM_FOR_THE_LOG):
        opened = database.open_ledger(place)
        assert signature(opened) == dying.signature_of(snapshots.list_snapshots(place)[0])
        ACTS["month"](opened)
        after = signature(opened)
        opened.close()
    opened = database.open_ledger(place)
    assert signature(opened) == after
    opened.close()


def test_a_snapshot_without_room_leaves_the_save_as_it_is_and_no_half_copy(opened, place):
    before = snapshots.list_snapshots(place)
    with no_room(ROOM_FOR_THE_LOG):
        ACTS["upload"](opened)
    assert snapshots.list_snapshots(place) == before and not list(place.snapshots.glob("*.part*"))
    ACTS["month"](opened)
    assert dying.signature_of(snapshots.list_snapshots(place)[0]) == signature(opened)


def test_a_folder_that_takes_no_file_saves_nothing_until_it_does(opened, place):
    with opened.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    before = signature(opened)
    place.wal.mkdir()  # where the log would have to be made: no right of ours lets it be
    assert refused(ACTS["upload"], opened) == "not_saved"
    assert signature(opened) == before
    place.wal.rmdir()
    ACTS["upload"](opened)


def test_on_a_full_disk_a_ledger_opens_its_figures_are_read_and_it_stays_as_it_is(place):
    dying.cut_off("upload", place)
    stood = bytes_of(place)
    with no_room():
        opened = database.open_ledger(place)
        assert figures(opened) and refused(ACTS["month"], opened) == "not_saved"
        opened.close()
    assert bytes_of(place) == stood
    opened = database.open_ledger(place)
    assert signature(opened) == dying.signature_of(snapshots.list_snapshots(place)[0])
    opened.close()


def test_on_a_full_disk_a_ledger_of_other_code_does_not_open_and_is_not_called_damaged(place):
    dying.redefine(place)
    stood = bytes_of(place)
    with no_room(), pytest.raises(opening.DatabaseUnwritable):
        database.open_ledger(place)
    assert bytes_of(place) | {place.wal.name: b""} == stood | {place.wal.name: b""}
    opened = database.open_ledger(place)
    assert signature(opened) == dying.signature_of(snapshots.list_snapshots(place)[0])
    opened.close()


def test_a_new_ledger_that_found_no_room_is_begun_again_where_there_is(tmp_path):
    place = LedgerPaths(tmp_path / "poa.duckdb")
    for beyond in (0, 5_000, 50_000):
        with no_room(beyond), pytest.raises(opening.DatabaseUnwritable):
            database.open_ledger(place)
    opened = database.open_ledger(place)
    assert opened.is_new
    opened.close()


@pytest.mark.parametrize("taken", ["", "snapshots", "poa.lock"])
def test_a_file_where_a_folder_should_be_or_the_reverse_is_said_and_not_called_damaged(tmp_path, taken):
    folder = tmp_path / "ledger"
    if taken == "poa.lock":
        (folder / taken).mkdir(parents=True)
    else:
        (folder / taken).parent.mkdir(exist_ok=True)
        (folder / taken).write_bytes(b"a file")
    with pytest.raises(opening.DatabaseUnwritable):
        database.open_ledger(LedgerPaths(folder / "poa.duckdb"))


@pytest.mark.parametrize("name", ["load", "snapshot", "restore"])
def test_a_command_on_a_full_disk_says_so_and_moves_nothing(place, name, tmp_path):
    stood = bytes_of(place)
    (tmp_path / "abril.csv").write_text("codigo,mes,avance\nR1,2010-04,180000\n", "utf-8")
    more = ["--progress", str(tmp_path / "abril.csv")] if name == "load" else []
    answer = command(place, name, *more, beyond=0)
    assert answer.returncode == 1
    assert words("es")("refusal.not_saved" if name == "load" else "cli.not_copied") in answer.stderr
    assert bytes_of(place) | {place.wal.name: b""} == stood | {place.wal.name: b""} and not list(
        place.database.parent.glob("*aside*")
    )


def test_figures_are_read_on_a_full_disk(place):
    answer = command(place, "outcome", "--year", "2010", "--month", "9", "--format", "json", beyond=0)
    assert answer.returncode == 0 and '"reported": 186000.0' in answer.stdout


def test_a_first_load_without_room_says_so(tmp_path):
    place = LedgerPaths(tmp_path / "poa.duckdb")
    database.open_ledger(place).close()
    answer = command(place, "load", beyond=10_000)
    assert answer.returncode == 1 and words("es")("refusal.not_saved") in answer.stderr, answer.stderr
