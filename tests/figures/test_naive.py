"""The naive reading gives what every worked example of the rules says."""

import naive
import pytest
from vectors import PLACE_AND_QUARTER_VECTORS, VECTORS, Check, Vector, agrees

EVERY_VECTOR = (*VECTORS, *PLACE_AND_QUARTER_VECTORS)
KEYS = {
    "activity": lambda row: row["code"],
    "outcome": lambda row: row["code"],
    "rollup": lambda row: row["key"],
    "cell": lambda row: (row["code"], row["month"]),
    "quarter": lambda row: (row["code"], row["quarter"]),
}


def answer(vector: Vector, check: Check):
    """The naive figure a check asks for."""
    noun, _, by = check.question.partition(":")
    noun, _, locality = noun.partition("@")
    plan, reports, c = vector.plan, vector.reports, check.c
    rows = {
        "activity": lambda: naive.activities_to_date(plan, reports, c, locality or None),
        "outcome": lambda: [row for row in [naive.outcome(plan, reports, c)] if row],
        "rollup": lambda: naive.rollup(plan, reports, c, by),
        "cell": lambda: naive.cells(plan, reports, c),
        "quarter": lambda: naive.quarters(plan, reports, c),
    }[noun]()
    found = {KEYS[noun](row): row for row in rows}
    return check.key in found if check.field == "listed" else found[check.key][check.field]


@pytest.mark.parametrize("vector", EVERY_VECTOR, ids=lambda vector: vector.name)
def test_the_worked_example_holds(vector):
    wrong = [(check, actual) for check in vector.checks if not agrees(actual := answer(vector, check), check)]
    assert not wrong


def test_no_two_examples_have_one_name():
    assert len({vector.name for vector in EVERY_VECTOR}) == len(EVERY_VECTOR)


@pytest.mark.parametrize(
    ("question", "field", "words"),
    [
        ("activity", "status", "no_target early not_due not_reported met at_risk behind"),
        ("activity", "verdict", "reached missed secured on_pace reachable too_early needs_record"),
        ("outcome", "status", "not_due not_reported too_early met at_risk behind"),
        ("outcome", "verdict", "reached missed unknown at_target on_pace reachable too_early needs_record"),
        ("cell", "state", "covered partial upcoming reported zero missing unprogrammed not_programmed"),
    ],
)
def test_every_word_a_figure_can_have_is_reached_by_an_example(question, field, words):
    checks = [check for vector in VECTORS for check in vector.checks]
    reached = {x.expected for x in checks if x.question == question and x.field == field}
    assert reached - {None} == set(words.split())
