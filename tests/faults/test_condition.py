"""Whoever runs the dashboard is told what is wrong with its file, its copies and its clock."""

from datetime import datetime, timedelta

import dying
import pytest
from dying import handed, value
from no_room import no_room

from poa_core import moment
from poa_core.ledger import condition, uploads
from poa_core.ledger.file import snapshots

TODAY = datetime(2036, 11, 30, 15)  # later than what the seed was filled at


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock: clock(moment)."""
    return lambda at: monkeypatch.setattr(moment, "now", lambda: at)


def save(opened, number: int) -> None:
    uploads.accept(opened, handed(value(3, str(180_000 + number)), content=str(number).encode()))


def troubles(opened) -> tuple[str, ...]:
    condition._seen.clear()  # as half a minute later
    return condition.condition(opened).troubles


def test_a_ledger_that_saves_and_copies_has_no_trouble(opened):
    save(opened, 1)
    assert condition.condition(opened).troubles == ()
    assert condition.condition(opened).newest_copy is not None


def test_a_copy_that_could_not_be_made_is_told_with_the_save_and_no_more_after_one_that_could(opened):
    assert condition.condition(opened).troubles == ()
    with no_room(1_000_000):
        save(opened, 1)
    assert condition.condition(opened).troubles == ("copy_failed",)
    save(opened, 2)
    assert condition.condition(opened).troubles == ()


@pytest.mark.parametrize("deed", ["unlinked", "replaced"])
def test_a_file_that_is_gone_from_under_the_server_is_told(opened, place, deed):
    save(opened, 1)
    content = place.database.read_bytes()
    place.database.unlink()
    if deed == "replaced":
        place.database.with_suffix(".new").write_bytes(content)
        place.database.with_suffix(".new").rename(place.database)
    assert troubles(opened)[0] == "file_gone"


def test_a_clock_behind_the_newest_fact_is_told_until_it_is_right(opened, clock):
    clock(TODAY + timedelta(days=400))
    save(opened, 1)
    assert troubles(opened) == ()
    clock(TODAY)
    assert troubles(opened) == ("clock_behind",)
    clock(TODAY + timedelta(days=401))
    assert troubles(opened) == ()


def test_the_daily_check_reads_the_ledger_and_its_newest_copy_and_says_when(opened, place, clock):
    clock(TODAY)
    save(opened, 1)
    assert condition.condition(opened).verified is None
    assert condition.self_check(opened).is_sound
    assert condition.condition(opened).verified == TODAY
    newest = snapshots.list_snapshots(place)[0]
    newest.write_bytes(newest.read_bytes()[:20_000])
    assert not condition.self_check(opened).is_sound
    assert troubles(opened) == ("not_sound",)
    save(opened, 2)
    assert condition.self_check(opened).is_sound and troubles(opened) == ()


def test_the_daily_check_finds_what_should_hold_and_does_not(opened):
    with opened.cursor() as cursor:
        cursor.execute("INSERT INTO withdrawal VALUES (901, 'ana', '2010-01-01', NULL)")
    assert not condition.self_check(opened).is_sound


def test_a_copy_older_than_a_day_is_followed_by_another_at_the_daily_check(opened, place, clock):
    clock(TODAY)
    save(opened, 1)
    condition.self_check(opened)
    clock(TODAY + timedelta(days=2))
    assert troubles(opened) == ("copy_old",)
    condition.self_check(opened)
    assert troubles(opened) == ()
    held = dying.signature_of(snapshots.list_snapshots(place)[0])
    assert held == dying.signature(opened)
