"""Where things are: the environment, read once."""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_DATA = ROOT / "data"
SNAPSHOTS_KEPT = 10  # newest; beside them one a day and one a month
DAYS_KEPT = 30
MONTHS_KEPT = 12


@dataclass(frozen=True)
class LedgerPaths:
    """The files of one ledger: the database and what DuckDB has yet to fold into it, its lock, its snapshots
    and the second folder that gets each of them, its logs.
    """

    database: Path

    @property
    def wal(self) -> Path:
        return self.database.with_name(f"{self.database.name}.wal")

    @property
    def lock(self) -> Path:
        return self.database.with_suffix(".lock")

    @property
    def holder(self) -> Path:
        return self.database.with_suffix(".holder.json")

    @property
    def snapshots(self) -> Path:
        return self.database.parent / "snapshots"

    @property
    def copies(self) -> Path | None:
        """What POA_COPIES names; None where nothing does."""
        named = os.environ.get("POA_COPIES")
        return Path(named).expanduser() if named else None

    @property
    def log(self) -> Path:
        return self.database.with_suffix(".log")

    @property
    def access_log(self) -> Path:
        return self.database.with_name("access.log")


def ledger_paths(database: str | Path | None = None) -> LedgerPaths:
    """The ledger named, else the one of POA_DATA, else data/poa.duckdb of this folder."""
    if database is None:
        database = os.path.join(os.environ.get("POA_DATA") or SOURCE_DATA, "poa.duckdb")
    return _paths_of(database) if os.path.isabs(database) else _paths_of.__wrapped__(database)


@lru_cache(16)
def _paths_of(database: str | Path) -> LedgerPaths:
    """Kept for an absolute path: a page asks for its ledger many times, and each time the disk would be asked
    what is a link.
    """
    return LedgerPaths(Path(database).expanduser().resolve())


def language() -> str:
    """The command line's language: POA_LANGUAGE, es unless it says en."""
    return "en" if os.environ.get("POA_LANGUAGE", "").lower().startswith("en") else "es"
