"""What a plan's files would change of the plan in force, before anybody accepts them."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from poa_core import rights
from poa_core.contract import PlanFile, PlanReading
from poa_core.database import Database, plan_version
from poa_core.intake.plan_effect import PlanDifference, difference
from poa_core.standing import current_plan, past_months, reported_cells
from poa_core.submission import Refused

Key = tuple[int, str, str]


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


def refuse_unexplained(cursor: duckdb.DuckDBPyConnection, key: Key, file: PlanFile, reason: str | None, at: datetime) -> None:
    """Raises Refused: plan_refused (values would count nowhere), plan_reason_needed (it touches what is past or reported)."""
    changed = _difference(cursor, key, file, at)
    if changed.refusals:
        raise Refused("plan_refused", count=len(changed.refusals))
    if changed.needs_reason and not reason:
        raise Refused("plan_reason_needed")


def _difference(cursor, key: Key, file: PlanFile, at: datetime) -> PlanDifference:
    return difference(current_plan(cursor, key, at), file, reported_cells(cursor, key, at), past_months(cursor, key, at))
