"""Log-ins that are over, and whose account an address is: facts, so that a restart forgets neither.

They change no figure: they are no part of the ledger's version, and no snapshot is made for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from poa_core import moment as clock
from poa_core.ledger import facts, rights
from poa_core.ledger.file.database import Database
from poa_core.ledger.rights import PEOPLE
from poa_core.ledger.submission import Refused
from poa_core.ledger.transaction import writing


@dataclass(frozen=True)
class Login:
    """One log-in as the provider vouches for it.

    digest: of all that it said; begun: UTC, when the provider gave it out.
    """

    digest: str
    address: str
    issuer: str
    subject: str
    begun: datetime


def find_account(cursor: duckdb.DuckDBPyConnection, address: str) -> tuple[str, str] | None:
    """Issuer and subject of the account an address means; None while it means none."""
    found = cursor.execute(
        "SELECT issuer, subject FROM current_identity() WHERE address = ? AND subject IS NOT NULL", [address]
    ).fetchone()
    return None if found is None else (found[0], found[1])


def is_ended(cursor: duckdb.DuckDBPyConnection, login: Login) -> bool:
    """Whether a log-in was ended, by itself or with all of its address.

    What ended all while the clock stood ahead ends nothing that begins later, or nobody would get in again.
    """
    found = cursor.execute(
        """
        FROM ended_login
        WHERE login = $digest
           OR (login IS NULL AND address = $address AND ended_at BETWEEN $begun AND $now
               AND spared IS DISTINCT FROM $digest)
        """,
        {"digest": login.digest, "address": login.address, "begun": login.begun, "now": clock.now()},
    ).fetchone()
    return found is not None


def end(database: Database, login: Login, by: str, at: datetime | None = None) -> None:
    """End a log-in for good: one's own, or another's as an administrator; one that is over stays so.

    Raises Refused: no_access, not_allowed (and what transaction.writing raises).
    """
    with writing(database) as cursor:
        _authorize(database, cursor, login.address, by)
        if not is_ended(cursor, login):
            facts.add_ended_login(cursor, login.digest, login.address, by, at or clock.now())
    _read_back(database, [login])


def end_all(
    database: Database,
    addresses: Iterable[str],
    by: str,
    logins: Iterable[Login] = (),
    spared: Login | None = None,
    at: datetime | None = None,
) -> None:
    """End every log-in of some addresses that began until now, known here or not, but the one spared.

    logins: those known here; one of a provider whose clock is ahead begins later than now. Raises Refused as
    end does.
    """
    when, digest = at or clock.now(), spared.digest if spared else None
    known = [login for login in logins if login.digest != digest]
    with writing(database) as cursor:
        for address in addresses:
            _authorize(database, cursor, address, by)
            facts.add_ended_login(cursor, None, address, by, when, digest)
        for login in known:
            if not is_ended(cursor, login):
                facts.add_ended_login(cursor, login.digest, login.address, by, when)
    _read_back(database, known)


def bind(database: Database, login: Login, at: datetime | None = None) -> None:
    """Hold an address to the account that logged in with it first.

    Raises Refused: other_account, where it is another one's (and what transaction.writing raises).
    """
    with database.cursor() as cursor:
        bound = find_account(cursor, login.address)
    if bound is None:
        with writing(database) as cursor:
            bound = find_account(cursor, login.address)
            if bound is None:
                bound = login.issuer, login.subject
                facts.add_login_identity(cursor, login.address, *bound, login.address, at or clock.now())
    if bound != (login.issuer, login.subject):
        raise Refused("other_account")


def release(database: Database, address: str, by: str, at: datetime | None = None) -> None:
    """Let the next account that logs in with an address be the one it means: people change their provider.
    Every log-in of the one before is over.

    Raises Refused: no_access, not_allowed, not_bound (and what transaction.writing raises).
    """
    with writing(database) as cursor:
        rights.authorize(database, cursor, by, PEOPLE)
        if find_account(cursor, address) is None:
            raise Refused("not_bound")
        release_within(cursor, address, by, at or clock.now())


def release_within(cursor: duckdb.DuckDBPyConnection, address: str, by: str, when: datetime) -> None:
    """The same, as a part of another transaction."""
    facts.add_login_identity(cursor, address, None, None, by, when)
    facts.add_ended_login(cursor, None, address, by, when)


def _authorize(database: Database, cursor: duckdb.DuckDBPyConnection, address: str, by: str) -> None:
    if rights.normalize_address(by) != address:
        rights.authorize(database, cursor, by, PEOPLE)


def _read_back(database: Database, logins: Iterable[Login]) -> None:
    """A COMMIT that follows an error says yes and has stored nothing; the version does not tell of these."""
    with database.cursor() as cursor:
        if not all(is_ended(cursor, login) for login in logins):
            raise Refused("not_saved")
