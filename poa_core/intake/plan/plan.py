"""The two files of a plan to plans, activities and programme, and every problem on the way."""

from collections import Counter
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from poa_core.contract import (
    MONTHS,
    PLAN_COLUMNS,
    PLAN_OPTIONAL,
    PROCESS_COLUMNS,
    PROCESS_OPTIONAL,
    PlanFile,
    PlanRecord,
    Problem,
    Table,
)  # fmt: skip
from poa_core.intake.plan import activity, lint, process
from poa_core.intake.plan.row import Row, open_rows, resolve_codes
from poa_core.intake.plan.rules import FoldedKey, check_codes, check_weights, plan_key
from poa_core.problems import has_errors, sort_and_limit

PROCESSES, PLAN = "processes.csv", "plan.csv"


class ParsedRow(NamedTuple):
    """A row, its record for the ledger, its programmed months, the provisional ones among them."""

    row: Row
    record: PlanRecord
    programmed: dict[int, Decimal]
    provisional: frozenset[int] = frozenset()


class Sheet(NamedTuple):
    """The rows of one file, or of the ledger's plan in its place, and what is wrong with the file as a
    whole.
    """

    reads: list[ParsedRow]
    problems: list[Problem]


def plan(processes: Table, plan: Table, decimal: str | None = None) -> PlanFile:
    """Plans, activities and programme of both tables; nothing but problems where one is an error.

    Each problem names its file in hints["file"]. decimal is `point` or `comma` where a person was
    asked, else None.
    """
    return combine(process_sheet(processes, decimal), activity_sheet(plan, decimal))


def process_sheet(table: Table, decimal: str | None = None, file: str = PROCESSES) -> Sheet:
    """The rows of a processes file."""
    rows, problems = open_rows(
        table, PROCESS_COLUMNS, PROCESS_OPTIONAL, (*process.NUMERIC, *MONTHS), decimal, file
    )
    return Sheet([ParsedRow(row, *process.read_process(row)) for row in rows], problems)


def activity_sheet(
    table: Table, decimal: str | None = None, file: str = PLAN, codes: Collection[str] = ()
) -> Sheet:
    """The rows of a plan file; codes: those of the plan in force."""
    rows, problems = open_rows(table, PLAN_COLUMNS, PLAN_OPTIONAL, activity.NUMERIC, decimal, file)
    resolve_codes(rows, codes)
    return activities_of(rows, problems)


def activities_of(rows: list[Row], problems: list[Problem]) -> Sheet:
    """Rows with the columns of a plan file, whatever sheet they came from."""
    return Sheet([ParsedRow(row, *activity.read_activity(row)) for row in rows], problems)


def combine(heads: Sheet, activities: Sheet) -> PlanFile:
    """Plans and their activities as one; nothing but problems where one is an error."""
    plans, rows = heads.reads, activities.reads
    if plans and rows:
        _join(plans, rows)
    problems = heads.problems + activities.problems
    if not has_errors(problems):
        _warn(plans, rows)
    problems += [problem for read in plans + rows for problem in read.row.problems]
    return _file(plans, rows, sort_and_limit(problems))


def _file(plans: list[ParsedRow], activities: list[ParsedRow], problems: tuple[Problem, ...]) -> PlanFile:
    if has_errors(problems):
        return PlanFile((), (), (), problems)
    count: Counter[FoldedKey] = Counter()
    for read in activities:
        count[plan_key(read.record)] += 1
        read.record["position"] = count[plan_key(read.record)]
    return PlanFile(
        plans=tuple(read.record for read in plans),
        activities=tuple(read.record for read in activities),
        programme=_programme(plans, "outcome_code") + _programme(activities, "code"),
        problems=problems,
        locations=tuple((read.row.file, read.row.number) for read in plans + activities),
    )


def _programme(reads: list[ParsedRow], code: str) -> tuple[PlanRecord, ...]:
    """One dict per programmed month, as table programme has it."""
    return tuple(
        {
            **{name: read.record[name] for name in ("year", "entity", "process")},
            "code": read.record[code],
            "month": month,
            "programmed": programmed,
            "is_provisional": month in read.provisional,
        }
        for read in reads
        if read.record[code]
        for month, programmed in read.programmed.items()
    )


def _join(plans: list[ParsedRow], activities: list[ParsedRow]) -> None:
    """Rows that have no plan, plans and codes that stand twice; names as processes.csv has them."""
    by_plan: dict[FoldedKey, ParsedRow] = {}
    for read in plans:
        first = by_plan.setdefault(plan_key(read.record), read)
        if first is not read:
            read.row.fail("duplicate_plan", "proceso", first_row=first.row.number)
    for read in activities:
        head = by_plan.get(plan_key(read.record))
        if head:
            read.record.update({name: head.record[name] for name in ("entity", "process")})
        elif read.record["year"] and read.record["entity"] and read.record["process"]:
            code = (
                "plan_not_in_force" if plans[0].row.number is None else "unknown_plan"
            )  # no processes file to add it to
            read.row.fail(code, "proceso", year=read.record["year"])
    rows = [(read.row, read.record) for read in activities]
    check_codes(rows, {key: (read.row, read.record) for key, read in by_plan.items()})
    check_weights(rows)


def _warn(plans: list[ParsedRow], activities: list[ParsedRow]) -> None:
    # What the ledger's own plan looks like was told when it was loaded.
    plans, activities = (
        [read for read in reads if read.row.number is not None] for reads in (plans, activities)
    )
    for row, record, path, _ in plans:
        if row.is_sound and record["outcome_code"]:
            lint.warn_of_outcome(row, record, path)
    for row, record, programmed, _ in activities:
        if row.is_sound:
            lint.warn_of_activity(row, record, programmed)
    for column in ("responsable", "objetivo"):
        lint.warn_of_spelling([read.row for read in activities], column)
    lint.warn_of_localities([read.row for read in (*plans, *activities)])
