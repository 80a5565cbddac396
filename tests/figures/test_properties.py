"""The SQL says what the naive reading says, and what must hold whatever the plan and the reports are."""

import os
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import book
import naive
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import CUT_OFF, LOCALITIES, worlds

from poa_core.figures import metrics
from poa_core.ledger import uploads as writer

# The same worlds in every run; PROPERTY_EXAMPLES=3000 draws that many new ones.
EXAMPLES = os.environ.get("PROPERTY_EXAMPLES")
WORLDS = settings(max_examples=int(EXAMPLES or 150), derandomize=not EXAMPLES, deadline=None)
FEWER = settings(WORLDS, max_examples=WORLDS.max_examples // 5)
WORLD = worlds() | worlds(negatives=True)
PLACE = st.sampled_from((None, *LOCALITIES, naive.WHOLE_UTILITY))
GROUPINGS = ("plan", "objective", "responsible", "locality")
CORRECTED = Decimal("7.77")  # never drawn


def is_same(actual, expected) -> bool:
    """Nothing is nothing, words and flags are themselves, numbers agree to a thousand-millionth."""
    if actual is None or expected is None or isinstance(expected, (str, bool)):
        return actual == expected
    return abs(Fraction(actual) - expected) <= Fraction(1, 10**9) * max(1, abs(expected))


def differences(actual: list[dict], expected: list[dict], *key: str) -> list:
    """Rows that only one side has, and each field of the expected rows that the actual ones have
    otherwise.
    """
    found = {tuple(row[name] for name in key): row for row in actual}
    wanted = {tuple(row[name] for name in key): row for row in expected}
    wrong = [(name, "only one has it") for name in found.keys() ^ wanted.keys()]
    for name in found.keys() & wanted.keys():
        pairs = [(field, found[name][field], x) for field, x in wanted[name].items()]
        wrong += [(name, *pair) for pair in pairs if not is_same(*pair[1:])]
    return wrong


@WORLDS
@given(world=WORLD, c=CUT_OFF, place=PLACE)
def test_every_figure_is_what_the_rules_say(ledger, world, c, place):
    plan, reports = world
    book.fill(ledger, plan, reports)
    assert not wrong_figures(ledger, plan, reports, c, place)
    assert not wrong_roll_ups(ledger, plan, reports, c, place)


def wrong_figures(ledger, plan, reports, c, place=None, known_at=book.LATER) -> dict:
    """Question to what its rows have wrong; the locality is one of activities only."""
    scope = book.scope(plan, c, known_at)
    seen = book.asked(ledger, metrics.activities, replace(scope, locality=place))
    cells = book.asked(ledger, metrics.cells, scope)
    quarters = book.asked(ledger, metrics.quarters, scope)
    outcome = book.asked(ledger, metrics.outcome, scope)
    outcome_expected = [naive.outcome(plan, reports, c)] if plan.outcome else []
    wrong = {
        "activities": differences(seen, naive.activities_to_date(plan, reports, c, place), "code"),
        "cells": differences(cells, naive.cells(plan, reports, c), "code", "month"),
        "quarters": differences(quarters, naive.quarters(plan, reports, c), "code", "quarter"),
        "outcome": differences(outcome, outcome_expected, "code"),
    }
    return {question: rows for question, rows in wrong.items() if rows}


def wrong_roll_ups(ledger, plan, reports, c, place, known_at=book.LATER) -> dict:
    """Grouping to what its rows have wrong.

    What a locality has told of the utility's work has no compliance: of groups of nothing else, only
    the naive reading makes a row.
    """
    scope = book.scope(plan, c, known_at, locality=place)
    with ledger.cursor() as cursor:
        every = metrics.rollups(cursor, scope)
    wrong = {}
    for by in GROUPINGS:
        actual = book.rows_of(metrics.pick_rollup(every, scope, by))
        expected = naive.rollup(plan, reports, c, by, place)
        if place is not None:
            actual, expected = ([row for row in rows if row["activities_due"]] for rows in (actual, expected))
        wrong[by] = differences(actual, expected, "key")
    return {by: rows for by, rows in wrong.items() if rows}


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
