"""What a person must say yes to before a file is taken, and what nobody should be bothered with."""

from decimal import Decimal
from pathlib import Path

import poa_core
import pytest
from poa_core import database, ledger, seed
from poa_core import moment as clock
from poa_core.contract import MONTHS, PlanKnowledge, PlannedActivity, Value
from poa_core.intake.check import progress_file
from poa_core.intake.files import read_plan, read_progress
from poa_core.intake.questions import questions
from poa_core.problems import remedy
from poa_core.words import LANGUAGES, words

DATA = Path(poa_core.__file__).parent.parent / "data"
HEADERS = ("codigo", "mes", "avance")


def cells(text: str) -> dict[int, Decimal]:
    """{1: 25, 3: 0.5} from `ene 25, mar 0.5`."""
    given = (item.split() for item in filter(None, text.split(", ")))
    return {MONTHS.index(month) + 1: Decimal(amount) for month, amount in given}


def asked(rule: str, programme: str, known: str, told: str, unit="Conexiones", direction="higher",
          own="EPS", locality="EPS", known_in=None, target=None) -> list[tuple[str, int]]:  # fmt: skip
    """The codes of what is asked, with their months, where `told` comes over what the ledger knows."""
    activity = PlannedActivity("5.3", "Detección", unit, rule, direction, own, "Gerencia", False, cells(programme),
                               None if target is None else Decimal(target))  # fmt: skip
    reported = {("5.3", month, known_in or locality): amount for month, amount in cells(known).items()}
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"5.3": activity}, frozenset({"EPS", "Puno", "Ilave"}), reported)
    values = [Value(month, "5.3", month, locality, amount) for month, amount in cells(told).items()]
    found = questions(values, plan, HEADERS)
    for problem in found:
        assert (problem.severity, problem.column) == ("question", "avance")
        assert all(remedy(problem, words(language)) for language in LANGUAGES)
    return [(problem.code, problem.row) for problem in found]


def codes(*given, **more) -> set[str]:
    return {code for code, _ in asked(*given, **more)}


# Nothing known, nothing programmed, nothing reported.


@pytest.mark.parametrize("rule", ["sum", "mean", "last", "milestone"])
@pytest.mark.parametrize("told", ["", "ene 0", "ene 12.5", "ene 0, feb 1250"])
def test_a_value_with_nothing_to_hold_it_against_is_not_questioned(rule, told):
    assert asked(rule, "", "", told) == []


def test_remarks_and_what_is_taken_back_are_not_questioned():
    activity = PlannedActivity("1.1", "Morosidad", "%", "mean", "lower", "EPS", "", False, cells("ene 30, feb 30"))
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"1.1": activity}, frozenset(), {("1.1", 1, "EPS"): Decimal(300)})
    values = [Value(2, "1.1", 1, "EPS", None, retracted=True), Value(3, "1.1", 2, "EPS", None, cause="lluvias")]
    assert questions(values, plan, HEADERS) == []


def test_a_value_that_the_ledger_has_is_not_asked_about_again():
    assert asked("mean", "ene 30", "ene 300", "ene 300", unit="Días") == []
    assert asked("sum", "ene 25, feb 25, mar 25", "ene 25, feb 50, mar 75", "ene 25, feb 50, mar 75") == []


def test_what_the_file_takes_back_is_held_against_nothing():
    activity = PlannedActivity("5.4", "Cortes", "Cortes", "mean", "higher", "EPS", "")
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"5.4": activity}, frozenset(), {("5.4", 1, "EPS"): Decimal(300)})
    values = [Value(2, "5.4", 1, "EPS", None, retracted=True), Value(3, "5.4", 2, "EPS", Decimal(30))]
    assert questions(values, plan, HEADERS) == []
    assert [problem.row for problem in questions(values[1:], plan, HEADERS)] == [3]


def test_a_question_refuses_nothing_and_waits_for_a_yes():
    activity = PlannedActivity("1.1", "Morosidad", "%", "mean", "lower", "EPS", "", False, cells("mar 30"))
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"1.1": activity}, frozenset())
    file = progress_file(b"codigo;mes;Avance\n1.1;mar;3,0\n", "avance.csv", plan)
    assert not file.is_refused and len(file.values) == 1
    [problem] = file.questions
    assert (problem.code, problem.row, problem.column, problem.value) == ("off_by_power", 2, "Avance", "3")
    assert problem.hints == {"code": "1.1", "reference": "30", "factor": 10}


