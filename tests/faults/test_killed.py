"""A save that is killed at any step, or in the middle of one, is whole or not there; the snapshot is good and
saving goes on.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import dying
import pytest
from dying import AFTER, BEFORE

ROOT = Path(__file__).resolve().parents[2]
# What every save goes through; upload and plan name their own tables.
SAVE = [
    "BEGIN",
    "COMMIT",
    "ATTACH",
    "COPY",
    "DETACH",
    "rename poa-N.part",
    "remove poa-N.duckdb",
    "close",
    "remove poa.holder.json",
]
TABLES = {
    "upload": ["upload", "original", "reported_value", "remark", "confirmation"],
    "plan": ["upload", "original", "plan", "activity", "programme"],
    "withdrawal": ["withdrawal"],
    "month": ["month_state"],
}


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """What each act's ledger was found to be after each of its kills; the acts run beside one another."""
    folder = tmp_path_factory.mktemp("killed") / "seed"
    folder.mkdir()
    dying.fill(folder)
    command, found = [sys.executable, dying.__file__], os.environ | {"PYTHONPATH": str(ROOT)}
    running = {
        act: subprocess.Popen([*command, act, folder], cwd=ROOT, env=found, stdout=subprocess.PIPE)
        for act in TABLES
    }
    lines = {
        act: [json.loads(line) for line in process.communicate()[0].splitlines()]
        for act, process in running.items()
    }
    assert not [line for act in lines for line in lines[act] if "failed" in line]
    return lines


@pytest.mark.parametrize("act", TABLES)
def test_a_save_is_killed_at_each_of_its_steps_and_within_those_that_write_files(killed, act):
    tables = [f"INSERT INTO {table}" for table in TABLES[act]]
    assert [line["name"] for line in killed[act] if not line["within"]] == [SAVE[0], *tables, *SAVE[1:]]
    assert [line["name"] for line in killed[act] if line["within"]] == ["COMMIT", "COPY", "DETACH", "close"]
    assert {line["end"] for line in killed[act]} == {-9}


@pytest.mark.parametrize("act", TABLES)
def test_a_killed_save_is_whole_or_not_there(killed, act):
    committed = next(line["step"] for line in killed[act] if line["name"] == "COMMIT")
    for line in killed[act]:
        if line["step"] == committed and line["within"]:
            assert line["ledger"] in (BEFORE, AFTER), line
        else:
            assert line["ledger"] == (AFTER if line["step"] > committed else BEFORE), line


@pytest.mark.parametrize("act", TABLES)
def test_what_was_said_to_be_saved_is_there_after_a_kill(killed, act):
    said = [line for line in killed[act] if line["said_saved"]]
    assert said and all(line["ledger"] == AFTER for line in said)


@pytest.mark.parametrize("act", TABLES)
def test_the_newest_snapshot_opens_after_a_kill_and_is_the_ledger_before_or_after(killed, act):
    named = next(line["step"] for line in killed[act] if line["name"].startswith("rename"))
    for line in killed[act]:
        assert line["snapshot"] == (AFTER if line["step"] > named else BEFORE), line


@pytest.mark.parametrize("act", TABLES)
def test_after_a_kill_the_next_save_works_and_clears_what_was_left(killed, act):
    for line in killed[act]:
        assert (line["goes_on"], line["kept"], line["left"]) == (True, 10, []), line
