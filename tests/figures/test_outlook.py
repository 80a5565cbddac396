"""Where the outcome is likely to stand by December: each rule as a worked example, then against the naive
reading.
"""

import itertools
import math
from dataclasses import replace
from datetime import datetime

import book
import naive
import naive_outlook
import pytest
from comparing import WORLDS, is_same
from hypothesis import given
from hypothesis import strategies as st
from vectors import CAMPAIGN, told, with_outcome
from worlds import MONTH, outcomes, reports

from poa_core.figures import metrics

FOUR = {1: 186000, 2: 184000, 3: 181000, 4: 177000}
WITH_A_GAP = {1: 186000, 2: 184000, 3: 181000, 5: 176000, 6: 175000}
A_PATH = {1: 185000, 2: 183000, 3: 177000, 4: 167000}
SLOWER_THAN_THE_PATH = {1: 186000, 2: 185000, 3: 181000, 4: 175000}


def outlook(ledger, plan, values, c, **more) -> dict:
    book.fill(ledger, plan, told("R1", values))
    return seen(ledger, plan, c, **more)


def seen(ledger, plan, c, **more) -> dict:
    """The outlook's row, with the months of the forecast beside it."""
    (row,) = book.asked(ledger, metrics.outlook, book.scope(plan, c, **more))
    months = book.asked(ledger, metrics.forecast, book.scope(plan, c, **more))
    return row | {"months": {m["month"]: (m["expected"], m["low"], m["high"]) for m in months}}


def near(x: float):
    return pytest.approx(x, rel=1e-9)


def test_with_three_reports_a_forecast_is_too_early(ledger):
    row = outlook(ledger, with_outcome(), FOUR, 3)
    assert (row["reason"], row["method"], row["expected"], row["months"]) == ("too_early", None, None, {})


def test_with_four_reports_there_is_a_forecast(ledger):
    row = outlook(ledger, with_outcome(), FOUR, 4)
    assert (row["reason"], list(row["months"])) == (None, list(range(5, 13)))


def test_a_month_some_localities_have_not_told_is_no_report(ledger):
    plan = with_outcome()
    local = told("R1", {1: 100000, 2: 99000, 3: 98000, 4: 97000}, "Puno") + told(
        "R1", {1: 80000, 2: 79000, 3: 78000}, "Juli"
    )
    book.fill(ledger, plan, local)
    assert seen(ledger, plan, 4)["reason"] == "too_early"


def test_without_a_report_a_forecast_is_too_early(ledger):
    assert outlook(ledger, with_outcome(), {}, 6)["reason"] == "too_early"


@pytest.mark.parametrize(
    "values", [FOUR, FOUR | {12: 140000}, {}], ids=["December untold", "December told", "nothing told"]
)
def test_a_cut_off_in_december_has_no_forecast(ledger, values):
    row = outlook(ledger, with_outcome(), values, 12)
    assert (row["reason"], row["method"], row["months"]) == ("at_december", None, {})


def test_a_plan_without_an_outcome_has_no_outlook(ledger):
    plan = replace(with_outcome(), outcome=None)
    book.fill(ledger, plan, ())
    assert book.asked(ledger, metrics.outlook, book.scope(plan, 6)) == []
    assert book.asked(ledger, metrics.forecast, book.scope(plan, 6)) == []


def test_a_gap_of_two_months_is_foreseen_as_a_step_of_two(ledger):
    # Drift foresees 185,000, 182,500, then over the gap 181,000 - 2 x 2,000, then 173,800; no change errs by
    # 2,750.
    row = outlook(ledger, with_outcome(), WITH_A_GAP, 6)
    assert (row["method"], row["mean_absolute_error"], row["error_count"]) == ("drift", 1175, 4)
    assert (row["tested_from"], row["month_reported"], row["expected"]) == (2, 6, 163000)


