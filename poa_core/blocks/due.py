"""What is overdue beside the figures, in one sentence."""

import pandas as pd

from poa_core.blocks.markup import render
from poa_core.figures.frames import records
from poa_core.words.language import Words


def sentence(overdue: pd.Series, cutoff: int, is_chosen: bool, words: Words) -> str:
    """Figures to January; February to October are overdue: 19 values of 5 divisions. overdue: the row of
    metrics.overdue.
    """
    if not overdue["cells"]:
        return ""
    figures = (
        words("due.seen" if is_chosen else "due.figures", month=words.month(cutoff))
        if cutoff
        else words("due.no_figures")
    )
    first, last = (int(overdue[name]) for name in ("first_month", "last_month"))
    key = {0: "due.one_month", 1: "due.two_months"}.get(last - first, "due.months")
    counts = {
        name: words(
            f"due.{name}_one" if overdue[column] == 1 else f"due.{name}_many", count=int(overdue[column])
        )
        for name, column in (("values", "cells"), ("divisions", "divisions"))
    }
    return words(key, figures=figures, first=words.month(first), last=words.month(last), **counts)


def notice(text: str) -> str:
    """The sentence as it stands first on a page of figures."""
    return render("due.html", said=text)


def lacking(rows: pd.DataFrame, words: Words) -> list[tuple[str, str]]:
    """Whoever lacks a report of a month, and which codes, with the localities they lack. rows:
    metrics.reporting_by_month.
    """
    return [
        (
            words("outcome.whole") if row["position"] == 0 else row["responsible"] or words("common.nobody"),
            row["missing_codes"],
        )
        for row in records(rows)
    ]
