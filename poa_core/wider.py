"""What is known already is not asked for again: the wider question whose answer holds that of a narrower one."""

import pandas as pd

from poa_core import metrics
from poa_core.cutoffs import EveryCutoff
from poa_core.scope import Scope, every_row

# Their macros cost as much for every cut-off as for one or two. Cells, quarters and what falls due are not among them: each has
# a row for every month, and thirteen times as many would be kept.
AT_EVERY_CUTOFF = frozenset({
    metrics.activities, metrics.rollups, metrics.outcome, metrics.outcome_path, metrics.outlook, metrics.forecast,
    metrics.reporting, metrics.reporting_by_month, metrics.outcome_by_locality,
})  # fmt: skip


def wider(question, scope: Scope) -> Scope | None:
    """The scope of the next wider question whose answer holds this one's; None where there is none."""
    if question is metrics.activities and scope != every_row(scope):
        return every_row(scope)
    return scope.at(None) if question in AT_EVERY_CUTOFF and scope.month is not None else None


def taken_out(answer: pd.DataFrame | EveryCutoff, scope: Scope) -> pd.DataFrame:
    """The answer for a scope, out of that for wider(..., scope)."""
    return answer.at(scope.month) if isinstance(answer, EveryCutoff) else metrics.narrowed(answer, scope)
