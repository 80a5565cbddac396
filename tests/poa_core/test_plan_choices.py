"""Which plan is meant: what the codes of an address name, and what is shown where they leave it open."""

import pandas as pd
import pytest

from poa_core.panels.plan_choices import NOUNS, resolve

PUNO, JULIACA, TRADE, WORKS = "EPS Puno", "EPS Juliaca", "Gerencia Comercial", "Gerencia de Operaciones"
KEYS = [(2012, PUNO, TRADE), (2011, PUNO, TRADE), (2010, JULIACA, TRADE), (2010, JULIACA, WORKS), (2010, PUNO, TRADE)]


def listed(*keys) -> pd.DataFrame:
    return pd.DataFrame([(entity, process, year) for year, entity, process in keys], columns=list(NOUNS))


def shown(asked: dict, year: int = 2011, keys=KEYS) -> tuple:
    return keys[resolve(listed(*keys), asked, year).position]


@pytest.mark.parametrize(("year", "plan"), [(2011, KEYS[1]), (2030, KEYS[0]), (2010, KEYS[2]), (2001, KEYS[2])])
def test_the_newest_year_that_has_begun_is_shown_first_and_where_none_has_the_one_that_begins_first(year, plan):
    assert shown({}, year) == plan


def test_codes_name_a_plan_whatever_year_it_is():
    assert shown({"entity": "eps-juliaca", "process": "gerencia-de-operaciones", "year": "2010"}) == KEYS[3]
    assert shown({"entity": "eps-puno", "process": "gerencia-comercial", "year": "2012"}) == KEYS[0]


def test_a_utility_alone_brings_its_own_process_and_newest_year():
    assert shown({"entity": "eps-juliaca"}) == KEYS[2]
    assert shown({"entity": "eps-puno"}) == KEYS[1]


def test_a_process_or_year_the_utility_does_not_have_falls_away_and_is_told():
    choice = resolve(listed(*KEYS), {"entity": "eps-puno", "process": "gerencia-de-operaciones", "year": "1999"}, 2011)
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
