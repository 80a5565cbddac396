"""The overview's panels: the outcome, the plan beside it, what needs attention, what comes."""

import pandas as pd

from poa_core import charts
from poa_core.blocks import overview as blocks
from poa_core.blocks import summary as summaries
from poa_core.charts import outcome as outcome_charts
from poa_core.figures import metrics
from poa_core.figures.metrics import Scope, any_status, of_locality, unfiltered
from poa_core.panels import Ask, due
from poa_core.words import outcome as sentences
from poa_core.words import reminder
from poa_core.words.language import Words


def has_progress(ask: Ask, scope: Scope) -> bool:
    """Whether anything was reported up to the cut-off, of the outcome or of an activity seen."""
    return blocks.has_progress(
        ask(metrics.activities, any_status(scope)), ask(metrics.outcome_path, unfiltered(scope))
    )


def heading(ask: Ask, scope: Scope, words: Words) -> str:
    """Plan, process, and how many report, or how many the filters leave."""
    plan_scope = unfiltered(scope)
    shown, every = ask(metrics.activities, scope), ask(metrics.activities, plan_scope)
    filtered = "" if len(shown) == len(every) else words("head.filtered", count=len(shown), total=len(every))
    months = ask(metrics.months, plan_scope.at(0)).set_index("month")
    if scope.month and months.loc[scope.month, "is_open"]:
        cells = months.loc[scope.month, ["cells_reported", "cells"]]
        filtered = words("head.open_month", reported=int(cells.iloc[0]), due=int(cells.iloc[1]))
    return blocks.head(
        ask(metrics.plan, plan_scope.at(0)).iloc[0],
        every,
        ask(metrics.is_illustrative, plan_scope.at(0)),
        filtered,
        words,
        scope.status,
    )


def outcome(ask: Ask, scope: Scope, words: Words) -> str:
    """Heading, verdict and sentence; empty where the plan names no outcome."""
    figures, outlook = ask(metrics.outcome, unfiltered(scope)), ask(metrics.outlook, unfiltered(scope))
    return blocks.outcome(figures.iloc[0], outlook.iloc[0], scope.month, words) if len(figures) else ""


def outcome_chart(ask: Ask, scope: Scope, words: Words, theme: str) -> tuple[dict, str]:
    """The outcome's chart as a figure, and what it says to someone who does not see it."""
    plan_scope = unfiltered(scope)
    figures, path = ask(metrics.outcome, plan_scope).iloc[0], ask(metrics.outcome_path, plan_scope)
    spoken = sentences.strip_marks(sentences.outcome(figures, scope.month, words))
    ahead = ask(metrics.forecast, plan_scope)
    return outcome_charts.outcome(path, figures, ahead, words, charts.ink(theme)), outcome_charts.spoken(
        path, figures, ahead, spoken, words
    )


def localities(ask: Ask, scope: Scope, words: Words) -> str:
    """The outcome by the localities that report it; empty where none does."""
    parts = ask(metrics.outcome_by_locality, unfiltered(scope))
    return (
        blocks.localities(parts, ask(metrics.outcome, unfiltered(scope)).iloc[0], words) if len(parts) else ""
    )


def process(ask: Ask, scope: Scope, words: Words) -> str:
    """The indicators the plan names for its process."""
    return blocks.process(
        ask(metrics.activities, any_status(scope)), ask(metrics.cells, of_locality(scope)), scope.month, words
    )


def plan(ask: Ask, scope: Scope, words: Words) -> str:
    """Compliance of the plan and of each activity; with no progress, what each month asks."""
    activities, plan_scope = ask(metrics.activities, scope), unfiltered(scope)
    if not has_progress(ask, scope):
        return blocks.targets(activities, ask(metrics.cells, of_locality(scope)), words)
    of_plan, by_objective = (
        metrics.pick_rollup(ask(metrics.rollups, plan_scope), scope, by) for by in ("plan", "objective")
    )
    counts = blocks.counts(ask(metrics.activities, any_status(scope)), scope.status, words)
    return blocks.bars(
        activities,
        by_objective,
        of_plan,
        counts,
        scope.month,
        words,
        any_status(scope).of_figures != plan_scope,
        summary(ask, scope, words),
    )


def attention(ask: Ask, scope: Scope, words: Words) -> str:
    """What is late or silent; empty before any progress."""
    if not has_progress(ask, scope):
        return ""
    return blocks.attention(
        ask(metrics.activities, scope), ask(metrics.remarks, unfiltered(scope)), scope.month, words
    )


def summary(ask: Ask, scope: Scope, words: Words) -> str:
    """The sentence, the figure and the late ones as plain text for a message."""
    plan_scope = unfiltered(scope)
    return summaries.message(
        ask(metrics.plan, plan_scope.at(0)).iloc[0],
        ask(metrics.outcome, plan_scope),
        metrics.pick_rollup(ask(metrics.rollups, plan_scope), scope, "plan"),
        ask(metrics.activities, any_status(scope)),
        ask(metrics.remarks, plan_scope),
        ask(metrics.is_illustrative, plan_scope.at(0)),
        scope.month,
        words,
        due.line(ask, scope, words),
    )


def coming(ask: Ask, scope: Scope, words: Words) -> str:
    """What falls due next, and who has reported what was due."""
    plan_scope, month = unfiltered(scope), due.reporting_month(ask, scope)
    month_scope = plan_scope.at(month)
    return blocks.coming(
        falling_due(ask, scope, month),
        ask(metrics.reporting, month_scope),
        ask(metrics.reporting_by_month, month_scope),
        ask(metrics.uploads, plan_scope.at(0)),
        month,
        due.is_earlier(ask, scope),
        words,
        reminder_text(ask, scope, words) if month else "",
    )


def falling_due(ask: Ask, scope: Scope, month: int) -> pd.DataFrame:
    """What is programmed after a month and not yet reported, of the activities seen; a locality's own
    alone.
    """
    coming: pd.DataFrame = ask(metrics.falling_due, unfiltered(scope).at(month))
    mask = coming["code"].isin(ask(metrics.activities, scope)["code"])
    return coming[mask if scope.locality is None else mask & (coming["locality"] == scope.locality)]


def reminder_text(ask: Ask, scope: Scope, words: Words) -> str:
    """Who has not reported what was due, as text to send."""
    plan_scope, month = unfiltered(scope), due.reporting_month(ask, scope)
    return reminder.message(
        ask(metrics.reporting_by_month, plan_scope.at(month)),
        ask(metrics.activities, plan_scope),
        ask(metrics.outcome, plan_scope),
        month,
        words,
    )
