"""Prints what a page, a month's upload and a snapshot cost as the ledger grows, and draws it; asserts
nothing. Part of measure.py.

Each ledger is filled with made-up plans (generate.py). The pages are the data part of the overview, the
indicators (the table and one indicator) and the responsibles of one utility in its newest year: every
question their panels ask, each once, as the dashboard keeps answers within a page. The ledgers are open side
by side and asked in turn; figures are medians. Memory is the most that a process takes that opens the ledger
and draws the three pages. Linux: it is read from /proc.
"""

import re
import statistics
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

from generate import fill
from log_chart import drawn

from poa_core.config import LedgerPaths
from poa_core.figures import metrics
from poa_core.figures.reuse import broader_question
from poa_core.ledger import uploads
from poa_core.ledger.file import database, snapshots
from poa_core.loading import files
from poa_core.panels import indicators, overview, responsibles
from poa_core.words.language import words

# Utilities, activities of each, years: the values are those and the outcome's, twelve a year.
SIZES = {
    10_000: (1, 41, 20),
    100_000: (10, 41, 20),
    1_000_000: (100, 41, 20),
    10_000_000: (1000, 41, 20),
    30_000_000: (3000, 41, 20),
}
WIDE = {
    "one utility of 300 activities, one year": (1, 300, 1),
    "50 utilities of 300 activities, 10 years": (50, 300, 10),
}
PAGES = {
    "overview": [
        overview.heading,
        overview.outcome,
        (overview.outcome_chart, "light"),
        overview.localities,
        overview.process,
        overview.plan,
        overview.attention,
        overview.coming,
    ],
    "indicators": [
        indicators.table,
        (indicators.listing, "1.1"),
        (indicators.detail, "1.1"),
        (indicators.by_month, "1.1", "light"),
        (indicators.cumulative, "1.1", "light"),
        (indicators.values, "1.1"),
    ],
    "responsibles": [responsibles.divisions, responsibles.localities],
}
KNOWN_AT, CUTOFF = datetime(2100, 1, 1), 9
PICTURE = ROOT / ".github" / "growth.svg"


@dataclass
class Book:
    """A filled ledger that is open, the plan that is looked at, and the seconds of each thing done with
    it.
    """

    opened: database.Database
    scope: metrics.Scope
    values: int
    filled: float | None
    taken: dict[str, list[float]] = field(default_factory=dict)

    def timed(self, name: str, work) -> None:
        start = time.perf_counter()
        work()
        self.taken.setdefault(name, []).append(time.perf_counter() - start)

    def median(self, name: str) -> float:
        return statistics.median(self.taken[name])


def opened_book(folder: Path, sizes: tuple[int, int, int]) -> Book:
    """The ledger of that size in the folder, filled if it is new."""
    opened, filled = database.open_ledger(LedgerPaths(folder / "poa.duckdb")), None
    with opened.cursor() as cursor:
        if opened.is_new:
            start = time.perf_counter()
            fill(cursor, *sizes)
            cursor.execute("CHECKPOINT")
            filled = time.perf_counter() - start
        values = cursor.execute("SELECT count(*) FROM reported_value").fetchone()[0]
        key = cursor.execute(
            "SELECT year, entity, process FROM plan ORDER BY year DESC, entity DESC LIMIT 1"
        ).fetchone()
    return Book(opened, metrics.Scope(*key, CUTOFF, KNOWN_AT), values, filled)


def asked(book: Book, page: str) -> None:
    """Everything a page's panels ask, each question once; the panels' own work is not part of it."""
    kept = {}

    def ask(question, scope, *rest):
        about = question, scope, rest
        if about not in kept:
            more = broader_question(question, scope)
            wide = ask(more.question, more.scope, *rest) if more else None
            start = time.perf_counter()
            kept[about] = more.take(wide) if more else question(cursor, scope, *rest)
            spent.append(time.perf_counter() - start)
        return kept[about]

    spent, speak = [], words("es")
    with book.opened.cursor() as cursor:
        for panel in PAGES[page]:
            draw, *rest = panel if isinstance(panel, tuple) else (panel,)
            draw(ask, book.scope, speak, *rest)
    book.taken.setdefault(page, []).append(sum(spent))


