"""What a checked file would do: values to difference and consequence, tried and rolled back."""

from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
import pandas as pd

from poa_core import moment as clock
from poa_core.figures import metrics
from poa_core.ledger import current, invariants, rights, uploads
from poa_core.ledger.changes import CORRECTIONS, Change, Changes, changes
from poa_core.ledger.file.database import Database, plan_version
from poa_core.loading.knowledge import knowledge

__all__ = ["Effect", "Figures", "figures", "foresee", "knowledge", "changed_activities", "compare_activities"]


@dataclass(frozen=True)
class Figures:
    """The plan at one cut-off: what moves is seen by comparing two of these."""

    month: int
    activities: pd.DataFrame
    plan: pd.DataFrame
    outcome: pd.DataFrame


@dataclass(frozen=True)
class Effect:
    """A file's difference and consequence. refusal: the ledger would not take it, and why.

    before is None where accepting takes the illustration away: the two never meet in a figure.
    """

    changes: Changes | tuple[Change, ...]
    seen_version: int
    closed_months: tuple[int, ...] = ()
    withdraws_illustration: int = 0
    cutoff_before: int = 0
    before: Figures | None = None
    after: Figures | None = None
    refusal: uploads.Refused | None = None

    def count(self, fate: str) -> int:
        return sum(change.fate == fate for change in self.changes)

    @property
    def needs_reason(self) -> bool:
        """A correction, or a change to a closed month."""
        return bool(self.closed_months) or any(change.fate in CORRECTIONS for change in self.changes)

    @property
    def reason_given(self) -> str:
        """What the file itself says, in its notes, of what it corrects."""
        corrected = (change.value for change in self.changes if change.fate in CORRECTIONS)
        return " · ".join(dict.fromkeys(value.note for value in corrected if value.note))


def foresee(database: Database, submission: uploads.Submission, at: datetime | None = None) -> Effect:
    """What accepting the submission would do; it is tried in a transaction that is rolled back.

    Who may not load it is told so and shown nothing of it.
    """
    scope = metrics.Scope(*submission.key, 0, at or clock.now(), is_now=True)
    with database.cursor() as cursor:
        version = plan_version(cursor, submission.key)
        try:
            rights.authorize_report(database, cursor, submission)
        except uploads.Refused as refusal:
            return Effect((), version, refusal=refusal)
        replaced = 0 if submission.illustrative else current.illustrative_uploads(cursor, submission.key)
        new_changes = changes(cursor, submission, scope.until, fresh=bool(replaced))
        closed = (
            ()
            if replaced
            else current.changed_closed_months(cursor, submission.key, new_changes, scope.until)
        )
        cutoff = metrics.default_cutoff(cursor, scope)
        try:
            if not replaced:
                current.refuse_if_current(new_changes)
            after = _figures_after(cursor, submission, scope)
        except uploads.Refused as refusal:
            return Effect(new_changes, version, closed, replaced, cutoff, refusal=refusal)
        before = None if replaced else figures(cursor, scope.at(after.month))
    return Effect(new_changes, version, closed, replaced, cutoff, before, after)


def figures(cursor: duckdb.DuckDBPyConnection, scope: metrics.Scope) -> Figures:
    """Everything a file can move, at the scope's cut-off."""
    return Figures(scope.month, metrics.activities(cursor, scope), metrics.rollup(cursor, scope, "plan"),
                   metrics.outcome(cursor, scope))  # fmt: skip


def changed_activities(effect: Effect) -> pd.DataFrame:
    """The activities whose value, compliance or status the file changes."""
    return compare_activities(effect.before, effect.after)


def compare_activities(earlier: Figures | None, later: Figures) -> pd.DataFrame:
    """The activities of both whose value, compliance or status differs: *_before and *_after columns. earlier
    None: nothing was said of any.
    """
    columns = ["code", "position", "indicator", "activity", "unit", "at_risk_threshold", "met_threshold",
               "reported_to_date", "compliance", "status"]  # fmt: skip
    after = later.activities[columns]
    if earlier is None:
        before = after[["code"]].assign(reported_to_date=None, compliance=None, status=None)
    else:
        before = earlier.activities[["code", "reported_to_date", "compliance", "status"]]
    both = after.merge(before, on="code", suffixes=("_after", "_before"))
    same = pd.Series(True, index=both.index)
    for name in ("reported_to_date", "compliance", "status"):
        left, right = both[f"{name}_after"], both[f"{name}_before"]
        same &= (left == right) | (left.isna() & right.isna())
    if earlier is None:  # beside an illustration that goes, what the file says nothing of does not move
        same |= both["reported_to_date_after"].isna()
    return both[~same].sort_values("position").reset_index(drop=True)


def _figures_after(cursor, submission: uploads.Submission, scope: metrics.Scope) -> Figures:
    cursor.execute("BEGIN TRANSACTION")
    try:
        start = invariants.mark(cursor)
        _, _, accepted = uploads.stage(cursor, submission, scope.known_at)
        invariants.enforce(cursor, start)
        later = replace(scope, known_at=accepted)
        return figures(cursor, later.at(metrics.default_cutoff(cursor, later)))
    finally:
        cursor.execute("ROLLBACK")
