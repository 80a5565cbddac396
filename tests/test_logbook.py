"""The log keeps what happened, line by line, and never fills the disk."""

import json
import logging
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


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x85", "\u2028", "\u202e"])
def test_what_a_terminal_would_obey_is_written_as_its_number(kept, character):
    where, log = kept
    logbook.log_access("gate", person=f"ana{character}[31m@eps.pe")
    log.log(logging.WARNING, "ana%s[31m", character)
    try:
        raise ValueError(f"eva{character}[31m")
    except ValueError as error:
        logbook.log_incident(error)
    text, accesses = where.log.read_text("utf-8"), where.access_log.read_text("utf-8")
    assert text.count(f"\\u{ord(character):04x}[31m") == 2 and f"\\u{ord(character):04x}[31m" in accesses
    assert character not in text + accesses


def test_a_line_break_in_what_is_written_begins_no_record(kept):
    where, _ = kept
    forged = "x\n2026-01-01T00:00:00Z INFO started"
    logbook.log_access("gate", person=forged)
    try:
        raise ValueError(forged)
    except ValueError as error:
        logbook.log_incident(error)
    assert len(where.access_log.read_text("utf-8").splitlines()) == 1
    begun = [line for line in where.log.read_text("utf-8").splitlines() if line.startswith("2026-01-01")]
    assert begun == []


def test_who_did_what_is_a_json_object_a_line(kept):
    where, _ = kept
    logbook.log_access("right", person="ana@eps.pe", action="report")
    logbook.log_access("right", is_refusal=True, person="eva@eps.pe", action="plan", refused="not_allowed")
    done, refused = map(json.loads, where.access_log.read_text("utf-8").splitlines())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", done.pop("at"))
    assert done == {"level": "info", "event": "right", "person": "ana@eps.pe", "action": "report"}
    assert refused["level"] == "warning" and refused["refused"] == "not_allowed"
    assert "ana@eps.pe" not in where.log.read_text("utf-8")


def test_what_repeats_within_a_minute_is_counted(kept):
    where, log = kept
    for _ in range(1_000):
        logbook.log_access("right", is_refusal=True, person="eva@eps.pe", refused="not_allowed")
    logbook.log_access("right", person="eva@eps.pe")
    logbook.stop_log(log)
    first, other, counted = map(json.loads, where.access_log.read_text("utf-8").splitlines())
    assert "more_within_a_minute" not in first and other["event"] == "right"
    assert counted["more_within_a_minute"] == 999 and counted["refused"] == "not_allowed"


def test_thousands_of_different_records_are_told_apart_up_to_a_limit_and_counted_beyond(kept):
    where, log = kept
    for number in range(5_000):
        logbook.log_access("gate", is_refusal=True, caller=f"2001:db8::{number}")
    logbook.stop_log(log)
    lines = [json.loads(line) for line in where.access_log.read_text("utf-8").splitlines()]
    assert len(lines) == logbook.DIFFERENT + 2
    assert sum(line.get("more_within_a_minute", 1) for line in lines) == 5_000


def test_one_text_with_different_faults_keeps_each_fault(kept):
    where, log = kept
    for fault in ("disk full", "permission denied"):
        try:
            raise OSError(fault)
        except OSError:
            log.exception("not saved")
    text = where.log.read_text("utf-8")
    assert "disk full" in text and "permission denied" in text


def test_half_a_character_is_written_as_its_number(kept):
    where, _ = kept
    logbook.log_access("gate", person="ana\ud800@eps.pe")
    logbook.log_access("gate", person="eva@eps.pe")
    assert len(where.access_log.read_text("utf-8").splitlines()) == 2


def test_the_same_fault_has_one_code_a_minute_and_one_traceback(kept):
    where, log = kept

    def fail(text: str) -> str:
        try:
            raise ValueError(text)
        except ValueError as error:
            return logbook.log_incident(error)

    codes = {fail(f"value {number}") for number in range(60)}
    logbook.stop_log(log)
    text = where.log.read_text("utf-8")
    assert len(codes) == 1
    assert text.count("Traceback") == 1 and "58 more within a minute" in text
    assert len(text) < 2_000


def test_a_place_that_takes_no_file_leaves_the_error_output(tmp_path, capsys):
    (tmp_path / "file").write_text("where a folder should be")
    log = logbook.start_log(LedgerPaths(tmp_path / "file" / "poa.duckdb"))
    log.warning("still said")
    logbook.stop_log(log)
    assert "still said" in capsys.readouterr().err
