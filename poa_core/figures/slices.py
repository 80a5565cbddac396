"""What is taken out of an answer: one cut-off of all of them, the rows a filter leaves, the rows of a
narrower question.
"""

from dataclasses import dataclass

import pandas as pd

from poa_core.figures.scope import Scope


@dataclass(frozen=True)
class EveryCutoff:
    """The answers to one question at every cut-off. rows: those of all, each with its cutoff (0-12)."""

    rows: pd.DataFrame

    def at(self, month: int) -> pd.DataFrame:
        """The answer at one cut-off, as it would be had it been asked for alone."""
        return reset_rows(self.rows[self.rows["cutoff"] == month].drop(columns="cutoff"))


def reset_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows taken out of others, numbered and typed by themselves: the others may hold a nothing that these do
    not.
    """
    return pd.DataFrame(
        {name: _numpy_column(column) for name, column in rows.reset_index(drop=True).items()},
        columns=rows.columns,
    )


def filter_activities(activities: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows that activities of the scope has, out of those of without_row_filters(scope): what is known
    already is not asked for again.
    """
    filters = {
        name: getattr(scope, name)
        for name in ("responsible", "objective", "status")
        if getattr(scope, name) is not None
    }
    mask = pd.Series(True, index=activities.index)
    for name, value in filters.items():
        mask &= activities[name] == value
    return activities[mask].reset_index(drop=True)


def default_cutoff(months: pd.DataFrame) -> int:
    """The default cut-off that the rows of months say; 0 without a plan."""
    return int(months["default_cutoff"].max()) if len(months) else 0


def due_month(months: pd.DataFrame) -> int:
    """The due month that the rows of months say; 0 without a plan."""
    return int(months["due_month"].max()) if len(months) else 0


def reporting(reports: pd.DataFrame) -> pd.DataFrame:
    """The rows of reports that are of a division to date."""
    return reset_rows(
        reports[reports["month"].isna()].drop(columns=["month", "reported", "on_time", "partial"])
    )


def reporting_by_month(reports: pd.DataFrame) -> pd.DataFrame:
    """The rows of reports that are of a month."""
    return reset_rows(
        reports.loc[
            reports["month"].notna(),
            [
                "responsible",
                "month",
                "position",
                "due",
                "reported",
                "on_time",
                "partial",
                "missing",
                "missing_codes",
            ],
        ]
    )


def _numpy_column(column: pd.Series) -> pd.Series:
    is_whole = column.dtype.kind in "iub" and not column.isna().any()
    return column.astype(getattr(column.dtype, "numpy_dtype", column.dtype)) if is_whole else column
