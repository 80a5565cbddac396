"""Answers are kept by data version, scope and filters: never an older one, never another's, never to whoever
may no longer read.
"""

from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from pages.shared import session
from poa_core.config import SOURCE_DATA
from poa_core.contract import Value
from poa_core.figures import metrics
from poa_core.intake import check
from poa_core.ledger import reading, uploads
from poa_core.ledger.submission import Refused
from poa_core.panels import overview

KEY = (2010, "EPS Puno", "Gerencia Comercial")


@pytest.fixture
def opened(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATA", str(tmp_path))
    opened = session.open_ledger()
    session.pin()
    yield opened
    session.close_ledger()


@pytest.fixture
def scope(opened):
    return metrics.Scope(*KEY, 9, session.today())


def accept(opened, amount: str) -> None:
    uploads.accept(
        opened,
        uploads.Submission(
            *KEY, "a.csv", amount.encode(), "ana", (Value(2, "R1", 9, "EPS", Decimal(amount)),), reason="acta"
        ),
    )
    session.pin()  # as a page does that is drawn anew


def accept_plan_of(opened, process: str) -> None:
    texts = [
        (SOURCE_DATA / name).read_text("utf-8-sig").replace(KEY[2], process).encode()
        for name in ("processes.csv", "plan.csv")
    ]
    assert uploads.accept_plan(opened, check.plan_file(*texts), b"".join(texts), "plan.zip", "ana")
    session.pin()


def test_an_answer_is_given_again_until_something_is_saved_and_never_after(opened, scope):
    first = session.ask(metrics.outcome, scope)
    assert session.ask(metrics.outcome, scope) is first
    accept(opened, "150000")
    second = session.ask(metrics.outcome, scope)
    assert [frame["reported"].iloc[0] for frame in (first, second)] == [pytest.approx(159393.71), 150000]
    accept(opened, "149000")
    assert session.ask(metrics.outcome, scope)["reported"].iloc[0] == 149000


def test_what_is_loaded_of_another_plan_leaves_an_answer_as_it_is(opened, scope):
    accept_plan_of(
        opened, "Gerencia de Operaciones"
    )  # the first of a person's own archives the sample, which is this plan's
    first, shown = session.ask(metrics.outcome, scope), session.run_panel(overview.outcome, scope)
    accept_plan_of(opened, "Gerencia de Proyectos")
    assert session.ask(metrics.outcome, scope) is first
    assert session.run_panel(overview.outcome, scope) is shown
    assert len(session.plans()) == 3


def test_each_filter_month_and_instant_has_its_own_answer(opened, scope):
    whole = session.ask(metrics.activities, scope)
    seen = [
        session.ask(metrics.activities, replace(scope, **other))
        for other in (
            {"locality": "Puno"},
            {"responsible": "Catastro"},
            {"objective": "1"},
            {"status": "met"},
            {"month": 3},
            {"programme": "initial"},
        )
    ]
    assert all(answer is not whole for answer in seen)
    assert [len(answer) == len(whole) for answer in seen] == [False, False, False, False, True, True]
    assert session.ask(metrics.rollup, scope, "plan") is not session.ask(metrics.rollup, scope, "objective")


def test_another_ledger_has_its_own_answers(opened, scope, tmp_path_factory, monkeypatch):
    here = session.ask(metrics.outcome, scope)
    monkeypatch.setenv("POA_DATA", str(tmp_path_factory.mktemp("other")))
    session.pin()
    assert session.ask(metrics.outcome, scope) is not here


def test_what_is_kept_is_not_handed_to_whoever_may_no_longer_read(opened):
    made = session.check_access_then(lambda: b"figures")
    assert made() == b"figures"
    opened.is_shared = True
    with pytest.raises(Refused, match="no_access"):
        made()


def test_a_question_that_does_not_end_is_ended_and_the_next_one_is_answered(opened, scope, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_QUESTION", 0.1)

    def endless(cursor, _):
        return cursor.execute("SELECT count(*) FROM range(1000000000000)").fetchone()

    with pytest.raises(duckdb.InterruptException):
        session.ask(endless, scope)
    monkeypatch.undo()
    monkeypatch.setenv("POA_DATA", str(opened.paths.database.parent))
    assert len(session.ask(metrics.activities, scope))
