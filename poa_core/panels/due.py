"""What is due by today: the month that reporting is seen at, and the line that says what is overdue beside
the figures.
"""

from poa_core.blocks import due as blocks
from poa_core.figures import metrics
from poa_core.figures.metrics import Scope, unfiltered
from poa_core.panels import Ask
from poa_core.words.language import Words


def reporting_month(ask: Ask, scope: Scope) -> int:
    """The month (0-12) at which is seen who has reported: the due month, unless a person chose an earlier
    cut-off.
    """
    due = ask(metrics.due_month, unfiltered(scope).at(0))
    return min(scope.month, due) if scope.is_chosen else due


def is_earlier(ask: Ask, scope: Scope) -> bool:
    """Whether a person chose a cut-off before the due month."""
    return reporting_month(ask, scope) < ask(metrics.due_month, unfiltered(scope).at(0))


def line(ask: Ask, scope: Scope, words: Words) -> str:
    """What figures stand at and what has fallen due since, in one sentence; empty where nothing is
    overdue.
    """
    plan_scope = unfiltered(scope).at(0)
    figures_to, due = ask(metrics.default_cutoff, plan_scope), ask(metrics.due_month, plan_scope)
    if due <= figures_to:
        return ""
    return blocks.sentence(
        ask(metrics.overdue, plan_scope.at(due), figures_to).iloc[0],
        scope.month,
        scope.is_chosen and scope.month != figures_to,
        words,
    )


def notice(ask: Ask, scope: Scope, words: Words) -> str:
    """The line as the block that stands first on a page of figures; empty where nothing is overdue."""
    text = line(ask, scope, words)
    return blocks.notice(text) if text else ""


def lacking(ask: Ask, scope: Scope, words: Words, month: int) -> list[tuple[str, str]]:
    """Who lacks what of a month: each division, or the whole utility for the outcome, with its codes."""
    plan_scope = unfiltered(scope).at(0)
    latest = max(month, ask(metrics.due_month, plan_scope))
    rows = ask(metrics.reporting_by_month, plan_scope.at(latest))
    return blocks.lacking(rows[(rows["month"] == month) & (rows["missing"] > 0)], words)
