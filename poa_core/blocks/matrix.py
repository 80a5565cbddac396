"""The plan as the document prints it: programmed above reported, month by month, with quarter and annual
figures.
"""

import pandas as pd

from poa_core import links
from poa_core.blocks.bar import annual, bands, by_objective, owner, state_text
from poa_core.blocks.markup import render
from poa_core.figures.frames import records, text_or_empty
from poa_core.words.language import ABSENT, Words

QUARTERS = ("I", "II", "III", "IV")


def matrix(
    activities: pd.DataFrame,
    cells: pd.DataFrame,
    quarters: pd.DataFrame,
    source: str,
    cutoff: int,
    words: Words,
) -> str:
    """The whole sheet as a table. cells, quarters: metrics of the same cut-off; source: what is to be known
    of the plan's source.
    """
    groups = [
        (
            number,
            name,
            [
                _activity(row, words)
                | {"quarters": [_quarter(quarter, bands(row), words) for quarter in row_quarters]}
                for row, row_quarters in rows
            ],
        )
        for number, name, rows in by_objective_and_quarter(activities, cells, quarters)
    ]
    return render(
        "matrix.html",
        words=words,
        groups=groups,
        source=source,
        count=len(activities),
        cutoff=cutoff,
        month=words.month(cutoff) if cutoff else "",
        heads=[
            (name, [(m, words.month(m, "short").capitalize()) for m in range(n * 3 + 1, n * 3 + 4)])
            for n, name in enumerate(QUARTERS)
        ],
    )


def by_objective_and_quarter(
    activities: pd.DataFrame, cells: pd.DataFrame, quarters: pd.DataFrame
) -> list[tuple[int, str, list]]:
    """(number, objective, its activities), each activity with its four quarters: {months: 3 cells,
    programmed, reported, compliance}.
    """
    months, by_quarter = {}, {(row["code"], row["quarter"]): row for row in records(quarters)}
    for cell in records(cells):
        months.setdefault(cell["code"], []).append(cell)
    return [
        (
            number,
            name,
            [
                (
                    row,
                    [
                        by_quarter[row["code"], n] | {"months": months[row["code"]][n * 3 - 3 : n * 3]}
                        for n in range(1, 5)
                    ],
                )
                for row in rows
            ],
        )
        for number, name, rows in by_objective(activities)
    ]


def _activity(row: dict, words: Words) -> dict:
    local = pd.isna(row["status"])
    return {
        "code": row["code"],
        "activity": row["activity"],
        "locality": row["locality"],
        "indicator": text_or_empty(row["indicator"]),
        "unit": row["unit"],
        "target": words.number(row["target"]),
        "status": None if local else row["status"],
        "reported": words.number(row["reported_to_date"]),
        "compliance": ABSENT if local else words.percent(row["compliance"], bands(row)),
        "annual": annual(row, words),
        "owner": owner(row, words),
        "participants": text_or_empty(row["participants"]),
        "own_funding": words.amount(row["own_funding"], "S/"),
        "external_funding": words.amount(row["external_funding"], "S/"),
        "notes": text_or_empty(row["notes"]),
        "href": links.address(links.INDICATORS, actividad=row["code"]),
    }


def _quarter(quarter: dict, limits: tuple[float, float], words: Words) -> dict:
    return {
        "programmed": _number_or_empty(quarter["programmed"], words),
        "reported": _number_or_empty(quarter["reported"], words),
        "compliance": words.percent(quarter["compliance"], limits) if pd.notna(quarter["compliance"]) else "",
        "months": [
            {
                "programmed": _number_or_empty(m["programmed"], words),
                "reported": _exact(m["reported"], words),
                "state": m["state"],
                "provisional": bool(m["is_provisional"]),
                "whole": m["is_whole_only"],
                "has_value": pd.notna(m["reported"]),
                "spoken": state_text(m, words),
            }
            for m in quarter["months"]
        ],
    }


def _number_or_empty(value: float, words: Words) -> str:
    return words.number(value) if pd.notna(value) else ""


def _exact(value: float, words: Words) -> str:
    return words.exact(value) if pd.notna(value) else ""
