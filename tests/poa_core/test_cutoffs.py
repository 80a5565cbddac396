"""What a question answers for every cut-off at once is, at each of them, what it answers for that one alone."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from poa_core import metrics, seed
from poa_core import moment as clock
from poa_core.database import in_memory
from poa_core.wider import AT_EVERY_CUTOFF, PARTS, wider

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
        pd.testing.assert_frame_equal(told.at(month), question(cursor, scope.at(month)), check_exact=False, rtol=1e-12)


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
    first = wider(metrics.activities, scope)
    second = wider(first.question, first.scope)
    assert (first.scope, second.scope) == (rows, rows.at(None))
    assert wider(second.question, second.scope) is None
    assert wider(metrics.cells, rows) is None
    known = first.take(second.take(metrics.activities(cursor, second.scope)))
    pd.testing.assert_frame_equal(known, metrics.activities(cursor, scope))
    assert 0 < len(known) < 14


@pytest.mark.parametrize("question", PARTS, ids=lambda question: question.__name__)
def test_a_part_of_an_answer_is_what_the_part_alone_answers(cursor, question):
    for month in range(13):
        more = wider(question, SCOPE.at(month))
        assert plain(more.take(more.question(cursor, more.scope))) == plain(question(cursor, SCOPE.at(month)))


def plain(answer) -> list | int:
    return answer.astype(object).where(answer.notna(), None).to_dict("records") if isinstance(answer, pd.DataFrame) else answer
