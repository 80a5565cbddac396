"""What the filters offer is what the plan they stand over says."""

from dataclasses import replace
from datetime import datetime

import book
from vectors import every_month, row, vector

from poa_core.figures import metrics
from poa_core.panels import choices
from poa_core.words.language import words

KNOWN = datetime(2012, 1, 1)
COLLECTION, COVERAGE = "Mejorar la cobranza", "Ampliar la cobertura"


def plan_of(year: int, *objectives: str):
    activities = [
        row(f"{number}.1", programmed=every_month(10), target=120, objective=name)
        for number, name in enumerate(objectives, 1)
    ]
    return replace(vector("", tuple(activities), ()).plan, year=year)


def test_each_year_s_first_objective_goes_by_the_name_its_own_plan_gives_it(ledger):
    book.emptied(ledger)
    plans = plan_of(2010, COLLECTION, COVERAGE), plan_of(2011, COVERAGE, COLLECTION)
    for plan in plans:
        book.accept_plan(ledger, plan)
    for plan, names in zip(plans, [(COLLECTION, COVERAGE), (COVERAGE, COLLECTION)], strict=True):
        scope = metrics.Scope(*book.key(plan), 12, KNOWN)
        with ledger.cursor() as cursor:

            def ask(question, of, *rest, cursor=cursor):
                return question(cursor, of, *rest)

            offered = choices.choices(ask, scope, words("es"))["objective"]
            of_first = metrics.activities(cursor, replace(scope, objective=offered["1"][0]))
        assert {code: name for code, (name, _) in offered.items()} == dict(
            zip(("todos", "1", "2"), (None, *names), strict=True)
        )
        assert list(of_first["code"]) == ["1.1"] and list(of_first["objective"]) == [names[0]]
