"""The calendar in Lima beside a plan: which of its months have begun, and which stay open in the plans of other years."""

from datetime import datetime

import duckdb

from poa_core.moment import to_lima

_PLANNED = """
SELECT DISTINCT year FROM upload
WHERE kind = 'plan' AND year BETWEEN $1 AND $1 + 1 AND year <> $2 AND entity = $3 AND process = $4 AND accepted_at <= $5
"""
_OPEN = """
SELECT month
FROM reporting_day($1, $2, $3, $4, 'current')
LEFT JOIN month_closing($1, $2, $3, $4) USING (month)
WHERE CAST($5 AS DATE) BETWEEN make_date($1, month, 1) AND reporting_date AND NOT coalesce(closed, FALSE)
"""


def begun(year: int, known_at: datetime) -> int:
    """How many of the year's months have begun in Lima: 0 before it, 12 in its December and ever after."""
    today = to_lima(known_at)
    return 12 * (today.year > year) + today.month * (today.year == year)


def open_elsewhere(cursor: duckdb.DuckDBPyConnection, key: tuple[int, str, str], known_at: datetime) -> dict[int, tuple[int, ...]]:
    """The months, begun and still open, of the plans that the same entity and process have for other years: the years by month."""
    (year, *whose), today = key, to_lima(known_at)
    planned = cursor.execute(_PLANNED, [today.year - 1, year, *whose, known_at]).fetchall()  # what is older is past every reporting day
    found: dict[int, tuple[int, ...]] = {}
    for (other,) in sorted(planned):
        for (month,) in cursor.execute(_OPEN, [other, *whose, known_at, today.date()]).fetchall():
            found[month] = (*found.get(month, ()), other)
    return found
