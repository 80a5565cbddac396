"""The report's sections as what its template prints: frames and words in, texts and rows out."""

import pandas as pd

from poa_core.blocks import rules
from poa_core.blocks.bar import annual, bar, by_objective, owner, rollup_figure, shortfall, width
from poa_core.blocks.overview import counts, last_progress_upload, late, plan_rollup, verdict_tone
from poa_core.blocks.past.audit import line
from poa_core.blocks.since import plan_change
from poa_core.exports.report.frames import Frames
from poa_core.figures.frames import records, text_or_empty
from poa_core.words import outcome as sentences
from poa_core.words import problems
from poa_core.words.language import ABSENT, Words, is_nothing

CORRECTIONS_SHOWN, MONTHS_AHEAD = 60, 2
LONG = 1000  # from here on an amount is told without decimals in the chart's table


def head(f: Frames, words: Words) -> dict:
    """Plan, cut-off, the instant it is known at, filters, illustration."""
    filters = [
        value for value in (f.scope.objective, f.scope.responsible, f.scope.locality) if value is not None
    ]
    return {
        "title": title(f.scope, words),
        "place": f"{f.plan['entity']} · {f.plan['process']}",
        "objective": text_or_empty(f.plan["general_objective"]),
        "leader": None if f.is_illustrative else text_or_empty(f.plan["leader"]),
        "filters": filters,
        "count": len(f.activities),
        "known": words("report.known", day=words.day(f.scope.known_at)),
        "cut": cutoff_text(f.scope, words),
    }


def title(scope, words: Words) -> str:
    return words("report.title", year=scope.year)


def cutoff_text(scope, words: Words) -> str:
    """The cut-off in words."""
    return (
        words("report.cut", month=words.month(scope.month), year=scope.year)
        if scope.month
        else words("report.cut_none")
    )


def outcome(f: Frames, words: Words) -> dict | None:
    """Sentence, verdict, figures, the values of its chart; None where the plan names no outcome."""
    if f.outcome.empty:
        return None
    row = f.outcome.iloc[0]
    verdict = row["verdict"] if pd.notna(row["verdict"]) else None
    return {
        "name": row["outcome"],
        "unit": row["unit"],
        "verdict": verdict,
        "tone": verdict_tone(verdict),
        "status": row["status"],
        "sentences": sentences.outcome(row, f.scope.month, words),
        "facts": _facts(f, row, words),
        "forecast": sentences.forecast(f.outlook.iloc[0], row["unit"], words),
        "series": series(f, words),
        "months": [words("chart.before_year"), *(words.month(m, "short").capitalize() for m in range(1, 13))],
    }


def series(f: Frames, words: Words) -> list[tuple[str, list[str]]]:
    """The chart's values: a name and thirteen texts, month 0 to 12."""
    path, ahead = f.path.set_index("month"), f.forecast.set_index("month")
    named_values = [("chart.programmed", path["programmed"]), ("chart.reported", path["reported"])]
    if len(ahead):
        named_values += [
            ("chart.forecast", ahead["expected"]),
            ("report.low", ahead["low"]),
            ("report.high", ahead["high"]),
        ]
    return [
        (words(key), [_short(values.get(m), words) for m in range(13)])
        for key, values in named_values
        if values.notna().any()
    ]


def plan_compliance(f: Frames, words: Words) -> dict | None:
    """Compliance of the plan and the count in each status."""
    if f.rollup.empty:
        return None
    return plan_rollup(f.rollup.iloc[0], words) | {"counts": counts(f.activities, None, words)}


def process(f: Frames, words: Words) -> list[dict]:
    """The indicators the plan names for its process."""
    named = records(f.activities[f.activities["process_indicator"].notna()])
    return [
        {
            "name": row["process_indicator"],
            "value": words.amount(row["reported_to_date"], row["unit"]),
            "programmed": words.amount(row["programmed_to_date"], row["unit"]),
            "target": words.amount(row["target"], row["unit"]),
            "status": row["status"] if pd.notna(row["status"]) else None,
        }
        for row in named
    ]


def divisions(f: Frames, words: Words) -> list[dict]:
    """Who answers, the one that lags most first."""
    return [
        {
            "name": row["key"] if pd.notna(row["key"]) else words("common.nobody"),
            "figure": rollup_figure(row, words),
            "fill": width(row["compliance"]),
            "status": row["status"],
            "due": int(row["activities_due"]),
            "activities": int(row["activities"]),
            "late": int(row["late"]),
            "silent": int(row["silent"]),
        }
        for row in records(f.divisions.sort_values(["compliance", "position"]))
    ]


def late_activities(f: Frames, words: Words) -> list[dict]:
    """What is silent or late, ranked, with gap, who answers, cause and measure; nothing before any
    progress.
    """
    return late(f.activities, f.remarks, words) if f.has_progress else []


def objectives(f: Frames, words: Words) -> list[dict]:
    """Every activity under its objective."""
    figures = {row["key"]: row for row in records(f.objectives)}
    notes = {row["code"]: row for row in records(f.remarks)}
    return [
        {
            "number": number,
            "name": name,
            "figure": rollup_figure(figures[name], words) if name in figures else ABSENT,
            "rows": [_activity(row, notes.get(row["code"], {}), words) for row in rows],
        }
        for number, name, rows in by_objective(f.activities)
    ]


