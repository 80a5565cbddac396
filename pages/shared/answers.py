"""Answers kept for every session: the data version is part of every key, so nothing is ever cleared.

Each raises Moved where the version that is asked for can no longer be seen and was not asked for before.
"""

from pages.shared.once import once
from poa_core import metrics
from poa_core.database import Database
from poa_core.panels import plan_choices
from poa_core.view import of_version
from poa_core.wider import wider
from poa_core.words import words

ledgers: dict[str, Database] = {}  # by the path of their file


@once(1024)
def answered(place: str, version: int, question, scope: metrics.Scope, rest: tuple):
    """A question of metrics, of the ledger at a place."""
    more = wider(question, scope)
    if more is not None:
        return more.take(answered(place, version, more.question, more.scope, rest))
    with of_version(ledgers[place], version) as cursor:
        return question(cursor, scope, *rest)


def _panel(place: str, version: int, panel, scope: metrics.Scope, spoken: str, rest: tuple):
    def asked(question, of: metrics.Scope, *more):
        return answered(place, version, question, of, more)

    return panel(asked, scope, words(spoken), *rest)


drawn = once(1024)(_panel)
made = once(16)(_panel)  # a file may be half a megabyte: of those only the last few are kept


@once(8)
def plans(place: str, version: int, known_at):
    """Every plan known at an instant, newest year first."""
    with of_version(ledgers[place], version) as cursor:
        return metrics.plans(cursor, known_at)


@once(256)
def plan_choice(place: str, version: int, known_at, asked: tuple[tuple[str, str], ...]) -> plan_choices.PlanChoice:
    """Which of the plans known at an instant the codes mean, as pairs of noun and code."""
    return plan_choices.resolve(plans(place, version, known_at), dict(asked), known_at.year)
