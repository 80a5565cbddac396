"""No other account reads or writes the ledger's files, whatever the shell that started the process allows."""

import subprocess
import sys
from pathlib import Path

import pytest

from poa_core import private
from poa_core.ledger.file import database

ROOT = Path(__file__).resolve().parents[2]


def open_to_others(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.stat().st_mode & 0o077]


def test_a_command_under_an_open_umask_makes_files_0600_and_folders_0700(tmp_path):
    file = tmp_path / "ledger" / "poa.duckdb"
    subprocess.run(
        [sys.executable, "-m", "poa_core", "load", "--database", str(file)],
        cwd=ROOT, umask=0o022, check=True, capture_output=True,
    )  # fmt: skip
    assert {"poa.duckdb", "snapshots"} <= {path.name for path in file.parent.iterdir()}
    assert open_to_others(tmp_path / "ledger") == []
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_files_that_stood_open_are_closed_to_others_at_the_next_opening(place):
    place.log.write_text("a log", "utf-8")
    for path in (place.snapshots, *place.database.parent.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert open_to_others(place.database.parent)
    database.open_ledger(place).close()
    assert open_to_others(place.database.parent) == []


def test_what_is_not_the_ledgers_is_left_as_it_is(place):
    other = place.database.parent / "2010-10.csv"
    other.write_text("codigo,mes,avance\n", "utf-8")
    other.chmod(0o644)
    folder = place.database.parent.stat().st_mode
    database.open_ledger(place).close()
    assert other.stat().st_mode & 0o777 == 0o644 and place.database.parent.stat().st_mode == folder


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_file_that_others_may_read_or_write_is_known(tmp_path, mode, is_open):
    file = tmp_path / "secrets.toml"
    assert not private.is_open_to_others(file)
    file.touch(mode)
    file.chmod(mode)
    assert private.is_open_to_others(file) is is_open
