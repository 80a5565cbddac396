"""The audit trail: who changed what, when, from what to what, and why."""

import pandas as pd

from poa_core import moment as clock
from poa_core.blocks.markup import render
from poa_core.blocks.past import archive
from poa_core.figures.frames import records, text_or_empty
from poa_core.words import plan_field, problems
from poa_core.words.language import Words

SHOWN = 200
REPORTED = "programmed"  # a value reported is a figure as one programmed is
COLUMNS = (
    "moment",
    "person",
    "kind",
    "code",
    "month",
    "locality",
    "field",
    "before",
    "after",
    "reason",
    "file_name",
    "after_closing",
)

WITHOUT_VALUES = ("plan", "plan_withdrawn", "closed", "reopened", "archived", "brought_back")


def table(trail: pd.DataFrame, words: Words) -> str:
    """The newest of metrics.audit, newest first; how many there are beyond."""
    rows = [line(row, words) for row in records(trail.head(SHOWN))]
    return render("audit.html", words=words, rows=rows, count=len(trail), shown=SHOWN)


def export(trail: pd.DataFrame, words: Words) -> tuple[list[str], list[list[object]]]:
    """Headings in the language, and every row: moments of Lima in ISO form, rules in words, other values as
    they are stored.
    """
    rows = [
        [
            clock.to_lima(row["moment"]).isoformat(" ", "seconds"),
            row["person"],
            words(f"audit.kind_{row['kind']}"),
            text_or_empty(row["code"]),
            row["month"] or "",
            text_or_empty(row["locality"]),
            words(f"audit.field_{row['field']}") if text_or_empty(row["field"]) else "",
            _stored_text(row, "before", words),
            _stored_text(row, "after", words),
            archive.reason_text(text_or_empty(row["reason"]), words),
            text_or_empty(row["file_name"]),
            words("audit.yes") if row["is_after_closing"] else "",
        ]
        for row in records(trail)
    ]
    return [words(f"audit.column_{name}") for name in COLUMNS], rows


def line(row: dict, words: Words) -> dict:
    """One change as texts: when, who, what, from, to, why."""
    is_text, field = row["kind"] in ("remark", "remark_withdrawn"), text_or_empty(row["field"])
    return {
        "when": words.instant(row["moment"]),
        "who": problems.shortened(row["person"]),
        "kind": row["kind"],
        "what": words(f"audit.kind_{row['kind']}"),
        "code": text_or_empty(row["code"]),
        "month": words.month(int(row["month"]), "short") if row["month"] else "",
        "locality": row["locality"] if text_or_empty(row["locality"]) not in ("", "EPS") else "",
        "field": words(f"audit.field_{field}") if field else "",
        "before": "" if is_text else plan_field.field_text(field or REPORTED, row["before"], words),
        "after": text_or_empty(row["after"])
        if is_text
        else plan_field.field_text(field or REPORTED, row["after"], words),
        "is_text": is_text,
        "has_values": row["kind"] not in WITHOUT_VALUES,
        "reason": archive.reason_text(text_or_empty(row["reason"]), words),
        "file": problems.shortened(text_or_empty(row["file_name"])),
        "whole": problems.shortened(text_or_empty(row["file_name"]), problems.WHOLE),
        "after_closing": bool(row["is_after_closing"]),
    }


def _stored_text(row: dict, side: str, words: Words) -> str:
    """A rule in words, anything else as it is stored."""
    value = text_or_empty(row[side])
    return plan_field.rule(value, words) if value and row["field"] in plan_field.RULES else value
