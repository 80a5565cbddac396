"""Who has not reported what, as plain text to paste into a message."""

import pandas as pd

from poa_core.figures.frames import records
from poa_core.words.language import Words


def message(
    by_month: pd.DataFrame, activities: pd.DataFrame, figures: pd.DataFrame, cutoff: int, words: Words
) -> str:
    """A line per division and month with something missing, each activity by its code and name; or that all
    is in.

    by_month: metrics.reporting_by_month; activities and figures give the names.
    """
    names = dict(zip(activities["code"], activities["activity"], strict=True)) | dict(
        zip(figures["code"], figures["outcome"], strict=True)
    )
    late = by_month[by_month["missing"] > 0]
    lines = [words("reminder.heading" if len(late) else "reminder.none", month=words.month(cutoff))]
    for (outcome, division), months in late.groupby(
        [late["position"] == 0, "responsible"], dropna=False, sort=False
    ):
        owner = (
            words("outcome.whole") if outcome else words("common.nobody") if pd.isna(division) else division
        )
        lines += ["", f"{owner}:"]
        for month in records(months.sort_values("month")):
            text = ", ".join(
                f"{code} {names.get(code, '')}".strip() for code in month["missing_codes"].split(", ")
            )
            lines.append(f"- {words.month(int(month['month'])).capitalize()}: {text}")
    return "\n".join(lines)
