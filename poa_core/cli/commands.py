"""What each command but load does; every one returns its exit code."""

import json
import sys
from contextlib import closing
from pathlib import Path

import pandas as pd

from poa_core import logbook
from poa_core import moment as clock
from poa_core.cli.answers import answer, json_value, open_to_read, print_source
from poa_core.cli.common import plan_of, system_user
from poa_core.config import LedgerPaths
from poa_core.figures import metrics
from poa_core.figures.frames import records
from poa_core.ledger import invariants, people
from poa_core.ledger.file import database, lock, opening, snapshots
from poa_core.ledger.submission import Refused
from poa_core.loading import files, seed
from poa_core.words.language import Words
from poa_core.words.problems import sentence
from poa_core.words.refusals import sentence_hints

COMPLIANCE = (
    "code",
    "aggregation",
    "direction",
    "programmed_to_date",
    "reported_to_date",
    "compliance",
    "compliance_low",
    "compliance_high",
    "annual",
    "status",
    "months_due",
    "months_reported",
    "months_partial",
    "localities_missing",
)
ROLLUP = ("key", "compliance", "low", "high", "activities_due", "silent")
OUTCOME = (
    "code", "baseline", "target", "month_reported", "reported", "path", "compliance", "progress",
    "expected_progress", "required_pace", "pace", "verdict", "status",
)  # fmt: skip
FORECAST, DECEMBER = ("reason", "method", "mean_absolute_error", "error_count"), ("expected", "low", "high")


def check(options, paths: LedgerPaths, speak: Words) -> int:
    """Every problem of one progress file, held against the plan the ledger (or data/) has."""
    content = Path(options.file).read_bytes()
    with closing(open_to_read(paths, speak)) as opened:
        key = plan_of(opened, options)
        file = files.read_progress(
            opened, content, Path(options.file).name, key, clock.now(), options.decimal
        )
    problems = file.problems
    if options.format == "json":
        fields = ("severity", "code", "row", "column", "value")
        rows = [{f: getattr(p, f) for f in fields} | {"message": sentence(p, speak)} for p in problems]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            print(sentence(problem, speak))
        print(speak("cli.checked", rows=file.rows_read, problems=len(problems)), file=sys.stderr)
    return int(file.is_refused)


def compliance(options, paths: LedgerPaths, speak: Words) -> int:
    """Each activity to date."""
    return answer(options, paths, speak, metrics.activities, COMPLIANCE)


def rollup(options, paths: LedgerPaths, speak: Words) -> int:
    """Compliance by the grouping asked for."""
    return answer(options, paths, speak, lambda c, s: metrics.rollup(c, s, options.by), ROLLUP)


def outcome(options, paths: LedgerPaths, speak: Words) -> int:
    """The outcome against its path: one object, in JSON with its forecast."""
    if options.format == "json":
        return answer(options, paths, speak, _with_forecast, (*OUTCOME, "forecast"), single=True)
    return answer(options, paths, speak, metrics.outcome, OUTCOME, single=True)


def snapshot(options, paths: LedgerPaths, speak: Words) -> int:
    """One more verified copy of the ledger."""
    with closing(database.open_ledger(paths, "python -m poa_core snapshot")) as opened:
        print(speak("cli.snapshot_taken", name=snapshots.take(paths, opened.connection).name))
    return 0


def restore(options, paths: LedgerPaths, speak: Words) -> int:
    """Put the newest good snapshot, or the one named, in the database's place; what stood there is set
    aside. Or only say which there are.
    """
    if options.list:
        return _list_snapshots(paths, speak)
    opening.refuse_held(paths)
    paths.snapshots.mkdir(parents=True, exist_ok=True)  # the disk may be a new one
    is_something_there = paths.database.exists()
    with lock.hold_lock(paths, "python -m poa_core restore"):
        used = snapshots.restore(paths, options.name)
    if used is None:
        code = "cli.no_snapshot" if options.name is None else "cli.no_such_snapshot"
        print(speak(code, name=options.name or ""), file=sys.stderr)
        return 1
    logbook.append(paths, f"restored from {used}")
    held = snapshots.count_facts(snapshots.signature_of(paths.database))
    print(speak("cli.restored", name=used.name, facts=speak.number(held)))
    if is_something_there:
        print(speak("cli.set_aside", folder=str(paths.database.parent)))
    return 0


def _list_snapshots(paths: LedgerPaths, speak: Words) -> int:
    """A line for each, the one with most facts first; each is read from end to end."""
    every = snapshots.every_snapshot(paths)
    for one in every:
        good = "good" if snapshots.is_good(one.path) else "bad"
        print(
            speak(
                f"cli.snapshot_{good}",
                name=one.path.name,
                facts=speak.number(max(one.facts, 0)),
                when=speak.instant(one.taken),
                size=speak.number(one.path.stat().st_size / 1e6, 1),
                folder=str(one.path.parent),
            )
        )
    if not every:
        print(speak("cli.no_snapshot"), file=sys.stderr)
    return int(not every)


def verify(options, paths: LedgerPaths, speak: Words) -> int:
    """Every invariant of the ledger."""
    with closing(database.open_for_reading(paths)) as opened, opened.cursor() as cursor:
        print_source(opened, paths, speak)
        broken, total = invariants.broken(cursor), len(invariants.invariants())
    for name in broken:
        print(speak("cli.invariant_broken", invariant=speak(f"invariant.{name}")), file=sys.stderr)
    print(speak("cli.verified", count=total - len(broken), total=total))
    return int(bool(broken))


def admin(options, paths: LedgerPaths, speak: Words) -> int:
    """Name an administrator: the first, or the next where the last one is gone."""
    with closing(database.open_ledger(paths, "python -m poa_core admin")) as opened:
        if seed.needs_first_load(
            opened
        ):  # what the dashboard does with a new ledger, which it would no longer see as new
            seed.first_load(opened)
        try:
            people.appoint(opened, options.address, system_user(speak))
        except Refused as refusal:
            print(speak(f"refusal.{refusal.code}", **sentence_hints(refusal, speak)), file=sys.stderr)
            return int(refusal.code == "bad_address")
    print(speak("cli.appointed", address=options.address), file=sys.stderr)
    return 0


def holder(error: lock.DatabaseInUse, speak: Words) -> dict:
    """Who holds the database, for the sentence that says so."""
    note = error.holder
    return {"pid": note.get("pid", "?"), "program": note.get("program", "?"), "since": note.get("since", "?")}


def _with_forecast(cursor, scope: metrics.Scope) -> pd.DataFrame:
    return metrics.outcome(cursor, scope).assign(
        forecast=list(map(_forecast, records(metrics.outlook(cursor, scope))))
    )


def _forecast(row: dict) -> dict:
    """Why there is no forecast, or its method, error and December; every field is always there."""
    fields = {name: json_value(name, row[name]) for name in FORECAST}
    return fields | {
        "december": None if fields["reason"] else {name: json_value(name, row[name]) for name in DECEMBER}
    }
