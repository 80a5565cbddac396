"""What changed since a date: the outcome, the plan, each activity's status and figure, then beside now; the
corrections.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from poa_core import links
from poa_core.blocks.bar import rollup_figure, short_name
from poa_core.blocks.markup import render
from poa_core.blocks.overview import verdict_tone
from poa_core.figures.frames import records
from poa_core.words.language import ABSENT, Words

SIDES = ("before", "now")


@dataclass(frozen=True)
class Compared:
    """What a plan said on a day beside what it says now.

    plan: one row of metrics.plans; cutoffs: month then and now (0-12); outcome, activities, corrections:
    frames of figures.since; rollups: the plan's roll-up then and now, of one row or none.
    """

    day: date
    plan: pd.Series
    cutoffs: tuple[int, int]
    outcome: pd.DataFrame
    rollups: tuple[pd.DataFrame, pd.DataFrame]
    activities: pd.DataFrame
    corrections: pd.DataFrame
    is_illustrative: bool


def changes(compared: Compared, words: Words) -> str:
    """The tiles, the activities that changed, the corrections; one sentence where nothing did."""
    rows = [_activity(row, compared.plan, words) for row in records(compared.activities)]
    groups = [
        (words("since.group_moved"), [row for row in rows if row["moved"]]),
        (words("since.group_same"), [row for row in rows if not row["moved"]]),
    ]
    return render(
        "since.html",
        words=words,
        day=words.day(compared.day),
        cutoffs=_cutoffs(compared.cutoffs, words),
        nothing=is_unchanged(compared),
        wholes=[
            rollup
            for rollup in (plan_change(compared.rollups, words), _outcome(compared.outcome, words))
            if rollup
        ],
        counts=counts(compared, words),
        groups=[group for group in groups if group[1]],
        corrections=_corrections(compared, words),
        message=message(compared, words),
    )


def message(compared: Compared, words: Words) -> str:
    """The same as plain text for a message."""
    plan, day = compared.plan, words.day(compared.day)
    title = words("since.title", year=plan["year"], entity=plan["entity"], process=plan["process"], day=day)
    lines = [
        title + (f" ({words('head.illustrative').lower()})" if compared.is_illustrative else ""),
        _cutoffs(compared.cutoffs, words),
    ]
    if is_unchanged(compared):
        return "\n".join([*lines, words("since.nothing", day=day)])
    rollups = [
        rollup
        for rollup in (plan_change(compared.rollups, words), _outcome(compared.outcome, words))
        if rollup
    ]
    lines += [
        _line(rollup["name"], rollup["before"], rollup["now"], rollup["change"], words) for rollup in rollups
    ]
    hints = {
        f"{name}{part}": value
        for name, count, word in counts(compared, words)
        for part, value in (("", count), ("_word", word))
    }
    lines.append(words("since.line_counts", **hints))
    for row in (_activity(row, plan, words) for row in records(compared.activities)):
        before, now = (
            " ".join(part for part in (row[f"said_{side}"], row[side]) if part and part != ABSENT)
            for side in SIDES
        )
        lines += (
            ["- " + _line(f"{row['code']} {row['activity']}", before, now, row["change"], words)]
            if row["moved"]
            else []
        )
    corrected = _corrections(compared, words)
    lines += [words("since.corrections_heading") + ":"] if corrected else []
    return "\n".join(
        [
            *lines,
            *(
                "- "
                + words("since.line", name=f"{c['name']}, {c['month']}", before=c["before"], now=c["now"])
                for c in corrected
            ),
        ]
    )


def _line(name: str, before: str, now: str, change: str, words: Words) -> str:
    """Then and now; what reads alike is said once."""
    if change and before == now:
        return words("since.line_same", name=name, now=now, change=change)
    return words(
        "since.line_change" if change else "since.line", name=name, before=before, now=now, change=change
    )


def is_unchanged(compared: Compared) -> bool:
    """Whether everything says what it said then."""
    still = [
        row["reported_before"] == row["reported_now"]
        and row["verdict_before"] == row["verdict_now"]
        or pd.isna(row["reported_before"])
        and pd.isna(row["reported_now"])
        for row in records(compared.outcome)
    ]
    return compared.activities.empty and compared.corrections.empty and all(still)


def counts(compared: Compared, words: Words) -> list[tuple[str, int, str]]:
    """How many activities changed status, how many values are new, how many were corrected, each with its
    word.
    """
    activities, outcome = compared.activities, compared.outcome
    moved = int(_is_moved(activities).sum())
    reports = int(activities["new_reports"].sum() + outcome["new_reports"].sum())
    totals = (("moved", moved), ("reports", reports), ("corrections", len(compared.corrections)))
    return [
        (name, count, words(f"since.{name}_one" if count == 1 else f"since.{name}_many"))
        for name, count in totals
    ]


def _is_moved(activities: pd.DataFrame) -> pd.Series:
    return activities["status_before"].fillna("") != activities["status_now"].fillna("")


def _cutoffs(cutoffs: tuple[int, int], words: Words) -> str:
    then, now = (words.month(month) if month else "" for month in cutoffs)
    if not now:
        return words("since.cutoffs_none")
    if not then:
        return words("since.cutoffs_first", now=now)
    return words("since.cutoffs_same", now=now) if then == now else words("since.cutoffs", then=then, now=now)


def _outcome(outcome: pd.DataFrame, words: Words) -> dict | None:
    """The balance and the verdict, then and now; two months with the same balance are without change."""
    if outcome.empty:
        return None
    row = outcome.iloc[0]
    amounts = [words.amount(row[f"reported_{side}"], row["unit"]) for side in SIDES]
    texts = {
        side: words("since.told", amount=amount, month=words.month(int(row[f"month_{side}"]), "short"))
        if pd.notna(row[f"month_{side}"])
        else ABSENT
        for side, amount in zip(SIDES, amounts, strict=True)
    }
    verdicts = [row[f"verdict_{side}"] for side in SIDES]
    change = words("common.no_change") if amounts[0] == amounts[1] != ABSENT else ""
    return {
        "name": row["outcome"],
        **texts,
        "change": change,
        "chips": [(verdict_tone(v), words(f"verdict.{v}")) if pd.notna(v) else None for v in verdicts],
    }


def plan_change(rollups: tuple[pd.DataFrame, pd.DataFrame], words: Words) -> dict:
    """The plan's compliance under the filters, then and now."""
    rows = [frame.iloc[0] if len(frame) else None for frame in rollups]
    figures = [ABSENT if row is None else rollup_figure(row, words) for row in rows]
    chips = [None if row is None else (row["status"], words(f"status_whole.{row['status']}")) for row in rows]
    return {
        "name": words("since.plan"),
        "before": figures[0],
        "now": figures[1],
        "change": words.points(*figures),
        "chips": chips,
    }


