"""The two files of a plan to plans, activities and programme, and every problem on the way."""

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from poa_core.contract import (
    MONTHS,
    PLAN_COLUMNS,
    PLAN_OPTIONAL,
    PROCESS_COLUMNS,
    PROCESS_OPTIONAL,
    PlanFile,
    Problem,
    Table,
)  # fmt: skip
from poa_core.intake import plan_activity, plan_lint, plan_process
from poa_core.intake.plan_row import Row, open_rows
from poa_core.intake.plan_rules import check_codes, check_weights, plan_of
from poa_core.intake.problems import has_errors, ordered

PROCESSES, PLAN = "processes.csv", "plan.csv"


class Read(NamedTuple):
    """A row, its record for the ledger, its programmed months, the provisional ones among them."""

    row: Row
    record: dict
    programmed: dict[int, Decimal]
    provisional: frozenset[int] = frozenset()


def plan(processes: Table, plan: Table, decimal: str | None = None) -> PlanFile:
    """Plans, activities and programme of both tables; nothing but problems where one is an error.

    Each problem names its file in hints["file"]. decimal is `point` or `comma` where a person was
    asked, else None.
    """
    numeric = (*plan_process.NUMERIC, *MONTHS)
    heads, problems = open_rows(
        processes, PROCESS_COLUMNS, PROCESS_OPTIONAL, numeric, decimal, PROCESSES
    )
    rows, more = open_rows(plan, PLAN_COLUMNS, PLAN_OPTIONAL, plan_activity.NUMERIC, decimal, PLAN)
    plans = [Read(row, *plan_process.read_process(row)) for row in heads]
    activities = [Read(row, *plan_activity.read_activity(row)) for row in rows]
    if heads and rows:
        _join(plans, activities)
    if not has_errors(problems + more):
        _warn(plans, activities)
    problems += more + [problem for row in heads + rows for problem in row.problems]
    return _file(plans, activities, ordered(problems))


def _file(plans: list[Read], activities: list[Read], problems: tuple[Problem, ...]) -> PlanFile:
    if has_errors(problems):
        return PlanFile((), (), (), problems)
    count = Counter()
    for read in activities:
        count[plan_of(read.record)] += 1
        read.record["position"] = count[plan_of(read.record)]
    return PlanFile(
        plans=tuple(read.record for read in plans),
        activities=tuple(read.record for read in activities),
        programme=_programme(plans, "outcome_code") + _programme(activities, "code"),
        problems=problems,
    )


def _programme(reads: list[Read], code: str) -> tuple[dict, ...]:
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


def _join(plans: list[Read], activities: list[Read]) -> None:
    """Rows that have no plan, plans and codes that stand twice; names as processes.csv has them."""
    by_plan = {}
    for read in plans:
        first = by_plan.setdefault(plan_of(read.record), read)
        if first is not read:
            read.row.fail("duplicate_plan", "proceso", first_row=first.row.number)
    for read in activities:
        head = by_plan.get(plan_of(read.record))
        if head:
            read.record.update({name: head.record[name] for name in ("entity", "process")})
        elif read.record["year"] and read.record["entity"] and read.record["process"]:
            read.row.fail("unknown_plan", "proceso", year=read.record["year"])
    outcomes = {key: read.record["outcome_code"] for key, read in by_plan.items()}
    rows = [(read.row, read.record) for read in activities]
    check_codes(rows, outcomes)
    check_weights(rows)


def _warn(plans: list[Read], activities: list[Read]) -> None:
    for row, record, path, _ in plans:
        if row.is_sound and record["outcome_code"]:
            plan_lint.warn_of_outcome(row, record, path)
    for row, record, programmed, _ in activities:
        if row.is_sound:
            plan_lint.warn_of_activity(row, record, programmed)
    for column in ("responsable", "objetivo", "localidad"):
        plan_lint.warn_of_spelling([read.row for read in activities], column)