def test_the_band_is_t_times_the_errors_widened_by_the_months_ahead(ledger):
    s = math.sqrt((1000**2 + 1500**2 + 1000**2 + 1200**2) / 4)
    row = outlook(ledger, with_outcome(), WITH_A_GAP, 6)
    half = 1.5332062741 * s
    assert row["months"][7] == (
        173000,
        near(173000 - half * math.sqrt(1 + 1 / 6)),
        near(173000 + half * math.sqrt(1 + 1 / 6)),
    )
    assert row["months"][12] == (
        163000,
        near(163000 - half * math.sqrt(12)),
        near(163000 + half * math.sqrt(12)),
    )
    assert row["months"][12] == (row["expected"], row["low"], row["high"])


def test_months_without_a_report_before_the_cut_off_are_foreseen_as_well(ledger):
    row = outlook(ledger, with_outcome(), WITH_A_GAP, 8)
    assert list(row["months"]) == [7, 8, 9, 10, 11, 12]


def test_of_two_that_err_alike_the_first_listed_wins(ledger):
    # No change errs by -12,000, -3,000, -2,500; drift by -12,000, 3,000, 2,500.
    row = outlook(ledger, with_outcome(), {1: 187000, 2: 175000, 3: 172000, 4: 169500}, 4)
    assert (row["method"], row["mean_absolute_error"], row["expected"]) == (
        "no_change",
        near(17500 / 3),
        169500,
    )
    half = 1.6377443537 * math.sqrt((144 + 9 + 6.25) * 1e6 / 3) * math.sqrt(8 * 3)
    assert (row["low"], row["high"]) == (near(169500 - half), near(169500 + half))


def test_a_path_the_plan_gives_as_the_straight_line_errs_like_drift_and_comes_after_it(ledger):
    assert (
        outlook(ledger, with_outcome(given={4: "170333.333333", 8: "153666.666667"}), FOUR, 4)["method"]
        == "drift"
    )


def test_without_errors_there_is_no_band(ledger):
    row = outlook(ledger, with_outcome(), {1: 186000, 2: 185000, 3: 184000, 4: 183000}, 4)
    assert (row["method"], row["mean_absolute_error"], row["low"], row["high"]) == ("drift", 0, None, None)
    assert row["months"] == {m: (187000 - 1000 * m, None, None) for m in range(5, 13)}


def test_a_balance_that_never_moved_is_foreseen_to_stay_without_a_band(ledger):
    row = outlook(ledger, with_outcome(given=A_PATH), dict.fromkeys(range(1, 5), 187000), 4)
    assert (row["method"], row["expected"], row["low"]) == ("no_change", 187000, None)


def test_on_a_path_the_plan_gives_the_share_kept_of_it_can_win(ledger):
    # 50, 50, 60, 60 % of the path: foreseen 185,000, 182,000, 175,000. August lies between April and
    # December: 152,000.
    row = outlook(ledger, with_outcome(given=A_PATH), SLOWER_THAN_THE_PATH, 4)
    assert (row["method"], row["mean_absolute_error"], row["expected"]) == (
        "plan_shaped",
        near(1000 / 3),
        near(157000),
    )
    assert row["months"][8][0] == near(166000)
    half = 1.6377443537 * math.sqrt(1e6 / 3) * math.sqrt(8 * 3)
    assert (row["low"], row["high"]) == (near(157000 - half), near(157000 + half))


@pytest.mark.parametrize(
    "path", [{}, {12: 137000}, {12: 140000}], ids=["nothing", "the target", "another December"]
)
def test_the_assumed_line_has_no_shape_to_follow(ledger, path):
    assert outlook(ledger, with_outcome(given=path), SLOWER_THAN_THE_PATH, 4)["method"] == "drift"


def test_where_the_path_still_stands_at_the_baseline_what_is_at_or_past_it_keeps_all_of_it(ledger):
    # January's ratio is 1 by the rule of compliance: February is foreseen on the path, as no change foresees
    # it.
    path = {1: 187000, 2: 187000, 3: 183000, 4: 175000}
    row = outlook(ledger, with_outcome(given=path), {1: 187000, 2: 187000, 3: 185000, 4: 181000}, 4)
    assert (row["method"], row["error_count"], row["mean_absolute_error"]) == (
        "plan_shaped",
        3,
        near(2000 / 3),
    )
    assert row["expected"] == near(162000)


