"""Every worked example asked of the SQL, and what only a ledger can show: two dates, versions, open
months.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import book
import illustrated
import pytest
from book import value
from vectors import (
    CAMPAIGN,
    FAULTS,
    FOUR,
    HUNDRED,
    INFORMAL,
    INSPECTIONS,
    NOTHING,
    PLACE_AND_QUARTER_VECTORS,
    PLACES,
    RECOVERY,
    VECTORS,
    WRITE_OFF,
    Check,
    agrees,
    every_month,
    row,
    told,
    told_by,
    vector,
    with_outcome,
)

from poa_core.figures import metrics
from poa_core.ledger import uploads as writer
from poa_core.panels import due as due_panel
from poa_core.panels import overview
from poa_core.words.language import words

QUESTIONS = {
    "activity": (metrics.activities, lambda row: row["code"]),
    "outcome": (metrics.outcome, lambda row: row["code"]),
    "rollup": (metrics.rollup, lambda row: row["key"]),
    "cell": (metrics.cells, lambda row: (row["code"], row["month"])),
    "quarter": (metrics.quarters, lambda row: (row["code"], row["quarter"])),
}
MOMENT = timedelta(microseconds=1)
FEBRUARY_8 = datetime(2010, 2, 8, 15)
FEBRUARY_9 = datetime(2010, 2, 9, 15)
FEBRUARY_10 = datetime(2010, 2, 10, 15)
# The reporting day of January is 10 February in Lima: it ends five hours into the next day, UTC.
JANUARY_CLOSES = datetime(2010, 2, 11, 5)
JANUARY_AND_APRIL = row("8.2", programmed={1: 100, 4: 100}, target=200)


@pytest.mark.parametrize("vector", (*VECTORS, *PLACE_AND_QUARTER_VECTORS), ids=lambda vector: vector.name)
def test_the_worked_example_holds(ledger, vector):
    book.fill(ledger, vector.plan, vector.reports)
    asked = {(x.question, x.c): answers(ledger, vector, x) for x in vector.checks}
    wrong = [(x, actual) for x in vector.checks if not agrees(actual := figure(asked[x.question, x.c], x), x)]
    assert not wrong


def answers(ledger, vector, check: Check) -> dict:
    """The rows of the SQL a check asks about, by their keys."""
    noun, _, by = check.question.partition(":")
    noun, _, locality = noun.partition("@")
    question, key = QUESTIONS[noun]
    scope = book.scope(vector.plan, check.c, locality=locality or None)
    return {key(row): row for row in book.asked(ledger, question, scope, *filter(None, [by]))}


def figure(found: dict, check: Check):
    return check.key in found if check.field == "listed" else found[check.key][check.field]


def plan_of(*activities, **more):
    return replace(vector("", activities, NOTHING).plan, **more)


def reported(ledger, plan, known_at, c=12, code="8.1"):
    """The activity's reported to date as it was known at a moment."""
    rows = book.asked(ledger, metrics.activities, book.scope(plan, c, known_at))
    return {row["code"]: row["reported_to_date"] for row in rows}[code]


@pytest.fixture
def hundred(ledger):
    """A ledger with one activity and nothing reported."""
    plan = plan_of(HUNDRED)
    book.fill(ledger, plan, NOTHING)
    return plan


def test_a_value_is_known_from_the_very_moment_it_is_accepted(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    assert reported(ledger, hundred, FEBRUARY_8 - MOMENT) is None
    assert reported(ledger, hundred, FEBRUARY_8) == 40


def test_a_withdrawn_value_is_gone_from_the_very_moment_it_is_withdrawn(ledger, hundred):
    upload = book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    writer.withdraw(ledger, upload, "Gerencia", at=FEBRUARY_9)
    assert reported(ledger, hundred, FEBRUARY_9 - MOMENT) == 40
    assert reported(ledger, hundred, FEBRUARY_9) is None


def test_the_newest_value_of_a_cell_wins_and_other_cells_stay(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40), value(3, "8.1", 2, 5)], FEBRUARY_8)
    book.accept(ledger, hundred, [value(2, "8.1", 1, 30)], FEBRUARY_9)
    assert reported(ledger, hundred, FEBRUARY_9 - MOMENT) == 45
    assert reported(ledger, hundred, FEBRUARY_9) == 35


