"""A plan shaped like a real one, from both shapes of file to statuses that make sense."""

import plan_of_42 as made
import pytest
from book import LATER, PERSON, PLANNED, REPORTED, emptied, rows_of

from poa_core.figures import metrics
from poa_core.intake.check import plan_files, progress_file
from poa_core.ledger import uploads as book_keeper
from poa_core.loading import effect

LINES = made.lines()
KEY = made.YEAR, made.ENTITY, made.PROCESS
OWN = plan_files(made.files(LINES), None)
JUDGED = ("met", "at_risk", "behind")


def ceplan():
    return plan_files([made.ceplan(LINES)], OWN.current)


def test_it_has_42_rows_of_every_kind():
    assert len(LINES) == 42 == len(OWN.current.activities)
    activities = OWN.current.activities
    assert {a["aggregation"] for a in activities} == {"sum", "mean", "last", "milestone"}
    assert len({a["responsible"] for a in activities}) > 4 and len({a["locality"] for a in activities}) == 3


def test_both_shapes_load_to_the_same_activities_and_programme():
    reading = ceplan()
    assert not reading.current.is_refused and reading.carries_progress
    assert reading.current.plans == OWN.current.plans
    assert reading.current.activities == OWN.current.activities
    assert sorted(map(repr, reading.current.programme)) == sorted(map(repr, OWN.current.programme))


def test_the_initial_programme_is_that_of_the_year_s_start():
    initial = plan_files(made.files(LINES, "initial"), None).current
    reading = ceplan()
    assert sorted(map(repr, reading.initial.programme)) == sorted(map(repr, initial.programme))
    moved = {cell["code"] for cell in reading.initial.programme if cell not in reading.current.programme}
    assert moved == {f"3.{turn}" for turn in range(1, 7)}


@pytest.mark.parametrize("read", [lambda: OWN, ceplan], ids=["two files", "ceplan"])
def test_its_odd_rows_are_told_and_no_other(read):
    rows = {row: line.code for row, line in enumerate(LINES, 2)}
    found = {(rows[row], code) for row, code in made.lint_of(read().current.problems)}
    assert found == set(made.EXPECTED_LINT.items())


@pytest.fixture(scope="module")
def loaded(ledger):
    """The ledger with both programmes and the sheet's progress, as a leader would load them."""
    name, content = made.ceplan(LINES)
    reading = ceplan()
    emptied(ledger)
    book_keeper.accept_plan(ledger, reading.initial, content, name, PERSON, PLANNED)
    book_keeper.accept_plan(ledger, reading.current, content, name, PERSON, REPORTED, reason="reprogramación")
    with ledger.cursor() as cursor:
        known = effect.knowledge(cursor, KEY, REPORTED)
    file = progress_file(content, name, known)
    assert not file.is_refused, file.problems
    submission = book_keeper.Submission(*KEY, name, content, PERSON, file.values)
    book_keeper.accept(ledger, submission, REPORTED)
    return ledger, file


def asked(opened, question, month, *more, programme="current"):
    with opened.cursor() as cursor:
        return rows_of(question(cursor, metrics.Scope(*KEY, month, LATER, programme=programme), *more))


def test_what_was_done_is_read_from_the_same_sheet_and_blanks_are_silence(loaded):
    _, file = loaded
    assert file.questions == ()
    reported = {value.code for value in file.values}
    assert reported == {line.code for line in LINES if line.done}
    assert {value.month for value in file.values} == set(range(1, made.REPORTED_TO + 1))


@pytest.mark.parametrize("programme", ["current", "initial"])
@pytest.mark.parametrize("month", range(13))
def test_every_activity_has_one_status_and_a_compliance_where_it_is_judged(loaded, month, programme):
    opened, _ = loaded
    rows = asked(opened, metrics.activities, month, programme=programme)
    assert len(rows) == 42 and len({row["code"] for row in rows}) == 42
    for row in rows:
        assert row["status"] in (*JUDGED, "no_target", "early", "not_due", "not_reported"), row["code"]
        assert (row["compliance"] is not None) == (row["status"] in JUDGED), row["code"]
    assert {row["code"] for row in rows if row["status"] == "no_target"} == {"7.2", "7.4"}


@pytest.mark.parametrize("by", ["plan", "objective", "responsible", "locality"])
@pytest.mark.parametrize("month", range(13))
def test_a_roll_up_is_a_share_and_nothing_where_nothing_is_due(loaded, month, by):
    opened, _ = loaded
    for row in asked(opened, metrics.rollup, month, by):
        if row["activities_due"]:
            assert 0 <= row["low"] <= row["compliance"] <= row["high"] <= 1
        else:
            assert row["compliance"] is None


def test_statuses_at_the_last_month_reported(loaded):
    opened, _ = loaded
    status = {row["code"]: row["status"] for row in asked(opened, metrics.activities, made.REPORTED_TO)}
    # The fifth of each kind is silent, 2.4 in all but one of its seven targets, six of them zeros that fill
    # cells.
    silent = {"1.5", "2.4", "2.5", "4.5", "5.5", "6.5", "7.5"}
    assert {code for code, found in status.items() if found == "not_reported"} == silent
    # What was reprogrammed from May to August is due no more, and 7.6 falls in August.
    assert {code for code, found in status.items() if found == "not_due"} == {
        f"3.{turn}" for turn in range(1, 7)
    } | {"7.6"}
    assert status["2.1"] == status["4.1"] == status["7.1"] == "met"
    assert status["5.1"] == "at_risk"
