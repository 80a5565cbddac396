"""The months of the year: until when each is open, what is reported, whether it is closed."""

from datetime import datetime

import pandas as pd

from poa_core import moment as clock
from poa_core.blocks.markup import render
from poa_core.figures.frames import records
from poa_core.words.language import Words


def table(
    months: pd.DataFrame, known_at: datetime, chosen: int | None, words: Words, may_act: bool = True
) -> str:
    """Twelve rows of metrics.months; a month that is not over cannot be closed, and none in the past that is
    looked at.
    """
    rows = [_row(row, known_at, words) | ({} if may_act else {"can": False}) for row in records(months)]
    return render("months.html", words=words, rows=rows, chosen=chosen)


def panel(month: pd.Series, lacking: list[tuple[str, str]], number: int, year: int, words: Words) -> str:
    """One month: how much of it is reported, who lacks what, and what closing or reopening it means."""
    missing = int(month["cells"]) - int(month["cells_reported"])
    return render(
        "month_panel.html",
        words=words,
        name=words("type.month_of", month=words.month(number), year=year).capitalize(),
        closed=bool(month["is_closed"]),
        missing=missing,
        lacking=lacking,
        reported=words("months.of", reported=int(month["cells_reported"]), due=int(month["cells"]))
        if month["cells"]
        else "",
    )


def is_over(row: pd.Series | dict, month: int, known_at: datetime) -> bool:
    """Whether a month has ended in Lima: before that it cannot be closed."""
    return clock.to_lima(known_at) >= clock.start_of_month(
        row["reporting_date"].year - month // 12, month + 1
    )


def _row(row: dict, known_at: datetime, words: Words) -> dict:
    month, day = int(row["month"]), row["reporting_date"].date()
    can = is_over(row, month, known_at)
    state = "closed" if row["is_closed"] else "coming" if not can else "open" if row["is_open"] else "past"
    hints = {
        "who": row["changed_by"] or "",
        "when": words.day(row["changed_at"]) if pd.notna(row["changed_at"]) else "",
        "day": words.day(day),
    }
    return {
        "month": month,
        "name": words.month(month).capitalize(),
        "state": state,
        "said": words(f"months.{state}", **hints),
        "day": words.day(day),
        "can": can,
        "reported": words("months.of", reported=int(row["cells_reported"]), due=int(row["cells"]))
        if row["cells"]
        else "",
    }
