"""The SQL says what the naive reading says, and what must hold whatever the plan and the reports are."""

from dataclasses import replace
from decimal import Decimal

import book
import naive
from comparing import FEWER, PLACE, WORLD, WORLDS, wrong_figures, wrong_roll_ups
from hypothesis import given
from hypothesis import strategies as st
from worlds import CUT_OFF, worlds

from poa_core.figures import metrics
from poa_core.ledger import uploads as writer

CORRECTED = Decimal("7.77")  # never drawn


@WORLDS
@given(world=WORLD, c=CUT_OFF, place=PLACE)
def test_every_figure_is_what_the_rules_say(ledger, world, c, place):
    plan, reports = world
    book.fill(ledger, plan, reports)
    assert not wrong_figures(ledger, plan, reports, c, place)
    assert not wrong_roll_ups(ledger, plan, reports, c, place)


@FEWER
@given(world=worlds(), c=CUT_OFF)
def test_files_people_upload_say_the_same_as_what_they_were_written_from(ledger, world, c):
    plan, told = world
    reports = known_to(plan, told)
    book.fill_from_files(ledger, plan, reports)
    assert not wrong_figures(ledger, plan, reports, c)


def known_to(plan, reports) -> list:
    """The reports of places the plan names, and, where it lists some of a code, of those: a file with another
    one is refused.
    """
    listed = {a.code: a.localities for a in plan.activities} | (
        {plan.outcome.code: plan.outcome.localities} if plan.outcome else {}
    )
    places = {
        naive.WHOLE_UTILITY,
        *(a.locality for a in plan.activities),
        *(place for places in listed.values() for place in places),
    }
    own = {a.code: a.locality for a in plan.activities}
    return [
        r
        for r in reports
        if r.locality in (listed[r.code] or places) or r.locality == own.get(r.code, naive.WHOLE_UTILITY)
    ]


@FEWER
@given(world=WORLD, c=CUT_OFF)
def test_every_activity_has_exactly_one_status_and_roll_ups_stay_within_their_interval(ledger, world, c):
    plan, reports = world
    book.fill(ledger, plan, reports)
    rows = book.asked(ledger, metrics.activities, book.scope(plan, c))
    assert [row["code"] for row in rows] == [a.code for a in plan.activities]
    assert {row["status"] for row in rows} <= {"no_target", "early", "not_due", *naive.COUNTED}
    with ledger.cursor() as cursor:
        rolled_up = metrics.rollups(cursor, book.scope(plan, c))
    bounds = rolled_up[["low", "compliance", "high"]].dropna()
    assert ((bounds >= 0) & (bounds <= 1 + 1e-12)).all(axis=None)
    assert (bounds["low"] <= bounds["compliance"] + 1e-12).all()
    assert (bounds["compliance"] <= bounds["high"] + 1e-12).all()
    assert rolled_up["low"].notna().equals(rolled_up["compliance"].notna())
    assert rolled_up["high"].notna().equals(rolled_up["compliance"].notna())


def every_figure(ledger, plan, c) -> list:
    scope = book.scope(plan, c)
    questions = (metrics.activities, metrics.cells, metrics.quarters, metrics.rollups, metrics.outcome)
    return [sorted(map(str, book.asked(ledger, question, scope))) for question in questions]


def accept(ledger, plan, reports, at=book.REPORTED) -> int | None:
    """Accept reports as one file; no file where there are none."""
    values = [book.value(row, r.code, r.month, r.reported, r.locality) for row, r in enumerate(reports, 2)]
    return book.accept(ledger, plan, values, at) if values else None


@FEWER
@given(world=WORLD, c=CUT_OFF, cut=st.integers(1, 20))
def test_the_order_in_which_files_of_different_cells_are_accepted_changes_nothing(ledger, world, c, cut):
    plan, reports = world
    figures = []
    for files in ((reports[:cut], reports[cut:]), (reports[cut:], reports[:cut])):
        book.fill(ledger, plan, ())
        for file in files:
            accept(ledger, plan, file)
        figures.append(every_figure(ledger, plan, c))
    assert figures[0] == figures[1]


@FEWER
@given(world=WORLD, c=CUT_OFF, cut=st.integers(0, 20), corrected=st.sets(st.integers(0, 20), min_size=1))
def test_withdrawing_the_last_upload_restores_every_figure(ledger, world, c, cut, corrected):
    plan, reports = world
    book.fill(ledger, plan, reports[:cut])
    before = every_figure(ledger, plan, c)
    changed = [replace(r, reported=CORRECTED) for n, r in enumerate(reports[:cut]) if n in corrected]
    upload = accept(ledger, plan, [*changed, *reports[cut:]])
    if upload:
        writer.withdraw(ledger, upload, "Gerencia", at=book.REPORTED)
    assert every_figure(ledger, plan, c) == before


@FEWER
@given(world=WORLD, c=CUT_OFF)
def test_a_programmed_0_is_an_empty_cell_wherever_work_is_added_up(ledger, world, c):
    plan, reports = world
    emptied = tuple(replace(a, programmed=without_zeros(a)) for a in plan.activities)
    figures = []
    for version in (plan, replace(plan, activities=emptied)):
        book.fill(ledger, version, reports)
        figures.append(every_figure(ledger, plan, c))
    assert figures[0] == figures[1]


def without_zeros(a: naive.Activity) -> dict:
    keeps_zero = a.aggregation in ("mean", "last")
    return {m: p for m, p in a.programmed.items() if p or keeps_zero}
