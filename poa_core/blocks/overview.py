"""The overview's HTML blocks: frames and words in, markup out."""

import pandas as pd

from poa_core import links
from poa_core.blocks import objective_rows
from poa_core.blocks.bar import bar, by_objective, owner, rollup_figure, short_name, trend
from poa_core.blocks.markup import render
from poa_core.charts.activity import accumulates
from poa_core.figures.frames import records, text_or_empty
from poa_core.links import STATUS_CODES
from poa_core.words import outcome as sentences
from poa_core.words.language import ABSENT, Words, unit_after

STATUSES = ("met", "at_risk", "behind", "not_reported", "early", "not_due", "no_target")
LATE = ("not_reported", "behind", "at_risk")
FEW = 8
SHOWN = 12  # rows of a list that stand open; the rest is one click away


def has_progress(activities: pd.DataFrame, path: pd.DataFrame) -> bool:
    """Whether anything was reported up to the cut-off, of an activity or of the outcome
    (metrics.outcome_path).
    """
    return bool((activities["value_count"] > 0).any() or path["reported"].notna().any())


def head(plan: pd.Series, activities: pd.DataFrame, illustrative: bool, filtered: str, words: Words,
         status: str | None = None) -> str:  # fmt: skip
    """The plan's name, who it belongs to, how many activities have a report; no leader beside
    illustration.
    """
    reporting = int((activities["value_count"] > 0).sum())
    caption = (
        words("head.reporting", reporting=reporting, total=len(activities))
        if reporting
        else words("head.no_progress")
    )
    return render(
        "head.html",
        words=words,
        title=words("head.title", year=plan["year"]),
        entity=plan["entity"],
        process=plan["process"],
        caption=caption,
        filtered=filtered,
        leader=None if illustrative else plan["leader"],
        status=status,
        code=STATUS_CODES.get(status),
    )


def flag(words: Words) -> str:
    """That what the screen shows is illustrative."""
    return render("flag.html", words=words)


def outcome(figures: pd.Series, outlook: pd.Series, cutoff: int, words: Words) -> str:
    """Heading, verdict, the sentence, and how the forecast was chosen. outlook: the row of
    metrics.outlook.
    """
    verdict = figures["verdict"] if pd.notna(figures["verdict"]) else None
    return render(
        "outcome.html",
        words=words,
        name=figures["outcome"],
        verdict=verdict,
        tone=verdict_tone(verdict),
        status=figures["status"],
        sentences=sentences.outcome(figures, cutoff, words),
        unit=figures["unit"],
        forecast=sentences.forecast(outlook, figures["unit"], words),
    )


def localities(parts: pd.DataFrame, figures: pd.Series, words: Words) -> str:
    """The outcome by the localities that report it, the largest first."""
    rows = [
        (row["locality"], words.amount(row["reported"], figures["unit"]), words.percent(row["share"]))
        for row in records(parts)
    ]
    return render("localities.html", words=words, parts=rows, month=words.month(int(parts.iloc[0]["month"])))


def verdict_tone(verdict: str | None) -> str:
    """The status whose icon and colour a verdict borrows."""
    tones = {
        "reached": "met",
        "secured": "met",
        "at_target": "met",
        "on_pace": "met",
        "reachable": "at_risk",
        "needs_record": "behind",
        "missed": "behind",
        "too_early": "too_early",
        "unknown": "unknown",
    }
    return tones.get(verdict or "", "not_due")


def counts(activities: pd.DataFrame, chosen: str | None, words: Words) -> list[dict]:
    """How many stand in each status, each a click that filters by it. activities: whatever their status."""
    by_status = activities["status"].value_counts()
    return [
        {
            "status": s,
            "count": int(by_status[s]),
            "code": STATUS_CODES[s],
            "chosen": s == chosen,
            "href": links.address(links.OVERVIEW, estado=STATUS_CODES[s]),
        }
        for s in STATUSES
        if s in by_status
    ]


