"""Snapshots are named, ordered and kept by what they hold: no clock hides one, pushes one out or brings an
older one back.
"""

from datetime import datetime, timedelta

import dying
import pytest
from dying import handed, signature, value

from poa_core import moment
from poa_core.cli.main import main
from poa_core.config import DAYS_KEPT, SNAPSHOTS_KEPT
from poa_core.ledger import uploads
from poa_core.ledger.file import database, snapshots
from poa_core.words.language import words

TODAY = datetime(2026, 11, 30, 15)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock: clock(moment)."""
    return lambda at: monkeypatch.setattr(moment, "now", lambda: at)


def saved(opened, number: int) -> tuple:
    """What the ledger holds after one more save."""
    uploads.accept(opened, handed(value(3, str(180_000 + number)), content=str(number).encode()))
    return signature(opened)


def newest(paths) -> tuple:
    return dying.signature_of(snapshots.list_snapshots(paths)[0])


def test_the_newest_copy_is_the_one_that_holds_most_whatever_the_clock_said(opened, place, clock):
    clock(TODAY + timedelta(days=400))
    saved(opened, 1)
    clock(TODAY)
    last = saved(opened, 2)
    assert newest(place) == last
    opened.close()
    place.database.write_bytes(b"damaged")
    snapshots.restore(place)
    again = database.open_ledger(place)
    assert signature(again) == last
    again.close()


def test_eleven_saves_under_a_wrong_clock_do_not_push_the_right_ones_out(opened, place, clock):
    clock(TODAY - timedelta(days=1))
    right = saved(opened, 0)
    clock(TODAY + timedelta(days=400))
    for number in range(1, SNAPSHOTS_KEPT + 2):
        saved(opened, number)
    clock(TODAY)
    last = saved(opened, 99)
    held = [dying.signature_of(one.path) for one in snapshots.snapshots(place) if one.facts >= 0]
    assert held[0] == last and right in held


def test_ten_newest_one_a_day_for_thirty_days_and_one_a_month_are_kept(opened, place, clock):
    for path in snapshots.list_snapshots(place):
        path.unlink()
    for day in range(45):
        for hour in (9, 17):
            clock(TODAY + timedelta(days=day, hours=hour - 15))
            saved(opened, 100 * day + hour)
    taken = sorted(one.taken for one in snapshots.snapshots(place))
    days = {at.date() for at in taken}
    assert len(days) == DAYS_KEPT + 1  # and November's last; December's and January's are among the days
    assert all(at.hour == 17 for at in taken[:-SNAPSHOTS_KEPT])
    assert [at.hour for at in taken[-SNAPSHOTS_KEPT:]] == [9, 17] * (SNAPSHOTS_KEPT // 2)


def test_a_copy_that_older_code_named_by_its_date_alone_has_its_place_among_the_others(opened, place):
    saved(opened, 1)
    first = snapshots.snapshots(place)[0]
    old = first.path.with_name("poa-99991231T000000000000.duckdb")
    first.path.rename(old)
    last = saved(opened, 2)
    assert newest(place) == last
    assert [(one.path, one.facts) for one in snapshots.snapshots(place)][1] == (old, first.facts)


def test_of_copies_an_older_one_is_taken_those_that_hold_more_are_set_aside_and_the_ledger_opens(
    opened, place, capsys
):
    wanted, last = saved(opened, 1), saved(opened, 2)
    opened.close()
    older = next(p for p in snapshots.list_snapshots(place) if dying.signature_of(p) == wanted)
    more = snapshots.list_snapshots(place)[0]
    assert main(["restore", "--from", older.name, "--database", str(place.database)]) == 0
    aside = list(place.snapshots.glob("*.aside-*"))
    assert [path.name.startswith(more.name) for path in aside] == [True]
    assert dying.signature_of(aside[0]) == last
    again = database.open_ledger(place)
    assert signature(again) == wanted
    after = saved(again, 3)
    assert newest(place) == after and aside[0].exists()
    again.close()


def test_the_copies_are_listed_with_what_each_holds_and_which_cannot_be_read(place, capsys):
    for path in place.snapshots.glob("poa-2000*"):
        path.unlink()
    good = snapshots.snapshots(place)
    bad = place.snapshots / "poa-000000001-20200101T000000000000.duckdb"
    bad.write_bytes(b"garbage")
    assert main(["restore", "--list", "--database", str(place.database)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines] == [*(one.path.name for one in good), bad.name]
    assert f"{good[0].facts} hechos" in lines[0] and "no se puede leer" in lines[-1]


def test_a_copy_that_is_not_there_or_not_good_is_not_restored_and_nothing_moves(place, capsys):
    stood = place.database.read_bytes()
    bad = next(place.snapshots.glob("poa-2000*")).name
    for name in ("poa-999999999-20261130T000000000000.duckdb", bad, "../poa.duckdb"):
        assert main(["restore", "--from", name, "--database", str(place.database)]) == 1
        assert words("es")("cli.no_such_snapshot", name=name) in capsys.readouterr().err
    assert place.database.read_bytes() == stood and not list(place.snapshots.glob("*.aside-*"))


def test_the_beginning_of_a_copys_name_is_enough_where_only_one_begins_so(opened, place, capsys):
    wanted = saved(opened, 1)
    chosen = snapshots.list_snapshots(place)[0].name
    saved(opened, 2)
    opened.close()
    where = ["--database", str(place.database)]
    assert main(["restore", "--from", "poa-0", *where]) == 1
    assert main(["restore", "--from", chosen[:13], *where]) == 0
    assert chosen in capsys.readouterr().out
    assert dying.signature_of(place.database) == wanted


def test_what_was_set_aside_is_a_copy_again_under_its_own_name(opened, place):
    saved(opened, 1)
    older = snapshots.list_snapshots(place)[0].name
    last = saved(opened, 2)
    opened.close()
    snapshots.restore(place, older)
    [aside] = place.snapshots.glob("*.aside-*")
    aside.rename(aside.with_name(aside.name.partition(".aside-")[0]))
    snapshots.restore(place)
    assert dying.signature_of(place.database) == last
