"""Log-ins that are over stay so, and an address is one account's."""

from datetime import datetime, timedelta

import pytest

from poa_core import moment as clock
from poa_core.config import LedgerPaths
from poa_core.ledger import logins, people
from poa_core.ledger.file.database import in_memory, open_ledger
from poa_core.ledger.logins import Login
from poa_core.ledger.rights import ADMIN, VIEWER, Person
from poa_core.ledger.submission import Refused

BOSS, GUEST, OTHER = "boss@eps.pe", "guest@eps.pe", "other@eps.pe"
MORNING = datetime(2010, 10, 1, 8)
NOON, EVENING = MORNING + timedelta(hours=4), MORNING + timedelta(hours=10)


def login(address: str = GUEST, digest: str = "first", begun: datetime = MORNING, **account: str) -> Login:
    return Login(
        digest, address, account.get("issuer", "https://provider"), account.get("subject", "1"), begun
    )


@pytest.fixture
def shared():
    opened = in_memory()
    people.ensure_admin(opened, BOSS, MORNING)
    opened.is_shared = True
    for address in (GUEST, OTHER):
        people.set_rights(opened, Person(address, VIEWER), BOSS, MORNING)
    yield opened
    opened.close()


def is_ended(ledger, *which: Login) -> list[bool]:
    with ledger.cursor() as cursor:
        return [logins.is_ended(cursor, one) for one in which]


def test_a_log_in_that_was_ended_is_over_after_a_restart(tmp_path):
    opened = open_ledger(LedgerPaths(tmp_path / "poa.duckdb"))
    logins.end(opened, login(), GUEST)
    opened.close()
    opened = open_ledger(LedgerPaths(tmp_path / "poa.duckdb"))
    assert is_ended(opened, login(), login(digest="second")) == [True, False]
    opened.close()


def test_ending_all_ends_what_began_until_then_and_nobody_elses(shared):
    logins.end_all(shared, [GUEST], GUEST, at=NOON)
    after = is_ended(shared, login(), login(begun=NOON), login(begun=EVENING), login(OTHER))
    assert after == [True, True, False, False]


def test_ending_all_ends_a_log_in_known_here_whose_provider_has_a_clock_ahead(shared):
    ahead = login(begun=EVENING)
    logins.end_all(shared, [GUEST], BOSS, [ahead], at=NOON)
    assert is_ended(shared, ahead, login(digest="second", begun=EVENING)) == [True, False]


def test_ending_all_the_others_spares_the_one_it_is_asked_from(shared):
    own, others = (
        login(),
        [login(digest="second"), login(digest="third", begun=EVENING), login(OTHER, "fourth")],
    )
    logins.end_all(shared, [GUEST, OTHER, BOSS], BOSS, [own, *others], spared=own, at=NOON)
    assert is_ended(shared, own, *others) == [False, True, True, True]


@pytest.mark.parametrize(
    "end", [logins.end, lambda ledger, one, by: logins.end_all(ledger, [one.address], by)]
)
def test_anothers_log_in_is_an_administrators_to_end_and_ones_own_is_ones_own(shared, end):
    with pytest.raises(Refused, match="not_allowed"):
        end(shared, login(), OTHER)
    assert is_ended(shared, login()) == [False]
    end(shared, login(), BOSS)
    end(shared, login(OTHER, "second"), OTHER)
    assert is_ended(shared, login(), login(OTHER, "second")) == [True, True]


def test_who_may_no_longer_enter_has_no_log_in_left_when_let_in_again(shared):
    people.set_rights(shared, Person(GUEST, VIEWER, active=False), BOSS, NOON)
    people.set_rights(shared, Person(GUEST, VIEWER), BOSS, EVENING)
    assert is_ended(shared, login(), login(begun=EVENING), login(OTHER)) == [True, False, False]


@pytest.mark.parametrize("other", [{"subject": "2"}, {"issuer": "https://elsewhere"}])
def test_the_first_account_of_an_address_is_the_only_one(shared, other):
    logins.bind(shared, login())
    logins.bind(shared, login(digest="second"))
    with pytest.raises(Refused, match="other_account"):
        logins.bind(shared, login(**other))
    logins.bind(shared, login(OTHER, **other))


def test_an_administrator_releases_an_address_for_the_account_that_comes_next(shared):
    logins.bind(shared, login())
    with pytest.raises(Refused, match="not_allowed"):
        logins.release(shared, GUEST, OTHER)
    logins.release(shared, GUEST, BOSS)
    with pytest.raises(Refused, match="not_bound"):
        logins.release(shared, GUEST, BOSS)
    assert is_ended(shared, login()) == [True]
    logins.bind(shared, login(subject="2"))
    with pytest.raises(Refused, match="other_account"):
        logins.bind(shared, login())


def test_an_administrator_named_at_the_file_is_released_too(shared):
    logins.bind(shared, login(BOSS))
    people.appoint(shared, BOSS, "root")
    logins.bind(shared, login(BOSS, subject="2"))
    people.appoint(shared, BOSS, "root")
    with pytest.raises(Refused, match="unchanged_person"):
        people.appoint(shared, BOSS, "root")
    assert {row["role"] for _, row in people.list_people(shared).iterrows()} == {ADMIN, VIEWER}


def test_a_log_in_that_ends_makes_no_version_that_pages_would_be_drawn_for(shared):
    before = shared.version
    logins.bind(shared, login())
    logins.end(shared, login(), GUEST)
    assert shared.version == before


def test_ending_all_under_a_clock_that_stood_ahead_keeps_nobody_out_for_good(shared):
    known, tomorrow = login(begun=clock.now()), clock.now() + timedelta(days=365)
    logins.end_all(shared, [GUEST], BOSS, [known], at=tomorrow)
    assert is_ended(shared, known, login(digest="second", begun=clock.now())) == [True, False]
