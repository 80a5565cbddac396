"""Whole files to what they say: read and checked in one, so that no problem of either is lost."""

from collections.abc import Sequence
from dataclasses import replace

from poa_core.contract import PlanFile, PlanKnowledge, PlanReading, ProgressFile
from poa_core.intake.plan import parts as plan_parts
from poa_core.intake.plan.plan import PLAN, PROCESSES
from poa_core.intake.progress.progress import progress
from poa_core.intake.progress.questions import questions
from poa_core.intake.read import read
from poa_core.problems import error, has_errors, sort_and_limit


def progress_file(
    content: bytes, file_name: str, knowledge: PlanKnowledge, decimal: str | None = None
) -> ProgressFile:
    """A progress file from its bytes, with what a person should confirm of it; refused where reading or
    checking found an error.
    """
    return add_questions(progress_without_questions(content, file_name, knowledge, decimal), knowledge)


def progress_without_questions(
    content: bytes, file_name: str, knowledge: PlanKnowledge, decimal: str | None = None
) -> ProgressFile:
    """The same before anything is asked: the knowledge needs no programme."""
    table, problems = read(content, file_name)
    if table is None:
        return ProgressFile((), problems)
    checked = progress(table, knowledge, decimal)
    # Rows that could not be read may be all that the file reported.
    more = [p for p in checked.problems if p.code != "nothing_reported" or not has_errors(problems)]
    return replace(checked, problems=sort_and_limit([*problems, *more]), headers=table.header)


def add_questions(file: ProgressFile, knowledge: PlanKnowledge, is_whole: bool = True) -> ProgressFile:
    """The file with a question for each value that looks like a slip, where nothing else is wrong with it;
    is_whole: its values are all there.
    """
    doubts = [] if file.is_refused else questions(file.values, knowledge, file.headers, is_whole)
    return replace(file, problems=sort_and_limit([*file.problems, *doubts])) if doubts else file


def plan_file(processes: bytes, plan_rows: bytes, decimal: str | None = None) -> PlanFile:
    """A plan from the bytes of its two files, each problem with its file in hints["file"]."""
    return plan_files([(PROCESSES, processes), (PLAN, plan_rows)], None, decimal).current


def plan_files(files: Sequence[tuple[str, bytes]], current: PlanFile | None, decimal: str | None = None,
               is_one_plan: bool = False) -> PlanReading:  # fmt: skip
    """A plan from the one or two files (name, bytes) that a person hands over, or a workbook of two sheets,
    told apart by their headers.

    What is not handed over (the heads, the activities, columns that a CEPLAN sheet lacks) is taken from
    current, the plan in force. is_one_plan: more than one plan is refused. Each problem names its file in
    hints["file"].
    """
    parts = plan_parts.parts(files)
    misfits = plan_parts.misfits(parts, current is not None)
    problems = [*(problem for part in parts for problem in part.problems), *misfits]
    if misfits or not all(part.table for part in parts):
        return plan_parts.failed_reading(problems)
    reading = plan_parts.combine_parts({part.kind: part for part in parts if part.kind}, current, decimal)
    problems += reading.current.problems
    if is_one_plan and len(reading.current.plans) > 1:
        problems.append(error("several_plans", count=len(reading.current.plans)))
    if has_errors(problems):
        return plan_parts.failed_reading(problems)
    return replace(reading, current=replace(reading.current, problems=sort_and_limit(problems)))