def _activity(row: dict, plan: pd.Series, words: Words) -> dict:
    bands = plan["at_risk_threshold"], plan["met_threshold"]
    status = {side: row[f"status_{side}"] if pd.notna(row[f"status_{side}"]) else "" for side in SIDES}
    status_texts = {
        f"said_{side}": words(f"status.{status[side]}") if status[side] else words(f"since.{absent}")
        for side, absent in zip(SIDES, ("not_there", "gone"), strict=True)
    }
    figures = {side: words.percent(row[f"compliance_{side}"], bands) for side in SIDES}
    return (
        status_texts
        | figures
        | {
            "change": words.points(figures["before"], figures["now"]),
            "code": row["code"],
            "activity": row["activity"],
            "name": short_name(row),
            "href": links.address(links.INDICATORS, actividad=row["code"]),
            "status_before": status["before"],
            "status_now": status["now"],
            "moved": status["before"] != status["now"],
            "new": int(row["new_reports"]) or "",
            "corrected": int(row["corrections"]) or "",
        }
    )


def _corrections(compared: Compared, words: Words) -> list[dict]:
    """Each value that said something else, the outcome's first."""
    names = dict(zip(compared.activities["code"], compared.activities["activity"], strict=True))
    outcome_names = dict(zip(compared.outcome["code"], compared.outcome["outcome"], strict=True))

    def value(amount: float) -> str:
        return words("since.taken_back") if pd.isna(amount) else words.exact(amount)

    rows = sorted(records(compared.corrections), key=lambda row: row["code"] not in outcome_names)
    return [
        {
            "code": "" if row["code"] in outcome_names else row["code"],
            "activity": outcome_names.get(row["code"]) or names[row["code"]],
            "name": outcome_names.get(row["code"]) or f"{row['code']} {names[row['code']]}",
            "month": words.month(int(row["month"])),
            "locality": "" if row["locality"] == "EPS" else row["locality"],
            "before": value(row["before"]),
            "now": value(row["now"]),
        }
        for row in rows
    ]
