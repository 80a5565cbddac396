"""Will the target be reached? Every verdict of the outcome and of work that is added up, each by an example
of its own.
"""

import re

import book
import pytest
from vectors import every_month, row, told, vector, with_outcome

from poa_core.figures import metrics
from poa_core.words import pace
from poa_core.words.language import LANGUAGES, words

# From S/ 187,000 to 137,000: the straight line asks 4,166.67 a month.
OUTCOME = {
    "nothing told has no verdict": ({}, 6, None),
    "at its target in December": ({12: 137000}, 12, "reached"),
    "a cent short of its target in December": ({12: "137000.01"}, 12, "missed"),
    "told up to November, seen in December": ({11: 130000}, 12, "unknown"),
    "past its target in June: it may rise again": ({6: 130000}, 6, "at_target"),
    "on its path, still short of its target": ({6: 162000}, 6, "on_pace"),
    # 4,777.78 a month are left from March on; January alone brought 24,000.
    "behind, and a better month was had before": ({1: 163000, 2: 175000, 3: 180000}, 3, "reachable"),
    # 4,714.29 a month are left; 1,000 and 4,000 a month were had, by two reports only.
    "behind after two reports, never so fast before": ({1: 186000, 5: 170000}, 5, "too_early"),
    "behind after three reports, never so fast before": (
        {1: 186000, 3: 179000, 5: 172000},
        5,
        "needs_record",
    ),
}
TENS = row("1", programmed=every_month(10), target=120, unit="Conexiones")
SUM = {
    "before its first month there is no verdict": ({1: 5}, 3, None, row("1", programmed={6: 10}, target=10)),
    "while nothing is reported there is no verdict": ({}, 3, None, TENS),
    "without a target there is no verdict": ({1: 10}, 3, None, row("1", programmed=every_month(10))),
    "silent to December": ({}, 12, None, TENS),
    "at its target in December": ({1: 60, 12: 60}, 12, "reached", TENS),
    "one short of its target in December": ({1: 60, 12: 59}, 12, "missed", TENS),
    "the programme's 6,100 stand for a target of 6,101": (
        {3: 6100},
        12,
        "reached",
        row("1", programmed={3: 6100}, target=6101),
    ),
    "done before December": ({1: 60, 6: 60}, 6, "secured", TENS),
    "as much as programmed so far": ({1: 10, 2: 10}, 2, "on_pace", TENS),
    # 12 a month are left, and 15 were done in January.
    "behind, and a better month was had before": ({1: 15, 4: 9}, 4, "reachable", TENS),
    "behind after two reports, never so much before": ({3: 7, 4: 7}, 5, "too_early", TENS),
    "behind after three reports, never so much before": ({3: 7, 4: 7, 5: 7}, 5, "needs_record", TENS),
}


@pytest.mark.parametrize("values, c, verdict", OUTCOME.values(), ids=OUTCOME)
def test_the_outcome_is_judged(ledger, values, c, verdict):
    plan = with_outcome()
    book.fill(ledger, plan, told("R1", values))
    (figures,) = book.asked(ledger, metrics.outcome, book.scope(plan, c))
    assert figures["verdict"] == verdict


@pytest.mark.parametrize("values, c, verdict, activity", SUM.values(), ids=SUM)
def test_work_that_is_added_up_is_judged(ledger, values, c, verdict, activity):
    assert judged(ledger, activity, values, c) == verdict


@pytest.mark.parametrize(
    "rule", ["sum lower", "mean higher", "mean lower", "last higher", "last lower", "milestone higher"]
)
def test_nothing_else_is_judged(ledger, rule):
    programme, target = ({1: 1}, 1) if rule.startswith("milestone") else (every_month(10), 10)
    assert judged(ledger, row("1", rule, programme, target), {1: 1, 2: 1, 3: 1}, 3) is None


def test_every_verdict_has_an_example():
    both = {"reached", "missed", "on_pace", "reachable", "too_early", "needs_record", None}
    assert {case[2] for case in OUTCOME.values()} == both | {"unknown", "at_target"}
    assert {case[2] for case in SUM.values()} == both | {"secured"}


SAID = {
    "at its target in December": "Cerró el año en **120** de 120",
    "one short of its target in December": "Cerró el año en **119** de 120",
    "done before December": "Lleva **120** de 120",
    "as much as programmed so far": "Faltan **100\u00a0conexiones**: bastan **10 al mes** hasta diciembre",
    "behind, and a better month was had before": (
        "Faltan **96\u00a0conexiones**: **12 al mes** hasta diciembre; su mejor mes fue 15 (enero)"
    ),
    "behind after two reports, never so much before": (
        "Faltan **106\u00a0conexiones**: **15.14 al mes** hasta diciembre; con tan pocos"
    ),
    "behind after three reports, never so much before": (
        "**14.14 al mes** hasta diciembre, más que su mejor mes, 7 (marzo)"
    ),
}


@pytest.mark.parametrize("case", SAID)
@pytest.mark.parametrize("speak", map(words, LANGUAGES), ids=LANGUAGES)
def test_every_verdict_of_work_that_is_added_up_is_said_in_a_sentence(ledger, speak, case):
    values, c, verdict, activity = SUM[case]
    plan = filled(ledger, activity, values)
    said = spoken(ledger, plan, c, speak)
    assert SAID[case] in said or speak.language != "es"
    assert not re.search(r"nan|None|—", said)


def test_all_verdicts_are_said_and_without_one_nothing_is(ledger):
    assert {SUM[case][2] for case in SAID} == {case[2] for case in SUM.values()} - {None}
    for values, c, verdict, activity in SUM.values():
        if verdict is None:
            assert spoken(ledger, filled(ledger, activity, values), c, words("es")) == ""


def test_one_left_is_said_of_one(ledger):
    plan = filled(ledger, TENS, {1: 10, 2: 109})
    assert spoken(ledger, plan, 2, words("es")).startswith("Falta **1\u00a0(conexiones)**:")
    assert spoken(ledger, plan, 2, words("en")).startswith("**1\u00a0(conexiones)** to go:")


def test_less_than_one_left_is_said_as_many(ledger):
    plan = filled(ledger, TENS, {1: 10, 2: "109.5"})
    assert spoken(ledger, plan, 2, words("es")).startswith("Faltan **0.5\u00a0conexiones**:")


def test_a_large_pace_is_said_whole_unless_it_would_read_as_the_best_month(ledger):
    thousands = row("1", programmed=every_month(1000), target=12000)
    assert "**1,167 al mes**" in spoken(
        ledger, filled(ledger, thousands, {1: 500, 2: 500, 3: 500}), 3, words("es")
    )
    assert "**1,166.67 al mes**" in spoken(
        ledger, filled(ledger, thousands, {1: "1166.6", 2: 333.4, 3: 0}), 3, words("es")
    )


def filled(ledger, activity, values):
    plan = vector("", activity, ()).plan
    book.fill(ledger, plan, told("1", values))
    return plan


def spoken(ledger, plan, c: int, speak) -> str:
    with ledger.cursor() as cursor:
        row, cells = (
            metrics.activities(cursor, book.scope(plan, c)).iloc[0],
            metrics.cells(cursor, book.scope(plan, c)),
        )
    return pace.sentence(row, cells, c, speak)


def judged(ledger, activity, values, c) -> str | None:
    plan = filled(ledger, activity, values)
    (figures,) = book.asked(ledger, metrics.activities, book.scope(plan, c))
    return figures["verdict"]
