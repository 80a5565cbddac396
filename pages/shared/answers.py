"""Answers kept for every session: the plan's own version is part of every key, so nothing is ever cleared,
and what is loaded of one plan leaves the answers of the others as they are. So many megabytes of them are
kept, those least asked for let go first.

Each raises Moved where the version that is asked for can no longer be seen and was not asked for before.
"""

from pages.shared.answer_cache import once
from poa_core import moment as clock
from poa_core.contract import Key
from poa_core.figures import metrics
from poa_core.figures.reuse import broader_question
from poa_core.ledger.file.database import Database, plan_version
from poa_core.ledger.reading import cursor_at
from poa_core.panels import plan_choices
from poa_core.words.language import words

ledgers: dict[str, Database] = {}  # by the path of their file


def run_question(path: str, version: int, question, scope: metrics.Scope, rest: tuple):
    """A question of metrics, of the ledger at a path."""
    return _answer(path, _version_of_plan(path, version, scope.plan), question, scope.of_figures, rest)


def run_panel(path: str, version: int, panel, scope: metrics.Scope, spoken: str, rest: tuple):
    """What a panel gives of the answers to its questions."""
    return _cached_panel(path, _version_of_plan(path, version, scope.plan), panel, scope, spoken, rest)


def make_file(path: str, version: int, panel, scope: metrics.Scope, spoken: str, rest: tuple):
    """The same for a file: it may be half a megabyte, and only the last few are kept."""
    return _cached_file(path, _version_of_plan(path, version, scope.plan), panel, scope, spoken, rest)


@once(1)
def _version_of_plan(path: str, version: int, plan: Key) -> int:
    with cursor_at(ledgers[path], version) as cursor:
        return plan_version(cursor, plan)


@once(192)
def _answer(path: str, version: int, question, scope: metrics.Scope, rest: tuple):
    more = broader_question(question, scope)
    if more is not None:
        return more.take(_answer(path, version, more.question, more.scope, rest))
    with cursor_at(ledgers[path], version, scope.plan) as cursor:
        return question(cursor, scope, *rest)


def _panel(path: str, version: int, panel, scope: metrics.Scope, spoken: str, rest: tuple):
    def ask(question, of: metrics.Scope, *more):
        return _answer(path, version, question, of.of_figures, more)

    return panel(ask, scope, words(spoken), *rest)


_cached_panel = once(96)(_panel)
_cached_file = once(24)(_panel)


@once(16)
def plans(path: str, version: int, known_at, is_now: bool):
    """Every plan known at an instant, newest year first."""
    with cursor_at(ledgers[path], version) as cursor:
        return metrics.plans(cursor, known_at, is_now)


@once(16)
def plan_choice(
    path: str, version: int, known_at, is_now: bool, requested: tuple[tuple[str, str], ...]
) -> plan_choices.PlanChoice:
    """Which of the plans known at an instant the codes mean, as pairs of noun and code."""
    return plan_choices.resolve(
        plans(path, version, known_at, is_now), dict(requested), clock.to_lima(known_at).year
    )
