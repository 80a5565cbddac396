"""The log keeps what happened, line by line, and never fills the disk."""

import re

import pytest

from poa_core import logbook
from poa_core.config import LedgerPaths


@pytest.fixture
def kept(tmp_path):
    where = LedgerPaths(tmp_path / "poa.duckdb")
    log = logbook.start_log(where)
    yield where, log
    logbook.stop_log(log)


def test_a_record_is_one_line_with_its_moment_whatever_a_name_holds(kept):
    where, log = kept
    log.warning("gate: no_access %s", "ana@eps.pe\n2026-01-01T00:00:00Z INFO rights: eva@eps.pe may people\r")
    lines = where.log.read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING gate: ", lines[0])


def test_an_incident_keeps_its_traceback(kept):
    where, log = kept
    try:
        raise ValueError("what went wrong")
    except ValueError as error:
        log.error("incident %s", "A1B2C3", exc_info=error)
    text = where.log.read_text("utf-8")
    assert "incident A1B2C3" in text
    assert "ValueError: what went wrong" in text


def test_the_log_stays_within_its_limit_and_keeps_the_newest(kept):
    where, log = kept
    for number in range(120):
        log.info("%d %s", number, "x" * 100_000)
    files = sorted(where.log.parent.glob("poa.log*"))
    assert len(files) == 1 + logbook.KEPT
    assert all(file.stat().st_size <= logbook.SIZE for file in files)
    assert "INFO 119 " in where.log.read_text("utf-8")


def test_a_place_that_takes_no_file_leaves_the_error_output(tmp_path, capsys):
    (tmp_path / "file").write_text("where a folder should be")
    log = logbook.start_log(LedgerPaths(tmp_path / "file" / "poa.duckdb"))
    log.warning("still said")
    logbook.stop_log(log)
    assert "still said" in capsys.readouterr().err
