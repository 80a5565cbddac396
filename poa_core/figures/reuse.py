"""What is known already is not asked for again: the wider question whose answer holds that of a narrower
one.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from poa_core.figures import metrics, slices
from poa_core.figures.scope import Scope, without_row_filters

# Their macros cost as much for every cut-off as for one or two. Cells, quarters and what falls due are not
# among them: each has a row for every month, and thirteen times as many would be kept.
AT_EVERY_CUTOFF = frozenset(
    {
        metrics.activities,
        metrics.rollups,
        metrics.outcome,
        metrics.outcome_path,
        metrics.outlook,
        metrics.forecast,
        metrics.reports,
        metrics.outcome_by_locality,
    }
)
PARTS = {
    metrics.reporting: (metrics.reports, slices.reporting),
    metrics.reporting_by_month: (metrics.reports, slices.reporting_by_month),
    metrics.default_cutoff: (metrics.months, slices.default_cutoff),
    metrics.due_month: (metrics.months, slices.due_month),
}


class BroaderQuestion(NamedTuple):
    """A wider question, what it is asked about, and how the narrower one's answer is taken out of its own."""

    question: Callable[..., Any]
    scope: Scope
    take: Callable[..., Any]


def broader_question(question: Callable[..., Any], scope: Scope) -> BroaderQuestion | None:
    """The next wider question; None where there is none."""
    if question in PARTS:
        broader, part = PARTS[question]
        return BroaderQuestion(broader, scope, part)
    if question is metrics.activities and scope != without_row_filters(scope):
        return BroaderQuestion(
            question, without_row_filters(scope), lambda answer: slices.filter_activities(answer, scope)
        )
    if question in AT_EVERY_CUTOFF and scope.month is not None:
        return BroaderQuestion(question, scope.at(None), lambda answer: answer.at(scope.month))
    return None
