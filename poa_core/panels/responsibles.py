"""Who answers: divisions by month and the ranking of divisions and localities."""

import pandas as pd

from poa_core.blocks import responsibles as blocks
from poa_core.figures import metrics
from poa_core.figures.metrics import Scope, unfiltered
from poa_core.panels import Ask, choices, due
from poa_core.words.language import Words


def divisions(ask: Ask, scope: Scope, words: Words) -> str:
    """Compliance of each division at each month up to the cut-off, the one that lags most first; how it
    reports.
    """
    month_scope = unfiltered(scope).at(due.reporting_month(ask, scope))
    return blocks.divisions(
        _rank(ask, scope, "responsible"),
        _by_month(ask, scope),
        ask(metrics.reporting, month_scope),
        ask(metrics.reporting_by_month, month_scope),
        _codes(ask, scope, words, "responsible"),
        scope.responsible,
        scope.month,
        words,
    )


def localities(ask: Ask, scope: Scope, words: Words) -> str:
    """The localities, the one that lags most first."""
    return blocks.localities(
        _rank(ask, scope, "locality"),
        _codes(ask, scope, words, "locality"),
        scope.locality,
        scope.month,
        words,
    )


def _rank(ask: Ask, scope: Scope, by: str) -> pd.DataFrame:
    """The roll-up of every division or locality under the other filters, nothing due last."""
    others = metrics.without(scope, by)
    return metrics.pick_rollup(ask(metrics.rollups, unfiltered(scope)), others, by).sort_values(
        ["compliance", "position"]
    )


def _by_month(ask: Ask, scope: Scope) -> pd.DataFrame:
    """At each month up to the cut-off, its cutoff, the roll-up of the whole plan and of every division."""
    rollups = ask(metrics.rollups, unfiltered(scope).at(None)).rows
    rows, others = rollups[rollups["cutoff"].between(1, scope.month)], metrics.without(scope, "responsible")
    return pd.concat(
        [metrics.pick_rollup(rows, others, "plan"), metrics.pick_rollup(rows, others, "responsible")]
    )


def _codes(ask: Ask, scope: Scope, words: Words, key: str) -> dict[str, str]:
    """The address's code of each division or locality."""
    return {
        name: code
        for code, (name, _) in choices.choices(ask, unfiltered(scope).at(0), words)[key].items()
        if name
    }
