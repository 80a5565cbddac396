"""What a person must say yes to before a file is taken, and what nobody should be bothered with."""

from decimal import Decimal
from pathlib import Path

import pytest

import poa_core
from poa_core import moment as clock
from poa_core.contract import MONTHS, PlanKnowledge, PlannedActivity, Value
from poa_core.intake.check import progress_file
from poa_core.intake.progress.questions import questions
from poa_core.ledger import uploads
from poa_core.ledger.file import database
from poa_core.loading import seed
from poa_core.loading.files import read_plan, read_progress
from poa_core.words.language import LANGUAGES, words
from poa_core.words.problems import remedy

DATA = Path(poa_core.__file__).parent.parent / "data"
HEADERS = ("codigo", "mes", "avance")


def cells(text: str) -> dict[int, Decimal]:
    """{1: 25, 3: 0.5} from `ene 25, mar 0.5`."""
    given = (item.split() for item in filter(None, text.split(", ")))
    return {MONTHS.index(month) + 1: Decimal(amount) for month, amount in given}


def asked(rule: str, programme: str, known: str, told: str, unit="Conexiones", direction="higher",
          own="EPS", locality="EPS", known_in=None, target=None) -> list[tuple[str, int]]:  # fmt: skip
    """The codes of what is asked, with their months, where `told` comes over what the ledger knows."""
    activity = PlannedActivity(
        "5.3",
        "Detección",
        unit,
        rule,
        direction,
        own,
        "Gerencia",
        False,
        cells(programme),
        None if target is None else Decimal(target),
    )
    reported = {("5.3", month, known_in or locality): amount for month, amount in cells(known).items()}
    plan = PlanKnowledge(
        2010, "EPS Puno", "Comercial", {"5.3": activity}, frozenset({"EPS", "Puno", "Ilave"}), reported
    )
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
    activity = PlannedActivity(
        "1.1", "Morosidad", "%", "mean", "lower", "EPS", "", False, cells("ene 30, feb 30")
    )
    plan = PlanKnowledge(
        2010, "EPS Puno", "Comercial", {"1.1": activity}, frozenset(), {("1.1", 1, "EPS"): Decimal(300)}
    )
    values = [
        Value(2, "1.1", 1, "EPS", None, retracted=True),
        Value(3, "1.1", 2, "EPS", None, cause="lluvias"),
    ]
    assert questions(values, plan, HEADERS) == []


def test_a_value_that_the_ledger_has_is_not_asked_about_again():
    assert asked("mean", "ene 30", "ene 300", "ene 300", unit="Días") == []
    assert asked("sum", "ene 25, feb 25, mar 25", "ene 25, feb 50, mar 75", "ene 25, feb 50, mar 75") == []


def test_what_the_file_takes_back_is_held_against_nothing():
    activity = PlannedActivity("5.4", "Cortes", "Cortes", "mean", "higher", "EPS", "")
    plan = PlanKnowledge(
        2010, "EPS Puno", "Comercial", {"5.4": activity}, frozenset(), {("5.4", 1, "EPS"): Decimal(300)}
    )
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
EVEN = ", ".join(f"{month} 25" for month in MONTHS)


def test_months_that_never_fall_while_their_steps_fit_the_programme_look_like_a_running_total():
    assert asked("sum", QUARTERS, "", "ene 20, feb 50, mar 100") == [("running_total", 3)]
    # The ledger's months count too; the question stands at the file's own last row.
    assert asked("sum", QUARTERS, "ene 20, feb 50", "mar 100") == [("running_total", 3)]
    assert asked("sum", QUARTERS, "ene 20, mar 100", "feb 50") == [("running_total", 2)]
    assert asked("sum", EVEN, "", "ene 25, feb 50") == [("running_total", 2)]
    assert asked("sum", "mar 25, jun 25, set 25", "mar 22", "jun 49") == [
        ("running_total", 6)
    ]  # once a quarter


@pytest.mark.parametrize("share", ["0.6", "0.8", "1", "1.2", "1.4"])
def test_it_is_the_shape_that_tells_and_not_where_the_total_stands(share):
    told = [f"{month} {25 * Decimal(share) * place:f}" for place, month in enumerate(MONTHS[:5], 1)]
    assert asked("sum", EVEN, ", ".join(told[:3]), ", ".join(told[3:])) == [("running_total", 5)]


