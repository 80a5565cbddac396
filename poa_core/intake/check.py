"""Whole files to what they say: read and checked in one, so that no problem of either is lost."""

from dataclasses import replace

from poa_core.contract import PlanFile, PlanKnowledge, Problem, ProgressFile, Table
from poa_core.intake.plan import PLAN, PROCESSES, plan
from poa_core.intake.problems import has_errors, ordered
from poa_core.intake.progress import progress
from poa_core.intake.questions import questions
from poa_core.intake.read import read


def progress_file(
    content: bytes, file_name: str, knowledge: PlanKnowledge, decimal: str | None = None
) -> ProgressFile:
    """A progress file from its bytes; refused where either reading or checking found an error."""
    table, problems = read(content, file_name)
    if table is None:
        return ProgressFile((), problems)
    checked = progress(table, knowledge, decimal)
    # Rows that could not be read may be all that the file reported.
    more = [p for p in checked.problems if p.code != "nothing_reported" or not has_errors(problems)]
    if not checked.is_refused and not has_errors(problems):
        more += questions(checked.values, knowledge, table.header)
    return replace(checked, problems=ordered([*problems, *more]))


def plan_file(processes: bytes, plan_rows: bytes, decimal: str | None = None) -> PlanFile:
    """A plan from the bytes of its two files, each problem with its file in hints["file"]."""
    heads, wrong_heads = _named(processes, PROCESSES)
    rows, wrong_rows = _named(plan_rows, PLAN)
    if heads is None or rows is None:
        return PlanFile((), (), (), ordered(wrong_heads + wrong_rows))
    checked = plan(heads, rows, decimal)
    problems = ordered([*wrong_heads, *wrong_rows, *checked.problems])
    found = replace(checked, problems=problems)
    return PlanFile((), (), (), problems) if found.is_refused else found


def _named(content: bytes, name: str) -> tuple[Table | None, list[Problem]]:
    table, problems = read(content, name)
    return table, [replace(p, hints={**p.hints, "file": name}) for p in problems]
