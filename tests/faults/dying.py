"""Saves that are killed: a process that ends itself at a step of a save, and what the ledger is when it is
opened again.

Run as a program it prints a line of JSON for each step of one act: dying.py ACT FOLDER. Everything below is
the real thing: DuckDB, files, SIGKILL. Only who counts the steps stands between: a cursor that names a
statement before it runs it.
"""

import json
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from poa_core.config import SNAPSHOTS_KEPT, LedgerPaths
from poa_core.contract import Problem, Value
from poa_core.ledger import invariants, months, uploads
from poa_core.ledger.file import database, snapshots
from poa_core.loading import seed

KEY = (2010, "EPS Puno", "Gerencia Comercial")
# What changes nothing is no step; nor is letting go of a copy that is not there.
READS = re.compile(r"\s*(SELECT|FROM|WITH|SET|DETACH DATABASE IF EXISTS)\b")
BEFORE, AFTER, NEITHER = "before", "after", "neither"


def value(month: int, reported: str, code: str = "R1", row: int = 2, **more) -> Value:
    return Value(row, code, month, "EPS", Decimal(reported), **more)


def handed(*values: Value, content: bytes = b"x", **more) -> uploads.Submission:
    return uploads.Submission(
        *KEY, "avance.csv", content, "ana", values, reason="acta", confirmed=True, **more
    )


def upload(opened: database.Database) -> None:
    """A file that fills every table an upload may fill."""
    asked = Problem("question", "power_of_ten", 2, "avance", "185000")
    values = value(2, "185000", cause="lluvia"), value(1, "31", "1.1", 3)
    uploads.accept(opened, handed(*values, content=b"y" * 100_000, questions=(asked,)))


def plan(opened: database.Database) -> None:
    """A new version of the plan."""
    file, content = seed.read_plan(seed.SOURCE_DATA / "processes.csv", seed.SOURCE_DATA / "plan.csv")
    changed = tuple(a | {"responsible": "Otra"} if a["code"] == "5.2" else a for a in file.activities)
    assert uploads.accept_plan(
        opened, replace(file, activities=changed), content + b"\n", "plan.zip", "ana", reason="acuerdo"
    )


def withdrawal(opened: database.Database) -> None:
    """The newest upload is taken back."""
    with opened.cursor() as cursor:
        newest = cursor.execute("SELECT max(upload_id) FROM upload").fetchone()[0]
    uploads.withdraw(opened, newest, "ana", "mes equivocado")


def month(opened: database.Database) -> None:
    """A month is closed."""
    months.close_month(opened, KEY, 1, "ana", "acta")


ACTS = {act.__name__: act for act in (upload, plan, withdrawal, month)}


class Steps:
    """Names each step of a save as it comes, and kills this very process at the one that is deadly; within:
    while it runs.
    """

    def __init__(self, place: LedgerPaths, deadly: int | None = None, within: bool = False) -> None:
        self.place, self.deadly, self.within, self.names = place, deadly, within, []

    def at(self, name: str) -> None:
        self.names.append(name)
        reached = len(self.names) - 1
        if reached == self.deadly and self.within:
            threading.Thread(target=self._when_a_file_changes, args=(self._sizes(),), daemon=True).start()
        elif self.deadly is not None and reached == self.deadly + self.within:
            die()

    def heard(self, event: str, arguments: tuple) -> None:
        """What Python itself tells before it moves or removes a file."""
        path = str(arguments[0]) if event in ("os.rename", "os.remove") else ""
        if path.startswith(str(self.place.database.parent)) and os.path.exists(path):
            self.at(
                f"{event.removeprefix('os.')} {re.sub('[0-9]{8}T[0-9]{12}', 'N', Path(arguments[0]).name)}"
            )

    def _sizes(self) -> dict[str, int]:
        found = {}
        for path in (*self.place.database.parent.iterdir(), *self.place.snapshots.iterdir()):
            with suppress(OSError):
                found[path.name] = path.stat().st_size
        return found

    def _when_a_file_changes(self, before: dict[str, int]) -> None:
        while self._sizes() == before:
            pass
        die()


class Told:
    """A connection or cursor of DuckDB that names every statement that writes before it is run."""

    def __init__(self, real, steps: Steps, is_whole: bool = True) -> None:
        self.real, self.steps, self.is_whole = real, steps, is_whole

    def execute(self, statement: str, *rest):
        if not READS.match(statement):
            self.steps.at(
                " ".join(statement.split()[:3]) if statement.startswith("INSERT") else statement.split()[0]
            )
        self.real.execute(statement, *rest)
        return self

    def cursor(self):
        return Told(self.real.cursor(), self.steps, is_whole=False)

    def close(self) -> None:
        if self.is_whole:
            self.steps.at("close")
        self.real.close()

    def __getattr__(self, name: str):
        return getattr(self.real, name)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fill(folder: Path) -> None:
    """A ledger with one real upload and as many snapshots as are kept."""
    place = LedgerPaths(folder / "poa.duckdb")
    opened = database.open_ledger(place)
    seed.first_load(opened)
    uploads.withdraw_illustration(opened, KEY, "ana")
    uploads.accept(opened, handed(value(1, "186000")))
    for number in range(SNAPSHOTS_KEPT - len(snapshots.list_snapshots(place))):
        (place.snapshots / f"poa-20000101T00000{number}000000.duckdb").write_bytes(
            b"older than any that is looked at"
        )
    opened.close()


