"""What a new version of a plan changes, in the words of the page: in the preview, among the changes and in
the file of them.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import book
import pytest
from naive import Activity, Outcome, Plan

from poa_core.blocks.loading import plan as previews
from poa_core.blocks.past import audit
from poa_core.contract import PlanFile, PlanReading
from poa_core.figures import metrics
from poa_core.figures.frames import records
from poa_core.ledger.plans.difference import FieldChange, MonthChange, PlanDifference
from poa_core.loading.plan_trial import PlanTrial
from poa_core.words import plan_field
from poa_core.words.language import LANGUAGES, words

ES, EN = words("es"), words("en")
NO_BREAK = "\u00a0"
NOTHING = PlanFile((), (), (), ())
D = Decimal
ADDED = Activity(
    "1.1", "Cobrar", "sum", "higher", "Conexiones", D(30), {1: D(10), 2: D(10), 3: D(10)}, responsible="Norte"
)
PLAN = Plan(2010, "EPS", "Comercial", (ADDED,), Outcome("R1", D(187000), D(137000), "lower"))
AVERAGED = replace(PLAN, activities=(replace(ADDED, aggregation="mean", direction="lower"),))


def previewed(speak, **changed) -> str:
    trial = PlanTrial((2010, "EPS", "Comercial"), PlanDifference(**changed), 1, NOTHING)
    return previews.preview(PlanReading(NOTHING), trial, ["plan.csv"], speak)


def field(name, before, after) -> FieldChange:
    return FieldChange("1.1", name, before, after, True)


@pytest.mark.parametrize(
    "speak, words_of",
    (
        (ES, ("suma", "promedio", "mayor es mejor", "menor es mejor")),
        (EN, ("sum", "average", "higher is better", "lower is better")),
    ),
    ids=LANGUAGES,
)
def test_a_preview_names_rule_and_direction_in_the_words_of_the_page(speak, words_of):
    shown = previewed(
        speak, changed=(field("aggregation", "sum", "mean"), field("direction", "higher", "lower"))
    )
    assert all(f">{word}<" in shown for word in words_of)
    assert speak.language == "en" or not any(
        f">{code}<" in shown for code in ("sum", "mean", "higher", "lower")
    )


def test_a_plan_tells_a_threshold_as_a_percentage_a_weight_as_a_number_and_localities_as_a_list():
    assert (
        plan_field.field_text("met_threshold", 0.95, ES)
        == plan_field.field_text("met_threshold", "0.95", ES)
        == f"95.0{NO_BREAK}%"
    )
    assert (
        plan_field.field_text("weight", "1.5", ES) == "1.5"
        and plan_field.field_text("target", "187000.0", ES) == "187,000"
    )
    assert plan_field.field_text("localities", "Puno|Juli", ES) == "Puno, Juli"
    assert (
        plan_field.field_text("target", None, ES) == plan_field.field_text("weight", float("nan"), ES) == "—"
    )


def test_a_name_that_looks_like_a_number_stays_as_it_is():
    assert (
        plan_field.field_text("activity", "007", ES) == "007"
        and plan_field.field_text("unit", "Infinity", EN) == "Infinity"
    )


def test_a_month_that_only_becomes_provisional_says_so_and_that_nothing_else_changes():
    shown = previewed(
        ES,
        months=(
            MonthChange("5.3", 6, D(20), D(20), False, False, True),
            MonthChange("5.3", 7, D(1), D(1), True, True, False),
        ),
    )
    assert "20, sin cambio" in shown and "ahora es provisional" in shown and "<s>20</s>" not in shown
    assert "1, sin cambio" in shown and "ya vencido · ya no es provisional" in shown


@pytest.fixture(scope="module")
def trail(ledger):
    book.accept_plan(book.emptied(ledger), PLAN)
    book.accept_plan(ledger, AVERAGED, datetime(2010, 4, 2, 15))
    with ledger.cursor() as cursor:
        return metrics.audit(cursor, book.scope(PLAN, 12, book.LATER))


@pytest.mark.parametrize(
    "speak, rules",
    (
        (ES, {("suma", "promedio"), ("mayor es mejor", "menor es mejor")}),
        (EN, {("sum", "average"), ("higher is better", "lower is better")}),
    ),
    ids=LANGUAGES,
)
def test_the_changes_and_their_file_name_rule_and_direction_in_the_words_of_the_page(trail, speak, rules):
    lines = [audit.line(row, speak) for row in records(trail)]
    assert {(line["before"], line["after"]) for line in lines if line["kind"] == "plan_changed"} == rules
    headings, rows = audit.export(trail, speak)
    before = headings.index(speak("audit.column_before"))
    assert {
        tuple(row[before : before + 2]) for row in rows if row[2] == speak("audit.kind_plan_changed")
    } == rules
