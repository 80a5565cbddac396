"""Files of strangers, read in a process of their own: the server sees clean typed rows or a problem, never
the file's insides.
"""

import base64
import re
import sys
from collections.abc import Sequence

from poa_core.apart import wire
from poa_core.apart.runner import Limits, NoAnswer, run
from poa_core.apart.vetting import is_progress, is_reading
from poa_core.apart.worker import FAULTS, Answer, Request
from poa_core.contract import MAX_BYTES, PlanFile, PlanKnowledge, PlanReading, Problem, ProgressFile
from poa_core.intake.read import read
from poa_core.problems import error

LIMITS = Limits()
# Neither the person's own packages nor settings from the environment: what reads a stranger's file is this
# house's code.
WORKER = (sys.executable, "-E", "-s", "-m", "poa_core.apart.worker")

File = tuple[str, bytes]


def read_progress_in_child(
    content: bytes,
    file_name: str,
    knowledge: PlanKnowledge,
    decimal: str | None = None,
    *,
    limits: Limits = LIMITS,
    worker: Sequence[str] = WORKER,
) -> ProgressFile:
    """check.progress_without_questions in a child process; one that fails is an error of the file."""
    try:
        file = _run_task(
            "progress", [(file_name, content)], limits, worker, decimal=decimal, knowledge=knowledge
        ).progress
        if file is None or not is_progress(file, knowledge):
            raise NoAnswer("reader_failed")
        return file
    except NoAnswer as fault:
        return ProgressFile((), _problems(fault.code, [(file_name, content)]))


def read_plan_in_child(
    files: Sequence[File],
    current: PlanFile | None = None,
    decimal: str | None = None,
    is_one_plan: bool = False,
    *,
    limits: Limits = LIMITS,
    worker: Sequence[str] = WORKER,
) -> PlanReading:
    """check.plan_files in a child process; a child that fails is one error with the files' names."""
    try:
        about = {"decimal": decimal, "current": current, "is_one_plan": is_one_plan}
        reading = _run_task("plan", files, limits, worker, **about).reading
        if reading is None or not is_reading(reading):
            raise NoAnswer("reader_failed")
        return reading
    except NoAnswer as fault:
        return PlanReading(PlanFile((), (), (), _problems(fault.code, files)))


def annotate_in_child(
    content: bytes,
    file_name: str,
    knowledge: PlanKnowledge,
    decimal: str | None,
    language: str,
    *,
    limits: Limits = LIMITS,
    worker: Sequence[str] = WORKER,
) -> tuple[bytes, str] | None:
    """The file with its problems in a column, and its new name; None where it holds no table to mark."""
    about = {"decimal": decimal, "knowledge": knowledge, "language": language}
    try:
        marked = _run_task("mark", [(file_name, content)], limits, worker, **about).marked
        return None if marked is None else (base64.b64decode(marked[0], validate=True), marked[1])
    except (NoAnswer, ValueError):
        return None


def _run_task(task: str, files: Sequence[File], limits: Limits, worker: Sequence[str], **about) -> Answer:
    if any(len(content) > MAX_BYTES for _, content in files):
        raise NoAnswer("too_large")
    request = Request(task, tuple((name, len(content)) for name, content in files), **about)
    command = (*worker, str(limits.memory), str(limits.processor))
    written = run(command, [wire.pack(request) + b"\n", *(content for _, content in files)], limits)
    try:
        answer = wire.unpack(written, Answer)
    except wire.Malformed as fault:
        raise NoAnswer("reader_failed") from fault
    if answer.fault:
        raise NoAnswer(answer.fault if answer.fault in FAULTS else "reader_failed")
    return answer


def _problems(code: str, files: Sequence[File]) -> tuple[Problem, ...]:
    if code == "too_large":
        return tuple(p for name, content in files if len(content) > MAX_BYTES for p in read(content, name)[1])
    return (error(code, file=", ".join(re.split(r"[\\/]", name)[-1] for name, _ in files)),)
