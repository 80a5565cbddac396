"""The indicators' panels: the table of all activities, and one of them in detail with its charts and
values.
"""

from dataclasses import replace

import pandas as pd

from poa_core import charts
from poa_core.blocks import indicator as blocks
from poa_core.charts import activity as activity_charts
from poa_core.figures import metrics
from poa_core.figures.metrics import Scope, of_locality, unfiltered
from poa_core.panels import Ask, choices
from poa_core.words.language import Words

Chart = tuple[str, dict, str]  # its caption, its figure, and what it says to someone who does not see it


def table(ask: Ask, scope: Scope, words: Words) -> str:
    """Every activity seen through the filters."""
    return blocks.table(
        ask(metrics.activities, scope), ask(metrics.cells, of_locality(scope)), scope.month, words
    )


def listing(ask: Ask, scope: Scope, words: Words, code: str) -> str:
    """The same as a list beside the detail, the chosen one marked."""
    return blocks.listing(ask(metrics.activities, scope), code, words)


def detail(ask: Ask, scope: Scope, words: Words, code: str) -> str:
    """One activity, with the ones before and after it among those the filters leave."""
    activities = ask(metrics.activities, scope).reset_index(drop=True)
    index = int(activities.index[activities["code"] == code][0])
    beside = tuple(activities.iloc[n] if 0 <= n < len(activities) else None for n in (index - 1, index + 1))
    return blocks.detail(
        activities.iloc[index],
        _cells(ask, scope, code),
        scope.month,
        words,
        _initial_compliance(ask, scope, code),
        beside,
    )


def by_month(ask: Ask, scope: Scope, words: Words, code: str, theme: str) -> Chart:
    """What each month asked and told."""
    activity, cells = _activity(ask, scope, code), _cells(ask, scope, code)
    return (
        blocks.by_month_caption(activity, words),
        activity_charts.by_month(cells, activity, scope.month, words, charts.ink(theme)),
        activity_charts.spoken_by_month(cells, activity, scope.month, words),
    )


def cumulative(ask: Ask, scope: Scope, words: Words, code: str, theme: str) -> Chart | None:
    """The running totals; None for a mean or a balance, which do not add up."""
    activity = _activity(ask, scope, code)
    if not activity_charts.accumulates(activity):
        return None
    figure = activity_charts.cumulative(
        _cells(ask, scope, code), activity, scope.month, words, charts.ink(theme)
    )
    return (
        blocks.cumulative_caption(activity, words),
        figure,
        activity_charts.spoken(activity, scope.month, words),
    )


def values(ask: Ask, scope: Scope, words: Words, code: str) -> str:
    """Every value it was given, and the causes and measures noted."""
    of = of_locality(scope)
    return blocks.history(ask(metrics.value_history, of, code), ask(metrics.remarks_of, of, code), words)


def localities(ask: Ask, scope: Scope, words: Words, code: str) -> str:
    """The activity by locality, month by month; empty where no locality reports it."""
    months = ask(metrics.local_months, unfiltered(scope), code)
    if months.empty:
        return ""
    codes = {
        name: choice
        for choice, (name, _) in choices.choices(ask, unfiltered(scope).at(0), words)["locality"].items()
        if name
    }
    return blocks.localities(
        months, _activity(ask, unfiltered(scope), code), codes, scope.locality, scope.month, words
    )


def _initial_compliance(ask: Ask, scope: Scope, code: str) -> float | None:
    """Compliance (0-1) with the programme the plan began with; None where that has no such activity or is the
    only one.
    """
    plan_scope = unfiltered(scope)
    if ask(metrics.plan, plan_scope.at(0)).iloc[0]["versions"] == 1:
        return None
    initial = ask(metrics.activities, replace(plan_scope, programme="initial")).set_index("code")[
        "compliance"
    ]
    return initial.get(code)


def _activity(ask: Ask, scope: Scope, code: str) -> pd.Series:
    activities = ask(metrics.activities, scope)
    return activities[activities["code"] == code].iloc[0]


def _cells(ask: Ask, scope: Scope, code: str) -> pd.DataFrame:
    cells = ask(metrics.cells, of_locality(scope))
    return cells[cells["code"] == code]
