"""A second folder that gets every snapshot (POA_COPIES: a mounted share, another disk).

It is filled from a thread: a share that hangs delays no save. What the first folder lets go of, the second
lets go of too; no other file of it is touched.
"""

import filecmp
import logging
import os
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path

from poa_core.config import LedgerPaths

A_LONG_TIME, AT_THE_END = 60, 30  # seconds: until a copy under way counts as failed; that a stop waits for it
log = logging.getLogger("poa")


class SecondFolder:
    """Fills one ledger's second folder; one thread at a time, which ends when nothing is left to do."""

    def __init__(self, paths: LedgerPaths) -> None:
        self.paths = paths
        self.has_failed = False
        self._turn = threading.Condition()
        self._is_asked = False
        self._since: float | None = None  # when the thread at work began; None where there is none
        self._let_go: set[str] = set()

    def fill(self, let_go: frozenset[str] = frozenset()) -> None:
        """Ask for every snapshot that is missing there, and to take out those named; returns at once."""
        if self.paths.copies is None:
            return
        with self._turn:
            self._is_asked = True
            self._let_go |= let_go
            if self._since is None:
                self._since = time.monotonic()
                threading.Thread(target=self._work, daemon=True).start()

    def is_behind(self) -> bool:
        """Whether the last copy failed, or the one under way takes longer than any should."""
        with self._turn:
            return self.has_failed or (
                self._since is not None and time.monotonic() - self._since > A_LONG_TIME
            )

    def wait(self, seconds: float = AT_THE_END) -> None:
        """Until nothing is left to do, or so long."""
        with self._turn:
            self._turn.wait_for(lambda: self._since is None, seconds)

    def _work(self) -> None:
        while True:
            with self._turn:
                if not self._is_asked:
                    self._since = None
                    self._turn.notify_all()
                    return
                self._is_asked, self._since = False, time.monotonic()
                let_go = set(self._let_go)
            try:
                _fill(self.paths, let_go)
                failure = None
            except OSError as error:
                failure = error
                log.log(logging.ERROR, "the second folder got no copy: %r", error)
            with self._turn:
                self.has_failed = failure is not None
                if not failure:
                    self._let_go -= let_go


def _fill(paths: LedgerPaths, let_go: set[str]) -> None:
    """Raises OSError where the folder is not there, is full or does not hold what was written."""
    folder = paths.copies
    if folder is None:
        return
    if not folder.is_dir():  # made here it would stand on this disk, where the share should be
        raise FileNotFoundError(str(folder))
    for source in sorted(paths.snapshots.glob(f"{paths.database.stem}-*.duckdb"), reverse=True):
        if not (folder / source.name).exists():
            with suppress(_Gone):
                _copy(source, folder / source.name)
    for name in let_go:
        (folder / name).unlink(missing_ok=True)


class _Gone(Exception):
    """The snapshot was let go of meanwhile."""


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        with source.open("rb") as held, part.open("wb") as copy:
            shutil.copyfileobj(held, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if not filecmp.cmp(source, part, shallow=False):
            raise OSError(f"{part} is not {source}")
        os.replace(part, target)
    except FileNotFoundError as error:
        if not source.exists() and target.parent.is_dir():
            raise _Gone from error
        raise
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


_folders: dict[Path, SecondFolder] = {}


def of_ledger(paths: LedgerPaths) -> SecondFolder:
    """The one that this process has for a ledger."""
    return _folders.setdefault(paths.database, SecondFolder(paths))
