"""How each figure is computed, in words, with this plan's own numbers in them."""

import pandas as pd

from poa_core.blocks.bar import short_name
from poa_core.blocks.markup import render
from poa_core.figures.frames import records
from poa_core.words import explain
from poa_core.words.language import Words

SECTIONS = (
    "silence",
    "to_date",
    "compliance",
    "status",
    "rollup",
    "outcome",
    "provisional",
    "locality",
    "dates",
    "source",
)
PARTS = 4


def rules(
    plan: pd.Series,
    activities: pd.DataFrame,
    cells: pd.DataFrame,
    figures: pd.DataFrame,
    cutoff: int,
    words: Words,
) -> str:
    """The rules as one article."""
    return render(
        "rules.html", words=words, sections=sections(plan, activities, cells, figures, cutoff, words)
    )


def sections(
    plan: pd.Series,
    activities: pd.DataFrame,
    cells: pd.DataFrame,
    figures: pd.DataFrame,
    cutoff: int,
    words: Words,
) -> list[tuple[str, list[str]]]:
    """The rules as headings with their sentences; one example per rule of the plan, with its formula at the
    cut-off, begins with =.
    """
    hints = _numbers(plan, figures, words)
    all_sections = []
    for name in SECTIONS:
        parts = [
            words(f"rules.{name}_{n}", **hints) for n in range(1, PARTS + 1) if words.has(f"rules.{name}_{n}")
        ]
        if name == "compliance":
            parts += [f"= {line}" for line in _examples(activities, cells, cutoff, words)]
        all_sections.append((words(f"rules.{name}"), parts))
    return all_sections


def _examples(activities: pd.DataFrame, cells: pd.DataFrame, cutoff: int, words: Words) -> list[str]:
    lines = []
    for row in records(activities.drop_duplicates(["aggregation", "direction"])):
        formula = explain.formula(row, cells[cells["code"] == row["code"]], cutoff, words)
        if formula:
            figure = words.percent(row["compliance"], (row["at_risk_threshold"], row["met_threshold"]))
            lines.append(
                words("rules.example", code=row["code"], name=short_name(row), formula=formula, figure=figure)
            )
    return lines


def _numbers(plan: pd.Series, figures: pd.DataFrame, words: Words) -> dict:
    unit = plan["unit"]
    hints = {
        "met": words.percent(plan["met_threshold"]), "at_risk": words.percent(plan["at_risk_threshold"]),
        "day": int(plan["reporting_day"]), "baseline": words.amount(plan["baseline"], unit),
        "target": words.amount(plan["target"], unit), "year": int(plan["year"]),
    }  # fmt: skip
    row = figures.iloc[0] if len(figures) else None
    hints["path_pace"] = words.amount(row["path_pace"], unit) if row is not None else ""
    return hints