def redefine(place: LedgerPaths) -> None:
    """Open the ledger as other code would, which says something else of a figure: nothing is needed."""
    opened = database.open_ledger(place)
    with opened.cursor() as cursor:
        cursor.execute("CREATE OR REPLACE MACRO needed_total(programme_total, target) AS 0")
        assert cursor.execute("SELECT needed_total(2, 1)").fetchone() == (0,)
    opened.close()


def copied(folder: Path, to: Path) -> LedgerPaths:
    """The same ledger in a folder of its own."""
    shutil.copytree(folder, to)
    return LedgerPaths(to / "poa.duckdb")


def signature(opened: database.Database) -> tuple:
    with opened.cursor() as cursor:
        return snapshots.signature(cursor)


def signature_of(path: Path) -> tuple:
    """A snapshot's, opened as one who restores would."""
    copy = snapshots.connect(path)
    try:
        return snapshots.signature(copy)
    finally:
        copy.close()


def found_again(place: LedgerPaths, states: dict[tuple, str]) -> dict:
    """What stands after a kill: which state the ledger and its newest snapshot are in, and whether saving
    goes on.
    """
    opened = database.open_ledger(place)
    with opened.cursor() as cursor:
        invariants.enforce(cursor, invariants.Mark())
    told = {
        "ledger": states.get(signature(opened), NEITHER),
        "snapshot": states.get(signature_of(snapshots.list_snapshots(place)[0]), NEITHER),
    }
    uploads.accept(opened, handed(value(9, "150000"), content=b"z"))
    told["goes_on"] = signature_of(snapshots.list_snapshots(place)[0]) == signature(opened)
    told["kept"], told["left"] = (
        len(snapshots.list_snapshots(place)),
        [path.name for path in place.snapshots.glob("*.part*")],
    )
    return told


def apart(deed: Callable[[int], object]) -> tuple[bytes, int]:
    """What a process of its own answers, nothing where it was killed before it could, and how it ended."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        try:
            told = deed(writes)
        except BaseException as error:  # noqa: B036  a child that fails must not go on as its parent
            told = {"failed": repr(error)}
        os.write(writes, json.dumps(told).encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        said = answer.read()
    return said, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def acted(act: str, place: LedgerPaths, deadly: int | None, within: bool) -> tuple[bytes, int]:
    """The act done and the ledger closed, apart. Its answer begins with a blank once it was told saved."""

    def deed(writes: int) -> list[str]:
        opened = database.open_ledger(place)
        steps = Steps(place, deadly, within)
        opened.connection = Told(opened.connection, steps)
        sys.addaudithook(steps.heard)
        ACTS[act](opened)
        os.write(writes, b" ")
        opened.close()
        return steps.names

    return apart(deed)


def cut_off(act: str, place: LedgerPaths) -> None:
    """The act done by a process that is killed right after it was told saved: what it wrote is still in the
    log.
    """

    def deed(_: int) -> None:
        opened = database.open_ledger(place)
        ACTS[act](opened)
        die()

    apart(deed)


def main(act: str, folder: Path) -> None:
    """Every step of one act, killed at each in turn, and within those that write files."""
    before = apart(lambda _: _signed(copied(folder, folder.with_name(f"{act}-0"))))[0]
    whole = copied(folder, folder.with_name(f"{act}-whole"))
    names = json.loads(acted(act, whole, None, False)[0])
    after = apart(lambda _: _signed(whole))[0]
    states = {tupled(before): BEFORE, tupled(after): AFTER}
    within = [number for number, name in enumerate(names) if name in ("COMMIT", "COPY", "DETACH", "close")]
    for number, is_within in [*((n, False) for n in range(len(names))), *((n, True) for n in within)]:
        place = copied(folder, folder.with_name(f"{act}-{number}-{is_within}"))
        said, end = acted(act, place, number, is_within)
        told, _ = apart(lambda _, place=place: found_again(place, states))
        line = {
            "step": number,
            "name": names[number],
            "within": is_within,
            "said_saved": said.startswith(b" "),
            "end": end,
        }
        print(json.dumps(line | json.loads(told)), flush=True)
        shutil.rmtree(place.database.parent)


def _signed(place: LedgerPaths) -> list:
    opened = database.open_ledger(place)
    try:
        return [[name, rows, str(amount)] for name, rows, amount in signature(opened)]
    finally:
        opened.close()


def tupled(said: bytes | str) -> tuple:
    """A signature as it was told from process to process."""
    return tuple((name, rows, Decimal(amount)) for name, rows, amount in json.loads(said))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
