"""Localities that a later version of a plan adds to a list: from which month on they are expected."""

from datetime import datetime
from typing import Any

import duckdb

from poa_core.contract import Key, PlanFile


def added_localities(
    cursor: duckdb.DuckDBPyConnection,
    key: Key,
    before: PlanFile | None,
    after: PlanFile,
    upload_id: int,
    when: datetime,
) -> list[list[Any]]:
    """The rows of table joined_locality for a version that was just written, the version before it beside: a
    locality added is expected from the first month open at the moment of acceptance, one added before from
    when it was.
    """
    was, now = _lists(before) if before else {}, _lists(after)
    from_months = {
        row[:2]: row[2]
        for row in cursor.execute(
            "SELECT code, locality, from_month FROM joined_locality WHERE upload_id = "
            "(SELECT max(upload_id) FROM plan WHERE year = ? AND entity = ? AND process = ? AND "
            "upload_id < ? "
            "AND upload_id NOT IN (SELECT upload_id FROM withdrawal))",
            [*key, upload_id],
        ).fetchall()
    }
    added = [
        (code, locality)
        for code, localities in now.items()
        if code in was
        for locality in localities
        if locality not in was[code]
    ]
    first_month = _first_open(cursor, key, when) if added else 1
    months = {
        (code, locality): from_months[code, locality]
        for code, localities in now.items()
        for locality in localities
        if (code, locality) in from_months
    }
    months |= dict.fromkeys(added, first_month)
    return [
        [upload_id, *key, code, locality, month] for (code, locality), month in months.items() if month > 1
    ]


def _first_open(cursor: duckdb.DuckDBPyConnection, key: Key, when: datetime) -> int:
    """The first month that is open at an instant; 13 where none is."""
    [(month,)] = cursor.execute(
        "SELECT coalesce(min(month), 13) FROM plan_month(?, ?, ?, ?, 'current', ?) WHERE is_open",
        [*key, datetime.max, when],
    ).fetchall()
    return int(month)


def _lists(file: PlanFile) -> dict[str, tuple[str, ...]]:
    """The localities that each activity and the outcome list, by code."""
    heads = {plan["outcome_code"]: plan["localities"] for plan in file.plans if plan["outcome_code"]}
    return {
        code: tuple((localities or "").split("|")) if localities else ()
        for code, localities in (heads | {row["code"]: row["localities"] for row in file.activities}).items()
    }
