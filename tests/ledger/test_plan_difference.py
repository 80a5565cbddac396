"""What a new version of a plan changes, what of it has to be explained, what it may not change."""

from dataclasses import replace
from decimal import Decimal

import pytest
from plan_files import OUTCOME, PROCESS, PROCESSES, plan, row

from poa_core.contract import PlanFile
from poa_core.ledger.plans.difference import FieldChange, Member, MonthChange, PlanDifference, difference
from poa_core.words.language import LANGUAGES, words
from poa_core.words.problems import remedy

PAST = {1, 2, 3, 4, 5, 6}
DONE = {("5.3", 6, "EPS"): Decimal(1), ("5.3", 5, "EPS"): Decimal(2)}
OUTCOME_LISTED = PROCESSES.rstrip("\n") + ";localidades\n" + PROCESS.format(";menor").rstrip("\n") + ";{}\n"
OLD = plan(row("5.3"), row("5.1", programme="jun 1, nov 1"))


def against(new: PlanFile, reported=None, old: PlanFile | None = OLD, past=PAST) -> PlanDifference:
    assert not new.is_refused, new.problems
    return difference(old, new, reported or {}, past)


def test_the_first_version_of_a_plan_adds_all_of_it_and_explains_nothing():
    found = against(OLD, old=None)
    assert found == PlanDifference(added=(Member("5.3", "Actividad", 0), Member("5.1", "Actividad", 0)))
    assert not found.needs_reason and not found.is_empty


def test_the_same_plan_changes_nothing():
    found = against(plan(row("5.3"), row("5.1", programme="jun 1, nov 1")), DONE)
    assert found.is_empty and not found.needs_reason


def test_amounts_are_compared_as_numbers():
    stored = tuple(cell | {"programmed": Decimal("1.000000")} for cell in OLD.programme)
    assert against(OLD, old=replace(OLD, programme=stored)).is_empty


@pytest.mark.parametrize(
    ("reported", "past", "is_told"), [({}, {1}, False), (DONE, {1}, True), ({}, PAST, True)]
)
def test_dropping_needs_a_reason_where_something_is_reported_or_was_asked_in_a_past_month(
    reported, past, is_told
):
    found = against(plan(row("5.1", programme="jun 1, nov 1")), reported, past=past)
    assert found.dropped == (Member("5.3", "Actividad", len(reported), 6 in past),)
    assert (found.added, found.changed, found.months) == ((), (), ())
    assert found.needs_reason == is_told and not found.refusals


@pytest.mark.parametrize(("programme", "is_told"), [("jul 1, set 1", False), ("jun 1, set 1", True)])
def test_adding_needs_a_reason_where_it_asks_something_of_a_past_month(programme, is_told):
    found = against(plan(row("5.3"), row("5.1", programme="jun 1, nov 1"), row("5.4", programme=programme)))
    assert found.added == (Member("5.4", "Actividad", 0, is_told),)
    assert found.needs_reason == is_told


@pytest.mark.parametrize(
    ("programme", "changes"),
    [
        ("jun 1, oct 1", [(9, 1, None, False), (10, None, 1, False)]),
        ("may 1, set 1", [(5, None, 1, True), (6, 1, None, True)]),
        ("jun 2, set 1", [(6, 1, 2, True)]),
    ],
)
def test_a_changed_month_needs_a_reason_once_it_is_past(programme, changes):
    found = against(plan(row("5.3", programme=programme), row("5.1", programme="jun 1, nov 1")))
    assert [(c.code, c.month, c.before, c.after, c.is_past) for c in found.months] == [
        ("5.3", *c) for c in changes
    ]
    assert found.needs_reason == any(c[-1] for c in changes)
    assert not found.changed


def test_a_month_that_becomes_provisional_is_changed():
    new = plan(
        row("5.3", more=";jun"),
        row("5.1", programme="jun 1, nov 1", more=";"),
        more_columns=";meses_provisionales",
    )
    found = against(new)
    assert found.months == (MonthChange("5.3", 6, Decimal(1), Decimal(1), True, False, True),)
    assert found.needs_reason


@pytest.mark.parametrize(
    ("change", "field"),
    [({"unit": "Visitas"}, "unit"), ({"direction": "menor"}, "direction"), ({"target": "3"}, "target"),
     ({"rule": "ultimo"}, "aggregation")],
)  # fmt: skip
def test_how_something_is_measured_changes_with_a_reason_once_it_has_progress(change, field):
    new = plan(row("5.3", **change), row("5.1", programme="jun 1, nov 1"))
    for reported in ({}, {("5.1", 6, "EPS"): Decimal(1)}):
        found = against(new, reported)
        assert [(c.code, c.field) for c in found.changed] == [("5.3", field)] and not found.needs_reason
    [change] = against(new, DONE).changed
    assert change.needs_reason and change.before != change.after
    assert against(new, DONE).needs_reason and not against(new, DONE).refusals


def test_who_answers_and_how_it_is_named_change_without_a_reason():
    found = against(plan(row("5.3", responsible="Otra"), row("5.1", programme="jun 1, nov 1")), DONE)
    assert found.changed == (FieldChange("5.3", "responsible", "Gerencia", "Otra", False),)
    assert not found.needs_reason