def bars(
    activities: pd.DataFrame,
    objectives: pd.DataFrame,
    rollup: pd.DataFrame,
    counts: list[dict],
    cutoff: int,
    words: Words,
    filtered: bool = False,
    summary: str = "",
) -> str:
    """Compliance of the plan, the count in each status, one bar per activity against its programme; the
    summary to copy.
    """
    figures = {row["key"]: rollup_figure(row, words) for row in records(objectives)}
    folded_rows = objective_rows.rows(activities, objectives, words)
    groups = (
        []
        if folded_rows
        else [
            {
                "number": number,
                "name": name,
                "figure": figures.get(name, ABSENT),
                "rows": [bar(row, words) for row in rows],
            }
            for number, name, rows in by_objective(activities)
        ]
    )
    return render(
        "bars.html",
        words=words,
        groups=groups,
        folded=folded_rows,
        filtered=filtered,
        plan=plan_rollup(rollup.iloc[0], words) if len(rollup) else None,
        cutoff=cutoff,
        counts=counts,
        few=len(activities) <= FEW,
        summary=summary,
    )


def targets(activities: pd.DataFrame, cells: pd.DataFrame, words: Words) -> str:
    """The plan before any report: the months each activity is programmed in, and its annual target."""
    folded_rows = objective_rows.months(activities, cells, words)
    groups = (
        []
        if folded_rows
        else [
            {
                "number": number,
                "name": name,
                "rows": [_target(row, cells[cells["code"] == row["code"]], words) for row in rows],
            }
            for number, name, rows in by_objective(activities)
        ]
    )
    return render("targets.html", words=words, groups=groups, folded=folded_rows, count=len(activities),
                  initials=[words.month(m, "initial") for m in range(1, 13)])  # fmt: skip


def _target(row: dict, months: pd.DataFrame, words: Words) -> dict:
    due = pd.notna(months["programmed"])
    return {
        "code": row["code"],
        "name": short_name(row),
        "activity": row["activity"],
        "months": [
            ("on" if on else "") + (" prov" if prov else "")
            for on, prov in zip(due, months["is_provisional"], strict=True)
        ],
        "spoken": ", ".join(words.month(m) for m in months.loc[due, "month"]),
        "number": words.number(row["target"]),
        "unit": unit_after(words.number(row["target"]), row["unit"]),
        "href": links.address(links.INDICATORS, actividad=row["code"]),
    }


def process(activities: pd.DataFrame, cells: pd.DataFrame, cutoff: int, words: Words) -> str:
    """The indicators that the plan names for its process: value, target, trend, status."""
    named = activities[activities["process_indicator"].notna()]
    items = []
    for row in records(named):
        months = cells[(cells["code"] == row["code"]) & (cells["month"] <= cutoff)]
        cumulative = accumulates(row)
        shown = row["reported_to_date"]
        items.append(
            {
                "label": row["process_indicator"],
                "value": words.amount(
                    shown,
                    row["unit"] if row["is_percent"] else "",
                    1 if row["is_percent"] and pd.notna(shown) else None,
                ),
                "target": words(
                    "process.of"
                    if cumulative
                    else "process.mean_target"
                    if row["aggregation"] == "mean"
                    else "process.target",
                    target=words.amount(row["target"], row["unit"] if row["is_percent"] else ""),
                ),
                "as_of": words("process.as_of", month=words.month(int(row["last_month"]), "short"))
                if pd.notna(row["last_month"])
                and row["last_month"] < cutoff
                and row["aggregation"] in ("mean", "last")
                else "",
                "status": row["status"],
                "href": links.address(links.INDICATORS, actividad=row["code"]),
                "code": row["code"],
                "trend": trend(months, cumulative, row["target"]),
            }
        )
    return render("process.html", words=words, items=items, month=words.month(cutoff) if cutoff else "")


def late(activities: pd.DataFrame, remarks: pd.DataFrame, words: Words) -> list[dict]:
    """The late ones as rows: silent first, then the furthest behind."""
    behind = activities[activities["status"].isin(LATE)].copy()
    behind["order"] = behind["compliance"].where(behind["status"] != "not_reported", -1)
    notes = {row["code"]: row for row in records(remarks)}
    return [
        bar(row, words)
        | {name: text_or_empty(notes.get(row["code"], {}).get(name)) for name in ("cause", "measure")}
        for row in records(behind.sort_values(["order", "position"]))
    ]


def attention(activities: pd.DataFrame, remarks: pd.DataFrame, cutoff: int, words: Words) -> str:
    """What is late or silent, with who answers, cause and measure."""
    rows = late(activities, remarks, words)
    return render(
        "attention.html",
        words=words,
        rows=rows,
        shown=SHOWN,
        month=words.month(cutoff) if cutoff else "",
        unexplained=sum(not row["cause"] for row in rows),
    )


