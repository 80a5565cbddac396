"""The child process: limits upon itself first, then one request from standard input, one answer to standard
output.
"""

import base64
import gc
import os
import sys
from dataclasses import dataclass

from poa_core.apart import wire
from poa_core.contract import PlanFile, PlanKnowledge, PlanReading, ProgressFile
from poa_core.intake import check

try:
    import resource
except ImportError:  # Windows: the parent holds time and size
    resource = None

FAULTS = ("reader_failed", "reader_too_large")
_OPEN_FILES = 16


@dataclass(frozen=True)
class Request:
    """What to do (progress, plan or mark) with files, each by its name and its bytes' count; the bytes follow
    the line.
    """

    task: str
    files: tuple[tuple[str, int], ...]
    decimal: str | None = None
    knowledge: PlanKnowledge | None = None
    current: PlanFile | None = None
    is_one_plan: bool = False
    language: str = "es"


@dataclass(frozen=True)
class Answer:
    """One of these, according to the task; marked: bytes in base64, and the name of the file they make."""

    progress: ProgressFile | None = None
    reading: PlanReading | None = None
    marked: tuple[str, str] | None = None
    fault: str | None = None


def confine(memory: int, processor: int) -> None:
    """Bytes of address space, seconds of processor; no file, no process, hardly a descriptor more."""
    gc.disable()  # one file and then the end: what is garbage at the end costs nobody
    if resource is None:
        return
    # Set last, NPROC is missing on some systems, and NOFILE hinders nothing that came before.
    for name, most in (
        ("AS", memory),
        ("CPU", processor),
        ("FSIZE", 0),
        ("CORE", 0),
        ("NPROC", 0),
        ("NOFILE", _OPEN_FILES),
    ):
        if (kind := getattr(resource, f"RLIMIT_{name}", None)) is not None:
            resource.setrlimit(kind, (most, most))


def answer(request: Request, contents: list[bytes]) -> Answer:
    """The task done. Raises whatever the readers raise."""
    names = [name for name, _ in request.files]
    if request.task == "plan":
        files = list(zip(names, contents, strict=True))
        return Answer(reading=check.plan_files(files, request.current, request.decimal, request.is_one_plan))
    if request.task == "mark":
        from poa_core.apart import annotation  # words and a writer of workbooks, which reading does without

        annotated_copy = annotation.annotate(
            contents[0], names[0], request.knowledge, request.decimal, request.language
        )
        return Answer(
            marked=annotated_copy and (base64.b64encode(annotated_copy[0]).decode("ascii"), annotated_copy[1])
        )
    return Answer(
        progress=check.progress_without_questions(contents[0], names[0], request.knowledge, request.decimal)
    )


def main() -> None:
    """Answers on standard output whatever happens; what went wrong is not told, for it may quote the file."""
    confine(*map(int, sys.argv[1:3]))
    # What any library prints goes where errors go, not into the answer.
    out = os.dup(1)
    os.dup2(2, 1)
    pipe = os.fdopen(out, "wb")
    pipe.write(_packed_answer())
    pipe.flush()
    os._exit(0)  # the pipe closes with the process: the parent takes its end for the end of both


def _packed_answer() -> bytes:
    try:
        request = wire.unpack(sys.stdin.buffer.readline(), Request)
        return wire.pack(answer(request, [sys.stdin.buffer.read(size) for _, size in request.files]))
    except MemoryError:
        fault = "reader_too_large"
    except Exception:
        fault = "reader_failed"
    # Outside of except: the frames that hold the memory are gone.
    return wire.pack(Answer(fault=fault))


if __name__ == "__main__":
    main()