def test_of_two_values_accepted_at_one_moment_the_later_upload_wins(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    book.accept(ledger, hundred, [value(2, "8.1", 1, 30)], FEBRUARY_8)
    assert reported(ledger, hundred, FEBRUARY_8) == 30


def test_a_value_taken_back_leaves_none_and_the_one_before_stays_taken_back(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    book.accept(ledger, hundred, [value(2, "8.1", 1, 0)], FEBRUARY_9)
    book.accept(ledger, hundred, [value(2, "8.1", 1, None)], FEBRUARY_10)
    assert reported(ledger, hundred, FEBRUARY_9) == 0
    assert reported(ledger, hundred, FEBRUARY_10) is None


def test_withdrawing_a_correction_gives_the_corrected_value_back(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    correction = book.accept(ledger, hundred, [value(2, "8.1", 1, 30)], FEBRUARY_9)
    writer.withdraw(ledger, correction, "Gerencia", at=FEBRUARY_10)
    assert reported(ledger, hundred, FEBRUARY_10 - MOMENT) == 30
    assert reported(ledger, hundred, FEBRUARY_10) == 40


def test_withdrawing_the_taking_back_gives_the_value_back(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    taken_back = book.accept(ledger, hundred, [value(2, "8.1", 1, None)], FEBRUARY_9)
    writer.withdraw(ledger, taken_back, "Gerencia", at=FEBRUARY_10)
    assert reported(ledger, hundred, FEBRUARY_10) == 40


def test_withdrawing_what_was_corrected_leaves_the_correction(ledger, hundred):
    first = book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    book.accept(ledger, hundred, [value(2, "8.1", 1, 30)], FEBRUARY_9)
    writer.withdraw(ledger, first, "Gerencia", at=FEBRUARY_10)
    assert reported(ledger, hundred, FEBRUARY_10) == 30


def test_a_plan_does_not_see_the_values_of_another(ledger, hundred):
    other = plan_of(HUNDRED, process="Gerencia de Operaciones")
    book.accept_plan(ledger, other)
    book.accept(ledger, other, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    assert reported(ledger, hundred, FEBRUARY_8) is None
    assert reported(ledger, other, FEBRUARY_8) == 40


def test_a_plan_of_another_year_is_another_plan(ledger, hundred):
    next_year = replace(hundred, year=2011)
    book.accept_plan(ledger, next_year)
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    assert reported(ledger, next_year, FEBRUARY_8) is None


@pytest.fixture
def two_versions(ledger):
    """First 100 in January, then, from 9 February on, 50; with 40 reported the day before."""
    first = plan_of(HUNDRED)
    book.fill(ledger, first, NOTHING)
    book.accept(ledger, first, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    book.accept_plan(ledger, plan_of(row("8.1", programmed={1: 50, 12: 150}, target=200)), FEBRUARY_9)
    return first


def compliance(ledger, plan, known_at, **more):
    (row,) = book.asked(ledger, metrics.activities, book.scope(plan, 1, known_at, **more))
    return row["compliance"]


def test_figures_use_the_newest_plan_accepted_by_then(ledger, two_versions):
    assert compliance(ledger, two_versions, FEBRUARY_9 - MOMENT) == 0.4
    assert compliance(ledger, two_versions, FEBRUARY_9) == 0.8


def test_the_first_plan_is_kept_beside_the_newest(ledger, two_versions):
    assert compliance(ledger, two_versions, FEBRUARY_9, programme="initial") == 0.4
    assert compliance(ledger, two_versions, FEBRUARY_9, programme="current") == 0.8


def test_of_two_plans_accepted_at_one_moment_the_later_upload_is_the_newest(ledger, two_versions):
    book.accept_plan(ledger, plan_of(row("8.1", programmed={1: 80, 12: 120}, target=200)), FEBRUARY_9)
    assert compliance(ledger, two_versions, FEBRUARY_9) == 0.5
    assert compliance(ledger, two_versions, FEBRUARY_9, programme="initial") == 0.4


def test_before_its_first_plan_was_accepted_there_is_nothing_to_see(ledger, two_versions):
    before = book.scope(two_versions, 1, book.PLANNED - MOMENT)
    assert book.asked(ledger, metrics.activities, before) == []
    assert [row["compliance"] for row in book.asked(ledger, metrics.rollup, before, "plan")] == [None]


def test_progress_stays_with_its_code_through_plan_versions(ledger, two_versions):
    book.accept_plan(ledger, plan_of(RECOVERY), FEBRUARY_10)
    book.accept_plan(ledger, plan_of(RECOVERY, HUNDRED), FEBRUARY_10 + MOMENT)
    assert reported(ledger, two_versions, FEBRUARY_10 + MOMENT) == 40


def test_the_outcome_follows_the_plan_version_as_well(ledger):
    plan = with_outcome()
    book.fill(ledger, plan, told("R1", {6: 165000}))
    book.accept_plan(ledger, with_outcome(target=143000), book.LATER)
    now = {row["path"] for row in book.asked(ledger, metrics.outcome, book.scope(plan, 6))}
    initial = {
        row["path"] for row in book.asked(ledger, metrics.outcome, book.scope(plan, 6, programme="initial"))
    }
    assert (now, initial) == ({165000}, {162000})


def cutoff(ledger, plan, known_at=book.LATER, **more):
    with ledger.cursor() as cursor:
        return metrics.default_cutoff(cursor, book.scope(plan, 0, known_at, **more))


def test_a_month_is_open_to_the_end_of_its_reporting_day_in_lima(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], FEBRUARY_8)
    assert cutoff(ledger, hundred, JANUARY_CLOSES - MOMENT) == 0
    assert cutoff(ledger, hundred, JANUARY_CLOSES) == 1


def test_a_plan_may_have_a_reporting_day_of_its_own(ledger, hundred):
    book.emptied(ledger)
    book.accept_plan(ledger, hundred, reporting_day=5)
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], datetime(2010, 2, 3))
    assert cutoff(ledger, hundred, datetime(2010, 2, 6, 5) - MOMENT) == 0
    assert cutoff(ledger, hundred, datetime(2010, 2, 6, 5)) == 1


def test_december_closes_in_the_next_year(ledger, hundred):
    book.accept(ledger, hundred, [value(2, "8.1", 12, 40)], datetime(2011, 1, 3))
    assert cutoff(ledger, hundred, datetime(2011, 1, 11, 5) - MOMENT) == 0
    assert cutoff(ledger, hundred, datetime(2011, 1, 11, 5)) == 12


def test_the_default_cut_off_is_the_last_closed_month_with_a_programmed_value(ledger):
    plan = plan_of(INFORMAL, HUNDRED)
    book.fill(ledger, plan, told("8.1", {1: 40}) + told("5.3", {5: 0}))
    assert cutoff(ledger, plan) == 5


def test_an_unprogrammed_value_does_not_move_the_default_cut_off(ledger):
    plan = plan_of(HUNDRED)
    book.fill(ledger, plan, told("8.1", {1: 40, 5: 40}))
    assert cutoff(ledger, plan) == 1


def test_the_outcome_moves_the_default_cut_off(ledger):
    plan = with_outcome()
    book.fill(ledger, plan, told("R1", {4: 170000}))
    assert cutoff(ledger, plan) == 4


def test_without_a_value_the_default_cut_off_is_before_january(ledger, hundred):
    assert cutoff(ledger, hundred) == 0


def test_a_value_taken_back_moves_the_default_cut_off_back(ledger):
    plan = plan_of(JANUARY_AND_APRIL)
    book.fill(ledger, plan, told("8.2", {1: 40, 4: 40}))
    before = cutoff(ledger, plan)
    book.accept(ledger, plan, [value(2, "8.2", 4, None)], book.LATER)
    assert (before, cutoff(ledger, plan)) == (4, 1)


def test_of_two_values_the_later_upload_stands_whatever_the_clock_said(ledger, hundred):
    ahead, now = FEBRUARY_10, FEBRUARY_9
    book.accept(ledger, hundred, [value(2, "8.1", 1, 40)], ahead)
    assert [
        r["reported_to_date"]
        for r in book.asked(ledger, metrics.activities, book.scope(hundred, 12, now, is_now=True))
    ] == [40]
    book.accept(ledger, hundred, [value(2, "8.1", 1, 30)], now)
    with (
        ledger.cursor() as cursor
    ):  # the ledger dates it no earlier than the one before; a restore may bring it as it was written
        cursor.execute(
            "UPDATE upload SET accepted_at = ? WHERE upload_id = (SELECT max(upload_id) FROM upload)", [now]
        )
    for known_at in (now, ahead, book.LATER):
        assert reported(ledger, hundred, known_at) == 30
        assert [
            r["reported_to_date"]
            for r in book.asked(ledger, metrics.activities, book.scope(hundred, 12, known_at, is_now=True))
        ] == [30]


def due(ledger, plan, known_at, **more) -> tuple[int, int]:
    """The default cut-off and the due month."""
    with ledger.cursor() as cursor:
        scope = book.scope(plan, 0, known_at, is_now=True, **more)
        return metrics.default_cutoff(cursor, scope), metrics.due_month(cursor, scope)


NOVEMBER_30, JANUARY_5 = datetime(2010, 11, 30, 17), datetime(2011, 1, 5, 17)
DIVIDED = (
    replace(RECOVERY, responsible="Norte"),
    replace(HUNDRED, code="8.3", programmed=every_month(10), responsible="Sur"),
    CAMPAIGN,
)


def test_january_alone_reported_leaves_october_due_and_every_division_overdue(ledger):
    plan = plan_of(*DIVIDED)
    book.fill(ledger, plan, told("1.2", {1: 20}) + told("8.3", {1: 10}))
    assert due(ledger, plan, NOVEMBER_30) == (1, 10)
    reporting = book.asked(ledger, metrics.reporting, book.scope(plan, 10))
    assert all(row["missing"] for row in reporting if row["due"]) and len(reporting) == 3
    [late] = book.asked(ledger, metrics.overdue, book.scope(plan, 10), 1)
    assert (late["first_month"], late["last_month"], late["cells"], late["divisions"]) == (2, 10, 19, 3)
    seen = book.scope(plan, 1, NOVEMBER_30, is_now=True)
    assert due_panel.line(illustrated.asking(ledger), seen, words("es")) == (
        "Cifras a enero; febrero a octubre están vencidos: faltan 19 valores de 3 divisiones.")  # fmt: skip
    assert due_panel.line(illustrated.asking(ledger), seen, words("en")) == (
        "Figures to January; February to October are overdue: 19 values of 3 divisions.")  # fmt: skip
    assert due_panel.reporting_month(illustrated.asking(ledger), seen) == 10
    assert due_panel.reporting_month(illustrated.asking(ledger), replace(seen, is_chosen=True)) == 1
    assert "Falta reportar hasta octubre:" in overview.reminder_text(
        illustrated.asking(ledger), seen, words("es")
    )


def test_an_empty_plan_in_november_has_ten_months_due_and_nothing_falls_due_in_january(ledger):
    plan = plan_of(*DIVIDED)
    book.fill(ledger, plan, NOTHING)
    assert due(ledger, plan, NOVEMBER_30) == (0, 10)
    seen = book.scope(plan, 0, NOVEMBER_30, is_now=True)
    assert set(overview.falling_due(illustrated.asking(ledger), seen, 10)["due_month"]) == {11, 12}
    assert due_panel.line(illustrated.asking(ledger), seen, words("es")).startswith(
        "Aún sin cifras; enero a octubre están vencidos"
    )


def test_on_the_fifth_of_january_november_is_due_and_december_still_open(ledger):
    plan = plan_of(*DIVIDED)
    book.fill(
        ledger,
        plan,
        told("1.2", dict.fromkeys(range(1, 11), 20))
        + told("8.3", dict.fromkeys(range(1, 11), 10))
        + told("5.2", {7: 1}),
    )
    assert due(ledger, plan, JANUARY_5) == (10, 11)
    [late] = book.asked(ledger, metrics.overdue, book.scope(plan, 11), 10)
    assert (late["first_month"], late["last_month"], late["cells"]) == (11, 11, 2)


def test_while_an_illustration_stands_its_last_month_is_the_due_one(ledger):
    plan = plan_of(*DIVIDED)
    book.fill(ledger, plan, NOTHING)
    book.accept(ledger, plan, [value(2, "8.3", 3, 10)], illustrative=True)
    assert due(ledger, plan, NOVEMBER_30) == (3, 3)


def test_a_locality_added_is_expected_from_the_first_month_open_when_its_version_was_accepted(ledger):
    first = plan_of(replace(FAULTS, localities=FOUR[:3]))
    book.fill(ledger, first, told_by("4.7", FOUR[:3], [1, 2], 4))
    later = plan_of(FAULTS)
    book.accept_plan(ledger, later, datetime(2010, 2, 20, 15))  # January's day has passed, February's has not
    cells = {r["month"]: r for r in book.asked(ledger, metrics.cells, book.scope(later, 2))}
    assert (cells[1]["state"], cells[2]["state"], cells[2]["localities_missing"]) == (
        "reported",
        "partial",
        "Puno",
    )
    again = plan_of(replace(FAULTS, objective="Otro"))  # what was added stays added
    book.accept_plan(ledger, again, datetime(2010, 9, 20, 15))
    cells = {r["month"]: r for r in book.asked(ledger, metrics.cells, book.scope(again, 2))}
    assert (cells[1]["state"], cells[2]["state"]) == ("reported", "partial")


def test_a_filter_by_locality_shows_its_own_months_and_says_what_came_for_the_whole(ledger):
    plan = plan_of(row("1", programmed=every_month(10), target=120))
    book.fill(ledger, plan, told("1", {1: 4, 2: 5}, "Puno") + told("1", {1: 6}, "Juli") + told("1", {3: 10}))
    cells = {r["month"]: r for r in book.asked(ledger, metrics.cells, book.scope(plan, 4, locality="Puno"))}
    assert [(cells[m]["reported"], cells[m]["is_whole_only"]) for m in (1, 2, 3, 4)] == [
        (4, False),
        (5, False),
        (None, True),
        (None, False),
    ]
    assert {r["programmed"] for r in cells.values()} == {None} and not any(
        r["is_due"] for r in cells.values()
    )
    [activity] = book.asked(ledger, metrics.activities, book.scope(plan, 4, locality="Puno"))
    assert activity["share"] == pytest.approx(9 / 25)
    assert {
        activity[name]
        for name in ("target", "programmed_to_date", "programme_due", "shortfall", "compliance", "status")
    } == {None}
    quarters = book.asked(ledger, metrics.quarters, book.scope(plan, 4, locality="Puno"))
    assert [(r["programmed"], r["reported"], r["compliance"]) for r in quarters][:2] == [
        (None, 9, None),
        (None, None, None),
    ]


def test_an_activity_by_locality_names_who_lacks_and_whose_share_is_what(ledger):
    plan = plan_of(INSPECTIONS)
    book.fill(ledger, plan, told_by("3.4", FOUR, [1], 25) + told_by("3.4", FOUR[1:], [2], 25))
    rows = book.asked(ledger, metrics.local_months, book.scope(plan, 2), "3.4")
    assert len(rows) == 48
    february = {
        r["locality"]: (r["reported"], r["is_lacking"], round(r["share"], 3)) for r in rows if r["month"] == 2
    }
    assert february["Azángaro"] == (None, True, 0.143) and february["Puno"] == (25, False, 0.286)


def test_an_open_month_says_how_much_of_it_is_reported(ledger):
    plan = plan_of(HUNDRED, RECOVERY, CAMPAIGN)
    book.fill(ledger, plan, NOTHING)
    book.accept(ledger, plan, [value(2, "8.1", 1, 40), value(3, "5.2", 1, 1)], FEBRUARY_8)
    january = book.asked(ledger, metrics.months, book.scope(plan, 1, FEBRUARY_8))[0]
    # The campaign's value is not programmed: January expects two cells.
    assert (january["is_open"], january["cells_reported"], january["cells"]) == (True, 1, 2)
    assert str(january["reporting_date"])[:10] == "2010-02-10"


def test_a_remark_needs_no_value_and_moves_no_figure(ledger, hundred):
    book.accept(ledger, hundred, [remark(2, 1, cause="Lluvias")], FEBRUARY_8)
    assert reported(ledger, hundred, FEBRUARY_8) is None
    assert remarks(ledger, hundred, 1, FEBRUARY_8) == [("8.1", 1, "Lluvias")]


def remark(row, month, **words):
    return replace(value(row, "8.1", month, 0), reported=None, **words)


def remarks(ledger, plan, c, known_at=book.LATER):
    rows = book.asked(ledger, metrics.remarks, book.scope(plan, c, known_at))
    return [(row["code"], row["month"], row["cause"]) for row in rows]


def test_the_newest_cause_up_to_the_cut_off_is_shown(ledger, hundred):
    book.accept(ledger, hundred, [remark(2, 1, cause="Lluvias"), remark(3, 3, cause="Huelga")], FEBRUARY_8)
    book.accept(ledger, hundred, [remark(2, 1, cause="Nevadas")], FEBRUARY_9)
    assert remarks(ledger, hundred, 1, FEBRUARY_9 - MOMENT) == [("8.1", 1, "Lluvias")]
    assert remarks(ledger, hundred, 1) == [("8.1", 1, "Nevadas")]
    assert remarks(ledger, hundred, 3) == [("8.1", 3, "Huelga")]


def test_a_remark_is_withdrawn_with_its_upload(ledger, hundred):
    upload = book.accept(ledger, hundred, [remark(2, 1, cause="Lluvias")], FEBRUARY_8)
    writer.withdraw(ledger, upload, "Gerencia", at=FEBRUARY_9)
    assert remarks(ledger, hundred, 1) == []


def test_what_falls_due_is_programmed_ahead_and_not_yet_reported(ledger):
    plan = plan_of(WRITE_OFF, INFORMAL, HUNDRED)
    book.fill(ledger, plan, told("5.3", {9: 25}))
    due = book.asked(ledger, metrics.falling_due, book.scope(plan, 6))
    reported = book.asked(ledger, metrics.falling_due, book.scope(plan, 9))
    # The write-off stands in July and is due at its quarter's end; of a later report nothing is known in
    # June.
    seen = [(r["due_month"], r["code"], r["programmed"]) for r in due]
    assert seen == [(9, "1.4", 20), (9, "5.3", 25), (12, "8.1", 100)]
    assert [r["code"] for r in reported] == ["8.1"]


def test_a_target_of_zero_does_not_fall_due(ledger):
    plan = plan_of(row("1", "mean lower", every_month(0), 0, unit="%"))
    book.fill(ledger, plan, NOTHING)
    assert book.asked(ledger, metrics.falling_due, book.scope(plan, 6)) == []


def test_a_division_sees_what_is_due_and_what_of_it_is_missing(ledger):
    plan = plan_of(HUNDRED, RECOVERY, replace(CAMPAIGN, responsible="División de Catastro"))
    book.fill(ledger, plan, told("8.1", {1: 40}))
    rows = book.asked(ledger, metrics.reporting, book.scope(plan, 1))
    names = "responsible activities due missing missing_codes last_report".split()
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("Gerencia Comercial", 2, 2, 1, "1.2", book.REPORTED),
        ("División de Catastro", 1, 0, 0, None, None),
    ]


def test_what_nobody_answers_for_reports_for_itself_and_not_with_the_outcome(ledger):
    nobodys = row("8.1", programmed={1: 100, 2: 100}, target=200, responsible="")
    plan = replace(with_outcome(), activities=(nobodys, CAMPAIGN))
    book.fill_from_files(ledger, plan, told("8.1", {1: 100}))
    by_month = book.asked(ledger, metrics.reporting_by_month, book.scope(plan, 2))
    own = [
        (row["month"], row["position"] > 0, row["due"], row["missing_codes"])
        for row in by_month
        if row["responsible"] is None
    ]
    assert own == [(1, False, 1, "R1"), (2, False, 1, "R1"), (1, True, 1, None), (2, True, 1, "8.1")]
    to_date = next(
        row
        for row in book.asked(ledger, metrics.reporting, book.scope(plan, 2))
        if row["responsible"] is None
    )
    assert (to_date["cells_due"], to_date["cells_reported"]) == (2, 1)
    assert overview.reminder_text(
        illustrated.asking(ledger), book.scope(plan, 2, is_chosen=True), words("es")
    ).split("\n\n")[1:] == [
        "Toda la EPS:\n- Enero: R1 Cartera morosa\n- Febrero: R1 Cartera morosa",
        "Sin responsable:\n- Febrero: 8.1 Actividad 8.1",
    ]


def test_a_month_without_report_is_not_missing_where_the_work_is_done(ledger):
    plan = plan_of(row("1", programmed={1: 10, 2: 10}, target=20), row("2", programmed={1: 10, 2: 10}))
    book.fill(ledger, plan, told("1", {1: 20}) + told("2", {1: 20}))
    [reporting] = book.asked(ledger, metrics.reporting, book.scope(plan, 2))
    assert (reporting["missing_codes"], reporting["cells_due"], reporting["cells_reported"]) == (
        "2",
        4,
        3,
    )  # 2 has no target to be done with


def test_filters_choose_activities_and_never_change_their_figures(ledger):
    plan = plan_of(*PLACES)
    book.fill(ledger, plan, told("2.1", {6: 1}, "Puno") + told("1", {6: 4}))
    everything = book.asked(ledger, metrics.activities, book.scope(plan, 6))
    chosen = book.asked(ledger, metrics.activities, book.scope(plan, 6, objective="Objetivo"))
    nobody = book.asked(ledger, metrics.activities, book.scope(plan, 6, responsible="Nadie"))
    assert (chosen, nobody) == (everything, [])


def test_only_known_groupings_are_answered(ledger, hundred):
    with pytest.raises(ValueError, match="unit"):
        book.asked(ledger, metrics.rollup, book.scope(hundred, 1), "unit")
