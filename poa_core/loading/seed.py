"""The first load: the plan of data/ and its illustrative progress, into a ledger made new."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from poa_core import moment as clock
from poa_core.config import SOURCE_DATA
from poa_core.contract import Key, Problem, ProgressFile
from poa_core.ledger import uploads as ledger
from poa_core.ledger.changes import CORRECTIONS, changes
from poa_core.ledger.file import snapshots
from poa_core.ledger.file.database import Database
from poa_core.ledger.sample import ILLUSTRATOR, SOURCE
from poa_core.loading.files import read_plan, read_progress


@dataclass(frozen=True)
class FileProblems:
    """The problems of one file, by its name."""

    name: str
    problems: tuple[Problem, ...]


def illustration_time(file: ProgressFile, year: int) -> datetime:
    """When an illustrative month is accepted: the 8th of the month after it, at ten in Lima."""
    month = max(value.month for value in file.values)
    return min(clock.from_lima(datetime(year + month // 12, month % 12 + 1, 8, 10)), clock.now())


def year_start(year: int) -> datetime:
    """The first instant of a plan's year in Lima."""
    return min(clock.from_lima(datetime(year, 1, 1)), clock.now())


def needs_first_load(database: Database) -> bool:
    """A ledger made new, or one whose first load was cut short: nobody else stored anything, and its snapshot
    was not reached.
    """
    if database.is_new or snapshots.list_snapshots(database.paths):
        return database.is_new
    with database.cursor() as cursor:
        others = cursor.execute(
            "SELECT count(*) FROM upload WHERE uploaded_by NOT IN (?, ?)", [SOURCE, ILLUSTRATOR]
        ).fetchone()[0]
        uploads = cursor.execute("SELECT count(*) FROM upload").fetchone()[0]
    return not others and uploads == database.version


def first_load(database: Database, folder: Path = SOURCE_DATA) -> list[FileProblems]:
    """Fill a new ledger, or go on where that was cut short; the plan stands from the start of its year.

    Returns the problems that stopped it. Raises Refused: not_saved.
    """
    plan, content = read_plan(folder / "processes.csv", folder / "plan.csv")
    if plan.is_refused:
        return [FileProblems("plan.csv", plan.problems)]
    key = tuple(plan.plans[0][name] for name in ("year", "entity", "process"))
    ledger.accept_plan(database, plan, content, "plan.zip", SOURCE, year_start(key[0]), snapshot=False)
    with database.cursor() as cursor:
        loaded = {
            row[0]
            for row in cursor.execute(
                "SELECT file_name FROM upload WHERE uploaded_by = ?", [ILLUSTRATOR]
            ).fetchall()
        }
    for path in sorted((folder / "progress").glob("*.csv")):
        if path.name in loaded:
            continue
        stopped = load_illustration(database, path, key)
        if stopped:
            return stopped
    return []


def load_illustration(database: Database, path: Path, key: Key) -> list[FileProblems]:
    """Accept one illustrative month on its day. Returns its problems where it is refused."""
    content = path.read_bytes()
    file = read_progress(database, content, path.name, key, clock.now())
    if file.is_refused:
        return [FileProblems(path.name, file.problems)]
    submission = ledger.Submission(*key, path.name, content, ILLUSTRATOR, file.values, file.illustrative)
    when = illustration_time(file, key[0])
    with database.cursor() as cursor:
        corrected = [c.value.note for c in changes(cursor, submission, when) if c.fate in CORRECTIONS]
    ledger.accept(
        database, replace(submission, reason=next(filter(None, corrected), None)), when, snapshot=False
    )
    return []