def coming(
    due: pd.DataFrame,
    reporting: pd.DataFrame,
    by_month: pd.DataFrame,
    uploads: pd.DataFrame,
    month: int,
    is_earlier: bool,
    words: Words,
    reminder: str = "",
) -> str:
    """What falls due after a month, what after it, and who has reported up to it, division by division and
    month by month.

    is_earlier: a person chose a month before the due one.
    """
    heading = (
        words("coming.reporting_seen" if is_earlier else "coming.reporting_to", month=words.month(month))
        if month
        else words("coming.reporting")
    )
    last = last_progress_upload(uploads)
    return render(
        "coming.html",
        words=words,
        months=_due_months(due, words),
        shown=SHOWN,
        divisions=[_division(row, by_month, words) for row in records(reporting)]
        if last is not None or month
        else [],
        heading=heading,
        last=None
        if last is None
        else {"file": last["file_name"], "who": last["uploaded_by"], "when": words.day(last["accepted_at"])},
        reminder=reminder,
        view=links.SINCE,
        since=links.address(links.HISTORY, vista=links.SINCE),
    )


def last_progress_upload(uploads: pd.DataFrame) -> pd.Series | None:
    """The newest progress file that stands; None without one. uploads: metrics.uploads, newest first."""
    standing = uploads[(uploads["kind"] == "progress") & uploads["withdrawn_at"].isna()]
    return standing.iloc[0] if len(standing) else None


def plan_rollup(plan: pd.Series, words: Words) -> dict:
    """The plan's roll-up as printed: figure, status, how many are due and silent, the interval where reports
    are missing.
    """
    due, silent = int(plan["activities_due"]), int(plan["silent"])
    figure = rollup_figure(plan, words)
    interval = ""
    low, high = words.percent(plan["low"]), words.percent(plan["high"])
    if pd.notna(plan["high"]) and low != high:
        interval = words("bars.plan_interval", low=low, high=high)
    return {"figure": figure, "status": plan["status"], "due": due, "silent": silent, "interval": interval}


def _due_months(due: pd.DataFrame, words: Words) -> list[dict]:
    months = []
    for month, rows in list(due.groupby("due_month"))[:2]:
        months.append(
            {
                "name": words.month(int(month)),
                "rows": [
                    {
                        "code": r["code"],
                        "activity": r["activity"],
                        "amount": words.amount(r["programmed"], r["unit"]),
                        "owner": owner(r, words),
                        "provisional": r["is_provisional"],
                        "href": links.address(links.INDICATORS, actividad=r["code"]),
                    }
                    for r in records(rows)
                ],
            }
        )
    return months


def _division(row: dict, by_month: pd.DataFrame, words: Words) -> dict:
    status = "not_due" if not row["due"] else "not_reported" if row["missing"] else "met"
    mask = (
        by_month["responsible"].isna()
        if pd.isna(row["responsible"])
        else by_month["responsible"] == row["responsible"]
    )
    months = records(by_month[mask & (by_month["position"] > 0)].sort_values("month"))
    return {
        "name": owner(row, words),
        "due": int(row["due"]),
        "status": status,
        "missing": row["missing_codes"] if row["missing"] else "",
        "squares": [_square(month, words) for month in months],
        "timely": words(
            "coming.timely_one" if row["cells_due"] == 1 else "coming.timely_many",
            reported=int(row["cells_reported"]),
            due=int(row["cells_due"]),
            on_time=int(row["cells_on_time"]),
        )
        if row["cells_due"]
        else "",
        "last": words.day(row["last_report"]) if pd.notna(row["last_report"]) else ABSENT,
    }


def _square(month: dict, words: Words) -> dict:
    """One month of a division: all in time, some late, some missing."""
    lacking = "partial" if month["missing"] == month["partial"] else "missing"
    state = lacking if month["missing"] else "late" if month["on_time"] < month["reported"] else "on_time"
    name = words.month(int(month["month"]))
    return {
        "state": state,
        "initial": words.month(int(month["month"]), "initial"),
        "said": words(f"coming.square_{state}", month=name, codes=month["missing_codes"] or ""),
    }
