"""What changed since the last meeting: what the dashboard said then beside what it says now, and what was
told in between.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import book
import pytest
from book import LATER, value
from vectors import CAMPAIGN, HUNDRED, every_month, row, told, with_outcome

from poa_core.figures import metrics, since
from poa_core.ledger import uploads as writer
from poa_core.moment import end_of_day

JANUARY = row("1", programmed=every_month(10), target=120)
FEBRUARY = row("2", programmed={2: 10, 8: 10}, target=20, responsible="Norte", locality="Puno")
PLAN = replace(with_outcome(), activities=(JANUARY, FEBRUARY))
FEBRUARY_11, MARCH_9 = datetime(2010, 2, 11, 15), datetime(2010, 3, 9, 15)
MEETING = datetime(2010, 2, 12)
NOW = datetime(2010, 3, 15)
NAMES = "code status_before status_now compliance_before compliance_now new_reports corrections".split()


@pytest.fixture
def met_in_february(ledger):
    """Half of January told before the meeting, and the portfolio."""
    book.fill(ledger, PLAN, ())
    book.accept(ledger, PLAN, [value(2, "1", 1, 5), value(3, "R1", 1, 186000)], FEBRUARY_11)
    return ledger


def changes(ledger, plan=PLAN, c=2, known_at=NOW, meeting=MEETING, **filters) -> list[tuple]:
    rows = book.asked(ledger, since.changes_since, book.scope(plan, c, known_at, **filters), meeting)
    return [tuple(r[name] for name in NAMES) for r in rows]


def test_what_the_dashboard_said_then_stands_beside_what_it_says_now(met_in_february):
    book.accept(met_in_february, PLAN, [value(2, "1", 2, 15), value(3, "2", 2, 5)], MARCH_9)
    assert changes(met_in_february) == [
        ("1", "behind", "met", 0.5, 1, 1, 0),
        ("2", "not_due", "behind", None, 0.5, 1, 0),
    ]


def test_then_stands_at_the_cut_off_it_had_by_itself(met_in_february):
    with met_in_february.cursor() as cursor:
        then = since.scope_then(cursor, book.scope(PLAN, 2, NOW, responsible="Norte"), MEETING)
        before = since.scope_then(cursor, book.scope(PLAN, 2, NOW), FEBRUARY_11 - timedelta(hours=12))
    assert (then.month, then.known_at, then.responsible) == (1, MEETING, "Norte")
    assert before.month == 0


def test_a_month_that_fell_due_in_silence_changes_the_status(met_in_february):
    # February was past its reporting day, and nothing was told of it.
    assert changes(met_in_february) == [
        ("1", "behind", "behind", 0.5, 0.25, 0, 0),
        ("2", "not_due", "not_reported", None, None, 0, 0),
    ]


def test_a_corrected_value_a_withdrawn_one_and_one_taken_back_are_corrections(ledger):
    plan = replace(PLAN, activities=(JANUARY,))
    book.fill(ledger, plan, ())
    book.accept(ledger, plan, [value(2, "1", 1, 10), value(3, "1", 2, 10)], FEBRUARY_11)
    alone = book.accept(ledger, plan, [value(2, "1", 3, 10)], FEBRUARY_11)
    book.accept(ledger, plan, [value(2, "1", 1, 8), value(3, "1", 2, None)], MARCH_9)
    writer.withdraw(ledger, alone, "ana", at=MARCH_9)
    assert changes(ledger, plan, 3)[0][-2:] == (0, 3)


def test_a_value_that_came_and_went_in_between_is_neither_new_nor_a_correction(met_in_february):
    upload = book.accept(met_in_february, PLAN, [value(2, "1", 2, 10)], MARCH_9)
    writer.withdraw(met_in_february, upload, "ana", at=MARCH_9)
    assert changes(met_in_february)[0][-2:] == (0, 0)


def test_a_correction_that_keeps_status_and_compliance_is_listed(ledger):
    plan = replace(PLAN, activities=(row("9", "sum lower", every_month(10), 120),))
    book.fill(ledger, plan, ())
    book.accept(ledger, plan, [value(2, "9", 1, 0)], FEBRUARY_11)
    book.accept(ledger, plan, [value(2, "9", 1, -1)], MARCH_9)
    assert changes(ledger, plan, 1) == [("9", "met", "met", 1, 1, 0, 1)]


def test_nothing_changed_is_no_row(met_in_february):
    assert changes(met_in_february, c=1, known_at=MEETING) == []


def test_values_of_months_after_the_cut_off_are_not_counted(met_in_february):
    book.accept(met_in_february, PLAN, [value(2, "1", 2, 15)], MARCH_9)
    assert changes(met_in_february, c=1) == []


def test_a_value_told_of_an_open_month_before_the_meeting_is_not_new(met_in_february):
    book.accept(met_in_february, PLAN, [value(2, "1", 2, 15)], FEBRUARY_11)
    assert changes(met_in_february)[0] == ("1", "behind", "met", 0.5, 1, 0, 0)


def test_what_is_told_at_the_very_moment_was_known_then(met_in_february):
    book.accept(met_in_february, PLAN, [value(2, "1", 1, 10)], MARCH_9)
    assert changes(met_in_february, c=1, meeting=MARCH_9) == []
    assert changes(met_in_february, c=1, meeting=MARCH_9 - timedelta(microseconds=1)) == [
        ("1", "behind", "met", 0.5, 1, 0, 1)
    ]


def test_an_activity_new_in_the_plan_and_one_dropped_have_one_side(met_in_february):
    book.accept_plan(met_in_february, replace(PLAN, activities=(JANUARY, CAMPAIGN)), MARCH_9)
    assert [seen[:3] for seen in changes(met_in_february, c=1)] == [
        ("2", "not_due", None),
        ("5.2", None, "not_due"),
    ]


def test_before_the_plan_there_was_nothing(met_in_february):
    rows = changes(met_in_february, meeting=book.PLANNED - timedelta(days=1))
    assert [seen[:3] for seen in rows] == [("1", None, "behind"), ("2", None, "not_reported")]
    (outcome,) = outcome_changes(met_in_february, meeting=book.PLANNED - timedelta(days=1))
    assert (outcome["status_before"], outcome["reported_now"]) == (None, 186000)


def test_real_values_in_the_place_of_an_illustration_are_new(ledger):
    plan = replace(PLAN, activities=(HUNDRED,))
    book.fill(ledger, plan, ())
    shown = book.accept(ledger, plan, [value(2, "8.1", 1, 40)], FEBRUARY_11, illustrative=True)
    writer.withdraw(ledger, shown, "ana", at=MARCH_9)
    book.accept(ledger, plan, [value(2, "8.1", 1, 30)], MARCH_9)
    assert changes(ledger, plan, 1) == [("8.1", "behind", "behind", 0.4, 0.3, 1, 0)]


def test_filters_choose_the_activities_that_are_listed(met_in_february):
    assert [seen[0] for seen in changes(met_in_february, responsible="Norte")] == ["2"]
    assert [seen[0] for seen in changes(met_in_february, locality="Puno")] == ["2"]
    assert changes(met_in_february, objective="Otro") == []


def outcome_changes(ledger, plan=PLAN, c=2, meeting=MEETING) -> list[dict]:
    return book.asked(ledger, since.outcome_since, book.scope(plan, c, NOW), meeting)


def test_the_outcome_stands_then_beside_now(met_in_february):
    book.accept(met_in_february, PLAN, [value(2, "R1", 1, 185000), value(3, "R1", 2, 178000)], MARCH_9)
    (outcome,) = outcome_changes(met_in_february)
    sides = [
        (outcome[f"{name}_before"], outcome[f"{name}_now"])
        for name in ("month", "reported", "verdict", "status")
    ]
    assert sides == [(1, 2), (186000, 178000), ("too_early", "on_pace"), ("too_early", "too_early")]
    assert (outcome["new_reports"], outcome["corrections"]) == (1, 1)


def test_a_plan_without_an_outcome_has_none_to_compare(ledger):
    plan = replace(PLAN, outcome=None)
    book.fill(ledger, plan, told("1", {1: 10}))
    assert outcome_changes(ledger, plan) == []


def test_a_date_after_the_instant_the_figures_are_known_at_is_no_past(met_in_february):
    with pytest.raises(ValueError):
        changes(met_in_february, meeting=NOW + timedelta(microseconds=1))


def test_a_correction_is_told_with_what_it_said_and_what_it_says(ledger):
    book.fill(ledger, PLAN, ())
    book.accept(
        ledger, PLAN, [value(2, "1", 1, 10), value(3, "1", 2, 10), value(4, "R1", 1, 186000)], FEBRUARY_11
    )
    book.accept(
        ledger,
        PLAN,
        [value(2, "1", 1, 8), value(3, "1", 2, None), value(4, "R1", 1, 185000), value(5, "2", 2, 5, "Puno")],
        MARCH_9,
    )
    rows = book.asked(ledger, since.corrections_since, book.scope(PLAN, 2, NOW), MEETING)
    assert [(r["code"], r["month"], r["before"], r["now"]) for r in rows] == [
        ("1", 1, 10, 8), ("1", 2, 10, None), ("R1", 1, 186000, 185000)]  # fmt: skip
    assert book.asked(ledger, since.corrections_since, book.scope(PLAN, 2, NOW), MARCH_9) == []


# The reporting day is the 10th: on the 11th the month before the cut-off stands by itself.
MEETINGS = {
    "March was met on after the 10th of April": (4, LATER, date(2010, 4, 11)),
    "January's cut-off looks back to the close of the year before": (1, LATER, date(2010, 1, 11)),
    "nothing reported looks back to there as well": (0, LATER, date(2010, 1, 11)),
    "never after the day the figures are known at": (12, datetime(2010, 9, 5, 12), date(2010, 9, 5)),
}


@pytest.mark.parametrize("c, known_at, day", MEETINGS.values(), ids=MEETINGS)
def test_the_last_meeting_is_the_day_after_the_reporting_day_of_the_month_before(ledger, c, known_at, day):
    book.fill(ledger, PLAN, ())
    with ledger.cursor() as cursor:
        assert since.meeting_before(cursor, book.scope(PLAN, c, known_at)) == day


def test_no_meeting_was_held_before_the_plan_was_there(ledger):
    book.accept_plan(book.emptied(ledger), PLAN, datetime(2010, 6, 20, 15))
    with ledger.cursor() as cursor:
        assert since.meeting_before(cursor, book.scope(PLAN, 2)) == date(2010, 6, 20)


def test_on_that_day_the_month_before_was_the_cut_off(met_in_february):
    with met_in_february.cursor() as cursor:
        day = since.meeting_before(cursor, book.scope(PLAN, 2, NOW))
        assert since.scope_then(cursor, book.scope(PLAN, 2, NOW), end_of_day(day)).month == 1


def test_what_is_said_now_is_what_the_dashboard_says(met_in_february):
    book.accept(met_in_february, PLAN, [value(2, "1", 2, 9), value(3, "2", 2, 5)], MARCH_9)
    now = {
        r["code"]: (r["status"], r["compliance"])
        for r in book.asked(met_in_february, metrics.activities, book.scope(PLAN, 2, NOW))
    }
    assert {seen[0]: (seen[2], seen[4]) for seen in changes(met_in_february)} == now
