"""What is asked in one view is of one version, though others write meanwhile."""

import pytest

from poa_core import moment as clock
from poa_core.config import SOURCE_DATA
from poa_core.figures import metrics
from poa_core.intake import check
from poa_core.ledger import uploads
from poa_core.ledger.file.database import in_memory, plan_version
from poa_core.ledger.reading import VersionChanged, cursor_at
from poa_core.loading import seed

KEY = (2010, "EPS Puno", "Gerencia Comercial")
SCOPE = metrics.Scope(*KEY, 9, clock.end_of_day(clock.now().date()))


@pytest.fixture
def opened():
    database = in_memory()
    seed.first_load(database)
    yield database
    database.close()


def accept_plan_of(opened, process: str) -> None:
    texts = [
        (SOURCE_DATA / name).read_text("utf-8-sig").replace(KEY[2], process).encode()
        for name in ("processes.csv", "plan.csv")
    ]
    assert uploads.accept_plan(opened, check.plan_file(*texts), b"".join(texts), "plan.zip", "prueba")


def test_a_view_keeps_its_version_while_another_writes(opened):
    before = opened.version
    with cursor_at(opened, before) as cursor:
        uploads.withdraw_illustration(opened, KEY, "prueba")
        assert metrics.is_illustrative(cursor, SCOPE)
    with cursor_at(opened, opened.version) as cursor:
        assert not metrics.is_illustrative(cursor, SCOPE)


def test_a_version_that_has_gone_is_not_answered_with_the_newer_one(opened):
    before = opened.version
    uploads.withdraw_illustration(opened, KEY, "prueba")
    with pytest.raises(VersionChanged), cursor_at(opened, before):
        pass


def test_what_is_committed_and_not_yet_counted_is_not_taken_for_the_version_before(opened):
    before = opened.version
    uploads.withdraw_illustration(opened, KEY, "prueba")
    opened.version = before  # the moment between a commit and the number that tells of it
    with pytest.raises(VersionChanged), cursor_at(opened, opened.version):
        pass


def test_a_view_of_one_plan_is_of_its_own_version_whatever_is_loaded_of_another(opened):
    accept_plan_of(
        opened, "Gerencia de Operaciones"
    )  # the first of a person's own archives the sample, which is this plan's
    with cursor_at(opened, opened.version) as cursor:
        own = plan_version(cursor, KEY)
    accept_plan_of(opened, "Gerencia de Proyectos")
    with cursor_at(opened, own, KEY) as cursor:
        assert metrics.is_illustrative(cursor, SCOPE)
    uploads.withdraw_illustration(opened, KEY, "prueba")
    with pytest.raises(VersionChanged), cursor_at(opened, own, KEY):
        pass


def test_a_view_that_ends_in_a_fault_leaves_the_ledger_to_the_next(opened):
    with pytest.raises(ZeroDivisionError), cursor_at(opened, opened.version):
        raise ZeroDivisionError
    with cursor_at(opened, opened.version) as cursor:
        assert metrics.is_illustrative(cursor, SCOPE)
