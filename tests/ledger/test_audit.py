"""Who changed which figure, when, from what to what, and why; what was due and who told it, in time or
late.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import book
import pytest
from naive import Activity, Outcome, Plan

from poa_core.figures import metrics
from poa_core.ledger import months
from poa_core.ledger import uploads as ledger_module
from poa_core.ledger.plans import archiving
from poa_core.words import outcome
from poa_core.words.language import words

D = Decimal
COUNTED = Activity(
    "1.1", "Cobrar", "sum", "higher", "Conexiones", D(30), {1: D(10), 2: D(10), 3: D(10)}, responsible="Norte"
)
LISTED = Activity(
    "1.2",
    "Cobrar",
    "sum",
    "higher",
    "Usuarios",
    D(8),
    {2: D(8)},
    localities=("Juli", "Puno"),
    responsible="Sur",
)
PLAN = Plan(
    2010,
    "EPS",
    "Comercial",
    (COUNTED, LISTED),
    Outcome("R1", D(187000), D(137000), "lower", localities=("Puno", "Juli")),
)


@pytest.fixture
def planned(ledger):
    book.accept_plan(book.emptied(ledger), PLAN)
    return ledger


def at(month: int, day: int) -> datetime:
    return datetime(2010, month, day, 15)


def trail(opened, known_at=book.LATER) -> list[tuple]:
    rows = book.asked(opened, metrics.audit, book.scope(PLAN, 12, known_at))
    return [(r["kind"], r["code"], r["month"], r["before"], r["after"], r["reason"]) for r in rows]


def test_a_value_reported_corrected_and_withdrawn_leaves_three_lines_with_before_and_after(planned):
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], at(2, 3), reason=None)
    second = book.accept(planned, PLAN, [book.value(2, "1.1", 1, 10)], at(2, 4), reason="acta 4")
    ledger_module.withdraw(planned, second, "ana", "acta anulada", at(2, 5))
    assert trail(planned)[:3] == [
        ("withdrawn", "1.1", 1, "10.0", "9.0", "acta anulada"),
        ("corrected", "1.1", 1, "9.0", "10.0", "acta 4"),
        ("reported", "1.1", 1, None, "9.0", None),
    ]  # fmt: skip


def test_the_trail_up_to_a_date_holds_what_had_happened_by_it(planned):
    first = book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], at(2, 3), reason=None)
    ledger_module.withdraw(planned, first, "ana", None, at(2, 5))
    assert [row[0] for row in trail(planned, at(2, 4))] == ["reported", "plan"]
    assert [row[0] for row in trail(planned, at(2, 5))] == ["withdrawn", "reported", "plan"]


def test_withdrawing_a_value_that_another_had_replaced_changes_no_figure_and_is_not_listed(planned):
    first = book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], at(2, 3))
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 10)], at(2, 4))
    ledger_module.withdraw(planned, first, "ana", None, at(2, 5))
    assert [row[0] for row in trail(planned)] == ["corrected", "reported", "plan"]


def test_a_value_taken_back_and_one_repeated_are_told_apart(planned):
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], at(2, 3))
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9), book.value(3, "1.1", 2, 5)], at(3, 3))
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, None)], at(3, 4), reason="duplicado")
    assert trail(planned)[:3] == [
        ("taken_back", "1.1", 1, "9.0", None, "duplicado"),
        ("reported", "1.1", 2, None, "5.0", None),
        ("reported", "1.1", 1, None, "9.0", None),
    ]  # fmt: skip


def test_a_cause_is_listed_with_what_it_says(planned):
    book.accept(
        planned,
        PLAN,
        [book.value(2, "1.1", 1, 9, cause="lluvias", measure="recuperar en marzo")],
        at(2, 3),
        reason=None,
    )
    assert ("remark", "1.1", 1, None, "lluvias · recuperar en marzo", None) in trail(planned)


def test_a_cause_is_listed_as_taken_back_with_its_upload(planned):
    given = [book.value(2, "1.1", 1, 9, cause="lluvias")]
    upload = book.accept(planned, PLAN, given, at(2, 3), reason=None)
    ledger_module.withdraw(planned, upload, "ana", "acta anulada", at(2, 5))
    assert ("remark_withdrawn", "1.1", 1, None, "lluvias", "acta anulada") in trail(planned)


def test_a_new_version_of_the_plan_lists_each_month_and_field_it_changed(planned):
    changed = replace(COUNTED, programmed={1: D(10), 2: D(12), 4: D(10)}, target=D(32))
    book.accept_plan(planned, replace(PLAN, activities=(changed, LISTED)), at(4, 2))
    why = "así lo aprobó el directorio"
    assert {row for row in trail(planned) if row[0] == "plan_changed"} == {
        ("plan_changed", "1.1", 0, "30.0", "32.0", why),
        ("plan_changed", "1.1", 2, "10.0", "12.0", why),
        ("plan_changed", "1.1", 3, "10.0", None, why),
        ("plan_changed", "1.1", 4, None, "10.0", why),
    }


def test_an_illustration_that_was_taken_away_is_no_part_of_the_trail(planned):
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 3)], at(2, 3), illustrative=True)
    assert [row[0] for row in trail(planned)] == ["reported", "plan"]
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], at(2, 4), reason=None)
    assert trail(planned) == [
        ("reported", "1.1", 1, None, "9.0", None),
        ("plan", None, 0, None, None, "así lo aprobó el directorio"),
    ]


def reporting(opened, cutoff: int) -> dict:
    rows = book.asked(opened, metrics.reporting_by_month, book.scope(PLAN, cutoff))
    return {
        (r["responsible"], r["month"]): (r["due"], r["reported"], r["on_time"], r["missing_codes"])
        for r in rows
    }


def test_a_division_is_told_by_month_what_was_due_reported_in_time_late_or_not_at_all(planned):
    # The reporting day is the 10th: the whole day in Lima counts, until five in the morning of the 11th in
    # UTC.
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], datetime(2010, 2, 11, 4, 59))
    book.accept(planned, PLAN, [book.value(2, "1.1", 2, 9)], datetime(2010, 3, 11, 5, 0))
    told = reporting(planned, 3)
    assert told["Norte", 1] == (1, 1, 1, None)
    assert told["Norte", 2] == (1, 1, 0, None)
    assert told["Norte", 3] == (1, 0, 0, "1.1")
    assert told["Sur", 2] == (1, 0, 0, "1.2")
    assert told[None, 3] == (1, 0, 0, "R1")
    assert ("Sur", 1) not in told and ("Norte", 4) not in told


def test_a_correction_made_late_leaves_the_report_in_time(planned):
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], at(2, 3))
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 10)], at(9, 3))
    assert reporting(planned, 1)["Norte", 1] == (1, 1, 1, None)


def test_a_month_asks_each_locality_the_plan_lists_or_that_has_reported(planned):
    book.accept(planned, PLAN, [book.value(2, "R1", 1, 100000, "Puno"), book.value(3, "R1", 1, 60000, "Juli"),
                                book.value(4, "1.1", 1, 9)], at(2, 3))  # fmt: skip
    rows = book.asked(planned, metrics.month_sheet, book.scope(PLAN, 12), 2)
    assert [
        (
            r["code"],
            r["locality"],
            r["programmed"],
            r["last_reported"],
            r["last_month"],
            r["this_month_reported"],
        )
        for r in rows
    ] == [
        ("R1", "Juli", None, 60000, 1, None),
        ("R1", "Puno", None, 100000, 1, None),
        ("1.1", "EPS", 10, 9, 1, None),
        ("1.2", "Juli", None, None, None, None),
        ("1.2", "Puno", None, None, None, None),
    ]


def test_the_process_is_asked_for_its_outcome_and_no_other_division_is(planned):
    of_process, of_north = (
        book.asked(planned, metrics.month_sheet, book.scope(PLAN, 12, responsible=who), 2)
        for who in (PLAN.process, "Norte")
    )
    assert "R1" in [row["code"] for row in of_process]
    assert [row["code"] for row in of_north] == ["1.1"]


def test_the_outcome_by_locality_stands_at_the_last_month_the_whole_is_known_for(planned):
    june = [book.value(2, "R1", 6, 110000, "Puno"), book.value(3, "R1", 6, 55000, "Juli")]
    book.accept(planned, PLAN, [*june, book.value(5, "R1", 7, 108000, "Puno")], at(8, 3))
    rows = book.asked(planned, metrics.outcome_by_locality, book.scope(PLAN, 12))
    assert [(r["locality"], r["month"], r["reported"], round(r["share"], 4)) for r in rows] == [
        ("Puno", 6, 110000, 0.6667), ("Juli", 6, 55000, 0.3333)]  # fmt: skip


def test_a_month_some_localities_have_not_told_is_said_to_be_partial_and_does_not_count(planned):
    june = [book.value(2, "R1", 6, 110000, "Puno"), book.value(3, "R1", 6, 55000, "Juli")]
    book.accept(planned, PLAN, [*june, book.value(4, "R1", 7, 108000, "Puno")], at(8, 3))
    with planned.cursor() as cursor:
        row = metrics.outcome(cursor, book.scope(PLAN, 7)).iloc[0]
    assert (row["month_reported"], row["partial_month"]) == (6, 7)
    assert "De julio faltan localidades: todavía no cuenta." in outcome.outcome(row, 7, words("es"))
    with planned.cursor() as cursor:
        whole = metrics.outcome(cursor, book.scope(PLAN, 6)).iloc[0]
    assert not any("faltan localidades" in part for part in outcome.outcome(whole, 6, words("es")))


def test_a_correction_reason_is_not_said_of_a_first_value_that_came_in_the_same_file(planned):
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9)], at(2, 3), reason=None)
    book.accept(
        planned, PLAN, [book.value(2, "1.1", 1, 10), book.value(3, "1.2", 2, 5)], at(3, 4), reason="acta 4"
    )
    said = {(row[1], row[2], row[3]): row[5] for row in trail(planned) if row[0] in ("reported", "corrected")}
    assert said == {("1.1", 1, None): None, ("1.1", 1, "9.0"): "acta 4", ("1.2", 2, None): None}


def test_an_upload_is_listed_from_its_first_month_to_its_last(planned):
    book.accept(planned, PLAN, [book.value(2, "1.1", 1, 9), book.value(3, "1.1", 3, 9)])
    newest = book.asked(planned, metrics.uploads, book.scope(PLAN, 12))[0]
    assert (newest["value_count"], newest["first_month"], newest["last_month"]) == (2, 1, 3)


OTHERS = {
    "another year's": replace(PLAN, year=2009),
    "another utility's": replace(PLAN, entity="EPS Tacna"),
    "another process's": replace(PLAN, process="Operaciones"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_trail_of_a_plan_holds_nothing_of(planned, other):
    book.accept_plan(planned, other)
    before = trail(planned)
    given = [book.value(2, "1.1", 1, 9, cause="lluvias"), book.value(3, "1.1", 2, 9, note="acta")]
    upload = book.accept(planned, other, given, at(4, 3))
    months.close_month(planned, book.key(other), 1, "ana", "acta", at(4, 4))
    ledger_module.withdraw(planned, upload, "ana", "anulada", at(4, 5))
    archiving.archive(planned, book.key(other), "ana", "otro", at(4, 6))
    assert trail(planned) == before


def test_the_sheet_of_a_month_says_of_each_locality_what_it_reported_last(planned):
    given = [
        book.value(2, "1.2", 1, 3, "Juli"),
        book.value(3, "1.2", 2, 4, "Juli"),
        book.value(4, "1.2", 1, 5, "Puno"),
    ]
    book.accept(planned, PLAN, given)
    rows = book.asked(planned, metrics.month_sheet, book.scope(PLAN, 12), 3)
    last = {r["locality"]: (r["last_reported"], r["last_month"]) for r in rows if r["code"] == "1.2"}
    assert last == {"Juli": (4, 2), "Puno": (5, 1)}
