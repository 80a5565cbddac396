"""A plan of more activities than a screen can show: one row per objective, a click opens its own."""

import pandas as pd

from poa_core import links
from poa_core.blocks.bar import by_objective, compliance_range, rollup_figure, width
from poa_core.figures.frames import records
from poa_core.words.language import Words

MANY = 40  # activities: more rows than that and nobody finds the one that matters


def rows(activities: pd.DataFrame, objectives: pd.DataFrame, words: Words) -> list[dict]:
    """Each objective of the activities with its roll-up (metrics.pick_rollup by objective) as one bar;
    nothing up to MANY.
    """
    rollups = {row["key"]: row for row in records(objectives)}
    groups = by_objective(activities) if len(activities) > MANY else []
    return [_row(number, name, rollups[name], words) for number, name, _ in groups if name in rollups]


def months(activities: pd.DataFrame, cells: pd.DataFrame, words: Words) -> list[dict]:
    """Each objective with the months any of its activities is programmed in, and how many those are; nothing
    up to MANY.
    """
    if len(activities) <= MANY:
        return []
    due = cells[cells["programmed"].notna()].groupby("code")["month"].agg(set)
    objective_rows = []
    for number, name, group in by_objective(activities):
        months_due = set().union(*(due.get(row["code"], set()) for row in group))
        objective_rows.append(
            _link(number, name)
            | {
                "months": ["on" if month in months_due else "" for month in range(1, 13)],
                "spoken": ", ".join(map(words.month, sorted(months_due))),
                "number": str(len(group)),
                "unit": words("bars.activities_one" if len(group) == 1 else "bars.activities_many"),
            }
        )
    return objective_rows


def _row(number: int, name: str, rollup: dict, words: Words) -> dict:
    return _link(number, name) | {
        "status": rollup["status"],
        "value": rollup_figure(rollup, words),
        "fill": width(rollup["compliance"]),
        **compliance_range(rollup["low"], rollup["high"], rollup["status"], words),
        "count": words(
            "bars.folded_count", late=int(rollup["late"] + rollup["silent"]), count=int(rollup["activities"])
        ),
    }


def _link(number: int, name: str) -> dict:
    return {
        "code": str(number),
        "name": name,
        "href": links.address(links.OVERVIEW, objetivo=str(number)),
        "act": f"filter:objective:{number}",
    }
