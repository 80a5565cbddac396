"""A version of a plan against the one in force: the difference, and why it is not accepted as it is."""

from datetime import datetime

import duckdb

from poa_core.contract import Key, PlanFile, PlanRecord
from poa_core.ledger.current import current_plan, past_months, reported_cells
from poa_core.ledger.plans.difference import PlanDifference, difference
from poa_core.ledger.submission import Refused


def key_of(plan: PlanRecord) -> Key:
    return int(plan["year"]), plan["entity"], plan["process"]


def against_current(
    cursor: duckdb.DuckDBPyConnection, key: Key, file: PlanFile, at: datetime
) -> PlanDifference:
    """What the file's one plan changes of the plan in force; at says which months are past."""
    return difference(
        current_plan(cursor, key, datetime.max),
        file,
        reported_cells(cursor, key, datetime.max),
        past_months(cursor, key, at),
    )


def refuse_unexplained(
    cursor: duckdb.DuckDBPyConnection, key: Key, file: PlanFile, reason: str | None, at: datetime
) -> None:
    """Raises Refused: plan_refused (values would count nowhere), plan_reason_needed (it touches what is past
    or reported).
    """
    changed = against_current(cursor, key, file, at)
    if changed.refusals:
        raise Refused("plan_refused", count=len(changed.refusals))
    if changed.needs_reason and not reason:
        raise Refused("plan_reason_needed")
