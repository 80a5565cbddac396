"""What explains a figure: points and changes add up whatever the plan, and the SQL says what the naive
reading says.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import book
import illustrated
import naive
import naive_explain
import pytest
from comparing import FEWER, WORLD
from comparing_changes import wrong
from hypothesis import given
from hypothesis import strategies as st
from vectors import ARREARS, CONTINUITY, every_month, row, told, vector, with_outcome
from worlds import CUT_OFF, OBJECTIVES, RESPONSIBLES

from poa_core.figures import contributions, metrics

FILTERS = st.sampled_from(
    (
        {},
        {"objective": OBJECTIVES[0]},
        {"responsible": RESPONSIBLES[0]},
        {"locality": "EPS"},
        {"locality": "Puno"},
    )
)
SECOND, AFTER = datetime(2011, 3, 1, 15), timedelta(days=1)


def asked(ledger, question, scope, *rest) -> list[dict]:
    return book.asked(ledger, question, scope, *rest)


@FEWER
@given(world=WORLD, c=CUT_OFF, filters=FILTERS)
def test_points_add_up_to_what_is_lacking_and_are_what_the_rules_say(ledger, world, c, filters):
    plan, reports = world
    book.fill(ledger, plan, reports)
    scope = book.scope(plan, c, **filters)
    rows = asked(ledger, contributions.points, scope)
    found = naive_explain.members(plan, reports, c, **filters)
    assert not wrong({r["code"]: r["points"] for r in rows}, naive_explain.points(found))
    whole = asked(ledger, metrics.rollup, scope, "plan")
    if whole and whole[0]["compliance"] is not None:
        assert abs(sum(r["points"] for r in rows) - (1 - whole[0]["compliance"])) < 1e-9


@FEWER
@given(
    world=WORLD,
    c=CUT_OFF,
    c_then=CUT_OFF,
    cut=st.integers(0, 20),
    filters=FILTERS,
    turned=st.integers(0, 3),
    data=st.data(),
)
def test_changes_add_up_to_the_change_of_compliance_from_any_view_to_a_later_one(
    ledger, world, c, c_then, cut, filters, turned, data
):
    plan, reports = world
    later = data.draw(st.sampled_from((plan, changed(plan, turned))))
    book.fill(ledger, plan, reports[:cut])
    book.accept_plan(ledger, later, SECOND)
    rest = [
        r
        for r in reports[cut:]
        if any(a.code == r.code for a in later.activities) or later.outcome and r.code == later.outcome.code
    ]
    if rest:
        book.accept(
            ledger,
            plan,
            [book.value(n, r.code, r.month, r.reported, r.locality) for n, r in enumerate(rest, 2)],
            SECOND + AFTER,
        )
    scope, then = book.scope(plan, c, SECOND + AFTER, **filters), SECOND - AFTER
    rows = asked(ledger, contributions.changes, scope, c_then, then)
    old, mid = (naive_explain.members(one, reports[:cut], c_then, **filters) for one in (plan, later))
    new = naive_explain.members(later, (*reports[:cut], *rest), c, **filters)
    assert not wrong({r["code"]: r["change"] for r in rows}, naive_explain.changes(old, mid, new))
    sides = [
        asked(ledger, metrics.rollup, one, "plan")
        for one in (replace(scope, known_at=then).at(c_then), scope)
    ]
    if rows:
        before, now = (side[0]["compliance"] for side in sides)
        assert abs(sum(r["change"] for r in rows) - (now - before)) < 1e-9


def changed(plan: naive.Plan, turned: int) -> naive.Plan:
    """A later version: one activity is dropped, another asks for more and weighs otherwise."""
    kept = [a for n, a in enumerate(plan.activities) if n != turned] or list(plan.activities)
    first = kept[0]
    if first.aggregation != "milestone":
        kept[0] = replace(first, programmed={m: p + 10 for m, p in first.programmed.items()})
    if first.weight is not None:
        kept[0] = replace(kept[0], weight=Decimal("2.5"))
    return replace(plan, activities=tuple(kept))


@FEWER
@given(world=WORLD, c=CUT_OFF)
def test_needed_averages_and_the_outcome_s_movement_are_what_the_rules_say(ledger, world, c):
    plan, reports = world
    book.fill(ledger, plan, reports)
    scope = book.scope(plan, c)
    needed = asked(ledger, contributions.needed_averages, scope)
    expected = naive_explain.needed_averages(plan, reports, c)
    assert not wrong(
        {r["code"]: r["needed_average"] for r in needed}, {code: x for code, (x, _) in expected.items()}
    )
    assert {r["code"]: r["verdict"] for r in needed} == {
        code: verdict for code, (_, verdict) in expected.items()
    }
    if plan.outcome:
        moved = {(r["month"], r["locality"]): r for r in asked(ledger, contributions.movement, scope)}
        for n, name in enumerate(("reported", "change", "path_change")):
            told_so = {key: value[n] for key, value in naive_explain.movement(plan, reports, c).items()}
            assert not wrong({key: r[name] for key, r in moved.items()}, told_so)
        origin = [r["month"] for r in asked(ledger, contributions.gap_origin, scope)]
        assert origin == [m for m in [naive_explain.gap_origin(plan, reports, c)] if m]


def needed(ledger, activity, reports, c) -> tuple:
    plan = vector("", activity, ()).plan
    book.fill(ledger, plan, reports)
    [answer] = asked(ledger, contributions.needed_averages, book.scope(plan, c))
    return answer["needed_average"], answer["verdict"]


def test_a_mean_needs_what_the_months_left_must_average(ledger):
    eighty = row("1", "mean higher", every_month(80), 80, unit="%")
    average, verdict = needed(ledger, eighty, told("1", dict.fromkeys(range(1, 6), 90)), 9)
    assert average == pytest.approx((80 * 8 - 450) / 3) and verdict == "on_pace"


@pytest.mark.parametrize(
    ("values", "c", "verdict"),
    [
        ({1: 95, 2: 80}, 2, "reachable"),
        ({1: 80, 2: 80}, 2, "too_early"),
        ({1: 80, 2: 80, 3: 80}, 3, "needs_record"),
        (dict.fromkeys(range(1, 13), 90), 12, "reached"),
        (dict.fromkeys(range(1, 13), 89), 12, "missed"),
        (dict.fromkeys(range(1, 12), 95), 12, "unknown"),
    ],
)
def test_a_mean_s_verdict_is_by_its_best_month_and_its_last(ledger, values, c, verdict):
    assert needed(ledger, CONTINUITY, told("4.8", values), c)[1] == verdict


def test_a_mean_that_should_be_low_is_reachable_by_its_lowest_month(ledger):
    assert needed(ledger, ARREARS, told("1.1", {1: 20, 2: 45}), 2)[1] == "reachable"


def test_a_silent_mean_needs_no_average(ledger):
    plan = vector("", CONTINUITY, ()).plan
    book.fill(ledger, plan, told("4.8", {1: 90}))
    assert asked(ledger, contributions.needed_averages, book.scope(plan, 3)) == []


def test_the_illustrative_plan_s_points_are_those_of_its_activities():
    rows = asked(illustrated.year(), contributions.points, illustrated.scope(illustrated.year(), 9))
    found = {r["code"]: round(100 * r["points"], 1) for r in rows}
    assert [found[code] for code in ("5.2", "2.1", "5.3", "4.2")] == [7.1, 4.8, 3.0, 2.8]
    average = {
        r["code"]: r["needed_average"]
        for r in asked(
            illustrated.year(), contributions.needed_averages, illustrated.scope(illustrated.year(), 9)
        )
    }
    assert round(average["1.1"], 1) == 21.9


def test_the_illustrative_plan_lost_its_points_since_august_by_activity():
    scope = illustrated.scope(illustrated.year(), 9)
    rows = asked(illustrated.year(), contributions.changes, scope, 8, scope.known_at)
    assert sum(r["change"] for r in rows) == pytest.approx(-0.13305, abs=5e-6)


def test_the_gap_of_the_portfolio_was_made_by_the_month_from_which_it_never_shrank(ledger):
    plan = with_outcome()
    path = {m: 187000 - 50000 * m / 12 for m in range(1, 13)}
    book.fill(
        ledger,
        plan,
        told(
            "R1",
            {
                m: round(path[m] + gap, 2)
                for m, gap in zip(range(1, 8), (0, 0, 9000, 9600, 9500, 9800, 9900), strict=True)
            },
        ),
    )
    [origin] = asked(ledger, contributions.gap_origin, book.scope(plan, 7))
    assert (origin["month"], round(origin["gap_now"])) == (3, 9900)
    assert origin["path_change_a_month"] == pytest.approx(-50000 / 12)
    assert asked(ledger, contributions.gap_origin, book.scope(plan, 5)) == []  # two months have followed


def test_a_year_is_held_against_the_one_before_by_code(ledger):
    now = vector("", (row("1", programmed={1: 10}), row("2", programmed={1: 10})), ()).plan
    before = replace(
        vector("", (row("1", programmed={1: 10}), row("3", programmed={1: 10})), ()).plan, year=2009
    )
    book.fill(ledger, now, told("1", {1: 9}) + told("2", {1: 5}))
    book.accept_plan(ledger, before)
    book.accept(ledger, before, [book.value(2, "1", 1, 6), book.value(3, "3", 1, 5)])
    rows = asked(ledger, contributions.against_year, book.scope(now, 1), 2009)
    assert [(r["code"], r["compliance"], r["compliance_then"]) for r in rows] == [
        ("1", 0.9, 0.6),
        ("2", 0.5, None),
        ("3", None, 0.5),
    ]
    assert rows[0]["change"] == pytest.approx(0.3) and rows[1]["change"] is None
    assert Fraction(str(rows[0]["compliance"])) == Fraction(9, 10)


def test_a_change_counts_by_the_weight_of_what_changed(ledger):
    heavy, light = (
        row(code, programmed={1: 10, 2: 10}, target=20, weight=w) for code, w in (("1", 3), ("2", 1))
    )
    plan = vector("", (heavy, light), ()).plan
    book.fill(ledger, plan, (*told("1", {1: 5}), *told("2", {1: 10})))
    book.accept(ledger, plan, [book.value(2, "1", 1, 10)], SECOND)
    scope = book.scope(plan, 1, SECOND + AFTER)
    rows = asked(ledger, contributions.changes, scope, 1, SECOND - AFTER)
    # (3 x 0.5 + 1 x 1) / 4 = 0.625 before, 1 after
    assert [(r["code"], float(r["change"])) for r in rows if r["change"]] == [("1", 0.375)]