def test_a_file_with_an_error_is_asked_nothing():
    activity = PlannedActivity("1.1", "Morosidad", "%", "mean", "lower", "EPS", "", False, cells("mar 30"))
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"1.1": activity}, frozenset())
    file = progress_file(b"codigo;mes;avance\n1.1;mar;3.0\n1.1;abr;x\n", "avance.csv", plan)
    assert [problem.code for problem in file.problems] == ["not_a_number"]


@pytest.mark.parametrize(
    ("headers", "column"),
    [
        (("codigo", "mes", "AVANCE"), "AVANCE"),
        (("codigo", "Enero", "mar-10"), "mar-10"),
        (("codigo", "F(RE) 03", "F(SE) 03"), "F(SE) 03"),
    ],
)
def test_a_question_names_the_column_of_its_month(headers, column):
    activity = PlannedActivity("1.1", "Morosidad", "%", "mean", "lower", "EPS", "", False, cells("mar 30"))
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"1.1": activity}, frozenset())
    [problem] = questions([Value(7, "1.1", 3, "EPS", Decimal(3))], plan, headers)
    assert (problem.row, problem.column) == (7, column)


# A running total instead of the month.

QUARTERS = "ene 20, feb 30, mar 50"


def test_months_that_only_grow_and_end_at_the_programme_to_date_look_like_a_running_total():
    assert asked("sum", QUARTERS, "", "ene 20, feb 50, mar 100") == [("running_total", 3)]
    # The ledger's months count too; the question stands at the file's own last row.
    assert asked("sum", QUARTERS, "ene 20, feb 50", "mar 100") == [("running_total", 3)]
    assert asked("sum", QUARTERS, "ene 20, mar 100", "feb 50") == [("running_total", 2)]


@pytest.mark.parametrize(("last", "is_asked"), [("94.99", False), ("95", True), ("105", True), ("105.01", False)])
def test_a_running_total_ends_within_a_twentieth_of_the_programme_to_date(last, is_asked):
    assert ("running_total" in codes("sum", QUARTERS, "", f"ene 20, feb 50, mar {last}")) == is_asked


@pytest.mark.parametrize(("first", "is_asked"), [("5.01", True), ("5", False)])
def test_months_whose_own_sum_fits_the_programme_are_months(first, is_asked):
    # 100 in March over 100 to date: with 5 before it, the sum is 5 % over.
    assert ("running_total" in codes("sum", "ene 20, feb 80", "", f"ene {first}, feb 100")) == is_asked


def test_months_that_fall_once_are_months():
    assert asked("sum", QUARTERS, "", "ene 50, feb 20, mar 100") == []
    assert asked("sum", QUARTERS, "", "ene 20, feb 20, mar 100") == [("running_total", 3)]
    # Months that stay alike do not grow.
    assert asked("sum", "ene 20, feb 80", "", "ene 99, feb 99") == []


def test_a_zero_is_no_step_of_a_running_total_and_one_month_is_none():
    assert asked("sum", QUARTERS, "", "ene 40, feb 0, mar 100") == [("running_total", 3)]
    assert asked("sum", QUARTERS, "", "mar 100") == []
    assert asked("sum", QUARTERS, "", "ene 0, feb 0, mar 100") == []


def test_the_month_s_own_programme_explains_a_last_value_as_large():
    # Delivered early in May, and then the whole of June's.
    assert asked("sum", "jun 130", "", "may 38, jun 130") == []


@pytest.mark.parametrize("rule", ["mean", "last", "milestone"])
def test_only_what_is_added_up_can_be_a_running_total(rule):
    assert "running_total" not in codes(rule, QUARTERS, "", "ene 20, feb 50, mar 100")


# 10, 100 or 1 000 times off.


