"""What is taken out of an answer is what the ledger would have answered: for every cut-off, for a filter, for
a narrower question.
"""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from poa_core import moment as clock
from poa_core.figures import metrics, slices
from poa_core.figures.reuse import AT_EVERY_CUTOFF, PARTS, broader_question
from poa_core.ledger.file.database import in_memory
from poa_core.loading import seed

SCOPE = metrics.Scope(2010, "EPS Puno", "Gerencia Comercial", None, clock.end_of_day(clock.now().date()))


@pytest.fixture(scope="module")
def cursor():
    database = in_memory()
    seed.first_load(database)
    with database.cursor() as opened:
        yield opened
    database.close()


@pytest.mark.parametrize("programme", ["current", "initial"])
@pytest.mark.parametrize("question", sorted(AT_EVERY_CUTOFF, key=lambda question: question.__name__))
def test_the_answer_for_every_cut_off_is_at_each_the_answer_for_it_alone(cursor, question, programme):
    scope = replace(SCOPE, programme=programme)
    told = question(cursor, scope)
    for month in range(13):
        pd.testing.assert_frame_equal(
            told.at(month), question(cursor, scope.at(month)), check_exact=False, rtol=1e-12
        )


@pytest.mark.parametrize("question", sorted(AT_EVERY_CUTOFF, key=lambda question: question.__name__))
def test_the_same_holds_before_there_was_a_plan(cursor, question):
    scope = replace(SCOPE, known_at=datetime(2009, 1, 1))
    told = question(cursor, scope)
    for month in (0, 7, 12):
        assert plain(told.at(month)) == plain(question(cursor, scope.at(month)))


def test_the_same_holds_for_what_is_seen_of_a_locality(cursor):
    scope = replace(SCOPE, locality="Puno")
    told = metrics.activities(cursor, scope)
    assert len(told.rows)
    for month in range(13):
        pd.testing.assert_frame_equal(told.at(month), metrics.activities(cursor, scope.at(month)))


def test_an_answer_is_taken_out_of_wider_ones_until_none_is_wider(cursor):
    scope = replace(SCOPE, month=9, responsible="Gerencia Comercial")
    rows = replace(scope, responsible=None)
    first = broader_question(metrics.activities, scope)
    second = broader_question(first.question, first.scope)
    assert (first.scope, second.scope) == (rows, rows.at(None))
    assert broader_question(second.question, second.scope) is None
    assert broader_question(metrics.cells, rows) is None
    known = first.take(second.take(metrics.activities(cursor, second.scope)))
    pd.testing.assert_frame_equal(known, metrics.activities(cursor, scope))
    assert 0 < len(known) < 14


@pytest.mark.parametrize("question", PARTS, ids=lambda question: question.__name__)
def test_a_part_of_an_answer_is_what_the_part_alone_answers(cursor, question):
    for month in range(13):
        more = broader_question(question, SCOPE.at(month))
        assert plain(more.take(more.question(cursor, more.scope))) == plain(question(cursor, SCOPE.at(month)))


FILTERS = [
    {"responsible": "Gerencia Comercial"},
    {"objective": "Mejora de la Eficiencia de Cobranza"},
    {"status": "behind"},
    {"responsible": "Gerencia Comercial", "status": "met"},
    {"responsible": "nobody"},
    {},
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("locality", [None, "Puno"])
def test_what_a_filter_leaves_is_what_the_ledger_answers(cursor, locality, filters):
    scope = replace(SCOPE, month=9, locality=locality, **filters)
    every = metrics.activities(cursor, metrics.without_row_filters(scope))
    macro = "activity_in_locality(?, ?, ?, ?, ?, ?, ?)" if locality else "activity_to_date(?, ?, ?, ?, ?, ?)"
    wanted = " AND ".join(["TRUE", *(f"{name} = ?" for name in filters)])
    asked = cursor.execute(
        f"SELECT code FROM {macro} WHERE {wanted} ORDER BY position",
        [*scope.cut, *([locality] if locality else []), *filters.values()],
    ).fetchall()
    kept = slices.filter_activities(every, scope)
    assert list(kept["code"]) == [code for (code,) in asked]
    assert plain(kept) == [row for row in plain(every) if row["code"] in set(kept["code"])]
    assert plain(kept) == plain(metrics.activities(cursor, scope))
    assert list(kept.columns) == list(every.columns)


def plain(answer) -> list[dict] | int:
    """Rows with None for every kind of nothing; a number as it is."""
    return (
        answer.astype(object).where(answer.notna(), None).to_dict("records")
        if isinstance(answer, pd.DataFrame)
        else answer
    )
