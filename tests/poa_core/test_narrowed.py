"""Activities left out of what is known already are those the ledger would leave out."""

from dataclasses import replace

import pandas as pd
import pytest
from poa_core import metrics, parts, seed
from poa_core import moment as clock
from poa_core.database import in_memory

SCOPE = metrics.Scope(2010, "EPS Puno", "Gerencia Comercial", 9, clock.end_of_day(clock.now().date()))


@pytest.fixture(scope="module")
def cursor():
    database = in_memory()
    seed.first_load(database)
    with database.cursor() as opened:
        yield opened
    database.close()


FILTERS = [{"responsible": "Gerencia Comercial"}, {"objective": "Mejora de la Eficiencia de Cobranza"}, {"status": "behind"},
           {"responsible": "Gerencia Comercial", "status": "met"}, {"responsible": "nobody"}, {}]  # fmt: skip


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("locality", [None, "Puno"])
def test_what_a_filter_leaves_is_what_the_ledger_answers(cursor, locality, filters):
    scope = replace(SCOPE, locality=locality, **filters)
    kept = parts.narrowed(metrics.activities(cursor, metrics.every_row(scope)), scope)
    asked = metrics.activities(cursor, scope)
    assert list(kept.columns) == list(asked.columns)
    assert plain(kept) == plain(asked)


def plain(frame: pd.DataFrame) -> list[dict]:
    """Rows with None for every kind of nothing."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")
