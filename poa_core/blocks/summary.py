"""The meeting's answer as plain text for a message: the sentence, the figure, the counts, the late ones."""

import pandas as pd

from poa_core.blocks.bar import rollup_figure
from poa_core.blocks.overview import STATUSES, late
from poa_core.figures.frames import records
from poa_core.words import outcome
from poa_core.words.language import Words


def message(
    plan: pd.Series,
    figures: pd.DataFrame,
    rollup: pd.DataFrame,
    activities: pd.DataFrame,
    remarks: pd.DataFrame,
    illustrative: bool,
    cutoff: int,
    words: Words,
    overdue: str = "",
) -> str:
    """Lines of text, what is overdue first. figures: metrics.outcome; rollup: the plan's; activities:
    seen through the filters.
    """
    title = (
        words(
            "summary.title",
            year=plan["year"],
            entity=plan["entity"],
            process=plan["process"],
            month=words.month(cutoff),
        )
        if cutoff
        else ""
    )
    lines = [title + (f" ({words('head.illustrative').lower()})" if illustrative else "")]
    lines += [overdue] if overdue else []
    lines += [
        f"{row['outcome']}: {outcome.strip_marks(outcome.outcome(row, cutoff, words))}"
        for row in records(figures)
    ]
    counts = activities["status"].value_counts()
    counts_text = ", ".join(
        f"{counts[s]} {words(('status_one.' if counts[s] == 1 else 'status_many.') + s)}"
        for s in STATUSES
        if s in counts
    )
    lines += [
        words("summary.plan", figure=rollup_figure(row, words), counts=counts_text) for row in records(rollup)
    ]
    behind = late(activities, remarks, words)
    return "\n".join(
        [*lines, *([words("summary.late")] if behind else []), *(_line(row, words) for row in behind)]
    )


def _line(row: dict, words: Words) -> str:
    status_text = words("status.not_reported").lower() if row["status"] == "not_reported" else row["value"]
    return f"- {row['code']} {row['activity']}: " + "; ".join(
        part for part in (status_text, row["gap"], row["owner"], row["cause"]) if part
    )