def month_loaded(book: Book, number: int) -> None:
    """A month's file of the plan, read, checked and accepted, without its snapshot; each time another
    value.
    """
    with book.opened.cursor() as cursor:
        codes = metrics.activities(cursor, book.scope)[["code", "aggregation"]].values.tolist()
    rows = [f"{code},oct,{number / 100 + 20 if rule != 'milestone' else 0}" for code, rule in codes]
    content = "\n".join(["codigo,mes,avance,origen", *(f"{row},ilustrativo" for row in rows)]).encode()
    key = book.scope.plan

    def whole() -> None:
        file = files.read_progress(book.opened, content, "octubre.csv", key, KNOWN_AT)
        if file.is_refused:
            raise SystemExit(f"the benchmark's own file was refused: {file.problems[:3]}")
        uploads.accept(
            book.opened,
            uploads.Submission(
                *key,
                "octubre.csv",
                content,
                "benchmark",
                file.values,
                file.illustrative,
                "repetición",
                file.questions,
                True,
            ),
            snapshot=False,
        )

    book.timed("month", whole)


def megabytes(path: Path) -> float:
    return path.stat().st_size / 2**20


def memory(folder: Path) -> float:
    """Megabytes at most of a process of its own that draws the three pages."""
    told = subprocess.run([sys.executable, __file__, str(folder)], capture_output=True, text=True, check=True)
    return float(told.stdout.split()[-1])


def drawn_once(folder: Path) -> None:
    with (
        closing(database.open_ledger(LedgerPaths(folder / "poa.duckdb"))) as opened,
        opened.cursor() as cursor,
    ):
        key = cursor.execute(
            "SELECT year, entity, process FROM plan ORDER BY year DESC, entity DESC LIMIT 1"
        ).fetchone()
        for page in PAGES:
            asked(Book(opened, metrics.Scope(*key, CUTOFF, KNOWN_AT), 0, None), page)
    # Not what getrusage says: that counts the process this one was started from.
    print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024)


def measured(folder: Path, sizes: dict, runs: int) -> dict:
    """Every ledger open, asked in turn."""
    books = {name: opened_book(folder / str(name).replace(" ", "_"), size) for name, size in sizes.items()}
    for run in range(runs + 1):
        for book in books.values():
            for page in PAGES:
                asked(book, page)
            with book.opened.cursor() as cursor:
                book.timed("plans", lambda cursor=cursor: metrics.plans(cursor, KNOWN_AT))
        if run == 0:  # the first time reads from the disk and builds what is kept
            for book in books.values():
                book.taken.clear()
    for run in range(1, 4):
        for book in books.values():
            month_loaded(book, run)
            book.timed(
                "snapshot", lambda book=book: snapshots.take(book.opened.paths, book.opened.connection)
            )
    return books


def pages_table(books: dict) -> None:
    floor = next(iter(books.values()))
    print(
        "| values in the ledger | plans | "
        + " | ".join(f"{page} | ratio" for page in PAGES)
        + " | list of all plans |"
    )
    print("|---|---|" + "---|---|" * len(PAGES) + "---|")
    for book in books.values():
        with book.opened.cursor() as cursor:
            plans = cursor.execute("SELECT count(*) FROM plan").fetchone()[0]
        told = (
            f"{book.median(page) * 1000:.0f} ms | {book.median(page) / floor.median(page):.2f}"
            for page in PAGES
        )
        print(
            f"| {book.values:,} | {plans:,} | "
            + " | ".join(told)
            + f" | {book.median('plans') * 1000:.0f} ms |",
            flush=True,
        )


def costs_table(books: dict) -> None:
    print(
        "\n| values in the ledger | filled in | file | memory, three pages | a month's upload | "
        "snapshot |\n|---|---|---|---|---|---|"
    )
    for book in books.values():
        place = book.opened.paths
        with book.opened.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        month, snapshot = book.median("month"), book.median("snapshot")
        book.opened.close()
        filled = f"{book.filled:.1f} s" if book.filled else "-"
        print(
            f"| {book.values:,} | {filled} | {megabytes(place.database):.0f} MB | "
            f"{memory(place.database.parent):.0f} MB "
            f"| {month:.2f} s | {snapshot:.2f} s |",
            flush=True,
        )


def report(folder: Path, largest: int, runs: int) -> None:
    """Both tables and the picture."""
    books = measured(folder, {size: shape for size, shape in SIZES.items() if size <= largest}, runs)
    print()
    pages_table(books)
    lines = {page: [(book.values, book.median(page) * 1000) for book in books.values()] for page in PAGES}
    PICTURE.write_text(
        drawn("Data part of a page as the ledger grows", "values in the ledger", "milliseconds", lines),
        "utf-8",
    )
    costs_table(books)
    wide = measured(folder, WIDE, runs)
    print()
    pages_table(wide)
    costs_table(wide)


if __name__ == "__main__":
    drawn_once(Path(sys.argv[1]))