def test_a_head_changes_field_by_field_with_a_reason_where_the_outcome_is_reported():
    new = plan(
        row("5.3"), row("5.1", programme="jun 1, nov 1"), processes=OUTCOME.replace("137000", "140000")
    )
    [change] = against(new).head
    assert change == FieldChange(None, "target", 137000, 140000, False)
    assert against(new, {("R1", 1, "EPS"): Decimal(186000)}).needs_reason
    other = plan(
        row("5.3"), row("5.1", programme="jun 1, nov 1"), processes=OUTCOME.replace("V. Huamaní", "Otro")
    )
    assert not against(other, {("R1", 1, "EPS"): Decimal(186000)}).needs_reason


def test_the_path_of_the_outcome_is_compared_whatever_its_code():
    path = OUTCOME.replace("sentido\n", "sentido;mar;jul\n")
    old, new = (
        plan(row("5.3"), processes=path.replace(";menor\n", f";menor;{march};160000\n").replace("R1", code))
        for march, code in (("180000", "R1"), ("175000", "R9"))
    )
    found = against(new, old=old)
    assert found.months == (MonthChange("R9", 3, Decimal(180000), Decimal(175000), True),)
    assert [change.field for change in found.head] == ["outcome_code"]
    assert against(new, {("R1", 1, "EPS"): Decimal(186000)}, old, past=set()).needs_reason
    assert not against(new, old=old, past=set()).needs_reason


def test_another_order_is_told_and_a_row_between_is_none():
    assert against(plan(row("5.1", programme="jun 1, nov 1"), row("5.3"))).is_reordered
    between = plan(row("5.3"), row("5.2", programme="nov 2"), row("5.1", programme="jun 1, nov 1"))
    assert not against(between).is_reordered and not against(between).changed


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"locality": "Puno"}, "locality_moved"),
        ({"rule": "hito", "target": "1", "programme": "set 1"}, "milestone_made"),
    ],
)
def test_a_change_that_would_leave_reported_values_counting_nowhere_is_refused(change, code):
    new = plan(row("5.3", **change), row("5.1", programme="jun 1, nov 1"))
    assert not against(new).refusals
    [problem] = against(new, DONE).refusals
    assert (problem.severity, problem.code, problem.hints["count"]) == ("error", code, 2)
    assert all("5.3" in remedy(problem, words(language)) for language in LANGUAGES)


def test_a_milestone_may_become_something_else_and_stays_one_in_peace():
    old = plan(row("5.3", rule="hito", target="1", programme="set 1"))
    assert not against(plan(row("5.3", target="1", programme="set 1")), DONE, old).refusals
    assert not against(plan(row("5.3", rule="hito", target="1", programme="oct 1")), DONE, old).refusals


def test_two_plans_are_no_two_versions():
    moved = replace(OLD, plans=({**OLD.plans[0], "process": "Otra"},))
    with pytest.raises(ValueError):
        difference(OLD, moved, {}, set())


LOCAL = {("5.3", 5, "Puno"): Decimal(1), ("5.3", 5, "Ilave"): Decimal(2), ("5.3", 6, "EPS"): Decimal(3)}
BOTH = LOCAL | {("5.3", 5, "EPS"): Decimal(3)}


def told_by(localities: str, combination: str, **change) -> PlanFile:
    return plan(
        row("5.3", more=f";{localities};{combination}", **change),
        row("5.1", programme="jun 1, nov 1", more=";;"),
        more_columns=";localidades;combinacion",
    )


@pytest.mark.parametrize(
    ("old", "new", "reported", "code", "months"),
    [
        (told_by("", ""), told_by("Puno", ""), LOCAL, "locality_unlisted", (5,)),
        (told_by("", ""), told_by("", "ninguna"), LOCAL, "combination_contradicted", (5,)),
        (told_by("", ""), told_by("", "", direction="menor"), LOCAL, "combination_contradicted", (5,)),
        (told_by("", "ninguna"), told_by("", ""), BOTH, "combination_of_both", (5,)),
    ],
)
def test_a_list_or_a_combination_that_stored_months_contradict_is_refused_naming_them(
    old, new, reported, code, months
):
    [problem] = against(new, reported, old).refusals
    assert (problem.code, problem.hints["months"]) == (code, months)
    assert "mayo" in remedy(problem, words("es")) and "May" in remedy(problem, words("en"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (told_by("", ""), told_by("Puno|Ilave", "")), (told_by("", "ninguna"), told_by("", "suma")),
        (told_by("Puno|Ilave", ""), told_by("Puno|Ilave|Juli", "")),
    ],
)  # fmt: skip
def test_a_list_or_a_combination_that_stored_months_agree_with_needs_a_reason(old, new):
    found = against(new, LOCAL, old)
    assert not found.refusals and found.needs_reason


def test_the_outcome_s_list_may_not_leave_out_who_has_reported_it():
    def listed(places: str) -> PlanFile:
        return plan(row("5.3"), processes=OUTCOME_LISTED.format(places))

    [problem] = against(
        listed("Puno"), {("R1", 3, "Ilave"): Decimal(5)}, listed("Puno|Ilave"), set()
    ).refusals
    assert (problem.code, problem.hints["localities"]) == ("locality_unlisted", "Ilave")
