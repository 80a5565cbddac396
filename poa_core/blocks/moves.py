"""What moves if something is accepted: the plan, the outcome, each activity, before and after."""

import pandas as pd

from poa_core.blocks.bar import bands, rollup_figure
from poa_core.figures.frames import records
from poa_core.loading.effect import Figures
from poa_core.words.language import ABSENT, Words


def plan_compliance(before: pd.DataFrame | None, after: pd.DataFrame, words: Words) -> dict:
    """The whole plan's compliance on both sides (roll-ups by plan)."""
    new = after.iloc[0]
    old = before.iloc[0] if before is not None and len(before) else None
    figures = {
        "after": rollup_figure(new, words),
        "before": rollup_figure(old, words) if old is not None else ABSENT,
    }
    return {**figures, "change": words.points(figures["before"], figures["after"]),
            "status": new["status"], "was": old["status"] if old is not None else None}  # fmt: skip


def outcome(before: pd.DataFrame | None, after: pd.DataFrame, words: Words) -> dict | None:
    """The outcome's value on both sides, nothing where it stays."""
    if after.empty or pd.isna(after.iloc[0]["reported"]):
        return None
    new = after.iloc[0]
    old = before.iloc[0] if before is not None and len(before) else None
    same = (
        old is not None
        and old["reported"] == new["reported"]
        and old["month_reported"] == new["month_reported"]
    )
    if same:
        return None
    after, was = (
        words.amount(row["reported"], new["unit"], 2) if row is not None else ABSENT for row in (new, old)
    )
    return {
        "name": new["outcome"],
        "after": after,
        "before": was,
        "change": words("common.no_change") if after == was else "",
        "month": words.month(int(new["month_reported"])),
        "before_month": words.month(int(old["month_reported"]), "short")
        if old is not None and pd.notna(old["month_reported"])
        else "",
        "verdict": words(f"verdict.{new['verdict']}"),
    }


def changed_activities(moved: pd.DataFrame, words: Words) -> dict[str, list[dict]]:
    """What moves by what is shown of it: its compliance, or, where none is shown or it stays, the value to
    date.
    """
    moves: dict[str, list[dict]] = {"compliance": [], "value": []}
    for row in records(moved):
        sides = ("before", "after")
        states = tuple(row[f"status_{side}"] if pd.notna(row[f"status_{side}"]) else None for side in sides)
        values = [words.percent(row[f"compliance_{side}"], bands(row)) for side in sides]
        kind = (
            "value"
            if values[0] == values[1] and (states[0] == states[1] or values[0] == ABSENT)
            else "compliance"
        )
        change = words.points(*values) if kind == "compliance" else ""
        if kind == "value":
            values = [words.amount(row[f"reported_to_date_{side}"], row["unit"]) for side in sides]
            values = (
                [f"{values[1]}, {words('common.no_change')}"] if values[0] == values[1] != ABSENT else values
            )
        moves[kind].append(
            {
                "code": row["code"],
                "name": row["activity"],
                "states": states,
                "values": values,
                "change": change,
            }
        )
    return moves


def only_in_first(activities: pd.DataFrame, others: pd.DataFrame, words: Words) -> list[dict]:
    """The activities that the others lack, with what counts of each."""
    rows = records(activities[~activities["code"].isin(others["code"])])
    return [
        {
            "code": row["code"],
            "name": row["activity"],
            "status": row["status"],
            "figure": words.percent(row["compliance"], bands(row)),
        }
        for row in rows
    ]


def outcome_status(before: Figures, after: Figures, words: Words) -> dict | None:
    """The outcome's compliance and status on both sides, by two versions of a plan; nothing where both stay,
    or where none has one.
    """
    sides = [records(each.outcome)[0] if len(each.outcome) else None for each in (before, after)]
    values = [
        words.percent(row["compliance"], bands(each.plan.iloc[0])) if row else ABSENT
        for row, each in zip(sides, (before, after), strict=True)
    ]
    states = tuple(row["status"] if row else None for row in sides)
    if values[0] == values[1] and states[0] == states[1]:
        return None
    return {"name": (sides[1] or sides[0])["outcome"], "values": values, "states": states}
