"""What a question answers for every cut-off at once is, at each of them, what it answers for that one alone."""

from dataclasses import replace

import pandas as pd
import pytest
from poa_core import metrics, seed
from poa_core import moment as clock
from poa_core.database import in_memory
from poa_core.wider import AT_EVERY_CUTOFF, taken_out, wider

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


def test_the_same_holds_for_what_is_seen_of_a_locality(cursor):
    scope = replace(SCOPE, locality="Puno")
    told = metrics.activities(cursor, scope)
    assert len(told.rows)
    for month in range(13):
        pd.testing.assert_frame_equal(told.at(month), metrics.activities(cursor, scope.at(month)))


def test_an_answer_is_taken_out_of_wider_ones_until_none_is_wider(cursor):
    scope = replace(SCOPE, month=9, responsible="Gerencia Comercial")
    rows = replace(scope, responsible=None)
    assert wider(metrics.activities, scope) == rows
    assert wider(metrics.activities, rows) == rows.at(None)
    assert wider(metrics.activities, rows.at(None)) is None
    assert wider(metrics.cells, rows) is None
    known = taken_out(taken_out(metrics.activities(cursor, rows.at(None)), rows), scope)
    pd.testing.assert_frame_equal(known, metrics.activities(cursor, scope))
    assert 0 < len(known) < 14
