"""Who may do what: every write asks before it writes, every preview before it shows, every page before it is
drawn.

Where nobody logs in (database.is_shared is False) one local person may do all.
"""

from dataclasses import dataclass, field

import duckdb

from poa_core import moment as clock
from poa_core.contract import Key
from poa_core.ledger.current import illustrative_uploads
from poa_core.ledger.file.database import Database
from poa_core.ledger.submission import Refused, Submission
from poa_core.logbook import log_access

VIEWER, LEADER, ADMIN = ROLES = ("viewer", "leader", "admin")
READ, REPORT, CLOSE, PLAN, PEOPLE = ACTIONS = ("read", "report", "close", "plan", "people")
MAY = {VIEWER: frozenset({READ}), LEADER: frozenset({READ, REPORT}), ADMIN: frozenset(ACTIONS)}
BAR = "|"


@dataclass(frozen=True)
class Person:
    """What one address may do; a leader reports for divisions alone."""

    address: str
    role: str
    divisions: frozenset[str] = field(default_factory=frozenset)
    active: bool = True

    def may(self, action: str) -> bool:
        return self.active and action in MAY[self.role]

    def answers_for(self, division: str | None) -> bool:
        """Whether what a division reports is theirs to load."""
        return self.may(REPORT) and (self.role == ADMIN or division in self.divisions)


def normalize_address(address: str) -> str:
    """An address as it is compared: Ana@EPS.pe is ana@eps.pe."""
    return address.strip().lower()


def find(cursor: duckdb.DuckDBPyConnection, address: str) -> Person | None:
    """The person of an address as the newest change says; None for one never named, or in letters no address
    here has.
    """
    if not address.isascii():
        return None
    row = cursor.execute(
        "SELECT address, role, divisions, active FROM current_person() WHERE address = ?",
        [normalize_address(address)],
    ).fetchone()
    return None if row is None else Person(row[0], row[1], frozenset(filter(None, row[2].split(BAR))), row[3])


def authorize(
    database: Database, cursor: duckdb.DuckDBPyConnection, address: str, action: str
) -> Person | None:
    """The person, where they may do the action (None: nobody logs in). Every refusal is logged.

    Raises Refused: no_access (unknown or no longer active), not_allowed (their role does not).
    """
    if not database.is_shared:
        return None
    person = find(cursor, address)
    if person is None or not person.active:
        raise _refused("no_access", address, action)
    if not person.may(action):
        raise _refused("not_allowed", address, action)
    if action != READ:
        log_access("right", person=address, action=action)
    return person


def authorize_report(database: Database, cursor: duckdb.DuckDBPyConnection, submission: Submission) -> None:
    """Raises Refused as authorize does; not_own_division with the rows of the file that are another
    division's; illustration_first: a leader's first real value would take every division's illustration away,
    which is the administrator's to do.
    """
    person = authorize(database, cursor, submission.person, REPORT)
    if person is None or person.role == ADMIN:
        return
    division = divisions(cursor, submission.key)
    rows = sorted(
        {value.row for value in submission.values if not person.answers_for(division.get(value.code))}
    )
    if rows:
        raise _refused("not_own_division", submission.person, REPORT, rows=tuple(rows))
    if not submission.illustrative and illustrative_uploads(cursor, submission.key):
        raise _refused("illustration_first", submission.person, REPORT)


def authorize_undo(
    database: Database, cursor: duckdb.DuckDBPyConnection, address: str, key: Key, upload_id: int
) -> None:
    """Raises Refused as authorize does, or not_own_upload where it reported for another division too."""
    person = authorize(database, cursor, address, REPORT)
    if person is not None and not is_own_upload(cursor, person, key, upload_id):
        raise _refused("not_own_upload", address, REPORT)


def is_own_upload(cursor: duckdb.DuckDBPyConnection, person: Person, key: Key, upload_id: int) -> bool:
    """Whether all that an upload reported is the person's to take back."""
    result = cursor.execute(
        "SELECT code FROM reported_value WHERE upload_id = $1 UNION SELECT code FROM remark WHERE "
        "upload_id = $1",
        [upload_id],
    )
    codes, division = {row[0] for row in result.fetchall()}, divisions(cursor, key)
    return all(person.answers_for(division.get(code)) for code in codes)


def divisions(cursor: duckdb.DuckDBPyConnection, key: Key) -> dict[str, str | None]:
    """The division that answers for each code of a plan now; the outcome is the process's own."""
    return dict(
        cursor.execute("SELECT code, division FROM code_division(?, ?, ?, ?)", [*key, clock.now()]).fetchall()
    )


def _refused(code: str, address: str, action: str, **hints: object) -> Refused:
    log_access("right", is_refusal=True, person=address, action=action, refused=code)
    return Refused(code, **hints)
