"""What is known already is not asked for again: the wider question whose answer holds that of a narrower one."""

from collections.abc import Callable
from typing import NamedTuple

from poa_core import metrics, parts
from poa_core.scope import Scope, every_row

# Their macros cost as much for every cut-off as for one or two. Cells, quarters and what falls due are not among them: each has
# a row for every month, and thirteen times as many would be kept.
AT_EVERY_CUTOFF = frozenset({
    metrics.activities, metrics.rollups, metrics.outcome, metrics.outcome_path, metrics.outlook, metrics.forecast,
    metrics.reports, metrics.outcome_by_locality,
})  # fmt: skip
PARTS = {
    metrics.reporting: (metrics.reports, parts.reporting),
    metrics.reporting_by_month: (metrics.reports, parts.reporting_by_month),
    metrics.default_cutoff: (metrics.months, parts.default_cutoff),
    metrics.due_month: (metrics.months, parts.due_month),
}


class Wider(NamedTuple):
    """A wider question, what it is asked about, and how the narrower one's answer is taken out of its own."""

    question: Callable
    scope: Scope
    take: Callable


def wider(question: Callable, scope: Scope) -> Wider | None:
    """The next wider question; None where there is none."""
    if question in PARTS:
        whole, part = PARTS[question]
        return Wider(whole, scope, part)
    if question is metrics.activities and scope != every_row(scope):
        return Wider(question, every_row(scope), lambda answer: parts.narrowed(answer, scope))
    if question in AT_EVERY_CUTOFF and scope.month is not None:
        return Wider(question, scope.at(None), lambda answer: answer.at(scope.month))
    return None
