"""Archiving a plan and bringing it back: it leaves the selectors and the choice of the first plan shown, and
keeps its address.
"""

from datetime import datetime

import duckdb

from poa_core import moment as clock
from poa_core.contract import Key
from poa_core.ledger import facts, rights
from poa_core.ledger.file.database import Database
from poa_core.ledger.submission import Refused
from poa_core.ledger.transaction import writing


def archive(database: Database, key: Key, person: str, reason: str, at: datetime | None = None) -> None:
    """Take a plan out of the selectors, with its reason.

    Raises Refused: no_access, not_allowed, reason_to_archive, unknown_plan, already_archived (and what
    transaction.writing raises).
    """
    if not reason:
        raise Refused("reason_to_archive")
    with writing(database) as cursor:
        rights.authorize(database, cursor, person, rights.PLAN)
        if is_archived(cursor, key):
            raise Refused("already_archived")
        facts.add_plan_archive(cursor, key, True, person, at or clock.now(), reason)


def bring_back(
    database: Database, key: Key, person: str, reason: str | None = None, at: datetime | None = None
) -> None:
    """Put an archived plan among the others again.

    Raises Refused: no_access, not_allowed, unknown_plan, not_archived (and what transaction.writing raises).
    """
    with writing(database) as cursor:
        rights.authorize(database, cursor, person, rights.PLAN)
        if not is_archived(cursor, key):
            raise Refused("not_archived")
        facts.add_plan_archive(cursor, key, False, person, at or clock.now(), reason)


def is_archived(cursor: duckdb.DuckDBPyConnection, key: Key) -> bool:
    """Whether a plan is archived now. Raises Refused (unknown_plan) where no version of it stands."""
    row = cursor.execute(
        "SELECT archived FROM known_plan(?, ?) WHERE year = ? AND entity = ? AND process = ?",
        [datetime.max, datetime.max, *key],
    ).fetchone()
    if row is None:
        raise Refused("unknown_plan")
    return bool(row[0])
