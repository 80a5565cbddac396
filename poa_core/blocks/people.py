"""The blocks of the page of people: who may do what, and every change of it."""

import pandas as pd

from poa_core.blocks.markup import render
from poa_core.figures.frames import records
from poa_core.ledger.rights import BAR, LEADER
from poa_core.words.language import Words


def table(frame: pd.DataFrame, chosen: str | None, words: Words) -> str:
    """Everybody ever named (people.list_people), the chosen one marked."""
    return render(
        "people.html", words=words, rows=[_row(row, words) for row in records(frame)], chosen=chosen
    )


def changes(frame: pd.DataFrame, words: Words) -> str:
    """Every change, newest first (people.changes)."""
    return render("people_changes.html", words=words, rows=[_row(row, words) for row in records(frame)])


def sessions(rows: list[dict], own: str, words: Words) -> str:
    """Log-ins in force, one's own first: digest, address, begun, used (UTC), caller (empty: this machine).

    own: the digest of the one that is asked from, which has no end of its own here.
    """
    shown = [
        {
            "address": row["address"],
            "begun": words.instant(row["begun"]),
            "used": words.instant(row["used"]),
            "caller": row["caller"] or words("sessions.this_machine"),
            "act": "" if row["digest"] == own else f"end:{row['digest']}",
        }
        for row in rows
    ]
    return render("sessions.html", words=words, rows=shown)


def saved(address: str, words: Words) -> str:
    """What an address may do was stored."""
    return render("panel.html", heading=words("people.saved"), text=address)


def heading(text: str) -> str:
    """Whose rights the form is about: an address that can be copied as it is."""
    return render("heading.html", text=text)


def notice(text: str) -> str:
    """A sentence with an address in it, which Markdown would turn into a link."""
    return render("notice.html", text=text)


def _row(row: dict, words: Words) -> dict:
    divisions = row["divisions"].replace(BAR, ", ") if row["role"] == LEADER else ""
    return {
        "address": row["address"],
        "role": words(f"who.{row['role']}", divisions=divisions),
        "active": row["active"],
        "state": words("people.in_force" if row["active"] else "people.out"),
        "when": words.instant(row["changed_at"]),
        "by": row["changed_by"],
    }
