"""Which plan is meant: what the codes of an address name, and what is shown where they leave it open."""

from dataclasses import replace
from datetime import datetime

import book
import pandas as pd
import pytest
from vectors import every_month, row, vector

from poa_core import moment as clock
from poa_core.figures import metrics
from poa_core.ledger import months
from poa_core.panels.plan_choices import NOUNS, codes_of, resolve

PUNO, JULIACA, TRADE, WORKS = "EPS Puno", "EPS Juliaca", "Gerencia Comercial", "Gerencia de Operaciones"
KEYS = [
    (2012, PUNO, TRADE),
    (2011, PUNO, TRADE),
    (2010, JULIACA, TRADE),
    (2010, JULIACA, WORKS),
    (2010, PUNO, TRADE),
]


def listed(*keys, due=(), archived=()) -> pd.DataFrame:
    frame = pd.DataFrame([(entity, process, year) for year, entity, process in keys], columns=list(NOUNS))
    return frame.assign(has_due=[key in due for key in keys], archived=[key in archived for key in keys])


def shown(asked: dict, year: int = 2011, keys=KEYS, due=(), archived=()) -> tuple:
    return keys[resolve(listed(*keys, due=due, archived=archived), asked, year).position]


@pytest.mark.parametrize(
    ("year", "plan"), [(2011, KEYS[1]), (2030, KEYS[0]), (2010, KEYS[2]), (2001, KEYS[2])]
)
def test_where_no_month_is_due_the_newest_year_begun_is_shown_first_or_else_the_one_that_begins_first(
    year, plan
):
    assert shown({}, year) == plan


@pytest.mark.parametrize(("due", "plan"), [(KEYS[1:], KEYS[1]), (KEYS, KEYS[0]), (KEYS[4:], KEYS[4])])
def test_the_newest_year_with_a_due_month_is_shown_first(due, plan):
    assert shown({}, 2012, due=due) == plan


def test_of_a_utility_that_has_no_due_month_its_newest_year_begun_is_shown():
    assert shown({"entity": "eps-puno"}, 2011, due=KEYS[2:4]) == KEYS[1]


@pytest.mark.parametrize("key", KEYS)
def test_a_plan_is_found_again_by_its_codes(key):
    assert shown(codes_of(listed(*KEYS), key), due=KEYS[1:]) == key


@pytest.mark.parametrize(
    ("asked", "archived", "plan"),
    [
        ({}, KEYS[:1], KEYS[1]),
        ({}, KEYS[:2], KEYS[2]),  # neither the plan archived nor its utility is shown first
        ({"entity": "eps-puno"}, KEYS[1:2], KEYS[0]),
        ({"entity": "eps-juliaca"}, KEYS[2:3], KEYS[3]),
    ],
)
def test_an_archived_plan_is_not_chosen_by_itself(asked, archived, plan):
    assert shown(asked, 2012, due=KEYS, archived=archived) == plan


@pytest.mark.parametrize("key", KEYS)
def test_an_archived_plan_keeps_its_address(key):
    codes = codes_of(listed(*KEYS), key)
    choice = resolve(listed(*KEYS, archived=[key]), codes, 2012)
    assert KEYS[choice.position] == key and choice.is_known and choice.codes == codes


def test_an_archived_plan_stands_in_no_selector_but_its_own():
    plans = listed(*KEYS, due=KEYS, archived=(KEYS[0], KEYS[2], KEYS[3]))
    choice = resolve(plans, {}, 2012)
    assert {noun: list(codes) for noun, codes in choice.offered.items()} == {
        "entity": ["eps-puno"], "process": ["gerencia-comercial"], "year": ["2011", "2010"]}  # fmt: skip
    there = resolve(plans, {"entity": "eps-juliaca", "process": "gerencia-comercial"}, 2012)
    assert {noun: list(codes) for noun, codes in there.offered.items()} == {
        "entity": ["eps-juliaca", "eps-puno"],
        "process": ["gerencia-comercial"],
        "year": ["2010"],
    }


def test_where_every_plan_is_archived_one_is_shown_all_the_same():
    assert shown({}, 2012, due=KEYS, archived=KEYS) == KEYS[0]


PLAN = vector("", (row("1.1", programmed=every_month(10), target=120),), ()).plan
YEARS = [replace(PLAN, year=year) for year in (2026, 2027)]


def lima(*day: int) -> datetime:
    return clock.from_lima(datetime(*day))


@pytest.fixture
def two_years(ledger):
    book.emptied(ledger)
    for plan in YEARS:
        book.accept_plan(ledger, plan, lima(2025, 12, 30))
    return ledger


def first_shown(opened, at: datetime) -> int:
    with opened.cursor() as cursor:
        plans = metrics.plans(cursor, at)
    return int(plans.iloc[resolve(plans, {}, clock.to_lima(at).year).position]["year"])


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (lima(2026, 1, 5), 2026),  # nothing is due: the year that has begun
        (lima(2027, 1, 5), 2026),
        (lima(2027, 2, 10, 23, 59), 2026),  # January's reporting day is not over in Lima
        (lima(2027, 2, 11), 2027),
    ],
)
def test_a_year_is_shown_first_once_its_first_month_can_no_longer_be_reported_in_time(two_years, at, year):
    assert first_shown(two_years, at) == year


def test_a_month_that_was_closed_is_due_before_its_reporting_day(two_years):
    months.close_month(two_years, book.key(YEARS[1]), 1, "ana", at=lima(2027, 2, 2))
    assert [first_shown(two_years, lima(2027, 2, day)) for day in (1, 3)] == [2026, 2027]
    months.reopen_month(two_years, book.key(YEARS[1]), 1, "ana", "falta un acta", at=lima(2027, 2, 4))
    assert first_shown(two_years, lima(2027, 2, 5)) == 2026


def test_codes_name_a_plan_whatever_year_it_is():
    assert shown({"entity": "eps-juliaca", "process": "gerencia-de-operaciones", "year": "2010"}) == KEYS[3]
    assert shown({"entity": "eps-puno", "process": "gerencia-comercial", "year": "2012"}) == KEYS[0]


def test_a_utility_alone_brings_its_own_process_and_newest_year():
    assert shown({"entity": "eps-juliaca"}) == KEYS[2]
    assert shown({"entity": "eps-puno"}) == KEYS[1]


def test_a_process_or_year_the_utility_does_not_have_falls_away_and_is_told():
    choice = resolve(
        listed(*KEYS), {"entity": "eps-puno", "process": "gerencia-de-operaciones", "year": "1999"}, 2011
    )
    assert KEYS[choice.position] == KEYS[1]
    assert not choice.is_known
    assert resolve(listed(*KEYS), {"entity": "eps-puno"}, 2011).is_known


def test_nothing_is_asked_where_there_is_one_plan():
    assert not resolve(listed(KEYS[0]), {}, 2026).is_needed
    assert resolve(listed(*KEYS), {}, 2026).is_needed


def test_two_names_that_shorten_alike_keep_codes_of_their_own():
    keys = [(2010, "EPS Puno", TRADE), (2010, "E.P.S. PUNO", TRADE), (2010, "¿?", TRADE)]
    choice = resolve(listed(*keys), {}, 2010)
    codes = choice.offered["entity"]
    assert len(codes) == 3
    assert {shown({"entity": code}, keys=keys) for code in codes} == set(keys)
