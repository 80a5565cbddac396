"""The lock between processes: one writes, and says who it is."""

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from poa_core import moment
from poa_core.config import Place


class DatabaseInUse(Exception):
    """Another process holds the ledger; holder says which, as far as it told."""

    def __init__(self, holder: dict) -> None:
        super().__init__("database in use")
        self.holder = holder


def acquired(where: Place, who: str, say: bool = True) -> FileLock:
    """The ledger's lock, with a note beside it that says who holds it. Raises DatabaseInUse."""
    lock = FileLock(where.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise DatabaseInUse(_holder(where)) from error
    if say:
        holder = {"pid": os.getpid(), "program": who or Path(sys.argv[0]).name, "since": moment.now().isoformat("T", "seconds")}
        where.holder.write_text(json.dumps(holder), "utf-8")
    return lock


@contextmanager
def locked(where: Place, who: str):
    """The ledger's lock without opening it, for putting another file in its place. Raises DatabaseInUse."""
    lock = acquired(where, who)
    try:
        yield
    finally:
        lock.release()


def _holder(where: Place) -> dict:
    try:
        return json.loads(where.holder.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
