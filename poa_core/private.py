"""Files of the ledger are read and written by the account that runs it and by no other."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from poa_core.config import LedgerPaths

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def create_privately() -> None:
    """From here on this process makes files 0600 and folders 0700, whatever started it."""
    os.umask(OTHERS)


def make_private(paths: LedgerPaths) -> None:
    """Take what others may do with the files that are there already; those of another account are left."""
    files = (
        paths.database,
        paths.wal,
        paths.lock,
        paths.holder,
        *paths.database.parent.glob(f"{paths.log.name}*"),
        *paths.database.parent.glob(f"{paths.access_log.name}*"),
    )
    _close_to_others((*files, paths.snapshots, *paths.snapshots.glob(f"{paths.database.stem}-*")))


def _close_to_others(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):  # gone meanwhile, or not ours
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & OTHERS:
                file.chmod(mode & ~OTHERS)


def is_open_to_others(file: Path) -> bool:
    """Whether other accounts of this machine may read or write a file; Windows keeps that elsewhere."""
    return os.name != "nt" and file.exists() and bool(file.stat().st_mode & OTHERS)
