"""What work that is added up still needs a month, in words: how much is left, the pace, the best month, the
verdict.
"""

import pandas as pd

from poa_core.words.language import Words, is_nothing, is_one


def sentence(activity: pd.Series, cells: pd.DataFrame, cutoff: int, words: Words) -> str:
    """A sentence with **strong** and ~~toned~~ passages; empty where the activity has no verdict.

    activity: one row of metrics.activities; cells: its twelve rows of metrics.cells.
    """
    if pd.isna(activity["verdict"]):
        return ""

    required, best, unit = activity["required_pace"], activity["best_month"], activity["unit"]
    # Nobody plans hundredths of a hundred; but two figures that differ never read the same.
    decimals = 0 if required >= 100 and round(required) != round(best) else None
    is_none = activity["verdict"] == "needs_record" and is_nothing(words.number(best))
    verdict = "needs_record_none" if is_none else activity["verdict"]
    text = words(
        f"pace.{verdict}", required=words.number(required, decimals), best=words.number(best),
        best_month=words.month(_month_of(best, cells)), reported=words.number(activity["reported_to_date"]),
        target=words.amount(activity["target"], unit),
    )  # fmt: skip
    if activity["verdict"] in ("secured", "reached", "missed"):
        return text
    remainder = words.amount(round(required * (12 - cutoff), 6), unit)
    return f"{words('pace.left_one' if is_one(remainder) else 'pace.left_many', left=remainder)} {text}"


def _month_of(best: float, cells: pd.DataFrame) -> int:
    return int(cells.loc[cells["reported"] == best, "month"].iloc[0])
