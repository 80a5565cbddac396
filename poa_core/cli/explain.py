"""The commands that say why: explain, compare, bridge. JSON says points as 0-100 and compliance as 0-1."""

import re

import pandas as pd

from poa_core.cli.answers import answer, parse_instant
from poa_core.cli.common import WrongUse
from poa_core.config import LedgerPaths
from poa_core.figures import contributions, metrics
from poa_core.words.language import Words

EXPLAIN = ("code", "compliance", "weight", "points", "points_change", "is_newly_due", "needed_average")
COMPARE = ("code", "compliance", "compliance_then", "change")
BRIDGE = ("month", "reported", "change", "path_change", "locality")
_SINCE = re.compile(r"(\d{4})-(0[0-9]|1[0-2])")


def explain(options, paths: LedgerPaths, speak: Words) -> int:
    """The points each activity takes, what it still needs on average, and, since an earlier cut-off, what it
    changed.
    """
    return answer(options, paths, speak, lambda cursor, scope: _explain_rows(cursor, scope, options), EXPLAIN)


def compare(options, paths: LedgerPaths, speak: Words) -> int:
    """Each activity beside itself in another year, at the same cut-off."""
    return answer(
        options,
        paths,
        speak,
        lambda cursor, scope: contributions.against_year(cursor, scope, options.other),
        COMPARE,
    )


def bridge(options, paths: LedgerPaths, speak: Words) -> int:
    """The outcome from one report to the next beside its path, by locality where it can be."""
    return answer(options, paths, speak, contributions.movement, BRIDGE)


def _explain_rows(cursor, scope: metrics.Scope, options) -> pd.DataFrame:
    rows = contributions.points(cursor, scope)
    needed = contributions.needed_averages(cursor, scope).set_index("code")["needed_average"]
    rows = rows.assign(
        points=100 * rows["points"],
        needed_average=rows["code"].map(needed),
        points_change=None,
        is_newly_due=None,
    )
    if not options.since:
        return rows
    # The earlier view believes what the later one does, unless it is given an instant of its own.
    known_then = parse_instant(options.since_known_at) if options.since_known_at else scope.until
    changed = contributions.changes(cursor, scope, _month_then(options), known_then)
    changed = changed.assign(points_change=100 * changed["change"])
    of_code = changed.set_index("code")
    rows = rows.assign(
        points_change=rows["code"].map(of_code["points_change"]),
        is_newly_due=rows["code"].map(of_code["is_newly_due"]),
    )
    more = changed[changed["code"].isna() | changed["is_no_longer_due"]].assign(is_newly_due=None)
    return pd.concat(
        [rows.astype(object), more.reindex(columns=rows.columns).astype(object)], ignore_index=True
    )


def _month_then(options) -> int:
    match = _SINCE.fullmatch(options.since)
    if not match or int(match[1]) != options.year or int(match[2]) > options.month:
        raise WrongUse("bad_since", value=options.since, year=options.year, month=f"{options.month:02d}")
    return int(match[2])
