"""300 savers killed at random times: `python tests/benchmarks/killed.py [kills] [seed] [jumping]` prints
where they were and what was found.

A saver of its own process saves on and on, and says so after each save. It is killed at any time; then its
ledger is opened again. With `jumping` the clock stands a day ahead, right or a day behind from save to save.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "faults")]

import dying
from dying import handed, value

from poa_core import moment
from poa_core.config import LedgerPaths
from poa_core.ledger import invariants, months, uploads
from poa_core.ledger.file import database, snapshots

LONGEST = 1.5  # seconds from the first save on; some six saves
KINDS = ("upload", "withdrawal", "month")


def save(opened: database.Database, number: int) -> None:
    """The number-th save: an upload, the same upload taken back, a month closed or opened, again and
    again.
    """
    kind, month = KINDS[number % 3], number // 3 % 8 + 1
    if kind == "upload":
        size = (20, 2_000, 2_000_000)[number // 3 % 3]
        others = [
            value(month, str(number), code, row, cause="x" * 500)
            for row, code in enumerate(("1.1", "1.2"), 3)
        ]
        values = [value(month, str(100_000 + number)), *others]
        uploads.accept(opened, handed(*values, content=number.to_bytes(4) * (size // 4)))
    elif kind == "withdrawal":
        with opened.cursor() as cursor:
            newest = cursor.execute("SELECT max(upload_id) FROM upload").fetchone()[0]
        uploads.withdraw(opened, newest, "ana", "mes equivocado")
    elif number // 24 % 2:
        months.reopen_month(opened, dying.KEY, month, "ana", "acta")
    else:
        months.close_month(opened, dying.KEY, month, "ana", "acta")


def saving(place: LedgerPaths, is_jumping: bool):
    """Save on and on, a byte after each; the first says that the ledger is open."""
    right = moment.now

    def deed(writes: int) -> None:
        opened = database.open_ledger(place)
        os.write(writes, b"o")
        number, chance = 0, random.Random(str(place.database))
        while True:
            if is_jumping:
                moment.now = lambda: right() + timedelta(days=chance.choice((-1, 0, 1)))
            save(opened, number)
            number += 1
            os.write(writes, b".")

    return deed


def killed(place: LedgerPaths, after: float, is_jumping: bool) -> int:
    """How many saves were said to be saved when the saver was killed so many seconds after it had opened."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        try:
            saving(place, is_jumping)(writes)
        finally:
            os._exit(1)
    os.close(writes)
    with os.fdopen(reads, "rb", buffering=0) as said:
        assert said.read(1) == b"o"
        timer = threading.Timer(after, os.kill, (child, signal.SIGKILL))
        timer.start()
        count = sum(map(len, iter(lambda: said.read(4096), b"")))
        timer.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, (
        "the saver failed before it was killed"
    )
    return count


def whole(place: LedgerPaths, count: int) -> list:
    """The signature after so many saves that nobody kills."""
    opened = database.open_ledger(place)
    states = [dying.signature(opened)]
    for number in range(count):
        save(opened, number)
        states.append(dying.signature(opened))
    return [[[name, rows, str(amount)] for name, rows, amount in state] for state in states]


def found(place: LedgerPaths, states: list, count: int) -> list[str]:
    """Where the kill fell, and what is wrong with what was left; nothing but the place where all is well."""
    left, log = list(place.snapshots.glob("*.part")), place.wal.exists()
    opened = database.open_ledger(place)
    with opened.cursor() as cursor:
        invariants.enforce(cursor, invariants.Mark())
    state, copy = dying.signature(opened), dying.signature_of(snapshots.list_snapshots(place)[0])
    faults = []
    if state not in (states[count], states[count + 1]):
        faults.append("LOST OR HALF" if state not in states else "NOT THE LAST TWO STATES")
    if copy not in states[max(count - 1, 0) : count + 2]:
        faults.append("THE NEWEST SNAPSHOT IS NEITHER BEFORE NOR AFTER")
    uploads.accept(opened, handed(value(9, "150000"), content=b"z"))
    if dying.signature_of(snapshots.list_snapshots(place)[0]) != dying.signature(opened):
        faults.append("THE NEXT SAVE DID NOT GO ON")
    opened.close()
    is_stored = state == states[count + 1]
    where = "between commit and answer" if is_stored else "before the commit, or between two saves"
    where = "while the snapshot was copied" if left else where
    return [where, *faults, *([] if log else ["(no log left)"])]


def main(kills: int, seed: int, is_jumping: bool) -> None:
    """Kill, look, count."""
    chance, counted, saves = random.Random(seed), Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "seed"
        base.mkdir()
        dying.apart(lambda _: dying.fill(base))
        told = dying.apart(lambda _: whole(dying.copied(base, Path(folder) / "whole"), 60))[0]
        states = [dying.tupled(json.dumps(state)) for state in json.loads(told)]
        for number in range(kills):
            place = dying.copied(base, Path(folder) / str(number))
            count = killed(place, chance.uniform(0, LONGEST), is_jumping)
            saves += count
            counted.update(json.loads(dying.apart(lambda _, p=place, c=count: found(p, states, c))[0]))
            shutil.rmtree(place.database.parent)
    clock = ", a jumping clock" if is_jumping else ""
    print(f"{kills} kills, {saves} saves said to be saved before them (seed {seed}{clock})")
    for name, times in sorted(counted.items()):
        print(f"{times:5} {name}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    main(*(numbers + [300, 2010][len(numbers) :]), "jumping" in sys.argv)