@pytest.mark.parametrize(
    ("value", "is_asked"),
    [
        ("239.99", False), ("240", True), ("360", True), ("360.01", False),
        ("2399.99", False), ("2400", True), ("3600", True), ("3600.01", False),
        ("23999.99", False), ("24000", True), ("36000", True), ("36000.01", False),
        ("2.39", False), ("2.4", True), ("3.6", True), ("3.61", False),
        ("0.239", False), ("0.24", True), ("0.36", True), ("0.361", False),
        ("0.0239", False), ("0.024", True), ("0.036", True), ("0.0361", False),
        ("30", False), ("300000", False),
    ],
)  # fmt: skip
def test_a_value_about_a_power_of_ten_off_its_programme(value, is_asked):
    assert codes("mean", "mar 30", "", f"mar {value}") == ({"off_by_power"} if is_asked else set())
    assert codes("last", "mar 30", "", f"mar {value}") == ({"off_by_power"} if is_asked else set())


@pytest.mark.parametrize(
    ("programmed", "value", "is_asked"),
    [("10", "1", False), ("99.99", "10", False), ("100", "10", True), ("1525", "152.5", True), ("1", "10", True)],
)
def test_one_of_ten_done_is_an_ordinary_delay_unless_a_hundred_or_more_were_asked(programmed, value, is_asked):
    assert codes("sum", f"mar {programmed}", "", f"mar {value}") == ({"off_by_power"} if is_asked else set())


def test_a_milestone_is_done_or_not():
    assert asked("milestone", "mar 1", "", "mar 0.1") == asked("milestone", "mar 1", "", "mar 10") == []


def test_a_level_is_held_against_the_nearest_months_that_report_something():
    assert asked("last", "", "ene 3000, feb 0, may 31000", "mar 310", unit="S/") == [("off_by_power_neighbour", 3)]
    assert asked("last", "", "may 3100", "mar 310", unit="S/") == [("off_by_power_neighbour", 3)]
    # January is ten times smaller, but April is nearer.
    assert asked("last", "", "ene 31, abr 300", "may 310", unit="S/") == []


def test_a_value_that_fits_its_programme_is_not_held_against_what_others_got_wrong():
    assert asked("mean", "ene 30, feb 30", "ene 300", "feb 31", unit="Días") == []
    assert asked("mean", "ene 30, feb 30", "ene 240.1", "feb 24", unit="Días") == []
    assert asked("mean", "ene 30, feb 30", "ene 239", "feb 23.9", unit="Días") == [("off_by_power_neighbour", 2)]


def test_what_is_added_up_is_held_against_its_neighbours_only_where_nothing_is_programmed():
    # A quarter's campaign of 130 after a month with 13 of its 15 is what the plan asks.
    assert asked("sum", "may 15, jun 130", "may 15", "jun 160") == []
    assert asked("sum", "jun 130", "jun 130", "may 1300") == [("off_by_power_neighbour", 5)]
    assert asked("sum", "", "abr 1300", "may 130") == [("off_by_power_neighbour", 5)]
    assert asked("sum", "", "abr 13", "may 1.3") == []


# The same as last month.


@pytest.mark.parametrize(
    ("before", "now", "is_asked"),
    [
        ("17.5", "17.5", True), ("17.5", "17.504", True), ("17.5", "17.51", False),
        ("100", "100", True), ("99", "99", False), ("-100", "-100", True), ("0", "0", False),
    ],
)  # fmt: skip
def test_a_value_that_repeats_last_month_s_to_the_cent(before, now, is_asked):
    assert codes("mean", "", f"feb {before}", f"mar {now}", unit="Días") == ({"repeats_last_month"} if is_asked else set())


def test_only_the_month_before_is_repeated():
    assert asked("mean", "", "ene 17.5", "mar 17.5", unit="Días") == []
    assert asked("mean", "", "abr 17.5", "mar 17.5", unit="Días") == []


def test_a_month_that_does_what_it_was_asked_repeats_nothing():
    assert asked("sum", "feb 1525, mar 1525", "feb 1525", "mar 1525") == []
    assert asked("sum", "feb 1525, mar 1526", "feb 1525", "mar 1525") == [("repeats_last_month", 3)]


def test_a_figure_that_stays_for_months_is_asked_about_once_a_file():
    assert asked("mean", "", "", "ene 17.5, feb 17.5, mar 17.5, abr 17.6, may 17.6", unit="Días") == [
        ("repeats_last_month", 2), ("repeats_last_month", 5),
    ]  # fmt: skip
    assert asked("mean", "", "ene 17.5, feb 17.5", "mar 17.5", unit="Días") == [("repeats_last_month", 3)]


