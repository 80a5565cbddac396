"""A month's sheet as texts: what it asks of each activity and what was last told."""

import re

import pandas as pd

from poa_core.blocks.markup import render
from poa_core.figures.frames import records
from poa_core.words.language import Words, unit_in_sentence

# A label may be read as Markdown: of a code no more than these stay in it.
UNSAFE = re.compile(r"[^0-9A-Za-zÁÉÍÓÚÑáéíóúñ. -]")


def rows(sheet: pd.DataFrame, month: int, words: Words) -> list[dict[str, str]]:
    """One dict of texts per row of metrics.month_sheet; key tells it from the others of any month."""
    return [
        {
            "code": row["code"],
            "activity": row["activity"],
            "locality": row["locality"],
            "unit": unit_in_sentence(row["unit"]),
            "label": UNSAFE.sub("", f"{row['code']} {row['locality']}").strip(),
            "key": f"{row['code']} {row['locality']} {month}",
            "programmed": words.number(row["programmed"]) if pd.notna(row["programmed"]) else "",
            "last": _last(row, words),
            "lacking": bool(row["is_lacking"]),
        }
        for row in records(sheet)
    ]


def line(row: dict, words: Words) -> str:
    """What stands before the fields of one activity."""
    return render("month_line.html", words=words, row=row)


def _last(row: dict, words: Words) -> str:
    if pd.isna(row["last_reported"]):
        return ""
    return f"{words.exact(row['last_reported'])} ({words.month(int(row['last_month']), 'short')})"
