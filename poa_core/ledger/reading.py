"""One view of the ledger: whatever is asked in it is of one version, though others write meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from poa_core.contract import Key
from poa_core.ledger.file.database import Database, count_version, plan_version

LONGEST_QUESTION = 60  # seconds: whoever asked has long gone, and others wait for the processor


class VersionChanged(Exception):
    """The ledger is no longer of the version that was asked for."""


@contextmanager
def cursor_at(
    database: Database, version: int, plan: Key | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor that sees the ledger as one version left it, or one plan of it as a version of its own did.

    Raises Moved where that is no longer, or not yet, to be seen.

    Between a commit and the number that tells of it the ledger holds more than its number says: so the rows
    are counted.
    """
    with database.cursor(LONGEST_QUESTION) as cursor:
        cursor.execute("BEGIN TRANSACTION")
        try:
            if (plan_version(cursor, plan) if plan else count_version(cursor)) != version:
                raise VersionChanged(version)
            yield cursor
        finally:
            with suppress(duckdb.Error):  # a query that failed has ended it
                cursor.execute("ROLLBACK")


def is_answering(database: Database) -> bool:
    """Whether the ledger answers a small question within five seconds."""
    try:
        with database.cursor(5) as cursor:
            return count_version(cursor) >= 0
    except duckdb.Error:
        return False
