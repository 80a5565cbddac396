"""What the commands that answer share: the ledger opened to read, a question asked of it, the answer as text,
CSV or JSON.
"""

import csv
import json
import sys
from contextlib import closing
from datetime import datetime

import pandas as pd

from poa_core import moment as clock
from poa_core.cli.common import WrongUse, plan_of
from poa_core.config import SOURCE_DATA, LedgerPaths
from poa_core.figures import metrics
from poa_core.figures.frames import records
from poa_core.inert import inert_in_csv
from poa_core.ledger.file import database
from poa_core.loading import seed
from poa_core.words.language import Words, without_negative_zero

WHOLE = (
    "months_due",
    "months_reported",
    "months_partial",
    "activities_due",
    "silent",
    "month_reported",
    "month",
    "error_count",
)
LISTED = ("localities_missing",)  # kept as texts separated by |


def answer(options, paths: LedgerPaths, speak: Words, question, fields: tuple, single: bool = False) -> int:
    """Ask a question of metrics about the plan, cut-off, instant and filters the options name, and print
    those fields of it.
    """
    with closing(open_to_read(paths, speak)) as opened:
        print_source(opened, paths, speak)
        key = plan_of(opened, options)
        known_at = parse_instant(options.known_at)
        filters = {name: getattr(options, name, None) for name in ("locality", "responsible", "objective")}
        with opened.cursor() as cursor:
            scope = metrics.Scope(
                *key,
                options.month,
                known_at,
                **filters,
                programme=options.programme,
                is_now=not options.known_at,
            )
            _print_frame(question(cursor, scope)[list(fields)], options.format, single)
    return 0


def _print_frame(frame: pd.DataFrame, form: str, single: bool) -> None:
    rows = [{name: json_value(name, value) for name, value in row.items()} for row in records(frame)]
    flat_rows = [
        {name: ", ".join(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in rows
    ]
    if form == "json":
        print(json.dumps((rows[0] if rows else None) if single else rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.DictWriter(
            sys.stdout, list(frame.columns), lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC
        )
        writer.writeheader()
        writer.writerows({name: inert_in_csv(value) for name, value in row.items()} for row in flat_rows)
    else:
        texts = [
            {name: "-" if value in (None, "") else value for name, value in row.items()} for row in flat_rows
        ]
        print(pd.DataFrame(texts, columns=frame.columns, dtype=object).to_string(index=False))


def json_value(name: str, value: object) -> object:
    """A cell as JSON has it: nothing, whole numbers, ratios to nine decimals, lists."""
    if name in LISTED:
        return value.split("|") if value else []
    if value is None or pd.isna(value):
        return None
    if name in WHOLE:
        return int(value)
    return without_negative_zero(round(value, 9), 9) if isinstance(value, float) else value


def parse_instant(text: str | None) -> datetime:
    """The instant an option names; now where it names none. Raises WrongUse."""
    try:
        return clock.parse(text) if text else clock.now()
    except (ValueError, OverflowError) as error:
        raise WrongUse("bad_instant", value=text) from error


def open_to_read(paths: LedgerPaths, speak: Words) -> database.Database:
    """The ledger, or where nothing is loaded yet the plan of data/ in memory."""
    try:
        return database.open_for_reading(paths)
    except FileNotFoundError:
        if paths.database.parent != SOURCE_DATA:
            raise
        # Nothing loaded yet: the plan of data/ answers, in memory.
        opened = database.in_memory()
        seed.first_load(opened)
        print(speak("cli.from_source"), file=sys.stderr)
        return opened


def print_source(opened: database.Database, paths: LedgerPaths, speak: Words) -> None:
    """Which file answers, where it is not the ledger in use."""
    if opened.read_from is not None:
        key = "cli.read_database" if opened.read_from == paths.database else "cli.read_snapshot"
        print(speak(key, name=opened.read_from.name), file=sys.stderr)
