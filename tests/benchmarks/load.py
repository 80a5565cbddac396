"""Prints what the dashboard does under load, against a single session in the same run; fails where anything
went wrong.

    .venv/bin/python tests/benchmarks/load.py                # 50 sessions, about six minutes
    .venv/bin/python tests/benchmarks/load.py --sessions 10 --seconds 10

The real server with a ledger that is thrown away, and Streamlit's own messages over its own web sockets. One
session and fifty take turns; then one leader, and two, load month files while the fifty browse. Every answer
is checked: no fault on the page, no closed socket, and figures of one upload alone, in every block. Ends with
1 where one of these did not hold.
"""

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass, field

import load_marks
from load_people import Book, Leader, Person, Visitor
from load_report import faults_of, tables
from load_server import Server, served

RATE = 12.5  # changes a second of all sessions together
ALONE_EVERY = 0.3  # seconds between the changes of a single session
ROUNDS = 3
ALONE_LOADS_EVERY, LOADS_EVERY = (
    12,
    10,
)  # seconds between two files of a leader, who is quick, where one loads and where two do
LAST_SEEN = 6  # seconds left at the end for the last file to be seen everywhere
KEPT_FOR = 125  # seconds: Streamlit keeps a closed session for two minutes, for a browser that comes back


@dataclass
class Phase:
    """One way of use: what was seen in it, the server's seconds of processor, seconds in all."""

    book: Book = field(default_factory=Book)
    cpu: float = 0.0
    lasted: float = 0.0


@dataclass
class Run:
    """All that was measured. memory: (when, megabytes)."""

    sessions: int
    alone: Phase = field(default_factory=Phase)
    together: Phase = field(default_factory=Phase)
    calm: Phase = field(default_factory=Phase)  # one loads
    loading: Phase = field(default_factory=Phase)  # two load
    memory: list[tuple[str, float]] = field(default_factory=list)
    others: Book = field(default_factory=Book)  # of what is not measured: opening, warming, the first file
    first_version: int = 0


async def browsed(
    phase: Phase, server: Server, people: list[Visitor], every: float, seconds: float, *beside
) -> None:
    """Let people browse, each with a change every so many seconds, one after another."""
    start, before = time.perf_counter(), server.cpu()
    for person in people:
        person.book = phase.book
    steps = [
        person.browse(start + every * i / len(people), every, start + seconds)
        for i, person in enumerate(people)
    ]
    await asyncio.gather(*steps, *beside)
    phase.cpu += server.cpu() - before
    phase.lasted += time.perf_counter() - start


async def come(people: list[Person], book: Book) -> None:
    """Open each person's page, one after another."""
    for person in people:
        person.book = book
        await person.come()


async def leave(people: list[Person]) -> None:
    for person in people:
        await person.session.close()


async def run(server: Server, sessions: int, seconds: float) -> Run:
    """One session and many in turn, then many while two load; memory at each step."""
    told = Run(sessions)

    def remember(when: str, turn: int = 0) -> None:
        if not turn:  # later ones are of a server that many have used
            told.memory.append((when, server.memory()))

    remember("before anyone came")
    leader = Leader(server.port, -1)
    await come([leader], told.others)
    await leader.load("antes.csv", load_marks.before())
    await leader.load("prueba-000.csv", load_marks.month(0))
    told.first_version = leader.shown()
    await leave([leader])
    first = Visitor(server.port, 0)
    await come([first], told.others)
    await first.every_choice()
    for turn in range(ROUNDS):
        people = [first, *(Visitor(server.port, number, turn) for number in range(1, sessions))]
        first.draw.seed(f"alone {turn}")
        await browsed(told.alone, server, [first], ALONE_EVERY, seconds / ROUNDS)
        remember("one session", turn)
        await come(people[1:], told.others)
        remember("all have come", turn)
        await browsed(told.together, server, people, sessions / RATE, seconds / ROUNDS)
        remember("all have browsed", turn)
        if turn < ROUNDS - 1:
            await leave(people[1:])
    leaders = [Leader(server.port, sessions + n) for n in range(2)]
    await come(leaders, told.others)
    numbers = iter(range(1, load_marks.MOST))
    for phase, loading, every in (
        (told.calm, leaders[:1], ALONE_LOADS_EVERY),
        (told.loading, leaders, LOADS_EVERY),
    ):
        for each in leaders:
            each.book = phase.book
        until = time.perf_counter() + seconds - LAST_SEEN
        await browsed(
            phase,
            server,
            people,
            sessions / RATE,
            seconds,
            *(each.load_until(numbers, every, until) for each in loading),
            *(each.look_on(seconds) for each in leaders if each not in loading),
        )
    remember("files were loaded")
    await leave([*people, *leaders])
    return told


async def gone(server: Server, told: Run) -> None:
    """Memory once Streamlit has let go of the sessions, which it does when the next one comes."""
    await asyncio.sleep(KEPT_FOR)
    for number in range(2):
        last = Visitor(server.port, number)
        await come([last], told.others)
        await leave([last])
    told.memory.append(("all have gone", server.memory()))


def main() -> None:
    options = argparse.ArgumentParser(description="The dashboard under load.")
    options.add_argument("--sessions", type=int, default=50)
    options.add_argument("--seconds", type=float, default=60, help="of each way of use")
    options.add_argument("--stay", action="store_true", help="do not wait for the memory after all have gone")
    chosen = options.parse_args()
    with served() as server:
        told = asyncio.run(run(server, chosen.sessions, chosen.seconds))
        if not chosen.stay:
            asyncio.run(gone(server, told))
        wrong = faults_of(told, server)
    print("<!-- load -->", *tables(told), "<!-- /load -->", sep="\n")
    for line in wrong[:40]:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
