"""One value a cell, and a month told for the whole utility or by locality, never both."""

from poa_core.contract import WHOLE_UTILITY, PlanKnowledge, Problem
from poa_core.intake.cell import Key
from poa_core.intake.entries import Entry, Ground
from poa_core.intake.problems import error

Keyed = tuple[Entry, Key]


def duplicates(keyed: list[Keyed], ground: Ground) -> list[Problem]:
    """Each row that speaks of a cell an earlier row spoke of, naming both."""
    first, found = {}, []
    for entry, key in keyed:
        row = first.setdefault(key, entry.row)
        if row != entry.row:
            place = entry.row, ground.headers["codigo"], entry.code
            hints = {"first_row": row, "month": key[1], "locality": key[2]}
            found.append(error("duplicate_key", *place, **hints))
    return found


def whole_and_local(keyed: list[Keyed], known: PlanKnowledge, ground: Ground) -> list[Problem]:
    """Rows that report the whole utility where local values stand for the month, or the reverse.

    They stand in an earlier row or in the ledger; what the file takes back stands no longer.
    """
    taken_back = {key for entry, key in keyed if entry.is_taken_back}
    in_ledger = {
        (code, month, locality == WHOLE_UTILITY): locality
        for code, month, locality in known.reported.keys() - taken_back
    }
    in_file, found = {}, []
    for entry, (code, month, locality) in keyed:
        if entry.reading is None:
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
