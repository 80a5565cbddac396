"""A plan archived leaves the selectors, keeps every fact and its address, and is brought back."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime

import book
import pytest
import sample_ledger
from vectors import every_month, row, vector

from poa_core.config import LedgerPaths
from poa_core.figures import metrics
from poa_core.ledger import sample
from poa_core.ledger import uploads as ledger
from poa_core.ledger.file import database, opening, snapshots
from poa_core.ledger.plans import archiving
from poa_core.ledger.submission import Refused
from poa_core.loading import seed

PLAN = vector("", (row("1", programmed=every_month(10), target=120),), ()).plan
KEY = book.key(PLAN)


def at(month: int) -> datetime:
    return datetime(2010, month, 1, 15)


@pytest.fixture
def kept(ledger):
    book.accept_plan(book.emptied(ledger), PLAN, at(1))
    return ledger


def known(opened, known_at: datetime = book.LATER) -> dict:
    [plan] = book.asked(opened, metrics.plan, book.scope(PLAN, 0, known_at))
    return plan


def test_an_archived_plan_says_since_when_by_whom_and_why_and_its_past_does_not(kept):
    archiving.archive(kept, KEY, "ana", "año cerrado", at(3))
    assert known(kept)["archive"] == {
        "archived": True,
        "changed_by": "ana",
        "changed_at": at(3),
        "reason": "año cerrado",
    }
    assert not known(kept, at(2))["archived"]
    archiving.bring_back(kept, KEY, "rosa", at=at(4))
    assert not known(kept)["archived"] and known(kept, at(3))["archived"]


def test_archiving_changes_no_figure_and_the_plan_goes_on_as_before(kept):
    before = book.asked(kept, metrics.activities, book.scope(PLAN, 3))
    archiving.archive(kept, KEY, "ana", "año cerrado", at(3))
    assert book.asked(kept, metrics.activities, book.scope(PLAN, 3)) == before
    book.accept(kept, PLAN, [book.value(2, "1", 1, 9)], at(4))
    assert known(kept)["archived"]


def test_it_is_archived_with_a_reason_once_and_brought_back_once(kept):
    with pytest.raises(Refused, match="reason_to_archive"):
        archiving.archive(kept, KEY, "ana", "", at(3))
    with pytest.raises(Refused, match="not_archived"):
        archiving.bring_back(kept, KEY, "ana", at=at(3))
    archiving.archive(kept, KEY, "ana", "año cerrado", at(3))
    with pytest.raises(Refused, match="already_archived"):
        archiving.archive(kept, KEY, "ana", "año cerrado", at(4))


def test_a_plan_that_is_not_there_is_not_archived(kept):
    with pytest.raises(Refused, match="unknown_plan"):
        archiving.archive(kept, (2011, *KEY[1:]), "ana", "año cerrado", at(3))
    ledger.withdraw(kept, 1, "ana", "error", at(3))
    with pytest.raises(Refused, match="unknown_plan"):
        archiving.archive(kept, KEY, "ana", "año cerrado", at(4))


def test_archiving_and_bringing_back_are_in_the_trail(kept):
    archiving.archive(kept, KEY, "ana", "año cerrado", at(3))
    archiving.bring_back(kept, KEY, "rosa", "auditoría", at(4))
    trail = book.asked(kept, metrics.audit, book.scope(PLAN, 12))
    assert [(line["kind"], line["person"], line["reason"]) for line in trail[:2]] == [
        ("brought_back", "rosa", "auditoría"),
        ("archived", "ana", "año cerrado"),
    ]


def test_archiving_is_a_new_version_of_the_ledger_and_of_this_plan_alone(kept):
    other = (2011, *KEY[1:])
    with kept.cursor() as cursor:
        before = (
            database.count_version(cursor),
            database.plan_version(cursor, KEY),
            database.plan_version(cursor, other),
        )
        archiving.archive(kept, KEY, "ana", "año cerrado", at(3))
        after = (
            database.count_version(cursor),
            database.plan_version(cursor, KEY),
            database.plan_version(cursor, other),
        )
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 0]
    assert kept.version == after[0]


def test_a_snapshot_holds_what_is_archived_and_a_ledger_that_lost_it_is_behind(tmp_path):
    place = LedgerPaths(tmp_path / "poa.duckdb")
    with closing(database.open_ledger(place)) as opened:
        book.accept_plan(opened, PLAN, at(1))
        archiving.archive(opened, KEY, "ana", "año cerrado", at(3))
    with closing(snapshots.connect(snapshots.newest_good(place))) as copy:
        assert copy.execute("SELECT archived, reason FROM plan_archive").fetchall() == [(True, "año cerrado")]
    with closing(database.duckdb.connect(str(place.database))) as connection:
        connection.execute("DELETE FROM plan_archive")
    with pytest.raises(opening.DatabaseDamaged):
        database.open_ledger(place)


SAMPLE = (2010, "EPS Puno", "Gerencia Comercial")


@pytest.fixture
def sampled(ledger):
    return sample_ledger.put_into(ledger)


def archived(opened) -> list[tuple]:
    with opened.cursor() as cursor:
        plans = metrics.plans(cursor, book.LATER.replace(year=2100))
    return list(plans[plans["archived"]][["year", "entity", "process"]].itertuples(index=False, name=None))


def test_the_first_plan_of_a_person_archives_the_sample_in_the_systems_name(sampled):
    book.accept_plan(sampled, PLAN)
    assert archived(sampled) == [SAMPLE]
    with sampled.cursor() as cursor:
        told = cursor.execute("SELECT changed_by, reason FROM plan_archive").fetchall()
        uploads = cursor.execute("SELECT count(*) FROM withdrawal").fetchone()
    assert told == [(sample.SYSTEM, sample.REASON)] and uploads == (
        0,
    )  # its illustrative year stands as it stood


def test_another_version_of_the_sample_itself_archives_nothing(sampled):
    plan, content = seed.read_plan(seed.SOURCE_DATA / "processes.csv", seed.SOURCE_DATA / "plan.csv")
    own = replace(plan, activities=tuple(row | {"responsible": "Otra"} for row in plan.activities))
    assert ledger.accept_plan(sampled, own, content, "plan.zip", "ana", reason="acta")
    assert archived(sampled) == []


def test_a_plan_that_is_refused_archives_nothing(sampled):
    with pytest.raises(Refused, match="look_again"):
        ledger.accept_plan(sampled, book.plan_file(PLAN), b"plan", "plan.csv", "ana", seen_version=9)
    assert archived(sampled) == []


def test_the_sample_once_brought_back_stays_whatever_plan_comes(sampled):
    book.accept_plan(sampled, PLAN)
    archiving.bring_back(sampled, SAMPLE, "ana")
    book.accept_plan(sampled, replace(PLAN, year=2011))
    assert archived(sampled) == []


def test_a_sample_that_was_undone_is_not_archived(sampled):
    ledger.withdraw_illustration(sampled, SAMPLE, "ana")
    ledger.withdraw(sampled, 1, "ana", "no hace falta")
    book.accept_plan(sampled, PLAN)
    assert archived(sampled) == []
