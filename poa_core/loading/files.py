"""A file from its bytes to checked values, here or, where strangers hand it in, in a child process."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from poa_core.apart import child
from poa_core.contract import Key, PlanFile, PlanKnowledge, ProgressFile
from poa_core.intake import check
from poa_core.intake.columns import read_plain_file
from poa_core.ledger import current
from poa_core.ledger.file.database import Database
from poa_core.loading import knowledge


def bundle(files: dict[str, bytes]) -> bytes:
    """The files, by name, as a zip; the same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def read_plan(processes: Path, plan: Path, decimal: str | None = None) -> tuple[PlanFile, bytes]:
    """Both plan files checked, and their bytes as one. Raises OSError for a file that is not there."""
    contents = processes.read_bytes(), plan.read_bytes()
    read = check.plan_files([(processes.name, contents[0]), (plan.name, contents[1])], None, decimal).current
    return read, bundle({"processes.csv": contents[0], "plan.csv": contents[1]})


def read_progress(
    database: Database,
    content: bytes,
    name: str,
    key: Key,
    known_at: datetime,
    decimal: str | None = None,
    apart: bool = False,
) -> ProgressFile:
    """A progress file held against its plan; apart: in a child process, as every file that is uploaded."""
    read = child.read_progress_in_child if apart else _read
    with database.cursor() as cursor:
        ground = knowledge.knowledge_without_programme(cursor, key, known_at)
        illustrated = current.illustrative_uploads(cursor, key) > 0
    file = read(content, name, ground, decimal)
    # Accepting a real file takes the illustration away: its values are none to conflict with.
    fresh = illustrated and not file.illustrative
    if fresh and file.is_refused:
        file = read(content, name, replace(ground, reported={}), decimal)
    with database.cursor() as cursor:
        return knowledge.add_questions(cursor, file, ground, fresh)


def _read(content: bytes, name: str, ground: PlanKnowledge, decimal: str | None) -> ProgressFile:
    """By columns where it is plain, which a child cannot: Arrow's threads are processes more than it may
    start.
    """
    return read_plain_file(content, ground, decimal) or check.progress_without_questions(
        content, name, ground, decimal
    )


def annotate(
    database: Database,
    content: bytes,
    name: str,
    key: Key,
    known_at: datetime,
    decimal: str | None,
    language: str,
) -> tuple[bytes, str] | None:
    """The file with its problems beside its rows, and its new name, made apart; None where it holds no
    table.
    """
    with database.cursor() as cursor:
        plan = knowledge.knowledge(cursor, key, known_at)
    return child.annotate_in_child(content, name, plan, decimal, language)
