"""Taking a version of a plan back: which one it may be, and what rests on it."""

from datetime import datetime
from typing import Any

import duckdb

from poa_core.contract import WHOLE_UTILITY, Key, PlanFile
from poa_core.figures.frames import records
from poa_core.ledger.current import active_uploads, closed_months, current_plan, past_months, reported_cells
from poa_core.ledger.file.database import Database
from poa_core.ledger.plans.difference import difference
from poa_core.ledger.submission import Refused


def refuse_older(cursor: duckdb.DuckDBPyConnection, key: Key, upload_id: int) -> None:
    """Raises Refused (newer_version: its file, who accepted it and when) where another version stands above
    this one.
    """
    [(newest, file_name, person, moment)] = cursor.execute(
        "SELECT upload_id, file_name, uploaded_by, accepted_at FROM upload SEMI JOIN plan_version(?, ?, "
        "?, ?, 'current') USING (upload_id)",
        [*key, datetime.max],
    ).fetchall()
    if newest != upload_id:
        raise Refused("newer_version", files=(file_name,), person=person, moment=moment)


def refuse_relied_on(
    cursor: duckdb.DuckDBPyConnection, key: Key, upload_id: int, version: PlanFile, at: datetime
) -> None:
    """Asked once the newest version is taken back, before that is committed: all else must be able to stand
    without it.

    Raises Refused: plan_with_progress and plan_with_closed_months (it was the only version), plan_relied_on
    (the codes and localities that only this version has, and the files that tell of them).
    """
    remaining = current_plan(cursor, key, datetime.max)
    if remaining is None:
        _refuse_last(cursor, key, at)
        return
    refusals = difference(
        version, remaining, reported_cells(cursor, key, datetime.max), past_months(cursor, key, at)
    ).refusals
    changed = [problem.hints["code"] for problem in refusals]
    rows = cursor.execute(
        "FROM told_of_one_version(?, ?, ?, ?, CAST(? AS VARCHAR[]))", [*key, upload_id, changed]
    ).fetchall()
    if rows:
        raise Refused(
            "plan_relied_on",
            places=_codes_with_localities(rows),
            files=tuple(dict.fromkeys(row[3] for row in rows)),
        )


def withdrawn_plans(database: Database, known_at: datetime) -> list[dict[str, Any]]:
    """Each plan of which every version was taken back: year, entity, process; withdrawn_by, withdrawn_at,
    reason of the last.
    """
    with database.cursor() as cursor:
        return records(cursor.execute("FROM undone_plan(?)", [known_at]).df())


def _refuse_last(cursor: duckdb.DuckDBPyConnection, key: Key, at: datetime) -> None:
    uploads = sorted(
        active_uploads(cursor, key, illustrative=False) + active_uploads(cursor, key, illustrative=True)
    )
    if uploads:
        names = cursor.execute(
            "SELECT file_name FROM upload WHERE list_contains(?, upload_id) ORDER BY upload_id", [uploads]
        ).fetchall()
        raise Refused("plan_with_progress", count=len(uploads), files=tuple(row[0] for row in names))
    closed = closed_months(cursor, key, at)
    if closed:
        raise Refused("plan_with_closed_months", months=tuple(sorted(closed)))


def _codes_with_localities(rows: list[tuple[Any, ...]]) -> tuple[str, ...]:
    """4.7 (Ilave, Puno), 5.4: each code with the localities it was told of, where they are not the whole
    utility.
    """
    by_code: dict[str, list[str]] = {}
    for code, locality, *_ in rows:
        localities = by_code.setdefault(code, [])
        if locality != WHOLE_UTILITY and locality not in localities:
            localities.append(locality)
    return tuple(
        f"{code} ({', '.join(localities)})" if localities else code for code, localities in by_code.items()
    )
