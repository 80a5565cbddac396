"""The table of people: who may do what, changed by an administrator, every change kept."""

import re
from datetime import datetime

import pandas as pd

from poa_core import moment as clock
from poa_core.ledger import facts, logins, rights
from poa_core.ledger.file.database import Database
from poa_core.ledger.rights import ADMIN, BAR, LEADER, PEOPLE, ROLES, Person, normalize_address
from poa_core.ledger.submission import Refused
from poa_core.ledger.transaction import writing

ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def is_address(text: str) -> bool:
    """A mail address in plain letters: two that look alike are two people."""
    return bool(ADDRESS.fullmatch(text))


def set_rights(database: Database, person: Person, by: str, at: datetime | None = None) -> None:
    """Say what an address may do from now on.

    Raises Refused: no_access, not_allowed, bad_address, unknown_role, leader_without_division, last_admin
    (nobody would be left who may change this), bad_division, unchanged_person (and what transaction.writing
    raises).
    """
    new_person = Person(
        normalize_address(person.address),
        person.role,
        person.divisions if person.role == LEADER else frozenset(),
        person.active,
    )
    if not is_address(new_person.address):
        raise Refused("bad_address")
    if new_person.role not in ROLES:
        raise Refused("unknown_role")
    if new_person.role == LEADER and not new_person.divisions:
        raise Refused("leader_without_division")
    if any(BAR in division for division in new_person.divisions):
        raise Refused("bad_division")
    with writing(database) as cursor:
        rights.authorize(database, cursor, by, PEOPLE)
        if rights.find(cursor, new_person.address) == new_person:
            raise Refused("unchanged_person")
        when = at or clock.now()
        facts.add_person(
            cursor,
            new_person.address,
            new_person.role,
            BAR.join(sorted(new_person.divisions)),
            new_person.active,
            by,
            when,
        )
        if not new_person.active:  # for good: who is let in again logs in anew
            facts.add_ended_login(cursor, None, new_person.address, by, when)
        if not cursor.execute("FROM current_person() WHERE role = ? AND active", [ADMIN]).fetchone():
            raise Refused("last_admin")


def ensure_admin(database: Database, address: str, at: datetime | None = None) -> None:
    """The first administrator, named by the configuration: put in where nobody administers yet. There is no
    password of ours.

    Raises Refused: bad_address (and what transaction.writing raises).
    """
    if not is_address(normalize_address(address)):
        raise Refused("bad_address")
    with writing(database) as cursor:
        if not cursor.execute("FROM current_person() WHERE role = ? AND active", [ADMIN]).fetchone():
            facts.add_person(
                cursor,
                normalize_address(address),
                ADMIN,
                "",
                True,
                normalize_address(address),
                at or clock.now(),
            )


def appoint(database: Database, address: str, by: str, at: datetime | None = None) -> None:
    """An administrator named by whoever reaches the file itself: the way back where nobody is left who may,
    or where the provider was changed and knows them by another account.

    Raises Refused: bad_address, unchanged_person (and what transaction.writing raises).
    """
    new_person, when = Person(normalize_address(address), ADMIN), at or clock.now()
    if not is_address(new_person.address):
        raise Refused("bad_address")
    with writing(database) as cursor:
        is_new, is_bound = (
            rights.find(cursor, new_person.address) != new_person,
            logins.find_account(cursor, new_person.address) is not None,
        )
        if not is_new and not is_bound:
            raise Refused("unchanged_person")
        if is_new:
            facts.add_person(cursor, new_person.address, new_person.role, "", new_person.active, by, when)
        if is_bound:
            logins.release_within(cursor, new_person.address, by, when)


def list_people(database: Database) -> pd.DataFrame:
    """Everybody ever named, as the newest change says: address, role, divisions, active, changed_by,
    changed_at.
    """
    with database.cursor() as cursor:
        return cursor.execute("FROM current_person() ORDER BY active DESC, address").df()


def divisions(database: Database) -> list[str]:
    """Every division that answers for something in a plan as it stands: for an activity, or as the process
    for its outcome.
    """
    with database.cursor() as cursor:
        return [row[0] for row in cursor.execute("FROM every_division() ORDER BY division").fetchall()]


def changes(database: Database) -> pd.DataFrame:
    """Every change, newest first."""
    with database.cursor() as cursor:
        return cursor.execute("FROM person ORDER BY change_id DESC").df()
