"""What a plan's files would change of the plan in force, before anybody accepts them."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from poa_core import rights
from poa_core.contract import PlanFile, PlanReading
from poa_core.database import Database, plan_version
from poa_core.intake.plan_beside import Beside, beside
from poa_core.intake.plan_effect import PlanDifference, difference
from poa_core.standing import current_plan, past_months, reported_cells
from poa_core.submission import Refused

Key = tuple[int, str, str]

# The localities named by the plans of an entity, as they are in force.
_LOCALITIES = """
WITH newest AS (
    SELECT arg_max(upload_id, (accepted_at, upload_id)) AS upload_id
    FROM upload AS u
    WHERE kind = 'plan' AND entity = $1 AND accepted_at <= $2
      AND NOT EXISTS (FROM withdrawal AS w WHERE w.upload_id = u.upload_id AND w.withdrawn_at <= $2)
    GROUP BY year, process
), listed AS (
    SELECT locality AS names FROM activity WHERE upload_id IN (FROM newest)
    UNION SELECT localities FROM activity WHERE upload_id IN (FROM newest)
    UNION SELECT localities FROM local_rule WHERE upload_id IN (FROM newest)
)
SELECT DISTINCT unnest(string_split(names, '|')) FROM listed WHERE names IS NOT NULL
"""


@dataclass(frozen=True)
class PlanTrial:
    """The difference with the plan in force (None in before: there is none), and the version it was held against."""

    key: Key
    difference: PlanDifference
    seen_version: int
    before: PlanFile | None


def key_of(plan: dict) -> Key:
    return int(plan["year"]), plan["entity"], plan["process"]


def in_force(database: Database, key: Key, at: datetime) -> PlanFile | None:
    """The plan in force, for what a person's files leave out."""
    with database.cursor() as cursor:
        return current_plan(cursor, key, at)


def foresee(database: Database, reading: PlanReading, at: datetime, person: str = "") -> PlanTrial:
    """What accepting the reading's one plan would change. Raises Refused: no_access, not_allowed."""
    [plan] = reading.current.plans
    key = key_of(plan)
    with database.cursor() as cursor:
        rights.authorize(database, cursor, person, rights.PLAN)
        return PlanTrial(key, _difference(cursor, key, reading.current, at), plan_version(cursor, key), current_plan(cursor, key, at))


def held_beside(database: Database, file: PlanFile, at: datetime) -> PlanFile:
    """The file with warnings of what the ledger knows beside it: localities of the same entity, and how the year before ended."""
    if file.is_refused:
        return file
    with database.cursor() as cursor:
        return beside(file, {key_of(plan): _beside(cursor, key_of(plan), plan, at) for plan in file.plans})


def _beside(cursor: duckdb.DuckDBPyConnection, key: Key, plan: dict, at: datetime) -> Beside:
    (year, *whose), names = key, cursor.execute(_LOCALITIES, [key[1], at]).fetchall()
    localities, current = frozenset(name for (name,) in names), current_plan(cursor, key, at)
    baseline = current.plans[0]["baseline"] if current else None
    before = current_plan(cursor, (year - 1, *whose), at)
    if before is None or any(before.plans[0][name] != plan[name] for name in ("outcome_code", "unit", "aggregation")) or plan["aggregation"] != "last":
        return Beside(localities, baseline)  # of another outcome the last value says nothing
    told = cursor.execute(
        "SELECT month, CAST(reported AS DECIMAL(24, 6)) FROM outcome_path(?, ?, ?, 12, ?, 'current') WHERE reported IS NOT NULL ORDER BY month DESC",
        [year - 1, *whose, at],
    ).fetchone()
    return Beside(localities, baseline, *(told or ()))


def refuse_unexplained(cursor: duckdb.DuckDBPyConnection, key: Key, file: PlanFile, reason: str | None, at: datetime) -> None:
    """Raises Refused: plan_refused (values would count nowhere), plan_reason_needed (it touches what is past or reported)."""
    changed = _difference(cursor, key, file, at)
    if changed.refusals:
        raise Refused("plan_refused", count=len(changed.refusals))
    if changed.needs_reason and not reason:
        raise Refused("plan_reason_needed")


def _difference(cursor, key: Key, file: PlanFile, at: datetime) -> PlanDifference:
    return difference(current_plan(cursor, key, at), file, reported_cells(cursor, key, at), past_months(cursor, key, at))
