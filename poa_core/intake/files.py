"""A file from its bytes to checked values; the child process of untrusted files will stand around this."""

from datetime import datetime
from pathlib import Path

from poa_core.contract import PlanFile, ProgressFile
from poa_core.database import Database
from poa_core.intake import effect, read
from poa_core.intake.plan import plan as check_plan
from poa_core.intake.progress import progress as check_progress
from poa_core.plan_bundle import bundle


def read_plan(processes: Path, plan: Path, decimal: str | None = None) -> tuple[PlanFile, bytes]:
    """Both plan files checked, and their bytes as one. Raises OSError for a file that is not there."""
    contents = processes.read_bytes(), plan.read_bytes()
    tables, problems = [], []
    for path, content in zip((processes, plan), contents, strict=True):
        table, found = read.read(content, path.name)
        tables.append(table)
        problems.extend(found)
    if any(table is None for table in tables):
        return PlanFile((), (), (), tuple(problems)), b""
    file = check_plan(*tables, decimal)
    merged = PlanFile(file.plans, file.activities, file.programme, (*problems, *file.problems))
    return merged, bundle({"processes.csv": contents[0], "plan.csv": contents[1]})


def read_progress(database: Database, content: bytes, name: str, key: tuple[int, str, str],
                  known_at: datetime, decimal: str | None = None) -> ProgressFile:  # fmt: skip
    """A progress file held against its plan."""
    table, problems = read.read(content, name)
    if table is None:
        return ProgressFile((), problems)
    with database.cursor() as cursor:
        known = effect.knowledge(cursor, key, known_at)
    file = check_progress(table, known, decimal)
    return ProgressFile(file.values, (*problems, *file.problems), file.illustrative, file.decimal,
                        file.needs_decimal, file.rows_read, file.empty_rows)  # fmt: skip
