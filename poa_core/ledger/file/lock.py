"""The lock between processes: one writes, and says who it is."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from poa_core import moment
from poa_core.config import LedgerPaths


class DatabaseInUse(Exception):
    """Another process holds the ledger; holder says which, as far as it told."""

    def __init__(self, holder: dict[str, Any]) -> None:
        details = {name: holder.get(name, "?") for name in ("program", "pid", "since")}
        super().__init__("the ledger is in use by {program} (process {pid}, since {since})".format(**details))
        self.holder = holder


def acquire_lock(paths: LedgerPaths) -> FileLock:
    """The ledger's lock. Raises DatabaseInUse, OSError."""
    lock = FileLock(paths.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise DatabaseInUse(holder(paths)) from error
    return lock


def write_holder(paths: LedgerPaths, who: str) -> None:
    """A note beside the lock: who holds it."""
    note = {
        "pid": os.getpid(),
        "program": who or Path(sys.argv[0]).name,
        "since": moment.now().isoformat("T", "seconds"),
    }
    with suppress(OSError):  # on a full disk the lock holds without its note
        paths.holder.write_text(json.dumps(note), "utf-8")


@contextmanager
def hold_lock(paths: LedgerPaths, who: str) -> Iterator[None]:
    """The ledger's lock without opening it, for putting another file in its place. Raises DatabaseInUse."""
    lock = acquire_lock(paths)
    try:
        write_holder(paths, who)
        yield
    finally:
        release_lock(paths, lock)


def release_lock(paths: LedgerPaths, lock: FileLock) -> None:
    """The lock given back and the note taken away."""
    with suppress(OSError):
        paths.holder.unlink()
    lock.release()


def holder(paths: LedgerPaths) -> dict[str, Any]:
    """Who holds the lock, as far as they could tell."""
    try:
        note: dict[str, Any] = json.loads(paths.holder.read_text("utf-8"))
        return note
    except (OSError, ValueError):
        return {}
