"""A utility or a process that the ledger knows in another spelling is asked about, and the yes is kept."""

from dataclasses import replace

import book
import pytest
from vectors import every_month, row, vector

from poa_core.ledger import uploads
from poa_core.ledger.plans import archiving
from poa_core.ledger.plans import names as plan_names
from poa_core.ledger.submission import Refused
from poa_core.words.language import LANGUAGES, words
from poa_core.words.problems import sentence

PLAN = replace(
    vector("", (row("1", programmed=every_month(10), target=120),), ()).plan,
    entity="EPS Puno S.A.",
    process="Gerencia Comercial",
)


@pytest.fixture
def kept(ledger):
    book.accept_plan(book.emptied(ledger), PLAN)
    return ledger


def told(opened, **names: str) -> list[tuple]:
    with opened.cursor() as cursor:
        file = plan_names.add_questions(cursor, book.plan_file(replace(PLAN, year=2011, **names)))
    assert all(sentence(problem, words(language)) for problem in file.problems for language in LANGUAGES)
    return [(p.severity, p.code, p.value, p.hints["other"]) for p in plan_names.to_confirm(file)]


@pytest.mark.parametrize(
    "spelt", ["EPS PUNO S.A.", "Eps Puno S.A.", "EPS  Puno  S. A.", "EPS Puño S.A.", "EPS Punno S.A."]
)
def test_a_utility_in_another_spelling_is_asked_about(kept, spelt):
    assert told(kept, entity=spelt) == [("question", "similar_entity", spelt, "EPS Puno S.A.")]


@pytest.mark.parametrize(
    "spelt", ["gerencia comercial", "Gerencia  Comercial", "Gerencia Comerciál", "Gerencia Comerical"]
)
def test_a_process_in_another_spelling_is_asked_about(kept, spelt):
    assert told(kept, process=spelt) == [("question", "similar_process", spelt, "Gerencia Comercial")]


@pytest.mark.parametrize(
    "names", [{}, {"entity": "EMSAPUNO"}, {"entity": "EPS Tacna S.A.", "process": "Gerencia de Operaciones"}]
)
def test_a_name_that_is_known_or_another_one_is_not_asked_about(kept, names):
    assert told(kept, **names) == []


def test_names_told_apart_by_a_number_are_two(kept):
    assert told(kept, process="Gerencia Comercial 2") == []


def test_a_plan_that_is_archived_is_known_all_the_same_and_one_that_was_undone_is_not(kept):
    archiving.archive(kept, book.key(PLAN), "ana", "año cerrado")
    assert told(kept, entity="EPS PUNO S.A.")
    uploads.withdraw(kept, 1, "ana", "error")
    assert told(kept, entity="EPS PUNO S.A.") == []


def accept(opened, confirmed: bool) -> list[int]:
    file = book.plan_file(replace(PLAN, entity="EPS Punno S.A.", process="gerencia comercial"))
    return uploads.accept_plan(opened, file, b"plan", "plan.csv", "ana", confirmed=confirmed)


def test_it_is_not_accepted_without_a_yes_and_the_yes_is_kept(kept):
    with pytest.raises(Refused, match="plan_unconfirmed") as refusal:
        accept(kept, confirmed=False)
    assert refusal.value.hints == {"count": 2}
    [upload] = accept(kept, confirmed=True)
    with kept.cursor() as cursor:
        rows = cursor.execute("FROM confirmation").fetchall()
    assert rows == [
        (upload, None, "entidad", "similar_entity", "EPS Punno S.A."),
        (upload, None, "proceso", "similar_process", "gerencia comercial"),
    ]
    assert accept(kept, confirmed=False) == []  # what is there already asks nothing
