"""Why a percentage is what it is: the formula printed beside it comes to it."""

import ast
import operator
import re

import book
import illustrated
import pytest
from illustrated import ask
from vectors import ARREARS, BALANCE, CAMPAIGN, COMPLAINTS, DIRECTIVE, INFORMAL, RECOVERY, told, vector
from vectors import row as planned

from poa_core.figures import metrics
from poa_core.words import explain
from poa_core.words.language import words

ES, EN = words("es"), words("en")
DONE = {ast.Add: operator.add, ast.Div: operator.truediv, ast.USub: operator.neg}
MONTHS = (3, 6, 9)
DIRECTIVE_APPROVED = 4
PART_PROVISIONAL = planned("8.3", programmed={3: 10, 7: 20}, target=30, provisional={7})


def worked_out(text: str) -> float:
    """The arithmetic of a formula as it is printed: (18 + 21) ÷ 1,525."""
    return _value(ast.parse(text.replace("÷", "/").replace(",", "").replace("\u00a0", " "), mode="eval").body)


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp):
        return DONE[type(node.op)](_value(node.operand))
    return DONE[type(node.op)](_value(node.left), _value(node.right))


def explained(ledger, activity, reports, c, speak=ES) -> tuple[str, str, list[str]]:
    """The formula, the percentage and the notes of one activity of our own."""
    plan = vector("", (activity,), ()).plan
    book.fill(ledger, plan, reports)
    with ledger.cursor() as cursor:
        scope = book.scope(plan, c)
        row, cells = metrics.activities(cursor, scope).iloc[0], metrics.cells(cursor, scope)
    figure = speak.percent(row["compliance"], bands(row))
    return explain.formula(row, cells, c, speak), figure, explain.notes(row, cells, c, speak)


def bands(row) -> tuple[float, float]:
    return row["at_risk_threshold"], row["met_threshold"]


def the_year(month: int):
    """Each activity of the plan with its cells."""
    activities, cells = (
        ask(illustrated.year(), question, month) for question in (metrics.activities, metrics.cells)
    )
    return [(row, cells[cells["code"] == row["code"]]) for _, row in activities.iterrows()]


@pytest.mark.parametrize("speak", (ES, EN))
@pytest.mark.parametrize("month", MONTHS)
def test_the_formula_comes_to_the_percentage_that_is_printed(month, speak):
    held = 0
    for row, cells in the_year(month):
        formula = explain.formula(row, cells, month, speak)
        if row["compliance"] != row["compliance"]:
            assert formula == "", row["code"]
        elif row["aggregation"] != "milestone":
            for part in formula.split(" = "):
                assert speak.percent(worked_out(part), bands(row)) == speak.percent(
                    row["compliance"], bands(row)
                ), row["code"]
            assert worked_out(formula.split(" = ")[0]) == pytest.approx(row["compliance"], abs=1e-9)
            held += 1
    assert held >= 5


@pytest.mark.parametrize("month", MONTHS)
def test_a_milestone_is_told_by_what_was_done_of_what_was_asked(month):
    (row, cells) = next((row, cells) for row, cells in the_year(month) if row["aggregation"] == "milestone")
    formula = explain.formula(row, cells, month, ES)
    assert formula.startswith("1 reportado de 1 programado") if month >= DIRECTIVE_APPROVED else formula == ""


def test_the_terms_are_the_months_own_values():
    formulas = {row["code"]: explain.formula(row, cells, 9, ES) for row, cells in the_year(9)}
    assert formulas["5.3"] == "(18 + 21 + 19) ÷ (25 + 25 + 25 + 25) = 58 ÷ 100"
    assert formulas["1.4"] == "(9.6 + 7.6) ÷ 20 = 17.2 ÷ 20"
    assert formulas["1.1"].endswith("= 30 ÷ 32.69")


@pytest.mark.parametrize(
    "activity, reports, c",
    [
        (COMPLAINTS, {1: 12, 2: 9}, 4),
        (RECOVERY, {1: 18, 3: 22}, 3),
        (ARREARS, {1: 32, 3: 28}, 3),
        (BALANCE, {3: 170000}, 4),
        (INFORMAL, {4: 25, 5: 20}, 6),
        (CAMPAIGN, {8: 1}, 9),
        (PART_PROVISIONAL, {3: 8, 7: 1}, 8),
    ],
    ids=lambda x: getattr(x, "code", ""),
)
def test_the_formula_of_every_rule_comes_to_its_percentage(ledger, activity, reports, c):
    formula, figure, _ = explained(ledger, activity, told(activity.code, reports), c)
    assert {ES.percent(worked_out(part), (0.75, 0.95)) for part in formula.split(" = ")} == {figure}


@pytest.mark.parametrize("activity", (ARREARS, COMPLAINTS), ids=lambda activity: activity.code)
def test_a_reported_zero_where_less_is_better_is_not_a_division_by_zero(ledger, activity):
    formula, figure, _ = explained(ledger, activity, told(activity.code, {1: 0, 2: 0}), 2)
    assert figure == "100.0\u00a0%"
    assert not re.search(r"÷ 0(?![.\d])", formula)


def test_a_missing_month_is_named_with_how_far_the_figure_could_go(ledger):
    _, _, notes = explained(ledger, INFORMAL, told("5.3", {4: 25, 5: 20}), 6)
    assert len(notes) == 1 and notes[0].startswith("Sin reporte: junio.")
    assert notes[0].endswith("entre 60.0\u00a0% y 93.3\u00a0%.")


def test_no_range_is_told_where_the_missing_month_changes_nothing(ledger):
    _, figure, notes = explained(ledger, DIRECTIVE, told("5.1", {4: 1}), 4)
    assert figure == "100.0\u00a0%"
    assert not [note for note in notes if "entre" in note]
    assert any("abril" in note for note in notes)


@pytest.mark.parametrize(
    "speak, status, said",
    ((ES, "behind", "atrasada"), (EN, "behind", "behind"), (ES, "not_due", "aún no vence")),
)
def test_the_band_is_told_in_the_words_of_the_status(speak, status, said):
    rows = {row["status"]: row for row, _ in the_year(3)}
    assert f"~~{said}~~" in explain.band(rows[status], speak)


def test_the_rule_names_the_cutoff_or_no_month_at_all():
    row = the_year(9)[0][0]
    assert "hasta setiembre" in explain.rule(row, 9, ES)
    assert not re.search(r"hasta\s*[.:,]", explain.rule(row, 0, ES))


def test_a_note_begins_like_a_sentence():
    notes = [
        note
        for speak in (ES, EN)
        for row, cells in the_year(3)
        for note in explain.notes(row, cells, 3, speak)
    ]
    assert notes
    assert not [note for note in notes if not note[0].isupper()]
