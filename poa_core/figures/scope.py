"""What a figure answers to, and how its parts are bound to the macros' parameters."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from poa_core.contract import Key

CUT = "?, ?, ?, ?, ?, ?"  # year, entity, process, cut-off, known_at, programme
EVERY_CUT = "?, ?, ?, every.cutoff, ?, ?"  # the same, beside every_cutoff() AS every
KEY = "?, ?, ?, ?"  # year, entity, process, known_at


@dataclass(frozen=True)
class Scope:
    """What a figure answers to: plan, cut-off month (0-12), instant (UTC) and the screen's filters."""

    year: int
    entity: str
    process: str
    month: int | None  # None: every cut-off (reuse.py)
    known_at: datetime
    locality: str | None = None
    responsible: str | None = None
    objective: str | None = None
    status: str | None = None
    programme: str = "current"
    is_now: bool = False  # nothing that was accepted is left out, whatever its clock said
    is_chosen: bool = False  # the cut-off was chosen by a person

    @property
    def plan(self) -> Key:
        return self.year, self.entity, self.process

    @property
    def until(self) -> datetime:
        """The instant up to which what was accepted counts."""
        return datetime.max if self.is_now else self.known_at

    @property
    def key(self) -> list[Any]:
        return [*self.plan, self.until]

    @property
    def cut(self) -> list[Any]:
        return [*self.plan, self.month, self.until, self.programme]

    @property
    def of_figures(self) -> "Scope":
        """The same, whoever chose its cut-off: no figure depends on that."""
        return replace(self, is_chosen=False)

    def at(self, month: int | None) -> "Scope":
        return replace(self, month=month)


def unfiltered(scope: Scope) -> Scope:
    """The same plan, cut-off and instant without the screen's filters."""
    return replace(scope, locality=None, responsible=None, objective=None, status=None, is_chosen=False)


def of_locality(scope: Scope) -> Scope:
    """The same plan, cut-off and instant without the screen's filters but the locality: its values are its
    own.
    """
    return replace(unfiltered(scope), locality=scope.locality)


def any_status(scope: Scope) -> Scope:
    """The same scope whatever an activity's status: a roll-up over the late ones alone would say nothing."""
    return replace(scope, status=None)


def without_row_filters(scope: Scope) -> Scope:
    """The same scope without the filters that only leave rows of the activities out; a locality's figures are
    its own.
    """
    return replace(scope, responsible=None, objective=None, status=None)


def without(scope: Scope, noun: str) -> Scope:
    """The same scope without one of its filters."""
    left_out: dict[str, Any] = {noun: None}
    return replace(scope, **left_out)


def for_division(scope: Scope, responsible: str | None) -> Scope:
    """The same plan and instant for one division, or for all."""
    return replace(unfiltered(scope), responsible=responsible)
