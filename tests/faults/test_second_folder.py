"""A second folder gets every snapshot, delays nobody, and is one more place to restore from."""

import os
import shutil
from datetime import datetime

import dying
import pytest
from dying import handed, value

from poa_core import moment
from poa_core.cli.main import main
from poa_core.config import SNAPSHOTS_KEPT
from poa_core.ledger import condition, uploads
from poa_core.ledger.file import database, second_folder, snapshots
from poa_core.ledger.file.opening import DatabaseMissing
from poa_core.words.language import words

TODAY = datetime(2036, 11, 30, 15)  # later than what the ledger was filled at


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "share"
    folder.mkdir()
    monkeypatch.setenv("POA_COPIES", str(folder))
    return folder


def save(opened, number: int) -> None:
    uploads.accept(opened, handed(value(3, str(180_000 + number)), content=str(number).encode()))


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def second(opened) -> second_folder.SecondFolder:
    return second_folder.of_ledger(opened.paths)


def troubles(opened) -> tuple[str, ...]:
    condition._seen.clear()  # as half a minute later
    return condition.condition(opened).troubles


def test_it_holds_what_the_first_holds_after_every_save_and_at_the_start(folder, place):
    opened = database.open_ledger(place)
    for number in range(SNAPSHOTS_KEPT + 3):
        save(opened, number)
        second(opened).wait()
        assert names(folder) == names(place.snapshots)
    assert troubles(opened) == ()
    opened.close()
    for path in folder.iterdir():
        path.unlink()
    database.open_ledger(place).close()
    assert names(folder) == names(place.snapshots)


def test_what_is_not_a_copy_of_this_ledger_stays(folder, place):
    others = {"poa-000000900-20360101T000000000000.duckdb", "apuntes.txt"}
    for name in others:
        (folder / name).write_bytes(b"another's")
    opened = database.open_ledger(place)
    for number in range(SNAPSHOTS_KEPT + 3):
        save(opened, number)
    opened.close()
    assert others <= names(folder)


def test_a_share_that_is_not_there_is_told_loses_no_save_and_gets_all_once_it_is_back(folder, place):
    folder.rmdir()
    opened = database.open_ledger(place)
    save(opened, 1)
    second(opened).wait()
    assert troubles(opened) == ("no_second_copy",)
    assert not folder.exists(), "made here it would stand on the same disk"
    folder.mkdir()
    condition.self_check(opened)
    second(opened).wait()
    assert troubles(opened) == () and names(folder) == names(place.snapshots)
    opened.close()


def test_a_share_that_hangs_delays_no_save_and_is_told(folder, place, monkeypatch):
    opened = database.open_ledger(place)
    second(opened).wait()
    monkeypatch.setattr(moment, "now", lambda: TODAY)
    next_copy = f"poa-{opened.version + 1:09d}-{TODAY:%Y%m%dT%H%M%S%f}.duckdb"
    os.mkfifo(folder / f"{next_copy}.part")  # whoever writes to it waits for somebody who reads
    save(opened, 1)
    save(opened, 2)
    monkeypatch.setattr(second_folder, "A_LONG_TIME", 0)
    assert troubles(opened) == ("no_second_copy",)
    (folder / f"{next_copy}.part").read_bytes()
    opened.close()
    assert names(place.snapshots) == names(folder)


def test_a_copy_that_only_it_has_is_listed_and_restored(folder, place, capsys):
    opened = database.open_ledger(place)
    save(opened, 1)
    held = dying.signature(opened)
    opened.close()
    shutil.rmtree(place.snapshots)
    place.database.write_bytes(b"damaged")
    assert main(["restore", "--list", "--database", str(place.database)]) == 0
    newest = capsys.readouterr().out.splitlines()[0]
    assert newest.split()[0] in names(folder)
    assert main(["restore", "--database", str(place.database)]) == 0
    again = database.open_ledger(place)
    assert dying.signature(again) == held
    again.close()


def test_what_a_restore_leaves_behind_is_set_aside_there_too(folder, place):
    opened = database.open_ledger(place)
    save(opened, 1)
    older = snapshots.list_snapshots(place)[0].name
    save(opened, 2)
    opened.close()
    assert snapshots.restore(place, older).name == older
    assert [one.path.name for one in snapshots.every_snapshot(place)][0] == older
    assert sum(".aside-" in name for name in names(folder)) == 1


def test_where_it_alone_is_left_no_new_ledger_is_made_and_a_restore_brings_all_back(folder, place, capsys):
    opened = database.open_ledger(place)
    save(opened, 1)
    held = dying.signature(opened)
    opened.close()
    shutil.rmtree(place.database.parent)
    where = ["--database", str(place.database)]
    for command in (["verify"], ["snapshot"]):
        assert main([*command, *where]) == 1
        assert capsys.readouterr().err.strip() == words("es")("cli.missing")
    with pytest.raises(DatabaseMissing):
        database.open_ledger(place)
    assert not place.database.exists()
    assert main(["restore", *where]) == 0
    assert "aside" not in capsys.readouterr().out  # nothing was there
    assert "INFO restored from " in place.log.read_text("utf-8")
    again = database.open_ledger(place)
    assert dying.signature(again) == held and troubles(again) == ()
    again.close()
