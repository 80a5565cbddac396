"""The plan as a progress file is held against it, and what of the file is to be asked about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import repeat

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from poa_core.contract import WHOLE_UTILITY, Key, PlanKnowledge, PlannedActivity, ProgressFile
from poa_core.intake import check
from poa_core.intake.progress import question_filter
from poa_core.intake.progress.series_grid import Programme
from poa_core.ledger import current
from poa_core.moment import to_lima
from poa_core.value_columns import Columns

_PLANNED = """
SELECT DISTINCT year FROM upload
WHERE kind = 'plan' AND year BETWEEN $1 AND $1 + 1 AND year <> $2 AND entity = $3 AND process = $4
    AND accepted_at <= $5
"""
_OPEN = """
SELECT month
FROM reporting_day($1, $2, $3, $4, 'current')
LEFT JOIN month_closing($1, $2, $3, $4) USING (month)
WHERE CAST($5 AS DATE) BETWEEN make_date($1, month, 1) AND reporting_date AND NOT coalesce(closed, FALSE)
"""


def months_begun(year: int, known_at: datetime) -> int:
    """How many of the year's months have begun in Lima: 0 before it, 12 in its December and ever after."""
    today = to_lima(known_at)
    return 12 * (today.year > year) + today.month * (today.year == year)


def other_open_years(
    cursor: duckdb.DuckDBPyConnection, key: Key, known_at: datetime
) -> dict[int, tuple[int, ...]]:
    """The months, begun and still open, of the plans that the same entity and process have for other years:
    the years by month.
    """
    (year, *whose), today = key, to_lima(known_at)
    planned = cursor.execute(
        _PLANNED, [today.year - 1, year, *whose, known_at]
    ).fetchall()  # what is older is past every reporting day
    years_by_month: dict[int, tuple[int, ...]] = {}
    for (other,) in sorted(planned):
        for (month,) in cursor.execute(_OPEN, [other, *whose, known_at, today.date()]).fetchall():
            years_by_month[month] = (*years_by_month.get(month, ()), other)
    return years_by_month


_ALL = datetime.max  # a file is read against all there is: no clock leaves anything out
_UNTOLD: dict = {}  # a programme not asked for; never changed


def knowledge(cursor: duckdb.DuckDBPyConnection, key: Key, known_at: datetime) -> PlanKnowledge:
    """The whole of it: what a file is read against and asked about; known_at says which months have begun and
    are open.
    """
    return add_programme(cursor, knowledge_without_programme(cursor, key, known_at))


def knowledge_without_programme(
    cursor: duckdb.DuckDBPyConnection, key: Key, known_at: datetime
) -> PlanKnowledge:
    """What a file is read against: the activities without their programme."""
    version = cursor.execute(
        "SELECT upload_id, outcome_code, outcome, unit, aggregation, direction FROM plan_version(?, ?, "
        "?, ?, 'current')",
        [*key, _ALL],
    ).fetchone()
    upload_id, *outcome = version or (None, None)
    columns = cursor.execute(
        """
        SELECT code, activity, unit, aggregation, direction, locality, coalesce(responsible, ''),
               coalesce(target < 0, FALSE) OR code IN (SELECT code
                   FROM programme WHERE upload_id = $1 AND programmed < 0),
               CAST(target AS VARCHAR), localities,
               combination_of((SELECT combination FROM local_rule AS r WHERE r.upload_id = $1
                   AND r.code = activity.code),
                              aggregation, direction, unit, localities)
        FROM activity
        WHERE upload_id = $1
        ORDER BY position
        """,
        [upload_id],
    ).to_arrow_table()  # a third of the time of fetchall, and of a long plan it shows
    *fields, targets, lists, combinations = (column.to_pylist() for column in columns.columns)
    activities = dict(
        zip(
            fields[0],
            map(
                PlannedActivity,
                *fields,
                repeat(_UNTOLD),
                (text and Decimal(text) for text in targets),
                map(_split_localities, lists),
                combinations,
            ),
            strict=True,
        )
    )
    listed = filter(None, pc.unique(columns["localities"]).to_pylist())
    localities = {
        WHOLE_UTILITY,
        *(a.locality for a in activities.values()),
        *(name for names in listed for name in names.split("|")),
    }
    if outcome[0]:
        code, name, unit, *rules = outcome
        lists, combination = cursor.execute(
            """
            SELECT r.localities, combination_of(r.combination, p.aggregation, p.direction, p.unit,
                r.localities)
            FROM plan AS p LEFT JOIN local_rule AS r ON r.upload_id = p.upload_id AND r.code = p.outcome_code
            WHERE p.upload_id = ?
            """,
            [upload_id],
        ).fetchone()
        activities[code] = PlannedActivity(
            code,
            name,
            unit,
            *rules,
            WHOLE_UTILITY,
            "",
            listed=_split_localities(lists),
            combination=combination,
        )
        localities |= set(_split_localities(lists))
    reported = current.reported_cells(cursor, key, _ALL)
    calendar = months_begun(key[0], known_at), other_open_years(cursor, key, known_at)
    return PlanKnowledge(*key, activities, frozenset(localities), reported, outcome[0], upload_id, *calendar)


