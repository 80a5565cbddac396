"""Prints how the core's cost grows, as ratios within one run; asserts nothing.

    .venv/bin/python tests/benchmarks/measure.py            # loading, and the overview at three sizes
    .venv/bin/python tests/benchmarks/measure.py --largest 1000000

Loading: one plan's long progress file, read, checked with a reason per row and stored in one
transaction, against a bare CREATE TABLE AS SELECT * FROM read_csv of the same file. The overview: the
queries of one utility's first screen in a ledger of 10 thousand, 1 million and 10 million values.
"""

import argparse
import csv
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import duckdb

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from generate import FIRST_YEAR, fill, generate  # noqa: E402

from poa_core import database, ledger, metrics  # noqa: E402
from poa_core import moment as clock  # noqa: E402
from poa_core.config import Place  # noqa: E402
from poa_core.intake.files import read_plan, read_progress  # noqa: E402

SIZES = {10_000: (1, 41, 20), 1_000_000: (100, 41, 20), 10_000_000: (1000, 41, 20)}
FIRST_SCREEN = (metrics.activities, metrics.rollups, metrics.outcome, metrics.outcome_path, metrics.cells)


def median_of(work, runs: int) -> float:
    """Seconds, the median of several runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def loading(folder: Path, activities: int) -> tuple[int, float, float]:
    """Rows, seconds of the bare engine, seconds of the whole way, for one plan's file."""
    generate(folder, 1, activities, 1)
    name = folder / "progress.csv"
    with name.open(encoding="utf-8") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1

    def bare() -> None:
        with duckdb.connect(config={"threads": 2}) as connection:
            connection.execute("CREATE TABLE progress AS SELECT * FROM read_csv(?)", [str(name)])

    def whole(run: int) -> float:
        with closing(database.open_ledger(Place(folder / f"run{run}" / "poa.duckdb"))) as opened:
            plan, content = read_plan(folder / "processes.csv", folder / "plan.csv")
            ledger.accept_plan(opened, plan, content, "plan.zip", "benchmark", snapshot=False)
            key = tuple(plan.plans[0][part] for part in ("year", "entity", "process"))
            start = time.perf_counter()
            bytes_read = name.read_bytes()
            file = read_progress(opened, bytes_read, name.name, key, clock.now())
            if file.is_refused:
                raise SystemExit(f"the benchmark's own file was refused: {file.problems[:3]}")
            submission = ledger.Submission(*key, name.name, bytes_read, "benchmark", file.values, file.illustrative)
            ledger.accept(opened, submission, snapshot=False)
            return time.perf_counter() - start

    return rows, median_of(bare, 5), statistics.median(whole(run) for run in range(3))


def first_screen(size: int, folder: Path) -> tuple[int, float]:
    """Values in the ledger, seconds for the queries of one utility's overview."""
    where = Place(folder / f"size{size}" / "poa.duckdb")
    with closing(database.open_ledger(where)) as opened:
        with opened.cursor() as cursor:
            fill(cursor, *SIZES[size])
            cursor.execute("CHECKPOINT")
            values = cursor.execute("SELECT count(*) FROM reported_value").fetchone()[0]
            key = cursor.execute(
                "SELECT year, entity, process FROM plan WHERE year = ? ORDER BY entity DESC LIMIT 1", [FIRST_YEAR]
            ).fetchone()
        scope = metrics.Scope(*key, 9, clock.now())

        def ask() -> None:
            with opened.cursor() as cursor:
                for question in FIRST_SCREEN:
                    question(cursor, scope)

        ask()
        return values, median_of(ask, 15)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--largest", type=int, default=max(SIZES))
    options.add_argument("--activities", type=int, nargs="+", default=[15, 1000, 8000])
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| loading one plan's file, rows | bare engine | whole way | ratio |\n|---|---|---|---|")
        for activities in chosen.activities:
            rows, bare, whole = loading(folder / f"load{activities}", activities)
            print(f"| {rows:,} | {bare:.3f} s | {whole:.3f} s | {whole / bare:.1f} |", flush=True)
        print("\n| overview, values in the ledger | data part | ratio |\n|---|---|---|")
        floor = None
        for size in (s for s in SIZES if s <= chosen.largest):
            values, seconds = first_screen(size, folder)
            floor = floor or seconds
            print(f"| {values:,} | {seconds * 1000:.0f} ms | {seconds / floor:.2f} |", flush=True)


if __name__ == "__main__":
    main()
