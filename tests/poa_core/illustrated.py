"""The project's own plan and its illustrative year in a ledger in memory: with progress, without, and with hostile texts."""

import csv
import io
import tempfile
from copy import deepcopy
from datetime import datetime
from functools import cache
from pathlib import Path

from poa_core.config import SOURCE_DATA
from poa_core.contract import Value
from poa_core.figures import metrics
from poa_core.ledger import uploads
from poa_core.ledger.file import database
from poa_core.ledger.file.database import Database
from poa_core.loading import seed

LATER = datetime(2011, 6, 30, 15)
OCTOBER_LOADED = datetime(2010, 11, 8, 15)
HOSTILE = '<script>alert(1)</script><b>"onload="alert(2)" ![x](http://elsewhere.example/p.png)'
TEXTS = ("objetivo", "actividad", "indicador", "unidad", "responsable", "participantes", "observaciones", "indicador_proceso")
_answers: dict = {}


@cache
def year() -> Database:
    """The plan with nine months reported."""
    return _loaded(SOURCE_DATA)


@cache
def plan_only() -> Database:
    """The plan before any report."""
    with tempfile.TemporaryDirectory() as folder:
        _copy(Path(folder), str)
        return _loaded(Path(folder))


@cache
def hostile() -> Database:
    """The same year where every text a file may hold, the file's name and the person are HOSTILE."""
    with tempfile.TemporaryDirectory() as folder:
        _copy(Path(folder), lambda text: f"{text} {HOSTILE}")
        opened = _loaded(Path(folder))
    owner = key(opened)
    value = Value(2, "1.2", 10, "EPS", 17, cause=HOSTILE, measure=HOSTILE, note=HOSTILE)
    told = uploads.Submission(*owner, f"{HOSTILE}.csv", b"october", HOSTILE, (value,), True, HOSTILE)
    uploads.accept(opened, told, OCTOBER_LOADED)
    again = uploads.Submission(*owner, f"{HOSTILE}.csv", b"june", HOSTILE, (Value(2, "5.3", 6, "EPS", 19.5),), True, HOSTILE)
    stored = uploads.accept(opened, again, OCTOBER_LOADED)
    uploads.withdraw(opened, stored.upload_id, HOSTILE, HOSTILE, OCTOBER_LOADED)
    return opened


def scope(opened: Database, month: int, **filters) -> metrics.Scope:
    return metrics.Scope(*key(opened), month, LATER, **filters)


def ask(opened: Database, question, month: int, *rest, **filters):
    """The answer of one of the metrics at a cut-off, asked once: these ledgers do not change."""
    asked = id(opened), question, month, rest, tuple(filters.items())
    if asked not in _answers:
        with opened.cursor() as cursor:
            _answers[asked] = question(cursor, scope(opened, month, **filters), *rest)
    return deepcopy(_answers[asked])


def asking(opened: Database):
    """What a panel asks with."""
    def asked(question, of: metrics.Scope, *rest):
        with opened.cursor() as cursor:
            return question(cursor, of, *rest)

    return asked


def plan(opened: Database):
    """The plan's row."""
    with opened.cursor() as cursor:
        return metrics.plans(cursor, LATER).iloc[0]


def key(opened: Database) -> tuple[int, str, str]:
    """Year, entity and process of its plan."""
    row = plan(opened)
    return int(row["year"]), row["entity"], row["process"]


def _loaded(folder: Path) -> Database:
    opened = database.in_memory()
    assert not seed.first_load(opened, folder)
    return opened


def _copy(folder: Path, change) -> None:
    """The plan's two files with their texts changed, and progress with theirs where the texts do change."""
    (folder / "processes.csv").write_bytes(_changed("processes.csv", change, ("lider", "resultado", "unidad")))
    (folder / "plan.csv").write_bytes(_changed("plan.csv", change, TEXTS))
    if change is not str:
        (folder / "progress").mkdir()
        for path in (SOURCE_DATA / "progress").glob("*.csv"):
            content = _changed(f"progress/{path.name}", change, ("causa", "medida", "observacion"))
            (folder / "progress" / f"{path.stem} <img src=x onerror=alert(3)>.csv").write_bytes(content)


def _changed(name: str, change, columns: tuple[str, ...]) -> bytes:
    rows = list(csv.DictReader(io.StringIO((SOURCE_DATA / name).read_text("utf-8-sig"))))
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows({k: change(v) if k in columns and v else v for k, v in row.items()} for row in rows)
    return written.getvalue().encode()
