"""One value a cell, and a month told for the whole utility or by locality, never both."""

from poa_core.contract import WHOLE_UTILITY, PlanKnowledge, PlannedActivity, Problem
from poa_core.intake.progress.entries import Entry, EntryContext
from poa_core.intake.values.cell import Key
from poa_core.problems import error, notice, warning

Keyed = tuple[Entry, Key]


def duplicates(keyed: list[Keyed], ground: EntryContext) -> list[Problem]:
    """Each row that speaks of a cell an earlier row spoke of, naming both."""
    first: dict[Key, int] = {}
    found: list[Problem] = []
    for entry, key in keyed:
        row = first.setdefault(key, entry.row)
        if row != entry.row:
            place = entry.row, ground.headers["codigo"], entry.code
            found.append(error("duplicate_key", *place, first_row=row, month=key[1], locality=key[2]))
    return found


def whole_and_local(keyed: list[Keyed], known: PlanKnowledge, ground: EntryContext) -> list[Problem]:
    """Rows that report the whole utility where local values stand for the month, or the reverse.

    They stand in an earlier row or in the ledger; what the file takes back stands no longer. Where local
    values make no value of the utility, both may stand.
    """
    taken_back = {key for entry, key in keyed if entry.is_taken_back}
    in_ledger = {
        (code, month, locality == WHOLE_UTILITY): locality
        for code, month, locality in known.reported.keys() - taken_back
    }
    in_file: dict[tuple[str, int, bool], int] = {}
    found: list[Problem] = []
    for entry, (code, month, locality) in keyed:
        if entry.reading is None or _may_stand_beside(known.activities[code]):
            continue
        own = code, month, locality == WHOLE_UTILITY
        other = *own[:2], not own[2]
        place = entry.row, ground.headers["codigo"], entry.code
        if other in in_file:
            found.append(error("whole_and_local", *place, month=month, first_row=in_file[other]))
        elif other in in_ledger:
            there = in_ledger[other]
            found.append(error("whole_and_local_before", *place, month=month, locality=there))
        in_file.setdefault(own, entry.row)
    return found


def uncounted(keyed: list[Keyed], known: PlanKnowledge, ground: EntryContext) -> list[Problem]:
    """A warning for each month that the file tells by locality alone where local values make no value of the
    utility, and a notice for each that still lacks localities of those listed.
    """
    told: dict[tuple[str, int], dict[str, int]] = {}
    for entry, (code, month, locality) in keyed:
        if entry.reading is not None:
            told.setdefault((code, month), {})[locality] = entry.row
    standing: dict[tuple[str, int], set[str]] = {}
    if any(places.keys() - {known.activities[code].locality} for (code, _), places in told.items()):
        for code, month, locality in known.reported:
            standing.setdefault((code, month), set()).add(locality)
    found = []
    for (code, month), places in told.items():
        activity, there = known.activities[code], places.keys() | standing.get((code, month), set())
        local = there - {activity.locality}
        if not local or activity.locality in there or activity.locality != WHOLE_UTILITY:
            continue
        place, lacking = (
            (min(places.values()), ground.headers["codigo"], code),
            [name for name in activity.listed if name not in there],
        )
        if activity.combines == "none" and activity.aggregation != "milestone":
            found.append(
                warning("local_values_do_not_count", *place, code=code, month=month, count=len(local))
            )
        elif lacking:
            found.append(
                notice("localities_lacking", *place, code=code, month=month, lacking=", ".join(lacking))
            )
    return found


def _may_stand_beside(activity: PlannedActivity) -> bool:
    return activity.locality == WHOLE_UTILITY and activity.combines == "none"