def test_uneven_months_are_told_once_there_are_enough_of_them():
    # 14, 35, 21, 38, 17, 30 done: of three that never fall nobody knows, of six one does.
    assert asked("sum", EVEN, "", "ene 14, feb 49, mar 70, abr 108, may 125, jun 155") == [
        ("running_total", 6)
    ]
    assert asked("sum", EVEN, "", "ene 14, feb 49") == []


@pytest.mark.parametrize(
    ("second", "is_asked"), [("44.44", False), ("44.45", True), ("57.14", True), ("57.15", False)]
)
def test_two_months_are_told_where_their_steps_are_nearly_as_the_programme(second, is_asked):
    assert ("running_total" in codes("sum", EVEN, "", f"ene 25, feb {second}")) == is_asked


def test_totals_may_begin_within_the_year():
    assert asked("sum", EVEN, "ene 25, feb 24, mar 26", "abr 100, may 126") == [("running_total", 5)]
    assert asked("sum", EVEN, "ene 25, feb 24, mar 26", "abr 100") == [("running_total", 4)]
    assert asked("sum", EVEN, "ene 25", "feb 50") == [("running_total", 2)]


def test_a_month_beyond_what_was_asked_is_no_total_of_those_before():
    assert asked("sum", EVEN, "ene 25, feb 24, mar 26", "abr 60") == []


def test_in_a_locality_the_months_before_tell_what_a_step_is():
    told = {"locality": "Puno", "known_in": "Puno"}
    assert asked("sum", EVEN, "ene 12, feb 13, mar 11", "abr 47, may 60", **told) == [("running_total", 5)]
    assert asked("sum", EVEN, "ene 12, feb 13, mar 11", "abr 14, may 15", **told) == []
    assert asked("sum", EVEN, "", "ene 12, feb 25, mar 36", **told) == [("running_total", 3)]
    assert asked("sum", EVEN, "", "ene 12, feb 25", **told) == []  # two months may as well have grown
    assert asked("sum", EVEN, "", "ene 1, feb 2, mar 3", **told) == []  # and small counts


def test_months_that_fall_are_months():
    assert asked("sum", QUARTERS, "", "ene 50, feb 20, mar 100") == []
    # A zero after a month with work falls as well; before the first it tells nothing.
    assert asked("sum", QUARTERS, "", "ene 40, feb 0, mar 100") == []
    assert asked("sum", EVEN, "", "ene 0, feb 50, mar 75") == [("running_total", 3)]
    # Months that stay alike do not grow.
    assert asked("sum", "ene 20, feb 80", "", "ene 99, feb 99") == []


def test_months_that_make_up_for_a_slow_start_are_months():
    assert asked("sum", EVEN, "", "ene 10, feb 20, mar 30, abr 40") == []
    assert asked("sum", "ene 20, feb 80", "", "ene 5, feb 100") == []


def test_months_that_grow_as_their_programme_does_are_months():
    assert asked("sum", "ene 10, feb 20, mar 30, abr 40", "", "ene 10, feb 20, mar 30, abr 40") == []
    assert asked("sum", "ene 10, feb 20, mar 30, abr 40", "", "ene 14, feb 26, mar 41, abr 52") == []


def test_one_month_is_no_running_total():
    assert asked("sum", QUARTERS, "", "mar 100") == asked("sum", QUARTERS, "", "ene 0, feb 0, mar 100") == []


def test_totals_that_stand_already_are_not_asked_about_for_an_earlier_month():
    assert asked("sum", EVEN, "ene 25, feb 24, abr 100, may 126", "mar 26") == []


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
        ("24000", True), ("36000", True),
        ("2.39", False), ("2.4", True), ("3.6", True), ("3.61", False),
        ("0.239", False), ("0.24", True), ("0.36", True), ("0.361", False),
        ("0.024", True), ("0.036", True),
        ("30", False), ("300000", False),
    ],
)  # fmt: skip
def test_a_value_about_a_power_of_ten_off_its_programme(value, is_asked):
    assert codes("mean", "mar 30", "", f"mar {value}") == ({"off_by_power"} if is_asked else set())
    assert codes("last", "mar 30", "", f"mar {value}") == ({"off_by_power"} if is_asked else set())


