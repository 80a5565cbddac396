"""One function per question; each asks metrics.sql or lists.sql and returns a frame."""

from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from poa_core.figures import slices
from poa_core.figures.frames import python_texts
from poa_core.figures.scope import (
    CUT,
    EVERY_CUT,
    KEY,
    Scope,
    any_status,
    for_division,
    of_locality,
    unfiltered,
    without,
    without_row_filters,
)
from poa_core.figures.slices import EveryCutoff

__all__ = [
    "Scope",
    "any_status",
    "without_row_filters",
    "for_division",
    "of_locality",
    "unfiltered",
    "without",
]  # what a question is asked with comes along with the questions


def plans(cursor: duckdb.DuckDBPyConnection, known_at: datetime, is_now: bool = False) -> pd.DataFrame:
    """One row per plan: key, outcome, bands, versions; is_now: whatever the clock said when they were
    accepted.
    """
    return _frame(cursor, "FROM known_plan(?, ?)", [datetime.max if is_now else known_at, known_at])


def plan(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The scope's own row of plans."""
    return _frame(
        cursor,
        "FROM known_plan(?, ?) WHERE year = ? AND entity = ? AND process = ?",
        [scope.until, scope.known_at, *scope.plan],
    )


def activities(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per activity seen through the filters, in the plan's order: to date, compliance, status.

    With a locality: its own activities, and those of the whole utility with a value of the locality.
    """
    if scope.locality is None:
        rows = _figures(
            cursor, "activity_to_date", scope, "position", columns="*, CAST(NULL AS DOUBLE) AS share"
        )
    else:
        rows = _figures(cursor, "activity_in_locality", scope, "position", scope.locality)
    return rows if scope.month is None else slices.filter_activities(rows, scope)


def cells(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Twelve rows per activity: programmed, reported, state, localities_missing; is_whole_only.

    With a locality: of what is programmed for the whole utility its own values, without programme;
    is_whole_only where a month has a value of the whole alone.
    """
    columns = (
        "* REPLACE (CAST(programmed AS DOUBLE) AS programmed, array_to_string(localities_missing, ', ') AS "
        "localities_missing)"
    )
    if scope.locality is None:
        return _frame(
            cursor,
            f"SELECT {columns}, FALSE AS is_whole_only FROM cell({CUT}) ORDER BY position, month",
            scope.cut,
        )
    return _frame(
        cursor,
        f"SELECT {columns} FROM cell_in_locality({CUT}, ?) ORDER BY position, month",
        [*scope.cut, scope.locality],
    )


def quarters(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Four rows per activity: programmed, reported, compliance of the quarter alone; with a locality its own
    values.
    """
    if scope.locality is None:
        return _frame(cursor, f"FROM quarter({CUT}) ORDER BY code, quarter", scope.cut)
    return _frame(
        cursor, f"FROM quarter_in_locality({CUT}, ?) ORDER BY code, quarter", [*scope.cut, scope.locality]
    )


def rollup(cursor: duckdb.DuckDBPyConnection, scope: Scope, by: str) -> pd.DataFrame:
    """One row per plan, objective, responsible or locality: key, compliance, low, high, activities_due,
    silent.

    Raises ValueError for another grouping.
    """
    return pick_rollup(rollups(cursor, scope), scope, by)


def rollups(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Every combination of objective, responsible and locality, one or all: what any filter may ask."""
    return _figures(cursor, "rollup", scope, "position, objective, responsible, locality")


def pick_rollup(rollups: pd.DataFrame, scope: Scope, by: str) -> pd.DataFrame:
    """The rows of rollups that answer a grouping under the scope's filters, in the plan's order."""
    if by not in ("plan", "objective", "responsible", "locality"):
        raise ValueError(by)
    mask = pd.Series(True, index=rollups.index)
    for noun, plural in (
        ("objective", "objectives"),
        ("responsible", "responsibles"),
        ("locality", "localities"),
    ):
        value = getattr(scope, noun)
        is_all = rollups[f"is_all_{plural}"]
        mask &= ~is_all if value is not None or noun == by else is_all
        if value is not None:
            mask &= rollups[noun] == value
    rows = rollups[mask]
    key = scope.process if by == "plan" else rows[by]
    return rows.assign(key=key).reset_index(drop=True)


def outcome(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row, none where the plan names no outcome; amounts in the outcome's unit."""
    return _figures(cursor, "outcome_to_date", scope, "code")


def outcome_path(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Thirteen rows, month 0 to 12: programmed (assumed or given) and reported."""
    return _figures(cursor, "outcome_path", scope, "month")


def outlook(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row, none without an outcome: reason (too_early, at_december; None where there is a forecast),
    method (no_change, drift, plan_shaped), its mean absolute error in the back-test, and December's expected,
    low, high.
    """
    return _figures(cursor, "outlook", scope, "reason")


def forecast(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per month after the last report to December: expected, low, high (None without a band); none
    with a reason.
    """
    return _figures(cursor, "forecast", scope, "month")


def months(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Twelve rows: reporting date, open or not, cells programmed and reported, and with each the default
    cut-off.
    """
    return _frame(
        cursor, f"FROM plan_month({KEY}, ?, ?) ORDER BY month", [*scope.key, scope.programme, scope.known_at]
    )


def default_cutoff(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> int:
    """The last month no longer open in which the outcome or a programmed cell has a value; else 0."""
    return slices.default_cutoff(months(cursor, scope))


def due_month(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> int:
    """The last month no longer open; the default cut-off while illustrative values stand; 0 with none."""
    return slices.due_month(months(cursor, scope))


def overdue(cursor: duckdb.DuckDBPyConnection, scope: Scope, figures_to: int) -> pd.DataFrame:
    """One row, seen at the scope's cut-off: how many cells of how many divisions that fell due after a month
    (0-12) lack a report or a part of one, first_month and last_month of them.
    """
    return _frame(cursor, f"FROM overdue({CUT}, ?)", [*scope.cut, figures_to])


def localities(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per locality that the plan names or that has reported, EPS for the whole utility among them."""
    return _frame(cursor, f"FROM plan_locality({KEY}, ?)", [*scope.key, scope.programme])


def local_months(cursor: duckdb.DuckDBPyConnection, scope: Scope, code: str) -> pd.DataFrame:
    """Twelve rows per locality that reports an activity of the whole utility, its own as EPS: reported,
    is_lacking, share.

    No rows where no locality does.
    """
    return _frame(cursor, f"FROM local_cell({CUT}, ?)", [*scope.cut, code])


def uploads(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per upload, newest first, withdrawn ones included."""
    return _frame(cursor, f"FROM upload_history({KEY})", scope.key)


def value_history(cursor: duckdb.DuckDBPyConnection, scope: Scope, code: str) -> pd.DataFrame:
    """Every value an activity was ever given, newest month first; with a locality, its own."""
    columns = "* REPLACE (CAST(reported AS DOUBLE) AS reported, CAST(replaced AS DOUBLE) AS replaced)"
    query = f"SELECT {columns} FROM value_history(?, ?, ?, ?, ?) WHERE (? IS NULL OR locality = ?)"
    return _frame(cursor, query, [*scope.plan, code, scope.until, scope.locality, scope.locality])


def remarks(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The newest cause and measure of each activity up to the cut-off."""
    return _frame(cursor, "FROM latest_remark(?, ?, ?, ?, ?)", scope.cut[:5])


def remarks_of(cursor: duckdb.DuckDBPyConnection, scope: Scope, code: str) -> pd.DataFrame:
    """Every month's newest note, cause and measure of one activity up to the cut-off, newest month first;
    with a locality, its own and those of the whole utility.
    """
    query = (
        "FROM current_remark(?, ?, ?, ?) WHERE code = ? AND month <= ? AND (? IS NULL OR locality IN (?, "
        "'EPS')) ORDER BY month DESC, locality"
    )
    return _frame(cursor, query, [*scope.key, code, scope.month, scope.locality, scope.locality])


def falling_due(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Programmed months after the cut-off that have no report, by the month they fall due."""
    return _frame(cursor, f"FROM falling_due({CUT})", scope.cut)


def reports(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The rows of reporting, which have no month, and those of reporting_by_month."""
    return _figures(cursor, "division_report", scope, "position, month")


def reporting(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per division: due in the cut-off month, reported of it, last report."""
    return slices.reporting(reports(cursor, scope))


def month_sheet(cursor: duckdb.DuckDBPyConnection, scope: Scope, month: int) -> pd.DataFrame:
    """What a month (1-12) asks of each activity and locality, the outcome first: what a leader fills in."""
    parameters = [*scope.plan, month, scope.until, scope.programme]
    return _frame(
        cursor,
        f"FROM month_sheet({CUT}) WHERE (? IS NULL OR responsible = ?)",
        [*parameters, scope.responsible, scope.responsible],
    )


def reporting_by_month(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per division and month in which something fell due: due, reported, on time, missing codes."""
    return slices.reporting_by_month(reports(cursor, scope))


def outcome_by_locality(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """One row per locality that reports the outcome, largest first: value and share of the last month
    known.
    """
    return _figures(cursor, "outcome_in_locality", scope, "reported DESC, locality")


def audit(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Everything that changed what a figure says, newest first: who, when, what, before, after, why."""
    return _frame(cursor, f"FROM audit_trail({KEY})", scope.key)


def is_illustrative(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> bool:
    """Whether the figures of the scope rest on illustrative values."""
    [(is_any,)] = cursor.execute(
        f"SELECT coalesce(bool_or(illustrative), FALSE) FROM accepted_upload({KEY})", scope.key
    ).fetchall()
    return bool(is_any)


def original(cursor: duckdb.DuckDBPyConnection, upload_id: int) -> bytes:
    """The bytes of an accepted file as they came."""
    content: bytes
    [(content,)] = cursor.execute(
        "SELECT content FROM original JOIN upload USING (sha256) WHERE upload_id = ?", [upload_id]
    ).fetchall()
    return content


def _figures(
    cursor: duckdb.DuckDBPyConnection, macro: str, scope: Scope, order: str, *more: object, columns: str = "*"
) -> pd.DataFrame | EveryCutoff:
    """A macro that takes a cut-off, and more after it, at the scope's; at every one where the scope has
    none.
    """
    marks = ", ?" * len(more)
    if scope.month is not None:
        return _frame(
            cursor, f"SELECT {columns} FROM {macro}({CUT}{marks}) ORDER BY {order}", [*scope.cut, *more]
        )
    of_each = f"SELECT {columns} FROM {macro}({EVERY_CUT}{marks})"
    query = (
        f"SELECT every.cutoff, told.* FROM every_cutoff() AS every, LATERAL ({of_each}) AS told ORDER BY "
        f"every.cutoff, {order}"
    )
    return EveryCutoff(_frame(cursor, query, [*scope.key, scope.programme, *more]))


def _frame(cursor: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> pd.DataFrame:
    return python_texts(cursor.execute(query, parameters).df())