def coming(f: Frames, words: Words) -> list[dict]:
    """What falls due in the next months that ask for something."""
    months = sorted(f.falling_due["due_month"].unique())[:MONTHS_AHEAD]
    rows = records(f.falling_due[f.falling_due["due_month"].isin(months)])
    return [
        {
            "month": words.month(int(row["due_month"])).capitalize(),
            "code": row["code"],
            "activity": row["activity"],
            "amount": words.amount(row["programmed"], row["unit"]),
            "owner": owner(row, words),
            "provisional": row["is_provisional"],
        }
        for row in rows
    ]


def since(f: Frames, words: Words) -> dict:
    """What changed since the last report: the outcome, activities, corrections."""
    moved = [
        {
            "code": row["code"],
            "activity": row["activity"],
            "before": _side(row, "before", f, words),
            "now": _side(row, "now", f, words),
            "status_before": text_or_empty(row["status_before"]),
            "status_now": text_or_empty(row["status_now"]),
            "new": int(row["new_reports"]),
            "corrections": int(row["corrections"]),
        }
        for row in records(f.changes)
    ]
    plan = (
        plan_change((f.rollup_then, f.rollup), words)
        if f.rollup_then is not None and len(f.rollup_then)
        else None
    )
    return {
        "day": words.day(f.since),
        "moved": moved,
        "plan": plan,
        "outcome": [
            _outcome_moved(row, words) for row in records(f.outcome_since.dropna(subset="month_now"))
        ],
        "corrections": [line(row, words) for row in records(f.corrections.head(CORRECTIONS_SHOWN))],
        "more": max(len(f.corrections) - CORRECTIONS_SHOWN, 0),
        "count": len(f.corrections),
    }


def completeness(f: Frames, words: Words) -> dict:
    """Who has reported, and the last file."""
    last = last_progress_upload(f.uploads)
    rows = [
        {
            "name": owner(row, words),
            "due": int(row["cells_due"]),
            "reported": int(row["cells_reported"]),
            "on_time": int(row["cells_on_time"]),
            "missing": row["missing_codes"] if row["missing"] else "",
            "last": words.day(row["last_report"]) if pd.notna(row["last_report"]) else ABSENT,
        }
        for row in records(f.reporting)
    ]
    return {
        "rows": rows if last is not None else [],
        "last": ""
        if last is None
        else words(
            "coming.last",
            file=problems.shortened(last["file_name"]),
            who=problems.shortened(last["uploaded_by"]),
            when=words.day(last["accepted_at"]),
        ),
    }


def rule_sections(f: Frames, words: Words) -> list[tuple[str, list[str]]]:
    """How every figure is computed, with the plan's numbers."""
    return [
        (heading, parts)
        for heading, parts in rules.sections(f.plan, f.activities, f.cells, f.outcome, f.scope.month, words)
        if parts
    ]


def _facts(f: Frames, row: pd.Series, words: Words) -> list[tuple[str, str]]:
    unit, ahead, pace = row["unit"], f.outlook.iloc[0], words.difference(row["pace"], row["unit"])
    facts = [
        ("reported", words.amount(row["reported"], unit, _cents(unit))),
        ("path", words.amount(row["path"], unit, _cents(unit))),
        (
            "compliance",
            words.percent(row["compliance"], (f.plan["at_risk_threshold"], f.plan["met_threshold"])),
        ),
        ("pace", words("common.no_change") if is_nothing(pace) else pace),
        ("required", words.difference(row["required_pace"], unit)),
        ("december", words.amount(ahead["expected"], unit)),
    ]
    return [(words(f"report.fact_{name}"), figure) for name, figure in facts if figure != ABSENT]


def _cents(unit: str) -> int | None:
    return 2 if str(unit).startswith("S/") else None


def _activity(row: dict, note: dict, words: Words) -> dict:
    bar_fields = bar(row, words)
    return {
        "code": row["code"],
        "activity": row["activity"],
        "owner": owner(row, words),
        "unit": row["unit"],
        "locality": row["locality"],
        "target": words.number(row["target"]),
        "programmed": words.number(row["programmed_to_date"]),
        "reported": words.number(row["reported_to_date"]),
        "status": bar_fields["status"],
        "compliance": bar_fields["value"] if bar_fields["status"] else (bar_fields["share"] or ABSENT),
        "interval": "; ".join(filter(None, (bar_fields["interval"], bar_fields["months"]))),
        "annual": annual(row, words),
        "gap": shortfall(row, words) if bar_fields["status"] else "",
        "cause": text_or_empty(note.get("cause")),
        "measure": text_or_empty(note.get("measure")),
    }


def _side(row: dict, name: str, f: Frames, words: Words) -> str:
    return words.percent(row[f"compliance_{name}"], (f.plan["at_risk_threshold"], f.plan["met_threshold"]))


def _outcome_moved(row: dict, words: Words) -> dict:
    sides = {}
    for name in ("before", "now"):
        month = row[f"month_{name}"]
        sides[name] = {
            "amount": words.amount(row[f"reported_{name}"], row["unit"]),
            "month": words.month(int(month)) if pd.notna(month) else "",
            "verdict": text_or_empty(row[f"verdict_{name}"]),
        }
    change = (
        words("common.no_change") if sides["before"]["amount"] == sides["now"]["amount"] != ABSENT else ""
    )
    return {
        "name": row["outcome"],
        "new": int(row["new_reports"]),
        "corrections": int(row["corrections"]),
        "change": change,
    } | sides


def _short(amount: object, words: Words) -> str:
    if amount is None or pd.isna(amount):
        return ""
    return words.number(amount, 0 if abs(amount) >= LONG else None)
