"""The load command: a plan and its progress, each file whole or not at all."""

import sys
from contextlib import closing
from pathlib import Path

from poa_core import moment as clock
from poa_core.cli.common import plan_of, print_problems, system_user
from poa_core.config import SOURCE_DATA, LedgerPaths
from poa_core.ledger import uploads
from poa_core.ledger.file import database, snapshots
from poa_core.ledger.plans import names
from poa_core.loading import files, plan_trial, seed
from poa_core.words.language import Words
from poa_core.words.refusals import sentence_hints


def load(options, paths: LedgerPaths, speak: Words) -> int:
    """Load a plan and progress files; each file whole or not at all, nothing after one with problems."""
    with closing(database.open_ledger(paths, "python -m poa_core load")) as opened:
        has_plan_file = options.processes or options.plan
        if not has_plan_file and not options.progress:
            if seed.needs_first_load(opened):
                return _print_stopped(seed.first_load(opened), speak) or _finish(opened, speak)
            print(
                speak("cli.nothing_asked"), file=sys.stderr
            )  # the source plan never goes over a ledger in use
            return 0
        if has_plan_file or opened.is_new:
            code = _load_plan(opened, options, speak)
            if code:
                return code
        for name in options.progress or []:
            code = _load_progress(opened, Path(name), options, speak)
            if code:
                return code
        return _finish(opened, speak)


def _load_plan(opened, options, speak: Words) -> int:
    processes = Path(options.processes or SOURCE_DATA / "processes.csv")
    path = Path(options.plan or SOURCE_DATA / "plan.csv")
    plan, content = files.read_plan(processes, path, options.decimal)
    plan = plan_trial.with_ledger_warnings(opened, plan)
    with opened.cursor() as cursor:
        plan = names.add_questions(cursor, plan)
    print_problems(path.name, plan.problems, speak)
    if plan.is_refused:
        return 1
    try:
        ids = uploads.accept_plan(
            opened,
            plan,
            content,
            "plan.zip",
            system_user(speak),
            reason=options.reason,
            confirmed=options.yes,
        )
    except uploads.Refused as refusal:
        print(
            f"{path.name}: {speak('refusal.' + refusal.code, **sentence_hints(refusal, speak))}",
            file=sys.stderr,
        )
        return 1
    print(speak("cli.plan_loaded" if ids else "cli.plan_unchanged", plans=len(ids)), file=sys.stderr)
    return 0


def _load_progress(opened, path: Path, options, speak: Words) -> int:
    content = path.read_bytes()
    key = plan_of(opened, options)
    file = files.read_progress(opened, content, path.name, key, clock.now(), options.decimal)
    print_problems(path.name, file.problems, speak)
    if file.needs_decimal:
        print(speak("cli.needs_decimal", file=path.name), file=sys.stderr)
    if file.is_refused:
        return 1
    submission = uploads.Submission(
        *key,
        path.name,
        content,
        system_user(speak),
        file.values,
        file.illustrative,
        options.reason,
        file.questions,
        options.yes,
    )
    try:
        receipt = uploads.accept(opened, submission)
    except uploads.Refused as refusal:
        print(
            f"{path.name}: {speak('refusal.' + refusal.code, **sentence_hints(refusal, speak))}",
            file=sys.stderr,
        )
        return 0 if refusal.code == "already_current" else 1
    print(speak("cli.progress_loaded", file=path.name, rows=receipt.rows), file=sys.stderr)
    return 0


def _print_stopped(stopped: list[seed.FileProblems], speak: Words) -> int:
    for file in stopped:
        print_problems(file.name, file.problems, speak)
    return int(bool(stopped))


def _finish(opened: database.Database, speak: Words) -> int:
    if not snapshots.list_snapshots(opened.paths):
        try:
            snapshots.take(opened.paths, opened.connection)
        except snapshots.CopyFailed:  # what was loaded is stored all the same
            print(speak("cli.not_copied"), file=sys.stderr)
    print(speak("cli.loaded", version=opened.version), file=sys.stderr)
    return 0
