"""What must be true of the ledger: of all it holds, or of what was written since a mark."""

from functools import cache
from typing import NamedTuple

import duckdb

from poa_core.ledger.file.database import script
from poa_core.ledger.submission import Refused


class Mark(NamedTuple):
    """A moment of the ledger: the highest number of an upload, and how many withdrawals there were."""

    uploads: int = 0
    withdrawals: int = 0


START = Mark()


def mark(cursor: duckdb.DuckDBPyConnection) -> Mark:
    """Where the ledger stands."""
    return Mark(
        *cursor.execute(
            "SELECT coalesce(max(upload_id), 0), (SELECT count(*) FROM withdrawal) FROM upload"
        ).fetchall()[0]
    )


@cache
def invariants() -> tuple[tuple[str, str], ...]:
    """(name, query) of each invariant: the query must return no row."""
    parts = script("ledger/invariants.sql").split("-- name: ")[1:]
    return tuple((part.split("\n", 1)[0].strip(), part.split("\n", 1)[1]) for part in parts)


def broken(cursor: duckdb.DuckDBPyConnection, since: Mark = START) -> list[str]:
    """The names of those that do not hold of what was written since the mark; of everything where none is
    given.
    """
    return [row[0] for row in cursor.execute(_all_in_one(), since._asdict()).fetchall()]


def enforce(cursor: duckdb.DuckDBPyConnection, since: Mark) -> None:
    """Raises Refused (broken_invariant) where a row written since the mark breaks what must be true."""
    for name in broken(cursor, since):
        raise Refused("broken_invariant", invariant=name)


@cache
def _all_in_one() -> str:
    """One statement for all of them: planned once, it takes half the time."""
    return " UNION ALL ".join(
        f"SELECT '{name}' AS name WHERE EXISTS ({query})" for name, query in invariants()
    )
