"""Closing a month and opening it again: facts of their own, like an upload."""

from datetime import datetime

from poa_core import moment as clock
from poa_core.contract import Key
from poa_core.ledger import facts, rights
from poa_core.ledger.current import closed_months
from poa_core.ledger.file.database import Database
from poa_core.ledger.submission import Refused
from poa_core.ledger.transaction import writing


def close_month(
    database: Database,
    key: Key,
    month: int,
    person: str,
    reason: str | None = None,
    at: datetime | None = None,
) -> None:
    """Close a month (1-12): from now on what changes it needs a reason and is listed.

    Raises Refused: no_access, not_allowed, month_not_over, already_closed (and what transaction.writing
    raises).
    """
    when = at or clock.now()
    if clock.to_lima(when) < clock.start_of_month(key[0], month + 1):
        raise Refused("month_not_over", month=month)
    with writing(database) as cursor:
        rights.authorize(database, cursor, person, rights.CLOSE)
        if month in closed_months(cursor, key, datetime.max):
            raise Refused("already_closed", month=month)
        facts.add_month_state(cursor, key, month, True, person, when, reason)


def reopen_month(database: Database, key: Key, month: int, person: str, reason: str,
                 at: datetime | None = None) -> None:  # fmt: skip
    """Undo the closing of a month, with its reason.

    Raises Refused: no_access, not_allowed, reason_for_reopening, not_closed (and what transaction.writing
    raises).
    """
    if not reason:
        raise Refused("reason_for_reopening", month=month)
    when = at or clock.now()
    with writing(database) as cursor:
        rights.authorize(database, cursor, person, rights.CLOSE)
        if month not in closed_months(cursor, key, datetime.max):
            raise Refused("not_closed", month=month)
        facts.add_month_state(cursor, key, month, False, person, when, reason)
