"""The business rules as worked examples: a plan, its reports and what each figure must be.

Any implementation can be held against them. `VECTORS` asks for activities, roll-ups, the outcome and cells;
`PLACE_AND_QUARTER_VECTORS` for figures of a locality and of a quarter.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from naive import Activity, Outcome, Plan, Report

PROCESS = "Gerencia Comercial"
NOTHING = ()


class Check(NamedTuple):
    """question: activity | rollup:plan | rollup:objective | outcome | cell, and in the second list also
    rollup:locality | quarter | activity@<locality>. key: a code; of a cell (code, month), of a quarter
    (code, quarter), of a roll-up its name. field `listed` asks whether there is such a row at all.
    """

    question: str
    c: int
    key: Any
    field: str
    expected: Any
    tolerance: float = 1e-9


@dataclass(frozen=True)
class Vector:
    name: str
    plan: Plan
    reports: tuple[Report, ...]
    checks: tuple[Check, ...]


class Near(NamedTuple):
    """A figure as the document prints it, and how far the unrounded one may be."""

    expected: float
    tolerance: float


def agrees(actual, check: Check) -> bool:
    """Nothing equals nothing (None or NaN), words and flags exactly, numbers within the tolerance."""
    if check.expected is None or actual is None or actual != actual:
        return check.expected is None and (actual is None or actual != actual)
    if isinstance(check.expected, (str, bool)):
        return actual == check.expected
    return abs(Fraction(actual) - Fraction(check.expected)) <= Fraction(check.tolerance)


def row(code, rule="sum higher", programmed=None, target=None, **more) -> Activity:
    """An activity of the whole utility counted in actions, unless more says otherwise."""
    aggregation, direction = rule.split()
    given = {m: Decimal(str(p)) for m, p in (programmed or {}).items()}
    more = {"objective": "Objetivo", "responsible": PROCESS, "unit": "Acción"} | more
    more["provisional"] = frozenset(more.get("provisional", ()))
    more["weight"] = None if more.get("weight") is None else Decimal(str(more["weight"]))
    target = None if target is None else Decimal(str(target))
    return Activity(code, aggregation=aggregation, direction=direction, programmed=given, target=target, **more)


def every_month(p) -> dict:
    return dict.fromkeys(range(1, 13), p)


def told(code, values: dict, locality="EPS") -> tuple[Report, ...]:
    return tuple(Report(code, m, locality, Decimal(str(v))) for m, v in values.items())


def told_of_three_places(code) -> tuple[Report, ...]:
    """All three in June, one in July."""
    return told(code, {6: 110000, 7: 108000}, "Puno") + told(code, {6: 30000}, "Juli") + told(code, {6: 25000}, "Ilave")


def check(question, c, key, **fields) -> tuple[Check, ...]:
    return tuple(
        Check(question, c, key, name, *x) if isinstance(x, Near) else Check(question, c, key, name, x)
        for name, x in fields.items()
    )


def vector(name, plan, reports, *checks) -> Vector:
    """plan: an activity, several, or a whole Plan."""
    if not isinstance(plan, Plan):
        plan = Plan(2010, "EMSAPUNO", PROCESS, plan if isinstance(plan, tuple) else (plan,))
    return Vector(name, plan, tuple(reports), sum(checks, ()))


def with_outcome(direction="lower", baseline=187000, target=137000, given=None, localities=()) -> Plan:
    given = {m: Decimal(str(p)) for m, p in (given or {}).items()}
    o = Outcome("R1", Decimal(baseline), Decimal(target), direction, given, localities)
    return Plan(2010, "EMSAPUNO", PROCESS, (CAMPAIGN,), o)


def states(c, code, words: str) -> tuple[Check, ...]:
    """The states of the first months, in order."""
    return sum((check("cell", c, (code, m), state=w) for m, w in enumerate(words.split(), 1)), ())


ARREARS = row("1.1", "mean lower", every_month(30), 30, unit="Promedio mensual %")
RECOVERY = row("1.2", "mean higher", every_month(20), 20, unit="%")
WRITE_OFF = row("1.4", programmed={7: 20}, target=20, provisional={7})
PAY_POINTS = row("2.1", programmed={6: 1, 9: 2, 12: 1}, target=4, locality="Puno")
STIMULUS = row("2.2", programmed={6: 1, 12: 1}, target=2, locality="Puno")
INACTIVE = row("4.1", programmed={3: 1525, 6: 1525, 9: 1525, 12: 1525}, target=6101)
DIRECTIVE = row("5.1", "milestone higher", {3: 1}, 1)
CAMPAIGN = row("5.2", programmed={7: 1}, target=1)
INFORMAL = row("5.3", programmed={4: 25, 5: 25, 6: 25, 9: 25}, target=100)
COMPLAINTS = row("6.1", "sum lower", every_month(10), 120)
BALANCE = row("7.1", "last lower", every_month(165000), 137000)
HUNDRED = row("8.1", programmed={1: 100, 12: 100}, target=200)
FAULTLESS = row("9.1", "mean lower", every_month(0), 0)

OF_THE_DOCUMENT = (
    vector(
        "1 the portfolio in June is held against a straight line",
        with_outcome(),
        told("R1", {6: 165000}),
        check("outcome", 6, "R1", code="R1", baseline=187000, target=137000, month_reported=6, reported=165000),
        check("outcome", 6, "R1", path=162000, progress=0.44, expected_progress=0.5, compliance=0.88),
        check("outcome", 6, "R1", required_pace=Near(4666.67, 0.005), pace=Near(3666.67, 0.005), status="at_risk"),
    ),
    vector(
        "1 a portfolio still at the baseline has come 0 % of the way",
        with_outcome(),
        told("R1", {6: 187000}),
        check("outcome", 6, "R1", progress=0, compliance=0, pace=0, status="behind"),
    ),
    vector(
        "1 a portfolio short of its target in December missed it",
        with_outcome(),
        told("R1", {12: 160000}),
        check("outcome", 12, "R1", progress=0.54, compliance=0.54, verdict="missed", required_pace=None),
    ),
    vector(
        "1 a portfolio past its target in December reached it",
        with_outcome(),
        told("R1", {12: 130000}),
        check("outcome", 12, "R1", progress=1.14, compliance=1.14, verdict="reached", status="met"),
    ),
    vector(
        "2 a mean compares like for like and says how many months",
        ARREARS,
        told("1.1", {1: 32, 3: 28}),
        check("activity", 3, "1.1", programmed_to_date=30, reported_to_date=30, compliance=1, status="met"),
        check("activity", 3, "1.1", months_due=3, months_reported=2, compliance_low=None, compliance_high=None),
        check("activity", 3, "1.1", annual=1, verdict=None, aggregation="mean", direction="lower"),
    ),
    vector(
        "a mean takes the programme of the months that have a report",
        row("1", "mean higher", {1: 10, 2: 30, 3: 80}, unit="%"),
        told("1", {1: 12, 2: 24, 4: 100}),
        check("activity", 4, "1", programmed_to_date=20, reported_to_date=18, compliance=0.9, months_reported=2),
        check("activity", 4, "1", months_due=3, annual=None),
    ),
    vector(
        "2 a mean known for one month of six is not reported",
        ARREARS,
        told("1.1", {1: 30}),
        check("activity", 6, "1.1", status="not_reported", compliance=None, annual=None),
        check("activity", 6, "1.1", compliance_low=0, compliance_high=1, months_due=6, months_reported=1),
    ),
    vector(
        "3 a missing month opens the interval upwards",
        INFORMAL,
        told("5.3", {4: 25, 5: 20}),
        check("activity", 6, "5.3", reported_to_date=45, programmed_to_date=75, compliance=0.6),
        check("activity", 6, "5.3", compliance_low=0.6, compliance_high=Near(0.933, 0.0005)),
        check("activity", 6, "5.3", months_due=3, months_reported=2, status="behind", annual=0.45),
        check("cell", 6, ("5.3", 5), state="reported"),
        check("cell", 6, ("5.3", 6), state="missing", programmed=25, reported=None),
        check("cell", 6, ("5.3", 9), state="upcoming"),
    ),
    vector(
        "3 work made up for in a later month counts in full",
        INFORMAL,
        told("5.3", {7: 75}),
        check("activity", 6, "5.3", status="not_reported", reported_to_date=None, programmed_to_date=75),
        check("activity", 7, "5.3", compliance=1, status="met", months_reported=0),
        check("cell", 7, ("5.3", 7), state="unprogrammed", programmed=None, reported=75),
    ),
    vector(
        "4 a provisional month is due at its quarter's end",
        WRITE_OFF,
        told("1.4", {5: 5}),
        check("activity", 4, "1.4", status="not_due", compliance=None),
        *(check("activity", c, "1.4", status="early", compliance=None) for c in (5, 6, 7, 8)),
        check("activity", 8, "1.4", months_due=0, programmed_to_date=None, reported_to_date=5, annual=0.25),
        check("activity", 9, "1.4", compliance=0.25, status="behind", compliance_low=0.25, compliance_high=1.25),
        check("cell", 8, ("1.4", 7), state="upcoming", is_provisional=True, due_month=9),
        check("cell", 9, ("1.4", 7), state="missing"),
    ),
    vector(
        "4 a provisional month done within its quarter is early, then met",
        WRITE_OFF,
        told("1.4", {8: 20}),
        check("activity", 8, "1.4", status="early", compliance=None, annual=1),
        check("activity", 9, "1.4", status="met", compliance=1, compliance_high=1),
        check("cell", 9, ("1.4", 7), state="covered"),
        check("activity", 9, "1.4", months_due=1, months_reported=1),
    ),
    vector(
        "4 a provisional month whose quarter ends with the target reached is not missing",
        WRITE_OFF,
        told("1.4", {9: 20}),
        check("cell", 9, ("1.4", 7), state="covered"),
        check("activity", 9, "1.4", compliance=1, compliance_high=1),
    ),
    vector(
        "4 a milestone reached late is silent first and met then",
        DIRECTIVE,
        told("5.1", {4: 1}),
        check("activity", 3, "5.1", status="not_reported", compliance=None),
        check("activity", 4, "5.1", status="met", compliance=1, months_due=1, months_reported=1),
        check("cell", 3, ("5.1", 3), state="missing"),
        check("cell", 4, ("5.1", 3), state="covered"),
    ),
    vector(
        "5 silence counts 0 in its objective and is named",
        (PAY_POINTS, STIMULUS),
        told("2.2", {6: 1}, "Puno"),
        check("activity", 6, "2.1", status="not_reported", compliance=None),
        check("rollup:objective", 6, "Objetivo", compliance=0.5, low=0.5, high=1, activities_due=2, silent=1),
    ),
    vector(
        "6 half a milestone is none",
        DIRECTIVE,
        told("5.1", {3: 0.5}),
        check("activity", 3, "5.1", compliance=0, status="behind", annual=0, compliance_low=0, compliance_high=0),
    ),
    vector(
        "6 a whole milestone is all",
        DIRECTIVE,
        told("5.1", {3: 1}),
        check("activity", 3, "5.1", compliance=1, status="met", annual=1, verdict=None),
    ),
    vector(
        "7 a programme one unit short of its target can still reach it",
        INACTIVE,
        told("4.1", {3: 1525, 6: 1525, 9: 1525, 12: 1525}),
        check("activity", 12, "4.1", compliance=1, annual=Fraction(6100, 6101), verdict="reached"),
    ),
    vector(
        "8 a mean that should be low is met by what is lower",
        ARREARS,
        told("1.1", {1: 33.3}),
        check("activity", 1, "1.1", compliance=Near(0.901, 0.0005), status="at_risk"),
    ),
    vector(
        "8 none of what should be low is full compliance",
        ARREARS,
        told("1.1", {1: 0}),
        check("activity", 1, "1.1", compliance=1, status="met", annual=1),
        check("cell", 1, ("1.1", 1), state="zero"),
    ),
    vector(
        "8 silence does not improve a count of complaints",
        COMPLAINTS,
        told("6.1", {1: 10, 2: 10}),
        check("activity", 4, "6.1", compliance=1, programmed_to_date=20, reported_to_date=20, months_due=4),
        check("activity", 4, "6.1", months_reported=2, annual=Fraction(1, 6), compliance_high=None, verdict=None),
        check("activity", 5, "6.1", compliance=None, status="not_reported", annual=None),
    ),
    vector(
        "9 the best month is an improvement per month since the report before",
        with_outcome(),
        told("R1", {1: 186000, 5: 170000}),
        check("outcome", 5, "R1", best_month=4000, required_pace=Near(4714.29, 0.005), verdict="too_early"),
    ),
    vector(
        "9 a portfolio without a December report is unknown in December",
        with_outcome(),
        told("R1", {10: 150000}),
        check(
            "outcome", 12, "R1", verdict="unknown", month_reported=10, required_pace=None,
            compliance=Near(0.888, 0.0005),
        ),
    ),
    vector(
        "10 a portfolio known for one locality of three stays at its last complete month",
        with_outcome(localities=("Puno", "Juli", "Ilave")),
        told_of_three_places("R1"),
        check("outcome", 7, "R1", month_reported=6, reported=165000, compliance=0.88, path=162000),
    ),
    vector(
        "10 a portfolio without a list of localities has no report but a whole one",
        with_outcome(),
        told_of_three_places("R1"),
        check("outcome", 7, "R1", month_reported=None, status="not_reported", compliance=None),
    ),
    vector(
        "10 a balance known for one locality of three is partial",
        replace(BALANCE, localities=("Puno", "Juli", "Ilave")),
        told_of_three_places("7.1"),
        check("cell", 7, ("7.1", 6), state="reported", reported=165000, is_partial=False),
        check("cell", 7, ("7.1", 7), state="partial", reported=None, is_partial=True),
        check("cell", 7, ("7.1", 8), state="upcoming", is_partial=False),
        check("activity", 7, "7.1", reported_to_date=165000, compliance=1, months_due=7, months_reported=1),
        check("activity", 7, "7.1", months_partial=1, localities_missing="Ilave|Juli"),
    ),
)


def banded(v, compliance, status) -> Vector:
    return vector(
        f"{v} of 100 is {status}",
        HUNDRED,
        told("8.1", {1: v}),
        check("activity", 1, "8.1", compliance=compliance, status=status),
    )


def of_a_thousand_millions(v, status) -> Vector:
    return vector(
        f"a band is reached within a thousand-millionth: {v} of 1e9 is {status}",
        row("1", programmed={1: 10**9}),
        told("1", {1: v}),
        check("activity", 1, "1", status=status),
    )


STATUSES = (
    banded("95", 0.95, "met"),
    banded("94.999999", 0.94999999, "at_risk"),
    banded("95.000001", 0.95000001, "met"),
    banded("75", 0.75, "at_risk"),
    banded("74.999999", 0.74999999, "behind"),
    banded("75.000001", 0.75000001, "at_risk"),
    banded("130", 1.3, "met"),
    banded("-5", -0.05, "behind"),
    banded("0", 0, "behind"),
    of_a_thousand_millions("949999999.5", "met"),
    of_a_thousand_millions("949999998.5", "at_risk"),
    of_a_thousand_millions("749999999.5", "at_risk"),
    of_a_thousand_millions("749999998.5", "behind"),
    vector(
        "a plan may have bands of its own",
        Plan(2010, "EMSAPUNO", PROCESS, (HUNDRED, RECOVERY), met=0.9, at_risk=0.5),
        told("8.1", {1: 90}) + told("1.2", {1: 10}),
        check("activity", 1, "8.1", status="met"),
        check("activity", 1, "1.2", status="at_risk"),
    ),
    vector(
        "a row without programme has no target, whatever was reported",
        (row("1"), row("2", target=10), row("3", "mean higher", unit="%")),
        told("2", {2: 5}) + told("3", {2: 5}),
        check("activity", 12, "1", status="no_target", compliance=None, reported_to_date=None, annual=None),
        check("activity", 12, "2", status="no_target", compliance=None, reported_to_date=5, annual=0.5, verdict=None),
        check("activity", 12, "3", status="no_target", compliance=None, reported_to_date=None),
        check("rollup:plan", 12, PROCESS, compliance=None, low=None, high=None, activities_due=0, silent=0),
    ),
    vector(
        "a programmed 0 is an empty cell where work is added up",
        (
            row("1", programmed={1: 10, 2: 0}),
            row("2", programmed=every_month(0)),
            row("3", "milestone higher", {1: 0, 2: 1}),
        ),
        told("1", {1: 10, 2: 0}),
        check("activity", 2, "1", months_due=1, months_reported=1, compliance=1),
        check("activity", 2, "2", status="no_target"),
        check("activity", 1, "3", status="not_due"),
        check("cell", 2, ("1", 2), state="not_programmed", programmed=None, due_month=None, reported=0),
        check("cell", 2, ("3", 1), state="not_programmed", programmed=None),
    ),
    vector(
        "a programmed 0 of a mean or a balance is a target of zero",
        (FAULTLESS, row("2", "last lower", {1: 0}, unit="Reclamos")),
        told("9.1", {1: 0, 2: 0}) + told("2", {1: 4}),
        check("activity", 2, "9.1", compliance=1, status="met", months_due=2, programmed_to_date=0),
        check("activity", 2, "2", compliance=0, status="behind"),
        check("cell", 2, ("9.1", 1), state="zero", programmed=0, due_month=1),
    ),
    vector(
        "more than nothing programmed has no ratio: it is early or not due",
        (row("1", "mean higher", every_month(0), 0), row("2", "last higher", every_month(0), 0)),
        told("1", {1: 5}) + told("2", {1: 0}),
        check("activity", 1, "1", status="early", compliance=None, annual=None, programmed_to_date=0),
        check("activity", 1, "2", status="not_due", compliance=None, annual=None),
        check("activity", 3, "1", status="not_reported", compliance_low=0, compliance_high=1),
        check("rollup:plan", 1, PROCESS, compliance=None, activities_due=0),
    ),
    vector(
        "before its first month an activity is not due, a reported 0 included",
        (CAMPAIGN, INFORMAL),
        told("5.3", {1: 0}),
        check("activity", 0, "5.3", status="not_due", reported_to_date=None, months_due=0, annual=None),
        check("activity", 3, "5.3", status="not_due", reported_to_date=0, compliance=None, annual=0),
        check("activity", 6, "5.2", status="not_due", compliance=None, compliance_low=None, compliance_high=None),
    ),
    vector(
        "work before its month is early and counts once it is due",
        (
            CAMPAIGN,
            row("2", "mean higher", {6: 20}, 20),
            row("3", "last higher", {6: 20}, 20),
            row("4", "sum lower", {6: 20}, 20),
        ),
        told("5.2", {2: 1}) + told("2", {2: 20}) + told("3", {2: 20}) + told("4", {2: 20}),
        check("activity", 2, "5.2", status="early", reported_to_date=1, annual=1, verdict=None),
        check("activity", 2, "2", status="early", reported_to_date=None, annual=None),
        check("activity", 2, "3", status="early", reported_to_date=None, annual=None),
        check("activity", 2, "4", status="early", reported_to_date=20, programmed_to_date=None, annual=1),
        check("activity", 7, "5.2", status="met", compliance=1),
        # Elsewhere a value outside the programmed months says nothing about them.
        *(check("activity", 7, code, status="not_reported", compliance=None) for code in ("2", "3", "4")),
    ),
    vector(
        "nothing but zeros outside the programmed months is silence",
        (
            row("1", programmed={1: 10}, target=10),
            row("2", programmed={1: 10}),
            row("3", programmed={1: 10}),
            DIRECTIVE,
        ),
        told("1", {2: 0}) + told("2", {1: 0}) + told("3", {2: 1}) + told("5.1", {1: 0, 4: 0}),
        check("activity", 2, "1", status="not_reported", compliance=None, reported_to_date=0, annual=None),
        check("activity", 2, "2", status="behind", compliance=0),
        check("activity", 2, "3", status="behind", compliance=0.1, compliance_high=1.1),
        check("activity", 4, "5.1", status="not_reported", compliance=None),
    ),
    vector(
        "a mean stands on half of its months",
        RECOVERY,
        told("1.2", {1: 20, 2: 20, 3: 20}),
        check("activity", 6, "1.2", status="met", compliance=1, months_reported=3),
        check("activity", 7, "1.2", status="not_reported", compliance=None, reported_to_date=20),
    ),
    vector(
        "a balance stands for two months after its report",
        BALANCE,
        told("7.1", {3: 165000}),
        check("activity", 5, "7.1", status="met", compliance=1, reported_to_date=165000),
        check("activity", 6, "7.1", status="not_reported", compliance=None, reported_to_date=165000),
    ),
    vector(
        "a balance counts from its first programmed month, against the programme before its report",
        row("1", "last lower", {3: 100, 6: 80}),
        told("1", {2: 1, 4: 100, 7: 100}),
        check("activity", 3, "1", status="not_reported", reported_to_date=None, programmed_to_date=None),
        check("activity", 6, "1", compliance=1, programmed_to_date=100, months_due=2, months_reported=0),
        check("activity", 7, "1", compliance=0.8, programmed_to_date=80, annual=None),
    ),
    vector(
        "a provisional month of a balance is no target before its quarter's end",
        row("1", "last higher", {1: 10, 4: 20}, provisional={4}),
        told("1", {5: 15}),
        check("activity", 5, "1", programmed_to_date=10, compliance=1.5),
        check("activity", 6, "1", programmed_to_date=20, compliance=0.75, status="at_risk"),
    ),
    vector(
        "faults outside the programmed months count, and only the months told are allowed for",
        row("1", "sum lower", {1: 10, 2: 10, 3: 10}, 30),
        told("1", {1: 5, 2: 5, 4: 15}),
        check("activity", 4, "1", programmed_to_date=20, reported_to_date=25, compliance=0.8, annual=Fraction(25, 30)),
        check("activity", 4, "1", months_due=3, months_reported=2, compliance_low=None),
    ),
)

CELLS = (
    vector(
        "a cell has exactly one state",
        row("1", programmed={1: 10, 2: 10, 3: 10, 6: 10}, target=40),
        told("1", {1: 10, 2: 0, 4: 5, 5: 0, 6: 10}),
        states(5, "1", "reported zero missing unprogrammed not_programmed upcoming not_programmed"),
        check("cell", 5, ("1", 6), programmed=10, reported=None, due_month=6, is_provisional=False),
        check("cell", 6, ("1", 6), state="reported", reported=10),
        check("cell", 0, ("1", 1), state="upcoming", reported=None),
    ),
    vector(
        "a provisional month with a value before its quarter's end is told, zero or not",
        row("1", programmed={4: 10, 5: 10, 6: 10}, provisional={4, 5}),
        told("1", {4: 10, 5: 0}),
        states(5, "1", "not_programmed not_programmed not_programmed reported zero upcoming"),
        check("activity", 5, "1", status="early", months_due=0),
    ),
    vector(
        "once the annual target is reached, later programmed months are not missing",
        row("1", programmed={1: 10, 2: 10, 3: 10, 5: 10}, target=40),
        told("1", {2: 39, 4: 1}),
        states(3, "1", "missing reported missing not_programmed upcoming"),
        states(5, "1", "missing reported missing unprogrammed covered"),
        check("activity", 5, "1", months_reported=2),
        check("activity", 5, "1", programmed_to_date=40, months_due=4, compliance=1, compliance_high=1.5),
    ),
    vector(
        "without a target, or short of it, silence is missing",
        (row("1", programmed={1: 10, 2: 10}), row("2", programmed={1: 10, 2: 10}, target=20)),
        told("1", {1: 99}) + told("2", {1: "19.999999"}),
        states(2, "1", "reported missing"),
        states(2, "2", "reported missing"),
        check("activity", 2, "1", compliance=4.95, compliance_high=5.45, verdict=None, required_pace=None),
    ),
    vector(
        "only rules that add work up stop missing months at the target",
        (ARREARS, COMPLAINTS),
        told("1.1", {1: 30}) + told("6.1", {1: 120}),
        states(2, "1.1", "reported missing"),
        states(2, "6.1", "reported missing"),
    ),
)

TWELVE_TENS = row("1", programmed=every_month(10), target=120)


def verdict_of(name, values, c, verdict, activity=TWELVE_TENS, **more) -> Vector:
    return vector(
        name, activity, told(activity.code, values), check("activity", c, activity.code, verdict=verdict, **more)
    )


VERDICTS = (
    verdict_of(
        "a sum at its target in December reached it",
        {1: 120}, 12, "reached", required_pace=None, best_month=120,
    ),
    verdict_of("a sum just short of its target in December missed it", {1: "119.999999"}, 12, "missed"),
    verdict_of("a sum at its target before December is secured", {1: 120}, 6, "secured", required_pace=0),
    verdict_of("a sum just short of its target is not secured", {1: "119.999999"}, 6, "on_pace"),
    verdict_of("a sum on its programme is on pace", {1: 10, 2: 10}, 2, "on_pace", required_pace=10),
    verdict_of("a sum just below its programme needs more than its best month", {1: 10, 2: "9.999999"}, 2, "too_early"),
    verdict_of(
        "a best month as good as the pace required can be done again",
        {1: 15, 4: 9}, 4, "reachable", required_pace=12, best_month=15,
    ),
    verdict_of(
        "a best month of exactly the pace required is enough",
        {3: 15, 4: 0}, 5, "reachable", required_pace=15, best_month=15,
    ),
    verdict_of("a best month just below the pace required is not enough", {3: "14.999999", 4: 0}, 5, "too_early"),
    verdict_of(
        "with three reports, a 0 among them, a record is needed",
        {2: 0, 3: 7, 4: 7}, 5, "needs_record", best_month=7,
    ),
    verdict_of("with two reports it is too early to ask for a record", {3: 7, 4: 7}, 5, "too_early"),
    verdict_of("a silent sum has no pace", {}, 5, None, required_pace=None, best_month=None),
    verdict_of(
        "a sum before its first month has no pace",
        {1: 3}, 3, None, INFORMAL, required_pace=None, best_month=None,
    ),
    verdict_of(
        "a programme within a thousandth of its target stands for it",
        {1: "999.5"}, 12, "reached", row("2", programmed={1: "999.5"}, target=1000),
    ),
    verdict_of(
        "a programme a thousandth off its target does not stand for it",
        {1: 999}, 12, "missed", row("2", programmed={1: 999}, target=1000),
    ),
    verdict_of(
        "a programme over its target by less than a thousandth stands for it",
        {1: 1000}, 12, "missed", row("2", programmed={1: "1000.5"}, target=1000),
    ),
)  # fmt: skip


def outcome_of(name, values, c, plan=None, **fields) -> Vector:
    return vector(name, plan or with_outcome(), told("R1", values), check("outcome", c, "R1", **fields))


COVERAGE = with_outcome("higher", baseline=60, target=84)

OUTCOMES = (
    outcome_of(
        "before January the outcome is not due",
        {}, 0, status="not_due", verdict=None, month_reported=None, baseline=187000,
    ),
    outcome_of(
        "an outcome never told has neither figures nor verdict",
        {}, 1, status="not_reported", compliance=None, verdict=None, pace=None, path=None, required_pace=None,
    ),
    outcome_of("an outcome told two months ago still stands", {4: 187000}, 6, status="behind", compliance=0),
    outcome_of(
        "an outcome told three months ago keeps its figures and loses its compliance",
        {4: 170000}, 7, status="not_reported", compliance=None, reported=170000, month_reported=4, progress=0.34,
        expected_progress=Fraction(1, 3), path=Near(170333.33, 0.005), pace=4250, verdict="on_pace",
    ),
    outcome_of(
        "an outcome is too early before a quarter of its way is expected",
        {2: 178000}, 2, status="too_early", compliance=1.08, verdict="on_pace",
    ),
    outcome_of(
        "an outcome with a quarter of its way expected has a status",
        {3: 174500}, 3, status="met", expected_progress=0.25,
    ),
    outcome_of(
        "just below a quarter expected it is still too early",
        {3: 174500}, 3, with_outcome(given={3: "174500.01"}), status="too_early",
    ),
    outcome_of("the outcome at 95 % is met", {6: 163250}, 6, status="met", compliance=0.95),
    outcome_of("the outcome just below 95 % is at risk", {6: "163250.01"}, 6, status="at_risk"),
    outcome_of("the outcome at 75 % is at risk", {6: 168250}, 6, status="at_risk", compliance=0.75),
    outcome_of("the outcome just below 75 % is behind", {6: "168250.01"}, 6, status="behind"),
    outcome_of("an outcome at its target in December reached it", {12: 137000}, 12, verdict="reached"),
    outcome_of(
        "an outcome just short of its target in December missed it",
        {12: "137000.000001"}, 12, verdict="missed",
    ),
    outcome_of(
        "an outcome at its target before December may rise again",
        {6: 137000}, 6, verdict="at_target", required_pace=0,
    ),
    outcome_of("an outcome just short of its target is on pace", {6: "137000.01"}, 6, verdict="on_pace"),
    outcome_of(
        "an outcome counts the months left from its last report",
        {4: 171000}, 6, required_pace=4250, pace=4000, verdict="too_early",
    ),
    outcome_of("an outcome on its path is on pace", {6: 162000}, 6, verdict="on_pace", compliance=1),
    outcome_of(
        "a best step of exactly the pace required is enough",
        {2: 187000, 3: 182000}, 3, verdict="reachable", required_pace=5000, best_month=5000,
    ),
    outcome_of(
        "a best step just below the pace required is not enough",
        {2: 187000, 3: "182000.01"}, 3, verdict="too_early",
    ),
    outcome_of(
        "an outcome slower than ever required needs a record",
        {1: 186000, 2: 185000, 3: 184000}, 3, verdict="needs_record", best_month=1000,
    ),
    outcome_of(
        "the baseline counts as the report of month 0",
        {1: 181000, 2: 186000, 3: 186000}, 3, verdict="reachable", best_month=6000,
    ),
    outcome_of(
        "the months the plan gives bend the path",
        {5: 180000}, 5, with_outcome(given={4: 180000, 6: 170000}), path=175000, compliance=Fraction(7, 12),
        expected_progress=0.24, status="too_early",
    ),
    outcome_of(
        "where the path is still at the baseline, not being worse is all",
        {3: 187000}, 3, with_outcome(given={6: 187000}), path=187000, compliance=1, status="too_early",
    ),
    outcome_of(
        "where the path is still at the baseline, being worse is nothing",
        {3: "187000.01"}, 3, with_outcome(given={6: 187000}), compliance=0,
    ),
    outcome_of(
        "an outcome that should rise is read the other way round",
        {2: 62, 6: 66}, 6, COVERAGE, path=72, compliance=0.5, progress=0.25, required_pace=3, pace=1,
        best_month=1, status="behind", verdict="too_early",
    ),
    outcome_of("an outcome that should rise is at its target from above", {6: 85}, 6, COVERAGE, verdict="at_target"),
    outcome_of("a rising outcome short of its target in December missed it", {12: 83}, 12, COVERAGE, verdict="missed"),
)  # fmt: skip

FIVE_OF_TEN = row("3", programmed={1: 10}, objective="Otro")
ROLLUPS = (
    vector(
        "an activity counts between 0 and 1 in a roll-up",
        (row("1", programmed={1: 10}), row("2", programmed={1: 10})),
        told("1", {1: 30}) + told("2", {1: -5}),
        check("activity", 1, "1", compliance=3),
        check("activity", 1, "2", compliance=-0.5, status="behind"),
        check("rollup:plan", 1, PROCESS, compliance=0.5, low=0.5, high=0.5, activities_due=2, silent=0),
    ),
    vector(
        "the plan is the mean of its activities, not of its objectives",
        (row("1", programmed={1: 10}), row("2", programmed={1: 10}), FIVE_OF_TEN),
        told("1", {1: 10}) + told("2", {1: 10}) + told("3", {1: 4}),
        check("rollup:objective", 1, "Objetivo", compliance=1, activities_due=2),
        check("rollup:objective", 1, "Otro", compliance=0.4, activities_due=1),
        check("rollup:plan", 1, PROCESS, compliance=0.8, activities_due=3),
    ),
    vector(
        "weights weigh, and a weight of 0 counts for nothing",
        (
            row("1", programmed={1: 10}, weight=3),
            row("2", programmed={1: 10}, weight=1),
            row("4", programmed={1: 10}, weight=0, objective="Otro"),
        ),
        told("1", {1: 10}) + told("4", {1: 10}),
        check("rollup:plan", 1, PROCESS, compliance=0.75, low=0.75, high=1, activities_due=3, silent=1),
        check("rollup:objective", 1, "Otro", compliance=None, activities_due=1),
    ),
    vector(
        "what is early, not due or without target stays out of a roll-up",
        (row("1", programmed={1: 10}), CAMPAIGN, STIMULUS, row("2")),
        told("1", {1: 5}) + told("5.2", {1: 1}),
        check("rollup:plan", 1, PROCESS, compliance=0.5, activities_due=1, silent=0),
    ),
    vector(
        "a roll-up's interval is the mean of its activities' within 0 and 1",
        (row("1", programmed={1: 10, 2: 10}), RECOVERY, DIRECTIVE),
        told("1", {1: 18}) + told("1.2", {1: 30, 2: 30}),
        # 90 to 140 % counts 0.9 to 1; a mean of 150 % has no interval and counts 1; a silent one 0 to 1.
        check("rollup:plan", 3, PROCESS, compliance=Fraction(19, 30), low=Fraction(19, 30), high=1, silent=1),
    ),
    vector(
        "a late milestone half told could still be whole",
        DIRECTIVE,
        told("5.1", {4: 0.5}),
        check("activity", 4, "5.1", compliance=0, compliance_low=0, compliance_high=1, status="behind"),
        check("rollup:plan", 4, PROCESS, compliance=0, low=0, high=1, silent=0),
    ),
    vector(
        "an outcome stands beside the roll-up, never inside",
        with_outcome(),
        told("R1", {7: 187000}) + told("5.2", {7: 1}),
        check("rollup:plan", 7, PROCESS, compliance=1, activities_due=1),
    ),
    vector(
        "a plan of which nothing is due has no compliance",
        CAMPAIGN,
        NOTHING,
        check("rollup:plan", 6, PROCESS, compliance=None, low=None, high=None, activities_due=0, silent=0),
        check("rollup:plan", 7, PROCESS, compliance=0, low=0, high=1, activities_due=1, silent=1),
    ),
)

LOCAL_SHARES = row("1", "mean higher", every_month(20), unit="%")
LISTED = row("7.2", "last higher", every_month(100), localities=("Puno", "Juli"))
LOCALITIES = (
    vector(
        "localities add up to a sum, as far as they have reported",
        row("1", programmed={1: 10, 2: 10}, target=20),
        told("1", {1: 4}, "Puno") + told("1", {1: 6, 2: 5}, "Juli"),
        check("activity", 2, "1", reported_to_date=15, compliance=0.75, months_reported=2),
        check("cell", 2, ("1", 2), state="reported", reported=5, is_partial=False),
    ),
    vector(
        "a percentage never adds up over localities",
        (
            LOCAL_SHARES,
            row("2", "last higher", every_month(20), unit="Cobertura %"),
            row("3", "mean higher", every_month(20)),
        ),
        told("1", {1: 20}, "Puno") + told("2", {1: 20}, "Puno") + told("3", {1: 20}, "Puno"),
        *(check("activity", 1, code, status="not_reported", reported_to_date=None) for code in "123"),
        *(check("cell", 1, (code, 1), state="missing", reported=None, is_partial=False) for code in "123"),
    ),
    vector(
        "a balance is complete when every locality the plan lists has reported",
        LISTED,
        told("7.2", {1: 60, 2: 60}, "Puno") + told("7.2", {2: 40}, "Juli"),
        check("cell", 2, ("7.2", 1), state="partial", is_partial=True, reported=None),
        check("cell", 2, ("7.2", 2), state="reported", is_partial=False, reported=100),
        check("activity", 1, "7.2", status="not_reported", months_reported=0),
        check("activity", 2, "7.2", status="met", compliance=1, months_reported=1),
    ),
    vector(
        "a balance waits for the localities the plan lists, whoever else has reported",
        LISTED,
        told("7.2", {1: 60}, "Puno") + told("7.2", {1: 40}, "Ilave"),
        check("cell", 1, ("7.2", 1), state="partial", is_partial=True, reported=None),
    ),
    vector(
        "where no locality is listed, those that have reported a balance by then are expected",
        row("7.1", "last higher", every_month(1000), 1000),
        told("7.1", {1: 900, 3: 800}, "Puno") + told("7.1", {2: 200}, "Juli"),
        check("cell", 1, ("7.1", 1), state="reported", is_partial=False),
        check("cell", 3, ("7.1", 1), state="reported", is_partial=False),
        check("cell", 3, ("7.1", 2), state="partial", reported=None),
        check("cell", 3, ("7.1", 3), state="partial", reported=None),
        check("activity", 3, "7.1", reported_to_date=900, months_reported=1, months_partial=2, localities_missing="Juli|Puno"),
    ),
    vector(
        "a whole-utility balance needs no locality",
        LISTED,
        told("7.2", {1: 100}),
        check("cell", 1, ("7.2", 1), state="reported", is_partial=False, reported=100),
    ),
)

PLACES = (PAY_POINTS, row("1", programmed={6: 10}), RECOVERY, INFORMAL)
PLACE_AND_QUARTER_VECTORS = (
    vector(
        "a locality sees its own activities whole, and its share of the utility's without compliance",
        PLACES,
        told("2.1", {6: 1}, "Puno") + told("1", {5: 2, 6: 1}, "Puno") + told("1", {5: 3}, "Juli")
        + told("1.2", {1: 10, 2: 30}, "Puno") + told("1.2", {5: 22.5}) + told("5.3", {4: 25}),
        check("activity@Puno", 6, "2.1", compliance=1, status="met", share=None, months_due=1),
        check("activity@Puno", 6, "1", reported_to_date=3, share=0.5, compliance=None, status=None),
        check("activity@Puno", 6, "1", programmed_to_date=None, compliance_low=None, compliance_high=None, annual=None),
        # Its whole-utility value is May's alone, and no share of it is taken: a % has no parts.
        check("activity@Puno", 6, "1.2", reported_to_date=20, share=None, status=None),
        check("activity@EPS", 6, "1.2", status="not_reported", reported_to_date=22.5),
        check("activity@Puno", 6, "5.3", listed=False),
        check("activity@Puno", 4, "1", listed=False),
        check("activity@Juli", 6, "2.1", listed=False),
        check("activity@EPS", 6, "1", listed=True, compliance=0.6, share=None),
        check("rollup:locality", 6, "Puno", compliance=1, activities_due=1, silent=0),
        check("rollup:locality", 6, "EPS", activities_due=3, silent=1),
    ),
    vector(
        "a locality's balance is its latest, and its share that of the last complete month",
        replace(BALANCE, localities=("Puno", "Juli")),
        told("7.1", {6: 110000, 7: 100000}, "Puno") + told("7.1", {6: 90000}, "Juli"),
        check("activity@Puno", 7, "7.1", reported_to_date=100000, share=0.55, status=None),
        check("activity@Juli", 7, "7.1", reported_to_date=90000, share=0.45),
    ),
    vector(
        "a locality that has not told the last complete month has no share of it",
        LISTED,
        told("7.2", {6: 100}) + told("7.2", {7: 40}, "Puno"),
        check("activity@Puno", 7, "7.2", reported_to_date=40, share=None),
    ),
    vector(
        "a plan without an outcome has none",
        CAMPAIGN,
        NOTHING,
        check("outcome", 6, "R1", listed=False),
    ),
    vector(
        "a quarter counts work in the month it was reported",
        INFORMAL,
        told("5.3", {4: 25, 7: 50}),
        check("quarter", 9, ("5.3", 1), programmed=None, reported=None, compliance=None),
        check("quarter", 9, ("5.3", 2), programmed=75, reported=25, compliance=Fraction(1, 3)),
        check("quarter", 9, ("5.3", 3), programmed=25, reported=50, compliance=2),
        check("quarter", 5, ("5.3", 2), programmed=50, compliance=0.5),
        check("quarter", 9, ("5.3", 4), programmed=None, reported=None, compliance=None),
    ),
    vector(
        "a quarter compares by the activity's own rule",
        (
            row("1", "mean higher", {1: 10, 2: 30}, unit="%"),
            row("2", "sum lower", {1: 10, 2: 10, 3: 10}),
            row("3", "last lower", {3: 100}),
        ),
        told("1", {1: 12, 3: 100}) + told("2", {1: 5}) + told("3", {2: 1, 5: 125}),
        check("quarter", 6, ("1", 1), programmed=10, reported=12, compliance=1.2),
        check("quarter", 6, ("2", 1), programmed=10, reported=5, compliance=2),
        # February's balance comes before the first target; May's is held against March's.
        check("quarter", 6, ("3", 1), programmed=None, reported=None, compliance=None),
        check("quarter", 6, ("3", 2), programmed=100, reported=125, compliance=0.8),
    ),
    vector(
        "a quarter without a report has no compliance, and no balance is carried into it",
        (BALANCE, HUNDRED, ARREARS, DIRECTIVE),
        told("7.1", {2: 150000}) + told("8.1", {2: 0}) + told("1.1", {3: 40, 4: 25, 5: 35}) + told("5.1", {3: 1}),
        check("quarter", 12, ("7.1", 1), reported=150000, programmed=165000, compliance=1.1),
        check("quarter", 12, ("7.1", 2), reported=None, programmed=None, compliance=None),
        check("quarter", 12, ("8.1", 1), reported=0, programmed=100, compliance=0),
        check("quarter", 12, ("8.1", 4), reported=None, compliance=None),
        check("quarter", 12, ("1.1", 2), reported=30, programmed=30, compliance=1),
        check("quarter", 12, ("5.1", 1), compliance=1),
        check("quarter", 12, ("5.1", 2), compliance=None),
    ),
)  # fmt: skip

FOUR = ("Azángaro", "Ilave", "Juli", "Puno")
FAULTS = row("4.7", "sum lower", every_month(20), 240, localities=FOUR)
INSPECTIONS = row("3.4", programmed=every_month(100), target=1200, localities=FOUR)
CONTINUITY = row("4.8", "mean higher", every_month(90), 90, unit="%")
TEN = range(1, 11)


def told_by(code, places, months, v) -> tuple[Report, ...]:
    """The same value of each month from each of the places."""
    return sum((told(code, dict.fromkeys(months, v), place) for place in places), ())


PARTIAL = (
    vector(
        "11 one locality of four says nothing of a limit of the utility's",
        FAULTS,
        told_by("4.7", ["Puno"], TEN, 9),
        check("activity", 10, "4.7", status="not_reported", compliance=None, months_due=10, months_reported=0, months_partial=10),
        check("activity", 10, "4.7", localities_missing="Azángaro|Ilave|Juli", annual=None, compliance_low=0, compliance_high=1),
        check("cell", 10, ("4.7", 1), state="partial", is_partial=True, is_counted=False, reported=9),
        check("rollup:plan", 10, PROCESS, compliance=0, silent=1),
    ),
    vector(
        "11 four localities add up to what the limit is held against",
        FAULTS,
        told_by("4.7", FOUR, TEN, 4),
        check("activity", 10, "4.7", reported_to_date=160, programmed_to_date=200, compliance=1.25, status="met"),
        check("activity", 10, "4.7", months_reported=10, months_partial=0, localities_missing=None, annual=Fraction(160, 240)),
    ),
    vector(
        "11 a part already above the limit counts whole",
        FAULTS,
        told_by("4.7", FOUR, [1], 4) + told_by("4.7", FOUR[1:], range(2, 11), 30),
        check("activity", 10, "4.7", reported_to_date=826, programmed_to_date=200, compliance=Near(0.242, 0.0005), status="behind"),
        check("activity", 10, "4.7", months_reported=1, months_partial=9, annual=Fraction(826, 240)),
    ),
    vector(
        "the year's limit counts every part, whether or not it is above its month's",
        FAULTS,
        told_by("4.7", FOUR, [1, 2], 4) + told_by("4.7", FOUR[1:], [3], 5),
        check("activity", 3, "4.7", reported_to_date=32, programmed_to_date=40, annual=Fraction(47, 240)),
        check("quarter", 3, ("4.7", 1), reported=32, programmed=40, compliance=1.25),
    ),
    vector(
        "a limit stands on half of its months",
        FAULTS,
        told_by("4.7", FOUR, [1, 2], 4),
        check("activity", 4, "4.7", status="met"),
        check("activity", 5, "4.7", status="not_reported", compliance=None),
    ),
    vector(
        "12 a part of a sum is done, and what it lacks opens the interval",
        INSPECTIONS,
        told_by("3.4", FOUR, [1, 2, 3, 4, 5, 6, 8, 9, 10], "22.5") + told("3.4", {7: 30}, "Puno") + told("3.4", {7: 21}, "Juli")
        + told("3.4", {7: 20}, "Ilave"),
        check("activity", 10, "3.4", reported_to_date=881, programmed_to_date=1000, compliance=0.881, months_reported=9, months_due=10),
        check("activity", 10, "3.4", months_partial=1, localities_missing="Azángaro", compliance_low=0.881, compliance_high=0.91),
        check("cell", 10, ("3.4", 7), state="partial", reported=71, is_counted=True),
    ),
    vector(
        "a part above its month's programme lacks nothing of it",
        INSPECTIONS,
        told_by("3.4", FOUR[1:], [1], 50),
        check("activity", 1, "3.4", compliance=1.5, compliance_high=1.5, months_reported=0, months_partial=1, status="met"),
    ),
    vector(
        "once the target is reached a part lacks nothing",
        INSPECTIONS,
        told_by("3.4", FOUR, [1], 300) + told_by("3.4", FOUR[1:], [2], 5),
        check("cell", 2, ("3.4", 2), state="covered", reported=15, is_partial=True),
        check("cell", 2, ("3.4", 12), state="covered"),
        check("activity", 2, "3.4", months_due=2, months_reported=2, months_partial=0, localities_missing=None, verdict="secured"),
    ),
    vector(
        "13 local percentages are no report of the utility's",
        CONTINUITY,
        told_by("4.8", FOUR, TEN, 80),
        check("activity", 10, "4.8", status="not_reported", months_reported=0, reported_to_date=None, months_partial=0),
        check("cell", 10, ("4.8", 10), state="missing", is_partial=False),
    ),
    vector(
        "13 a whole-utility percentage counts beside local ones",
        CONTINUITY,
        told_by("4.8", FOUR, TEN, 80) + told("4.8", dict.fromkeys(TEN, 88)),
        check("activity", 10, "4.8", reported_to_date=88, months_reported=10, compliance=Fraction(88, 90)),
    ),
    vector(
        "13 where the plan says so, the utility's is the mean of its localities",
        replace(CONTINUITY, localities=FOUR, combination="mean"),
        told("4.8", {1: 80, 2: 90}, "Puno") + told("4.8", {1: 90, 2: 90}, "Juli") + told("4.8", {1: 70, 2: 90}, "Ilave")
        + told("4.8", {1: 91}, "Azángaro"),
        check("activity", 1, "4.8", reported_to_date=82.75, compliance=Fraction(331, 360)),
        check("activity", 2, "4.8", reported_to_date=82.75, months_reported=1, months_partial=1, localities_missing="Azángaro"),
        check("cell", 2, ("4.8", 2), state="partial", reported=None, is_counted=False),
    ),
    vector(
        "15 a balance's year is held against its annual target",
        row("2.2", "last higher", {10: 13000, 12: 15000}, 15000),
        told("2.2", {10: 12469}),
        check("activity", 10, "2.2", compliance=Near(0.959, 0.0005), annual=Near(0.831, 0.0005)),
    ),
    vector(
        "a mean's and a falling balance's year is held against the annual target by its direction",
        (row("1", "mean lower", every_month(30), 20, unit="%"), row("2", "last lower", every_month(100), 80), row("3", "last lower", every_month(100), 80)),
        told("1", {1: 25}) + told("2", {1: 100}) + told("3", {1: 0}),
        check("activity", 1, "1", annual=0.8),
        check("activity", 1, "2", annual=0.8),
        check("activity", 1, "3", annual=1),
    ),
    vector(
        "17 a balance stands until its next programmed month is due",
        row("2.2", "last higher", {6: 100, 12: 200}, 200),
        told("2.2", {6: 100}),
        *(check("activity", c, "2.2", status="met", compliance=1) for c in range(6, 12)),
        check("activity", 12, "2.2", status="not_reported", compliance=None),
    ),
)

VECTORS = (*OF_THE_DOCUMENT, *STATUSES, *CELLS, *VERDICTS, *OUTCOMES, *ROLLUPS, *LOCALITIES, *PARTIAL)