@pytest.mark.parametrize(
    ("programmed", "value", "is_asked"),
    [
        ("10", "1", False),
        ("99.99", "10", False),
        ("100", "10", True),
        ("1525", "152.5", True),
        ("1", "10", True),
    ],
)
def test_one_of_ten_done_is_an_ordinary_delay_unless_a_hundred_or_more_were_asked(
    programmed, value, is_asked
):
    assert codes("sum", f"mar {programmed}", "", f"mar {value}") == ({"off_by_power"} if is_asked else set())


@pytest.mark.parametrize("rule", ["sum", "mean", "last"])
@pytest.mark.parametrize(
    ("value", "is_asked"),
    [
        ("14999.99", False),
        ("15000", True),
        ("60000", True),
        ("60000.01", False),
        ("0.0149", False),
        ("0.015", True),
        ("0.06", True),
        ("0.0601", False),
    ],
)
def test_a_thousand_times_is_told_from_half_to_twice_as_far(rule, value, is_asked):
    assert codes(rule, "mar 30", "", f"mar {value}") == ({"off_by_power"} if is_asked else set())


def test_a_whole_number_is_no_thousandth_and_nobody_does_a_thousand_times_ten():
    assert asked("sum", "mar 1500", "", "mar 1") == []  # one of a campaign's fifteen hundred
    assert asked("sum", "mar 9", "", "mar 5000") == [] and codes("sum", "mar 10", "", "mar 5100") == {
        "off_by_power"
    }


@pytest.mark.parametrize("locality", ["EPS", "Puno"])
def test_thousands_are_held_against_the_locality_s_own_months(locality):
    told = {"locality": locality, "known_in": "Puno"}
    found = [] if locality == "EPS" else [("off_by_power_neighbour", 10)]
    assert asked("sum", "", "ago 120, set 137", "oct 0.17", **told) == found
    assert asked("sum", "", "ago 120, set 137", "oct 170000", **told) == found
    assert asked("sum", "", "ago 12.5, set 30.2", "oct 0.02", **told) == found
    assert asked("sum", "", "ago 120, set 137", "oct 17", **told) == []


def test_a_percentage_told_as_a_share_is_held_against_its_own_months():
    assert asked("mean", "", "set 88", "oct 0.65", unit="%") == [("off_by_power_neighbour", 10)]
    assert (
        asked("mean", "", "set 88", "oct 1.5", unit="%")
        == asked("mean", "", "set 88", "oct 0.65", unit="Horas")
        == []
    )


@pytest.mark.parametrize("value", ["5", "0", "15939", "1593941"])
def test_a_balance_ten_times_from_the_last_is_asked_about(value):
    path = "set 149500, oct 145333"
    assert codes("last", path, "set 159394", f"oct {value}", unit="S/", direction="lower") & {
        "far_from_last",
        "off_by_power",
        "off_by_power_neighbour",
    }


@pytest.mark.parametrize(
    ("value", "is_asked"),
    [("5", True), ("12.7", True), ("19.2", False), ("0", True), ("1920", True), ("1270", False)],
)
def test_a_level_is_far_from_ten_times_on(value, is_asked):
    # What is about ten times off is asked about as a shifted decimal.
    assert asked("last", "", "set 159.4", f"oct {value}", unit="S/") == (
        [("far_from_last", 10)] if is_asked else []
    )
    assert (
        asked("last", "", "set 99", f"oct {value}", unit="S/") == []
    )  # a stock under a hundred may well do so


def test_a_level_that_goes_where_its_programme_goes_is_not_far():
    assert asked("last", "nov 400, dic 0", "nov 350", "dic 0") == []
    assert asked("last", "nov 4000, dic 100", "nov 3700", "dic 190") == []
    assert asked("last", "nov 4000, dic 100", "nov 3700", "dic 210") == [("far_from_last", 12)]


def test_the_first_level_of_a_year_is_held_against_its_programme():
    assert asked("last", "ene 182833", "", "ene 5", unit="S/") == [("far_from_programme", 1)]
    assert asked("last", "ene 182833", "", "ene 0", unit="S/") == [("far_from_programme", 1)]
    assert asked("last", "ene 182833", "", "ene 90000", unit="S/") == []


