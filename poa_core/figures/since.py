"""What changed since a date: the dashboard as it was known then, at its own default cut-off, beside what it
says now.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pandas as pd

from poa_core.figures import metrics
from poa_core.figures.frames import python_texts
from poa_core.figures.scope import CUT, Scope
from poa_core.moment import to_lima


def scope_then(cursor: duckdb.DuckDBPyConnection, scope: Scope, since: datetime) -> Scope:
    """The same plan and filters as known at an instant (UTC), at the cut-off the dashboard chose by itself
    then.

    Raises ValueError for an instant after the scope's own.
    """
    if since > scope.known_at:
        raise ValueError(since)
    then = replace(scope, known_at=since, is_now=False)
    return then.at(metrics.default_cutoff(cursor, then))


def changes_since(cursor: duckdb.DuckDBPyConnection, scope: Scope, since: datetime) -> pd.DataFrame:
    """One row per activity that changed, in the plan's order: status and compliance (0-1), before and now,
    and how many of its values up to the cut-off are new_reports and corrections (values taken back included).

    A locality's are the activities of its own. Raises ValueError for an instant after the scope's own.
    """
    query = (
        f"FROM activity_since({CUT}, ?, ?) WHERE (? IS NULL OR locality = ?) AND (? IS NULL OR "
        f"responsible = ?) "
        "AND (? IS NULL OR objective = ?)"
    )
    filters = [value for value in (scope.locality, scope.responsible, scope.objective) for _ in range(2)]
    return python_texts(cursor.execute(query, [*_sides(cursor, scope, since), *filters]).df())


def outcome_since(cursor: duckdb.DuckDBPyConnection, scope: Scope, since: datetime) -> pd.DataFrame:
    """One row, none without an outcome: month, reported, compliance, status and verdict, before and now;
    new_reports, corrections.

    Raises ValueError for an instant after the scope's own.
    """
    return python_texts(cursor.execute(f"FROM outcome_since({CUT}, ?, ?)", _sides(cursor, scope, since)).df())


def corrections_since(cursor: duckdb.DuckDBPyConnection, scope: Scope, since: datetime) -> pd.DataFrame:
    """One row per value up to the cut-off that said something else then, the outcome's among them: code,
    locality, month, before and now (None where it was taken back).

    Raises ValueError for an instant after the scope's own.
    """
    scope_then(cursor, scope, since)
    query = "FROM correction_since(?, ?, ?, ?, ?, ?)"
    return python_texts(cursor.execute(query, [*scope.cut[:5], since]).df())


def meeting_before(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> date:
    """The first day on which the month before the cut-off stood as reported: the day after its reporting day.

    With January or nothing reported it is that day of January, for the close of the year before; never before
    the plan was there nor after the day the scope is known at.
    """
    assert scope.month is not None  # a meeting looks at one cut-off
    months = metrics.months(cursor, scope.at(0)).set_index("month")
    day = months.loc[max(scope.month - 1, 1), "reporting_date"].date() + timedelta(days=1)
    first = metrics.plan(cursor, scope).iloc[0]["first_accepted_at"].to_pydatetime()
    return clamp_day(day if scope.month > 1 else day.replace(month=1), first, scope.known_at)


def clamp_day(day: date, first: datetime, last: datetime) -> date:
    """The day, or the nearest one between the days of two moments."""
    return max(min(day, to_lima(last).date()), to_lima(first).date())


def _sides(cursor: duckdb.DuckDBPyConnection, scope: Scope, since: datetime) -> list[Any]:
    return [*scope.cut, scope_then(cursor, scope, since).month, since]
