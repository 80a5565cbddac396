"""The cell of the plan that an entry speaks of: its activity, month and locality."""

from poa_core.contract import WHOLE_UTILITY, PlannedActivity, Problem
from poa_core.intake.progress.entries import Entry, EntryContext
from poa_core.intake.values.months import month_problem, read_month
from poa_core.intake.values.numbers import read_stored
from poa_core.names import fold
from poa_core.problems import error

Key = tuple[str, int, str]


def find_activity(entry: Entry, ground: EntryContext, problems: list[Problem]) -> PlannedActivity | None:
    """The activity of the entry's code; else None and a problem (its nearest is added later)."""
    activities, cell = ground.activities, (entry.row, ground.headers["codigo"], entry.code or None)
    # Excel keeps 5.10 as the number 5.1: its zeros are lost, and with them which of the two it was.
    number = read_stored(entry.code).point if entry.is_code_a_number else None
    same = () if number is None else ground.numbered.get(number, ())
    if len(same) > 1:
        problems.append(error("ambiguous_code", *cell, codes=", ".join(same)))
        return None
    activity = activities.get(same[0] if same else entry.code) or activities.get(entry.code.casefold())
    if activity is None:
        code = "unknown_code" if entry.code else "missing_code"
        problems.append(error(code, *cell))
    return activity


def find_month(entry: Entry, ground: EntryContext, problems: list[Problem]) -> int | None:
    month, wrong = read_month(entry.month, ground.year, ground.open_elsewhere)
    if wrong:
        header, text = ground.headers["mes"], entry.month or None
        problems.append(
            error(
                wrong,
                entry.row,
                header,
                text,
                **month_problem(entry.month, ground.year, ground.open_elsewhere, wrong),
            )
        )
    return month


def find_locality(
    entry: Entry, activity: PlannedActivity | None, ground: EntryContext, problems: list[Problem]
) -> str | None:
    """The locality an entry's value belongs to: the activity's own unless another may be given."""
    if not entry.locality:
        return activity.locality if activity else None
    cell = entry.row, ground.headers["localidad"], entry.locality
    locality = ground.localities.get(fold(entry.locality))
    if locality is None:
        problems.append(error("unknown_locality", *cell))
    if locality is None or activity is None or locality == activity.locality:
        return locality
    if activity.locality != WHOLE_UTILITY:
        problems.append(error("other_locality", *cell, code=activity.code, own=activity.locality))
    elif activity.aggregation == "milestone":
        problems.append(error("local_milestone", *cell, code=activity.code))
    elif activity.listed and locality not in activity.listed:
        problems.append(
            error("unlisted_locality", *cell, code=activity.code, listed=", ".join(activity.listed))
        )
    return locality
