"""The plan as a progress file is held against it, and what of the file is to be asked about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import duckdb
import numpy as np

from poa_core import standing
from poa_core.columns import Columns
from poa_core.contract import WHOLE_UTILITY, PlanKnowledge, PlannedActivity, ProgressFile
from poa_core.intake import check, doubts

_PROGRAMME = """
    SELECT g.code, g.month, g.programmed
    FROM programme AS g
    JOIN plan_version(?, ?, ?, ?, 'current') AS v USING (upload_id)
"""


def knowledge(cursor: duckdb.DuckDBPyConnection, key: tuple[int, str, str], known_at: datetime) -> PlanKnowledge:
    """The whole of it: what a file is read against and asked about."""
    return programmed(cursor, ground(cursor, key, known_at), known_at)


def ground(cursor: duckdb.DuckDBPyConnection, key: tuple[int, str, str], known_at: datetime) -> PlanKnowledge:
    """What a file is read against: the activities without their programme."""
    rows = cursor.execute(
        """
        SELECT a.code, a.activity, a.unit, a.aggregation, a.direction, a.locality, coalesce(a.responsible, ''),
               a.target < 0 OR g.code IS NOT NULL, a.localities, a.target
        FROM plan_activity(?, ?, ?, ?, 'current') AS a
        LEFT JOIN (SELECT DISTINCT upload_id, code FROM programme WHERE year = ? AND entity = ? AND process = ? AND programmed < 0) AS g
            ON g.upload_id = a.upload_id AND g.code = a.code
        ORDER BY a.position
        """,
        [*key, known_at, *key],
    ).fetchall()
    activities = {row[0]: PlannedActivity(*row[:7], bool(row[7]), {}, row[9]) for row in rows}
    localities = {row[5] for row in rows} | {name for row in rows if row[8] for name in row[8].split("|")}
    outcome = cursor.execute(
        "SELECT outcome_code, outcome, unit, aggregation, direction, ?, '', FALSE FROM plan_version(?, ?, ?, ?, 'current') "
        "WHERE outcome_code IS NOT NULL",
        [WHOLE_UTILITY, *key, known_at],
    ).fetchone()
    if outcome:
        activities[outcome[0]] = PlannedActivity(*outcome)
    reported = standing.reported_cells(cursor, key, known_at)
    return PlanKnowledge(*key, activities, frozenset(localities | {WHOLE_UTILITY}), reported, outcome[0] if outcome else None)


def programmed(cursor: duckdb.DuckDBPyConnection, known: PlanKnowledge, known_at: datetime,
               codes: Iterable[str] | None = None) -> PlanKnowledge:  # fmt: skip
    """The same with the programme of some of its codes, of all where none are named."""
    key, wanted = (known.year, known.entity, known.process), sorted(known.activities if codes is None else codes)
    months: dict[str, dict] = {code: {} for code in wanted}
    asked = f"SELECT code, month, programmed FROM ({_PROGRAMME}) WHERE code IN (SELECT unnest(CAST(? AS VARCHAR[])))"
    for code, month, amount in cursor.execute(asked, [*key, known_at, wanted]).fetchall():
        months[code][month] = amount
    if known.outcome in months:
        months[known.outcome] = _path(cursor, known, known_at)
    return replace(known, activities=known.activities | {code: replace(known.activities[code], programmed=told) for code, told in months.items()})


def asked(cursor: duckdb.DuckDBPyConnection, file: ProgressFile, known: PlanKnowledge, known_at: datetime, fresh: bool) -> ProgressFile:
    """check.asked of a file read on this ground; in a plain one the few values that may be asked about are found first.

    fresh: nothing that the ledger holds counts, for it goes with the illustration.
    """
    if file.is_refused:
        return file
    held, values = {} if fresh else known.reported, file.values
    if isinstance(values, Columns):
        values = doubts.doubtful(values, replace(known, reported=held), _programme(cursor, known, known_at))
    if not values:
        return file
    about = programmed(cursor, replace(known, reported=held), known_at, {value.code for value in values})
    return replace(check.asked(replace(file, values=values), about), values=file.values)


def _path(cursor: duckdb.DuckDBPyConnection, known: PlanKnowledge, known_at: datetime) -> dict[int, Decimal]:
    """What the outcome should be at each month's end, to the cent."""
    path = cursor.execute("SELECT month, programmed FROM outcome_line(?, ?, ?, ?, 'current')", [known.year, known.entity, known.process, known_at])
    return {month: round(Decimal(amount), 2) for month, amount in path.fetchall() if month}


def _programme(cursor: duckdb.DuckDBPyConnection, known: PlanKnowledge, known_at: datetime) -> doubts.Programme:
    """All of it, a row an activity, the outcome last."""
    months = ", ".join(f"CAST(max(programmed) FILTER (month = {month}) AS DOUBLE)" for month in range(1, 13))
    columns = cursor.execute(f"SELECT code, {months} FROM ({_PROGRAMME}) GROUP BY code", [known.year, known.entity, known.process, known_at]).fetchnumpy()
    code, *told = columns.values()
    path = _path(cursor, known, known_at) if known.outcome else {}
    rows = [np.column_stack([np.ma.filled(month, np.nan) for month in told]), [[float(path.get(month, "nan")) for month in range(1, 13)]]]
    return doubts.Programme([*code, known.outcome], np.vstack(rows))
