"""Prints how the core's cost grows, as ratios within one run; asserts nothing.

    .venv/bin/python tests/benchmarks/measure.py            # loading, then growth.py to 10 million values,
    and its picture .venv/bin/python tests/benchmarks/measure.py --largest 1000000 .venv/bin/python
    tests/benchmarks/measure.py --largest 0        # loading alone

Loading: one plan's long progress file, read, checked with a reason per row and stored in one transaction,
against a bare CREATE TABLE AS SELECT * FROM read_csv of the same file, in turn, medians. Apart is the same
with the file read in the confined child process, as the page reads what is uploaded: its start is in it.
Careful is the same file with one cell in quotes, which is read row by row.
"""

import argparse
import csv
import gc
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import duckdb

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import growth
from generate import generate

from poa_core import moment as clock
from poa_core.config import LedgerPaths
from poa_core.ledger import uploads
from poa_core.ledger.file import database
from poa_core.loading.files import read_plan, read_progress


def bare(name: Path) -> float:
    """Seconds of the engine alone."""
    start = time.perf_counter()
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("CREATE TABLE progress AS SELECT * FROM read_csv(?)", [str(name)])
    return time.perf_counter() - start


def whole(folder: Path, name: Path, plan: tuple, apart: bool = False) -> float:
    """Seconds from the file to the receipt, in a new ledger that has the plan."""
    with closing(database.open_ledger(LedgerPaths(folder / "poa.duckdb"))) as opened:
        uploads.accept_plan(opened, *plan, "plan.zip", "benchmark", snapshot=False)
        key = tuple(plan[0].plans[0][part] for part in ("year", "entity", "process"))
        start = time.perf_counter()
        content = name.read_bytes()
        file = read_progress(opened, content, name.name, key, clock.now(), apart=apart)
        if file.is_refused:
            raise SystemExit(f"the benchmark's own file was refused: {file.problems[:3]}")
        # A long file of chance repeats a figure now and then, which is asked about: that too is part of the
        # way.
        submission = uploads.Submission(
            *key, name.name, content, "benchmark", file.values, file.illustrative, None, file.questions, True
        )
        uploads.accept(opened, submission, snapshot=False)
        return time.perf_counter() - start


def loading(folder: Path, activities: int, runs: int) -> str:
    """A row of the table for one plan's file."""
    generate(folder, 1, activities, 1)
    name, quoted = folder / "progress.csv", folder / "quoted.csv"
    text = name.read_text("utf-8")
    quoted.write_text(text.replace(",R1,", ',"R1",', 1), "utf-8")
    rows = sum(1 for _ in csv.reader(text.splitlines())) - 1
    plan = read_plan(folder / "processes.csv", folder / "plan.csv")
    # the plan's rows are held by this benchmark alone: no collection of the way to be timed goes through them
    gc.freeze()
    taken: dict[str, list[float]] = {"bare": [], "whole": [], "apart": [], "careful": []}
    for run in range(runs):
        taken["bare"].append(bare(name))
        taken["whole"].append(whole(folder / f"whole{run}", name, plan))
    # After them, for no ratio is made of these, and what they leave of the memory slows what comes next.
    taken["apart"] += [whole(folder / f"apart{run}", name, plan, apart=True) for run in range(3)]
    taken["careful"].append(whole(folder / "careful", quoted, plan))
    engine, here, apart, careful = map(statistics.median, taken.values())
    return (
        f"| {rows:,} | {engine:.3f} s | {here:.3f} s | {here / engine:.1f} | {apart:.3f} s | {careful:.3f} "
        f"s |"
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--largest", type=int, default=10_000_000)
    options.add_argument("--activities", type=int, nargs="*", default=[15, 1000, 8000])
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--keep", type=Path, help="a folder whose ledgers are made once and used again")
    chosen = options.parse_args()
    gc.freeze()  # as the server does: what is imported is left out of every collection
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(
            "| loading one plan's file, rows | bare engine | whole way | ratio | read apart | read with "
            "care |\n|---|---|---|---|---|---|"
        )
        for activities in chosen.activities:
            print(loading(folder / f"load{activities}", activities, chosen.runs), flush=True)
        if chosen.largest:
            growth.report(chosen.keep or folder, chosen.largest, chosen.runs)


if __name__ == "__main__":
    main()
