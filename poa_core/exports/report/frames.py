"""What a report is made of: the frames its page and its workbook both read."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from poa_core.blocks.overview import has_progress
from poa_core.figures.metrics import Scope

CORRECTING = ("corrected", "taken_back", "withdrawn", "plan_changed")


@dataclass(frozen=True)
class Frames:
    """One plan at a cut-off, an instant and filters, and what changed since an earlier instant (UTC).

    Each frame is the answer of the metrics' question of its name; `outcome`, `outlook` and `outcome_since`
    have no row where the plan names no outcome. The outcome, remarks and reporting are the whole plan's, the
    rest is seen through the filters.
    """

    scope: Scope
    since: datetime
    plan: pd.Series
    is_illustrative: bool
    source: str
    outcome: pd.DataFrame
    path: pd.DataFrame
    forecast: pd.DataFrame
    outlook: pd.DataFrame
    activities: pd.DataFrame
    cells: pd.DataFrame
    quarters: pd.DataFrame
    rollup: pd.DataFrame
    objectives: pd.DataFrame
    divisions: pd.DataFrame
    remarks: pd.DataFrame
    falling_due: pd.DataFrame
    reporting: pd.DataFrame
    uploads: pd.DataFrame
    changes: pd.DataFrame
    outcome_since: pd.DataFrame
    corrections: pd.DataFrame
    rollup_then: pd.DataFrame | None = None  # the plan's roll-up as it was at the earlier instant
    overdue: str = ""  # what has fallen due since the cut-off and lacks a report, in a sentence

    @property
    def has_progress(self) -> bool:
        return has_progress(self.activities, self.path)


def corrections(trail: pd.DataFrame, codes: set[str], cutoff: int, since: datetime) -> pd.DataFrame:
    """The rows of metrics.audit that changed what had been said before, of these codes, after an instant, up
    to the cut-off.

    A change of the plan is one whatever its month.
    """
    rows = trail[(trail["moment"] > since) & trail["kind"].isin(CORRECTING) & trail["code"].isin(codes)]
    return rows[(rows["month"] <= cutoff) | (rows["kind"] == "plan_changed")].reset_index(drop=True)
