"""Rows of a progress file to values of one plan, and every problem on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from poa_core.contract import (
    PROGRESS_BESIDE,
    PROGRESS_COLUMNS,
    PROGRESS_OPTIONAL,
    PlanKnowledge,
    Problem,
    ProgressFile,
    Table,
    Value,
)  # fmt: skip
from poa_core.intake.progress import origin, wide
from poa_core.intake.progress.entries import Entry, EntryContext, entries, entry_context
from poa_core.intake.values import cell, keys, numbers
from poa_core.intake.values.amounts import amount
from poa_core.intake.values.headers import locate
from poa_core.names import nearest
from poa_core.problems import error, has_errors, sort_and_limit


def progress(table: Table, knowledge: PlanKnowledge, decimal: str | None = None) -> ProgressFile:
    """The values of a table of columns codigo, mes, avance, or codigo and months, checked against one plan.

    Each row ends as values, as an empty row (nothing reported, nothing remarked) or with an error.
    decimal is `point` or `comma` where a person was asked, else None.
    """
    open_elsewhere = {} if origin.names_its_year(table, knowledge.year) else knowledge.open_elsewhere
    columns, rows, problems = _laid_out(table, knowledge.year, open_elsewhere)
    if rows is None:
        return ProgressFile((), sort_and_limit(problems), rows_read=len(table.rows))
    read = ((e.reading, e.row, e.header, e.reported) for e in rows if e.reading)
    mark, style = numbers.decimal_mark(read, decimal)
    # The headers of a wide file told its months, with their years where those are needed.
    against = entry_context(knowledge, table, columns, mark, open_elsewhere if "mes" in columns else {})
    problems += origin.origin_problems(table, columns)
    problems += origin.other_plan_problems(table, columns, knowledge)
    values = _values(rows, knowledge, against, problems)
    problems += [style] if style else []
    # A wide row speaks of its code and its locality once for each month.
    problems = list(dict.fromkeys(problems))
    needs_decimal = style is not None and style.code == "ambiguous_number"
    return _file(table, columns, values, problems, mark, needs_decimal, knowledge)


def _laid_out(
    table: Table, year: int, open_elsewhere: Mapping[int, tuple[int, ...]]
) -> tuple[dict[str, int], list[Entry] | None, list[Problem]]:
    """Where the columns stand and the entries in them, None where the headers are in doubt."""
    if wide.is_programme_only(table):
        return {}, None, [error("plan_as_progress", table.header_row)]
    if not wide.is_wide(table):
        columns, problems = locate(table, PROGRESS_COLUMNS, PROGRESS_OPTIONAL, PROGRESS_BESIDE)
        return columns, None if has_errors(problems) else entries(table, columns), problems
    columns, months, problems = wide.layout(table, year, open_elsewhere)
    if has_errors(problems):
        return columns, None, problems
    rows, wrong = wide.entries(table, columns, months)
    return columns, rows, problems + wrong


def _values(
    rows: list[Entry], knowledge: PlanKnowledge, against: EntryContext, problems: list[Problem]
) -> list[Value]:
    """Every row that says something and is placed; what is wrong with them goes to problems."""
    values, keyed = [], []
    for entry in rows:
        activity = cell.find_activity(entry, against, problems)
        month = cell.find_month(entry, against, problems)
        locality = cell.find_locality(entry, activity, against, problems)
        reported = amount(entry, activity, against, problems)
        if activity and month and locality and entry.says_something:
            keyed.append((entry, (activity.code, month, locality)))
            values.append(_value(entry, keyed[-1][1], reported))
    problems += keys.duplicates(keyed, against)
    problems += keys.whole_and_local(keyed, knowledge, against)
    problems += keys.uncounted(keyed, knowledge, against)
    return values


def _value(entry: Entry, key: cell.Key, reported: Decimal | None) -> Value:
    remarks = entry.note or None, entry.cause or None, entry.measure or None
    return Value(entry.row, *key, reported, entry.is_taken_back, *remarks)


def _file(
    table: Table,
    columns: dict[str, int],
    values: list[Value],
    problems: list[Problem],
    decimal: str | None,
    needs_decimal: bool,
    knowledge: PlanKnowledge,
) -> ProgressFile:
    bad = {p.row for p in problems if p.severity == "error"}
    valid_values = () if needs_decimal else tuple(v for v in values if v.row not in bad)
    used_rows = {v.row for v in values} | bad
    empty_rows = sum(row not in used_rows for row, _ in table.rows)
    if not values and not has_errors(problems):
        problems.append(error("nothing_reported"))
    return ProgressFile(
        values=valid_values,
        problems=_with_nearest(sort_and_limit(problems), knowledge),
        illustrative=origin.is_illustrative(table, columns),
        decimal=decimal,
        needs_decimal=needs_decimal,
        rows_read=len(table.rows),
        empty_rows=empty_rows,
    )


def _with_nearest(problems: tuple[Problem, ...], knowledge: PlanKnowledge) -> tuple[Problem, ...]:
    """Suggestions, made only for the problems that are shown: they are slow to find."""
    localities = {a.locality for a in knowledge.activities.values()} | knowledge.localities
    names: dict[str, Iterable[str]] = {"unknown_code": knowledge.activities, "unknown_locality": localities}
    return tuple(
        replace(p, hints={**p.hints, "nearest": nearest(p.value or "", names[p.code])})
        if p.code in names
        else p
        for p in problems
    )
