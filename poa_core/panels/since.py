"""What changed since a date, for the screen."""

from datetime import date

from poa_core import moment
from poa_core.blocks import since as blocks
from poa_core.figures import metrics
from poa_core.figures import since as changed
from poa_core.figures.metrics import Scope, any_status, unfiltered
from poa_core.panels import Ask
from poa_core.words.language import Words


def changes(ask: Ask, scope: Scope, words: Words, day: date) -> str:
    """What changed between the end of a day in Lima and the instant the scope is known at.

    Raises ValueError for a day that ends after that instant.
    """
    return blocks.changes(compared(ask, any_status(scope), day), words)


def compared(ask: Ask, scope: Scope, day: date) -> blocks.Compared:
    """Both sides: the outcome's whole, the rest under the scope's filters."""
    since, plan_scope = moment.end_of_day(day), unfiltered(scope)
    then = ask(changed.scope_then, plan_scope, since)
    outcome, activities = (
        ask(changed.outcome_since, plan_scope, since),
        ask(changed.changes_since, scope, since),
    )
    corrections = ask(changed.corrections_since, plan_scope, since)
    codes = [*outcome["code"], *activities["code"]]
    return blocks.Compared(
        day, ask(metrics.plan, plan_scope.at(0)).iloc[0], (then.month, scope.month), outcome,
        tuple(metrics.pick_rollup(ask(metrics.rollups, side), scope, "plan") for side in (then, plan_scope)),
        activities, corrections[corrections["code"].isin(codes)],
        ask(metrics.is_illustrative, plan_scope.at(0)),
    )  # fmt: skip