def test_only_a_level_is_held_against_the_last_one_whatever_the_power():
    assert (
        asked("sum", "", "set 159394", "oct 5") == asked("mean", "", "set 159394", "oct 5", unit="S/") == []
    )


def test_a_milestone_is_done_or_not():
    assert asked("milestone", "mar 1", "", "mar 0.1") == asked("milestone", "mar 1", "", "mar 10") == []


def test_a_level_is_held_against_the_nearest_months_that_report_something():
    assert asked("last", "", "ene 3000, feb 0, may 31000", "mar 310", unit="S/") == [
        ("off_by_power_neighbour", 3)
    ]
    assert asked("last", "", "may 3100", "mar 310", unit="S/") == [("off_by_power_neighbour", 3)]
    # January is ten times smaller, but April is nearer.
    assert asked("last", "", "ene 31, abr 300", "may 310", unit="S/") == []


def test_a_value_that_fits_its_programme_is_not_held_against_what_others_got_wrong():
    assert asked("mean", "ene 30, feb 30", "ene 300", "feb 31", unit="Días") == []
    assert asked("mean", "ene 30, feb 30", "ene 240.1", "feb 24", unit="Días") == []
    assert asked("mean", "ene 30, feb 30", "ene 239", "feb 23.9", unit="Días") == [
        ("off_by_power_neighbour", 2)
    ]


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
    assert codes("mean", "", f"feb {before}", f"mar {now}", unit="Días") == (
        {"repeats_last_month"} if is_asked else set()
    )


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


# A file that is another month's.

MANY = {
    f"1.{n}": PlannedActivity(
        f"1.{n}", "Cortes", "Cortes", "sum", "higher", "EPS", "", False, {8: Decimal(n)}
    )
    for n in range(30, 60)
}


def of_month(
    month: int, told: dict[str, object], known: dict[tuple[str, int], object], begun: int = 12
) -> list:
    """The problems of a file that gives these values as the month's."""
    held = {(code, other, "EPS"): Decimal(str(amount)) for (code, other), amount in known.items()}
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", MANY, frozenset({"EPS"}), held, begun=begun)
    return questions(
        [
            Value(n, code, month, "EPS", Decimal(str(amount)))
            for n, (code, amount) in enumerate(told.items(), 2)
        ],
        plan,
        HEADERS,
    )


SEPTEMBER = {code: 100 + 7 * n for n, code in enumerate(MANY)}


@pytest.mark.parametrize("other", [7, 9])
def test_a_file_whose_values_are_a_neighbouring_month_s_is_asked_about_once(other):
    found = of_month(8, SEPTEMBER, {(code, other): amount for code, amount in SEPTEMBER.items()})
    assert [(p.severity, p.code, p.row, p.hints) for p in found] == [
        ("question", "looks_like_another_month", None, {"month": 8, "other_month": other, "count": 30})
    ]
    for language in LANGUAGES:
        said = remedy(found[0], words(language))
        assert words(language).month(8) in said and words(language).month(other) in said


def test_it_is_asked_about_beside_what_august_already_has():
    august = {(code, 8): 90 + 5 * n for n, code in enumerate(MANY)}
    found = of_month(8, SEPTEMBER, august | {(code, 9): amount for code, amount in SEPTEMBER.items()})
    assert [p.code for p in found] == ["looks_like_another_month"]


@pytest.mark.parametrize(("others", "is_asked"), [(0, True), (2, True), (3, False)])
def test_of_ten_values_one_may_be_another(others, is_asked):
    told = SEPTEMBER | dict(list({code: amount + 40 for code, amount in SEPTEMBER.items()}.items())[:others])
    found = [p.code for p in of_month(8, told, {(code, 9): amount for code, amount in SEPTEMBER.items()})]
    assert ("looks_like_another_month" in found) == is_asked