# A zero among percentages.


@pytest.mark.parametrize(("least", "is_asked"), [("5", True), ("4.99", False), ("0", False)])
def test_a_zero_where_the_other_months_are_far_from_it(least, is_asked):
    found = {"zero_among_percentages"} if is_asked else set()
    assert codes("mean", "feb 2, mar 2", f"ene {least}, feb 30", "mar 0", unit="Promedio mensual %") == found
    # Where nothing else is reported, what is programmed tells.
    assert codes("mean", f"feb {least}, mar 30", "", "mar 0", unit="Promedio mensual %") == found
    assert codes("mean", f"feb {least}, mar 30", "", "mar 0", unit="Días") == set()


# More than the year is asked, where nothing is programmed.


@pytest.mark.parametrize(("value", "is_asked"), [("100", False), ("100.01", True), ("1700", True)])
def test_a_month_without_a_programme_that_passes_the_year_s_target(value, is_asked):
    found = {"beyond_the_year"} if is_asked else set()
    assert codes("sum", "abr 50, may 50", "", f"mar {value}", target=100) == found


def test_it_is_the_sum_to_date_that_passes_the_target_and_is_asked_about_once_a_file():
    assert asked("sum", "ene 60, feb 40", "ene 60, feb 37", "mar 3, abr 2, may 1", target=100) == [("beyond_the_year", 4)]
    # What a later month says is not to date yet.
    assert asked("sum", "may 100", "may 97", "mar 3", target=100) == []


def test_what_a_programmed_month_does_beyond_the_target_is_over_fulfilment():
    assert asked("sum", "ene 60, feb 40", "ene 70", "feb 45", target=100) == []


def test_only_what_is_added_up_and_better_when_higher_is_held_against_the_year():
    assert asked("sum", "abr 100", "", "mar 130", target=100, direction="lower") == []
    assert asked("mean", "abr 100", "", "mar 130", target=100, unit="Días") == []
    assert asked("last", "abr 100", "", "mar 130", target=100) == []
    assert asked("milestone", "abr 1", "", "mar 2", target=1) == []
    assert asked("sum", "abr 100", "", "mar 130", target=0) == asked("sum", "abr 100", "", "mar 130") == []


# By locality.


def test_a_local_value_is_held_against_its_own_locality_and_not_against_the_whole_programme():
    assert asked("last", "mar 3000", "", "mar 300", unit="S/", locality="Puno") == []
    assert asked("last", "mar 3000", "feb 3000", "mar 300", unit="S/", locality="Puno", known_in="Ilave") == []
    assert asked("last", "mar 3000", "feb 3000", "mar 300", unit="S/", locality="Puno") == [("off_by_power_neighbour", 3)]
    assert asked("sum", QUARTERS, "ene 20", "feb 50, mar 100", locality="Puno", known_in="Ilave") == []
    assert asked("mean", "ene 30, mar 30", "", "mar 0", unit="%", locality="Puno") == []
    # A part that passes what the whole is asked in a year is past it wherever the programme stands.
    assert asked("sum", "mar 100", "", "mar 101", locality="Puno", target=100) == [("beyond_the_year", 3)]
    # Where the activity is of one locality, its programme is that one's.
    assert asked("last", "mar 3000", "", "mar 300", unit="S/", own="Puno", locality="Puno") == [("off_by_power", 3)]


# The year that a leader of the source plan would load.


def test_the_illustrative_year_and_its_october_raise_no_question():
    opened = database.in_memory()
    plan, content = read_plan(DATA / "processes.csv", DATA / "plan.csv")
    key = tuple(plan.plans[0][name] for name in ("year", "entity", "process"))
    ledger.accept_plan(opened, plan, content, "plan.zip", seed.SOURCE, seed.start_of(key[0]), snapshot=False)
    paths = [*sorted((DATA / "progress").glob("*.csv")), DATA / "try" / "2010-10.csv"]
    assert len(paths) == 10
    for path in paths:
        content = path.read_bytes()
        file = read_progress(opened, content, path.name, key, clock.now())
        assert file.values and not file.problems, path.name
        submission = ledger.Submission(*key, path.name, content, "Gerencia", file.values, True, "corrige")
        ledger.accept(opened, submission, seed.illustrated_at(file, key[0]), snapshot=False)
    opened.close()
