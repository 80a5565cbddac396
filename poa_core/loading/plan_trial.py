"""What a plan's files would change of the plan in force and of its figures, before anybody accepts them."""

from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from poa_core.contract import Key, PlanFile, PlanReading
from poa_core.figures import metrics
from poa_core.intake.plan.context import PlanContext, add_context_warnings
from poa_core.ledger import rights, uploads
from poa_core.ledger.current import COLUMNS, current_plan, last_acceptance, table_rows
from poa_core.ledger.file.database import Database, plan_version
from poa_core.ledger.plans.change import against_current, key_of
from poa_core.ledger.plans.difference import PlanDifference
from poa_core.loading.effect import Figures, figures

__all__ = ["PlanTrial", "foresee", "in_force", "key_of"]

# The localities named by the plans of an entity, as they are in force.
_LOCALITIES = """
WITH newest AS (
    SELECT upload_id FROM known_plan($2, $2) WHERE entity = $1
), listed AS (
    SELECT locality AS names FROM activity WHERE upload_id IN (FROM newest)
    UNION SELECT localities FROM activity WHERE upload_id IN (FROM newest)
    UNION SELECT localities FROM local_rule WHERE upload_id IN (FROM newest)
)
SELECT DISTINCT unnest(string_split(names, '|')) FROM listed WHERE names IS NOT NULL
"""


@dataclass(frozen=True)
class PlanTrial:
    """The difference with the plan in force (None in before: there is none), and the version it was held
    against.

    was and will are the plan's figures by the one in force and by this one, both at the cut-off that
    accepting it leads to; None where there is no plan to compare with, nothing changes or it is refused.
    cutoff_before is the cut-off now.
    """

    key: Key
    difference: PlanDifference
    seen_version: int
    before: PlanFile | None
    was: Figures | None = None
    will: Figures | None = None
    cutoff_before: int = 0


def in_force(database: Database, key: Key) -> PlanFile | None:
    """The plan in force, for what a person's files leave out."""
    with database.cursor() as cursor:
        return current_plan(cursor, key, datetime.max)


def foresee(database: Database, reading: PlanReading, at: datetime, person: str = "") -> PlanTrial:
    """What accepting the reading's one plan would change; it is tried in a transaction that is rolled back.

    Raises Refused: no_access, not_allowed.
    """
    [plan] = reading.current.plans
    key, scope = key_of(plan), metrics.Scope(*key_of(plan), 0, at, is_now=True)
    with database.cursor() as cursor:
        rights.authorize(database, cursor, person, rights.PLAN)
        changed = against_current(cursor, key, reading.current, at)
        trial = PlanTrial(key, changed, plan_version(cursor, key), current_plan(cursor, key, datetime.max))
        if trial.before is None or changed.is_empty or changed.refusals:
            return trial
        will = _figures_after(cursor, reading.current, scope)
        return replace(
            trial,
            was=figures(cursor, scope.at(will.month)),
            will=will,
            cutoff_before=metrics.default_cutoff(cursor, scope),
        )


def with_ledger_warnings(database: Database, file: PlanFile) -> PlanFile:
    """The file with warnings of what the ledger knows beside it: localities of the same entity, and how the
    year before ended.
    """
    if file.is_refused:
        return file
    with database.cursor() as cursor:
        return add_context_warnings(
            file, {key_of(plan): _beside(cursor, key_of(plan), plan) for plan in file.plans}
        )


def _beside(cursor: duckdb.DuckDBPyConnection, key: Key, plan: dict) -> PlanContext:
    (year, *whose), names = key, cursor.execute(_LOCALITIES, [key[1], datetime.max]).fetchall()
    localities, current = frozenset(name for (name,) in names), current_plan(cursor, key, datetime.max)
    baseline = current.plans[0]["baseline"] if current else None
    before = current_plan(cursor, (year - 1, *whose), datetime.max)
    if (
        before is None
        or any(before.plans[0][name] != plan[name] for name in ("outcome_code", "unit", "aggregation"))
        or plan["aggregation"] != "last"
    ):
        return PlanContext(localities, baseline)  # of another outcome the last value says nothing
    last_report = cursor.execute(
        "SELECT month, CAST(reported AS DECIMAL(24, 6)) FROM outcome_path(?, ?, ?, 12, ?, 'current') "
        "WHERE reported IS NOT NULL ORDER BY month DESC",
        [year - 1, *whose, datetime.max],
    ).fetchone()
    return PlanContext(localities, baseline, *(last_report or ()))


def _figures_after(cursor: duckdb.DuckDBPyConnection, file: PlanFile, scope: metrics.Scope) -> Figures:
    cursor.execute("BEGIN TRANSACTION")
    try:
        when = max(scope.known_at, last_acceptance(cursor, scope.plan, "plan"))
        uploads.stage_plan(
            cursor,
            scope.plan,
            file,
            {name: table_rows(file, name, scope.plan) for name in COLUMNS},
            b"",
            "",
            "",
            when,
            None,
        )
        later = replace(scope, known_at=when)
        return figures(cursor, later.at(metrics.default_cutoff(cursor, later)))
    finally:
        cursor.execute("ROLLBACK")