def _split_localities(localities: str | None) -> tuple[str, ...]:
    return tuple(localities.split("|")) if localities else ()


def add_programme(cursor: duckdb.DuckDBPyConnection, plan: PlanKnowledge, codes: Iterable[str] | None = None,
               path: dict[int, Decimal] | None = None) -> PlanKnowledge:  # fmt: skip
    """The same with the programme of some of its codes, of all where none are named; path: the outcome's,
    where it is known already.
    """
    chosen_codes = sorted(plan.activities if codes is None else codes)
    months: dict[str, dict] = {code: {} for code in chosen_codes}
    result = cursor.execute(
        "SELECT code, month, programmed FROM programme WHERE upload_id = ? AND code IN (SELECT "
        "unnest(CAST(? AS VARCHAR[])))",
        [plan.upload_id, chosen_codes],
    )
    for code, month, amount in result.fetchall():
        months[code][month] = amount
    if plan.outcome in months:
        months[plan.outcome] = _path(cursor, plan) if path is None else path
    return replace(
        plan,
        activities=plan.activities
        | {code: replace(plan.activities[code], programmed=programme) for code, programme in months.items()},
    )


def add_questions(
    cursor: duckdb.DuckDBPyConnection, file: ProgressFile, plan: PlanKnowledge, fresh: bool
) -> ProgressFile:
    """check.add_questions of a file read so; in a plain one the few values that may be asked about are found
    first.

    fresh: nothing that the ledger holds counts, for it goes with the illustration.
    """
    if file.is_refused:
        return file
    plan, values, path = replace(plan, reported={}) if fresh else plan, file.values, None
    if isinstance(values, Columns):
        path = _path(cursor, plan) if plan.outcome else {}
        values = question_filter.question_candidates(values, plan, _programme(cursor, plan, path))
    if not values:
        return file
    about = add_programme(cursor, plan, {value.code for value in values}, path)
    return replace(
        check.add_questions(replace(file, values=values), about, len(values) == len(file.values)),
        values=file.values,
    )


def _path(cursor: duckdb.DuckDBPyConnection, plan: PlanKnowledge) -> dict[int, Decimal]:
    """What the outcome should be at each month's end, to the cent."""
    path = cursor.execute(
        "SELECT month, programmed FROM outcome_line(?, ?, ?, ?, 'current')",
        [plan.year, plan.entity, plan.process, _ALL],
    )
    return {month: round(Decimal(amount), 2) for month, amount in path.fetchall() if month}


def _programme(cursor: duckdb.DuckDBPyConnection, plan: PlanKnowledge, path: dict[int, Decimal]) -> Programme:
    """All of it, a row an activity in the plan's order, and the outcome's path."""
    programme = cursor.execute(
        "SELECT code, month, CAST(programmed AS DOUBLE) AS programmed FROM programme WHERE upload_id = ?",
        [plan.upload_id],
    ).to_arrow_table()
    codes = list(plan.activities)
    months = np.full((len(codes), 12), np.nan)
    index = pc.index_in(
        programme["code"], value_set=pa.array(codes, pa.string())
    )  # of the programme no code is without its activity
    months[index.to_numpy(), programme["month"].to_numpy() - 1] = programme["programmed"].to_numpy()
    if plan.outcome:
        months[codes.index(plan.outcome)] = [path.get(number, np.nan) for number in range(1, 13)]
    return Programme(codes, months)
