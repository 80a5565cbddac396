"""The blocks of the history: every upload, and one of them."""

import pandas as pd

from poa_core.blocks.markup import render
from poa_core.figures.frames import records
from poa_core.words import problems
from poa_core.words.language import ABSENT, Words


def uploads(frame: pd.DataFrame, words: Words, chosen: str | None = None) -> str:
    """Every upload, newest first: file, who, when, what it covers, its state; the chosen one marked."""
    return render(
        "uploads.html",
        words=words,
        chosen=int(chosen) if chosen and chosen.isdigit() else None,
        rows=[_row(row, words) for row in records(frame)],
    )


def upload(row: pd.Series, words: Words) -> str:
    """One upload's facts."""
    return render("upload.html", words=words, row=_row(row, words))


def _row(row: pd.Series, words: Words) -> dict:
    withdrawn = pd.notna(row["withdrawn_at"])
    covers = ABSENT
    if row["kind"] == "plan":
        covers = words("history.plan")
    elif pd.notna(row["first_month"]):
        first, last = (words.month(int(row[name])) for name in ("first_month", "last_month"))
        covers = first if first == last else f"{first} – {last}"
    state = (
        words("history.withdrawn", who=row["withdrawn_by"], when=words.instant(row["withdrawn_at"]))
        if withdrawn
        else words("history.standing")
    )
    if withdrawn and pd.notna(row["withdrawal_reason"]) and row["withdrawal_reason"]:
        state += f": {row['withdrawal_reason']}"
    return {
        "id": int(row["upload_id"]),
        "file": problems.shortened(row["file_name"]),
        "whole": problems.shortened(row["file_name"], problems.WHOLE),
        "who": problems.shortened(row["uploaded_by"]),
        "when": words.instant(row["accepted_at"]),
        "covers": covers,
        "values_": int(row["value_count"]) or ABSENT,
        "corrections": int(row["corrections"]) or ABSENT,
        "state": state,
        "withdrawn": withdrawn,
        "sha": row["sha256"],
        "illustrative": bool(row["illustrative"]),
        "reason": row["reason"] if pd.notna(row["reason"]) else "",
    }
