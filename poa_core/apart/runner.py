"""A program that is not trusted: bytes in, bytes out, within limits, and nothing of it left afterwards."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from poa_core.config import ROOT

AT_ONCE = 3  # programs; more would slow down those who only look, and a file takes a third of a second
_slots = threading.BoundedSemaphore(AT_ONCE)
# What an interpreter needs to start and no more; Windows does not start one without SYSTEMROOT.
_ENVIRONMENT = {
    name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
}


@dataclass(frozen=True)
class Limits:
    """Of one program. seconds: on the wall; memory and answer: bytes; processor: seconds of it.

    Memory and processor are the program's own to hold, on the systems that can hold it to them.
    """

    seconds: float = 60.0
    processor: int = 45
    memory: int = 300_000_000
    answer: int = 32 * 2**20


class NoAnswer(Exception):
    """There is no answer; code is the problem to tell the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def run(command: Sequence[str], request: Sequence[bytes], limits: Limits) -> bytes:
    """What the program writes on standard output when it is given the request on standard input.

    Raises NoAnswer: reader_busy (no slot within the time), reader_too_long, reader_failed (it wrote more
    than it may, or ended in any way but well). However this function is left, the program and all it started
    are gone.
    """
    if not _slots.acquire(timeout=limits.seconds):
        raise NoAnswer("reader_busy")
    try:
        with _start(command) as process:
            written = _exchanged(process, request, limits)
        code = process.returncode
    finally:
        _slots.release()
    if code == -getattr(signal, "SIGXCPU", 0) != 0:
        raise NoAnswer("reader_too_long")
    if code or len(written) > limits.answer:
        raise NoAnswer("reader_failed")
    return written


@contextmanager
def _start(command: Sequence[str]) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=ROOT, env=_ENVIRONMENT, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        # Before wait: until then the number of the group is its own and no other's.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.wait()


def _exchanged(process: subprocess.Popen, request: Sequence[bytes], limits: Limits) -> bytes:
    """Threads hold the two pipes, so that a program that neither reads nor writes holds up nobody."""
    written: list[bytes] = []
    threading.Thread(target=_hand_in, args=(process.stdin, request), daemon=True).start()
    taking = threading.Thread(target=_take, args=(process.stdout, limits.answer + 1, written), daemon=True)
    taking.start()
    taking.join(limits.seconds)
    if not written:
        raise NoAnswer("reader_too_long")
    return written[0]


def _hand_in(pipe: IO[bytes], request: Sequence[bytes]) -> None:
    # A program may well answer, or end, before it has read everything.
    with suppress(OSError), pipe:
        for part in request:
            pipe.write(part)


def _take(pipe: IO[bytes], most: int, written: list[bytes]) -> None:
    with pipe:
        written.append(pipe.read(most))
