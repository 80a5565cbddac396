"""One value a cell, and a month told for the whole utility or by locality, never both."""

from poa_core.contract import WHOLE_UTILITY, PlanKnowledge, PlannedActivity, Problem
from poa_core.intake.progress.entries import Entry, EntryContext
from poa_core.intake.values.cell import Key
from poa_core.problems import error, notice, warning

Keyed = tuple[Entry, Key]


def duplicates(keyed: list[Keyed], ground: EntryContext) -> list[Problem]:
    """Each row that speaks of a cell an earlier row spoke of, naming both."""
    first_rows: dict[Key, int] = {}
    problems: list[Problem] = []
    for entry, key in keyed:
        row = first_rows.setdefault(key, entry.row)
        if row != entry.row:
            cell = entry.row, ground.headers["codigo"], entry.code
            problems.append(error("duplicate_key", *cell, first_row=row, month=key[1], locality=key[2]))
    return problems


def whole_and_local(keyed: list[Keyed], knowledge: PlanKnowledge, ground: EntryContext) -> list[Problem]:
    """Rows that report the whole utility where local values stand for the month, or the reverse.

    They stand in an earlier row or in the ledger; what the file takes back stands no longer. Where local
    values make no value of the utility, both may stand.
    """
    taken_back = {key for entry, key in keyed if entry.is_taken_back}
    in_ledger = {
        (code, month, locality == WHOLE_UTILITY): locality
        for code, month, locality in knowledge.reported.keys() - taken_back
    }
    in_file: dict[tuple[str, int, bool], int] = {}
    problems: list[Problem] = []
    for entry, (code, month, locality) in keyed:
        if entry.reading is None or _may_stand_beside(knowledge.activities[code]):
            continue
        key = code, month, locality == WHOLE_UTILITY
        other = *key[:2], not key[2]
        cell = entry.row, ground.headers["codigo"], entry.code
        if other in in_file:
            problems.append(error("whole_and_local", *cell, month=month, first_row=in_file[other]))
        elif other in in_ledger:
            ledger_locality = in_ledger[other]
            problems.append(error("whole_and_local_before", *cell, month=month, locality=ledger_locality))
        in_file.setdefault(key, entry.row)
    return problems


def uncounted(keyed: list[Keyed], knowledge: PlanKnowledge, ground: EntryContext) -> list[Problem]:
    """A warning for each month that the file tells by locality alone where local values make no value of the
    utility, and a notice for each that still lacks localities of those listed.
    """
    reported: dict[tuple[str, int], dict[str, int]] = {}
    for entry, (code, month, locality) in keyed:
        if entry.reading is not None:
            reported.setdefault((code, month), {})[locality] = entry.row
    standing: dict[tuple[str, int], set[str]] = {}
    if any(rows.keys() - {knowledge.activities[code].locality} for (code, _), rows in reported.items()):
        for code, month, locality in knowledge.reported:
            standing.setdefault((code, month), set()).add(locality)
    problems = []
    for (code, month), rows in reported.items():
        activity, localities = knowledge.activities[code], rows.keys() | standing.get((code, month), set())
        local = localities - {activity.locality}
        if not local or activity.locality in localities or activity.locality != WHOLE_UTILITY:
            continue
        cell, lacking = (
            (min(rows.values()), ground.headers["codigo"], code),
            [name for name in activity.listed if name not in localities],
        )
        if activity.combines == "none" and activity.aggregation != "milestone":
            problems.append(
                warning("local_values_do_not_count", *cell, code=code, month=month, count=len(local))
            )
        elif lacking:
            problems.append(
                notice("localities_lacking", *cell, code=code, month=month, lacking=", ".join(lacking))
            )
    return problems


def _may_stand_beside(activity: PlannedActivity) -> bool:
    return activity.locality == WHOLE_UTILITY and activity.combines == "none"
