"""What whoever runs the dashboard has to know of the ledger's file, its copies and its clock."""

import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from poa_core import moment as clock
from poa_core.ledger import invariants
from poa_core.ledger.file import second_folder, snapshots
from poa_core.ledger.file.database import Database, file_number

A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
LOOKED_AT_FOR = 30  # seconds that what was seen on the disk stands for
NEWEST_FACT = """
SELECT max(fact_at) FROM (
    SELECT max(accepted_at) AS fact_at FROM upload UNION ALL SELECT max(withdrawn_at) FROM withdrawal
    UNION ALL SELECT max(changed_at) FROM month_state UNION ALL SELECT max(changed_at) FROM plan_archive
    UNION ALL SELECT max(changed_at) FROM person)
"""


@dataclass(frozen=True)
class Condition:
    """troubles: codes, gravest first: file_gone, not_sound, copy_failed, copy_old, no_second_copy,
    clock_behind.

    newest_copy: when it was taken, by the clock of then; verified: when the server itself last read the
    ledger and that copy through. Both UTC, None where there is none.
    """

    troubles: tuple[str, ...]
    newest_copy: datetime | None
    verified: datetime | None


@dataclass
class SelfCheck:
    """What a ledger's own check found last."""

    at: datetime | None = None
    is_sound: bool = True


log = logging.getLogger("poa")
_checks: dict[str, SelfCheck] = {}
_seen: dict[str, tuple[tuple[int, int], Condition]] = {}


def condition(database: Database) -> Condition:
    """The ledger's condition; after a save it is looked at anew, else twice a minute."""
    key, now = str(database.paths.database), (database.version, int(time.monotonic() // LOOKED_AT_FOR))
    if key not in _seen or _seen[key][0] != now:
        _seen[key] = now, _look(database)
    return _seen[key][1]


def _look(database: Database) -> Condition:
    newest = next(iter(snapshots.snapshots(database.paths)), None)
    check = _checks.get(str(database.paths.database), SelfCheck())
    with database.cursor() as cursor:
        [(fact_at,)] = cursor.execute(NEWEST_FACT).fetchall()
    troubles = {
        "file_gone": database.file_number != file_number(database.paths.database),
        "not_sound": not check.is_sound,
        "copy_failed": newest is None or newest.facts < database.version,
        # a server that has just started has its check still to come, which makes one
        "copy_old": check.at is not None and newest is not None and clock.now() - newest.taken > A_DAY,
        "no_second_copy": second_folder.of_ledger(database.paths).is_behind(),
        "clock_behind": fact_at is not None and fact_at - clock.now() > A_MINUTE,
    }
    found = tuple(code for code, is_so in troubles.items() if is_so)
    before = _seen.get(str(database.paths.database))
    if found != (before[1].troubles if before else ()):
        log.log(logging.WARNING, "condition: %s", ", ".join(found) or "well again")
    return Condition(found, newest.taken if newest else None, check.at)


def self_check(database: Database) -> SelfCheck:
    """Ask every invariant and read the newest copy from end to end; one that is older than a day is followed
    by another. Raises snapshots.CopyFailed where that cannot be made.
    """
    is_sound = False
    with suppress(duckdb.Error), database.cursor() as cursor:  # what cannot be read is not sound
        is_sound = not invariants.broken(cursor)
    newest = next(iter(snapshots.snapshots(database.paths)), None)
    check = SelfCheck(clock.now(), is_sound and newest is not None and snapshots.is_good(newest.path))
    key = str(database.paths.database)
    _checks[key] = check
    _seen.pop(key, None)
    if newest is None or clock.now() - newest.taken > A_DAY:
        with database.writer:
            snapshots.take(database.paths, database.connection)
    second_folder.of_ledger(database.paths).fill()
    return check