def test_an_outcome_that_should_rise_is_foreseen_as_well(ledger):
    row = outlook(ledger, with_outcome("higher", 60, 84), {1: 61, 2: 62, 3: 64, 4: 66}, 4)
    # Drift foresees 62, 63, 65.333...
    assert (row["method"], row["mean_absolute_error"], row["expected"]) == (
        "drift",
        near((0 + 1 + 2 / 3) / 3),
        near(78),
    )


def test_reports_after_the_cut_off_do_not_exist(ledger):
    plan = with_outcome()
    before = outlook(ledger, plan, FOUR, 4)
    assert outlook(ledger, plan, FOUR | {5: 150000, 6: 190000}, 4) == before


def test_the_outlook_is_what_it_was_known_to_be(ledger):
    plan = with_outcome()
    book.fill(ledger, plan, ())
    book.accept(
        ledger,
        plan,
        [book.value(n, "R1", m, v) for n, (m, v) in enumerate(FOUR.items(), 2)],
        datetime(2010, 5, 5),
    )
    book.accept(ledger, plan, [book.value(2, "R1", 4, 178000)], datetime(2010, 5, 6))
    then = seen(ledger, plan, 4, known_at=datetime(2010, 5, 5))
    assert (then["expected"], seen(ledger, plan, 4)["expected"]) == (near(157000), near(160000))
    assert seen(ledger, plan, 4, known_at=datetime(2010, 5, 4))["reason"] == "too_early"


@pytest.mark.parametrize("degrees", range(1, 12))
def test_students_t_is_the_point_with_nine_tenths_below_it(ledger, degrees):
    with ledger.cursor() as cursor:
        (stored,) = cursor.execute("SELECT t FROM student_t() WHERE degrees = ?", [degrees]).fetchone()
    assert float(stored) == pytest.approx(naive_outlook.student_t(degrees), abs=1e-7)


@st.composite
def years(draw):
    """A plan with an outcome, with or without a path of its own, and what was told of it: a way mostly
    forward, near a share of the path, or anything.
    """
    plan = replace(with_outcome(), activities=(CAMPAIGN,), outcome=draw(outcomes()))
    moved = draw(st.dictionaries(MONTH, st.integers(-2, 8), min_size=7))
    manner = draw(st.sampled_from((on_its_way, along_the_path, None)))
    return plan, manner(plan.outcome, moved) if manner else draw(reports(plan))


def on_its_way(o, moved: dict[int, int]) -> tuple:
    """From one report to the next by fortieths of the way to the target."""
    done = itertools.accumulate(moved[m] for m in sorted(moved))
    return told(
        "R1",
        {m: o.baseline + (o.target - o.baseline) * n / 40 for m, n in zip(sorted(moved), done, strict=True)},
    )


def along_the_path(o, moved: dict[int, int]) -> tuple:
    """Four fifths of what the path asks, off it by some thousandths of the whole way."""
    b, t = float(o.baseline), float(o.target)
    return told(
        "R1",
        {
            m: round(b + 0.8 * (float(naive._path(o, m)) - b) + (t - b) * n / 1000, 4)
            for m, n in moved.items()
        },
    )


@WORLDS
@given(year=years(), c=st.sampled_from((11, 9, 7, 6, 10, 8, 5, 12, 4, 3)))
def test_the_outlook_is_what_the_rules_say(ledger, year, c):
    plan, values = year
    book.fill(ledger, plan, values)
    actual, expected = seen(ledger, plan, c), naive_outlook.outlook(plan, values, c)
    months = expected.pop("months")
    assert {name: actual[name] for name, x in expected.items() if not is_same(actual[name], x)} == {}
    assert actual["months"].keys() == months.keys()
    assert {m: band for m, band in months.items() if not all(map(is_near, actual["months"][m], band))} == {}


def is_near(actual, expected) -> bool:
    """Nothing is nothing; a band's ends are floats on both sides."""
    return (
        actual == expected
        if expected is None
        else actual == pytest.approx(float(expected), rel=1e-9, abs=1e-6)
    )