@pytest.mark.parametrize(("times", "is_asked"), [("1.004", True), ("1.006", False)])
def test_values_within_half_a_hundredth_are_nearly_alike(times, is_asked):
    told = {
        code: amount * (Decimal(times) if n % 2 else 1) for n, (code, amount) in enumerate(SEPTEMBER.items())
    }
    assert bool(of_month(8, told, {(code, 9): amount for code, amount in SEPTEMBER.items()})) == is_asked
    # Levels that hardly move are not another month's: half of the values at least are so to the cent.
    nearly = {code: amount * Decimal(times) for code, amount in SEPTEMBER.items()}
    assert of_month(8, nearly, {(code, 9): amount for code, amount in SEPTEMBER.items()}) == []


def test_two_values_alike_are_chance_and_three_are_not():
    for count in (2, 3):
        told = dict(list(SEPTEMBER.items())[:count])
        assert bool(of_month(8, told, {(code, 9): amount for code, amount in told.items()})) == (count == 3)


def test_small_counts_zeros_and_what_does_as_it_is_asked_look_like_no_month():
    for told in (
        {code: 9 for code in MANY},
        {code: 0 for code in MANY},
        {code: int(code[2:]) for code in MANY},
    ):
        assert of_month(8, told, {(code, 9): amount for code, amount in told.items()}) == []


def test_a_month_further_away_is_none_of_its_neighbours():
    assert of_month(8, SEPTEMBER, {(code, 6): amount for code, amount in SEPTEMBER.items()}) == []
    assert (
        of_month(8, SEPTEMBER, {(code, 8): amount for code, amount in SEPTEMBER.items()}) == []
    )  # it is that already


def test_what_the_file_repeats_beside_another_month_is_still_asked_about():
    # The file is September's; two of its values are July's too.
    july = dict(list(SEPTEMBER.items())[:2])
    found = of_month(
        8,
        SEPTEMBER,
        {(code, 9): a for code, a in SEPTEMBER.items()} | {(code, 7): a for code, a in july.items()},
    )
    assert [p.code for p in found] == ["looks_like_another_month", "repeats_last_month", "repeats_last_month"]


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
    assert asked("sum", "ene 60, feb 40", "ene 60, feb 37", "mar 3, abr 2, may 1", target=100) == [
        ("beyond_the_year", 4)
    ]
    # What a later month says is not to date yet.
    assert asked("sum", "may 100", "may 97", "mar 3", target=100) == []


def test_a_zero_in_a_month_without_a_programme_is_not_asked_about_past_the_target_either():
    assert asked("sum", "ene 60, feb 40", "ene 60, feb 50", "mar 0", target=100) == []


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
    assert (
        asked("last", "mar 3000", "feb 3000", "mar 300", unit="S/", locality="Puno", known_in="Ilave") == []
    )
    assert asked("last", "mar 3000", "feb 3000", "mar 300", unit="S/", locality="Puno") == [
        ("off_by_power_neighbour", 3)
    ]
    assert asked("sum", QUARTERS, "ene 20", "feb 50, mar 100", locality="Puno", known_in="Ilave") == []
    assert asked("mean", "ene 30, mar 30", "", "mar 0", unit="%", locality="Puno") == []
    # A part that passes what the whole is asked in a year is past it wherever the programme stands.
    assert asked("sum", "mar 100", "", "mar 101", locality="Puno", target=100) == [("beyond_the_year", 3)]
    # Where the activity is of one locality, its programme is that one's.
    assert asked("last", "mar 3000", "", "mar 300", unit="S/", own="Puno", locality="Puno") == [
        ("off_by_power", 3)
    ]


# The year that a leader of the source plan would load.


def test_the_illustrative_year_and_its_october_raise_no_question():
    opened = database.in_memory()
    plan, content = read_plan(DATA / "processes.csv", DATA / "plan.csv")
    key = tuple(plan.plans[0][name] for name in ("year", "entity", "process"))
    uploads.accept_plan(
        opened, plan, content, "plan.zip", seed.SOURCE, seed.year_start(key[0]), snapshot=False
    )
    paths = [*sorted((DATA / "progress").glob("*.csv")), DATA / "try" / "2010-10.csv"]
    assert len(paths) == 10
    for path in paths:
        content = path.read_bytes()
        file = read_progress(opened, content, path.name, key, clock.now())
        assert file.values and not file.problems, path.name
        submission = uploads.Submission(*key, path.name, content, "Gerencia", file.values, True, "corrige")
        uploads.accept(opened, submission, seed.illustration_time(file, key[0]), snapshot=False)
    opened.close()
