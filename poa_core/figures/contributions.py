"""What explains a figure: one function per question; each asks explain.sql and returns a frame. Points are
ratios, 0.071 for 7.1.
"""

from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from poa_core.figures.frames import python_texts
from poa_core.figures.scope import CUT, KEY, Scope


def points(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per activity due under the scope's filters, largest first: compliance, weight, points it takes
    from 100 % (None where no weight is due).
    """
    return _frame(cursor, f"FROM points_taken({CUT}, ?, ?, ?)", [*scope.cut, *_filters(scope)])


def changes(
    cursor: duckdb.DuckDBPyConnection, scope: Scope, cutoff_then: int, since: datetime
) -> pd.DataFrame:
    """What explains the change of compliance from an earlier view (cut-off and instant) to the scope's: the
    plan's own change (code None), then a row per activity due in either: change in points, is_newly_due,
    is_no_longer_due.

    No rows where the compliance of a side is not known.
    """
    version = cursor.execute(
        f"SELECT CAST(upload_id AS VARCHAR) FROM plan_version({KEY}, ?)", [*scope.key, scope.programme]
    ).fetchone()
    parameters = [*scope.cut, cutoff_then, since, version[0] if version else None, *_filters(scope)]
    return _frame(
        cursor, f"FROM compliance_change({CUT}, ?, ?, ?, ?, ?, ?) ORDER BY position, code", parameters
    )


def needed_averages(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per activity whose months are averaged and that has a target and reports: needed_average of the
    months left, verdict.
    """
    return _frame(cursor, f"FROM needed_average({CUT})", scope.cut)


def movement(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per reported month of the outcome, in its unit, and one per locality where it can be broken
    down: month, month_before, locality (None: the whole), reported, change, path_change.
    """
    return _frame(cursor, f"FROM outcome_movement({CUT})", scope.cut)


def gap_origin(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row, or none where nothing is to be said: since which month the outcome's gap stands, and how both
    moved a month since.
    """
    return _frame(cursor, f"FROM gap_origin({CUT})", scope.cut)


def against_year(cursor: duckdb.DuckDBPyConnection, scope: Scope, other_year: int) -> pd.DataFrame:
    """One row per activity of the scope's year or the other: compliance (0-1), compliance_then, change."""
    return _frame(cursor, f"FROM year_against_year({CUT}, ?)", [*scope.cut, other_year])


def _filters(scope: Scope) -> list[Any]:
    return [scope.objective, scope.responsible, scope.locality]


def _frame(cursor: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> pd.DataFrame:
    return python_texts(cursor.execute(query, parameters).df())
