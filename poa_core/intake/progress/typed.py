"""A month typed on the screen as the progress file it stands for."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace

from poa_core.contract import PlanKnowledge, Problem

HEADER = ("codigo", "localidad", "mes", "avance", "causa", "medida")
FIELDS = {"avance": "value", "causa": "cause", "medida": "measure"}


def progress_csv(rows: Iterable[Mapping[str, object]], year: int, month: int) -> bytes:
    """The rows that say something (code, locality, and any of value, cause, measure as text) as a long file's
    bytes.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows:
        texts = [_text(row.get(name)) for name in ("value", "cause", "measure")]
        if any(texts):
            writer.writerow([row["code"], row["locality"], f"{year}-{month:02d}", *texts])
    return written.getvalue().encode()


def is_empty(content: bytes) -> bool:
    """Whether a typed file has no row below its header."""
    return content.count(b"\n") < 2


def locate_problems(
    problems: Iterable[Problem], content: bytes, knowledge: PlanKnowledge
) -> tuple[Problem, ...]:
    """A typed file's problems where the person typed: the activity and the field in hints typed and field, no
    row.

    The activity is empty where a problem is of the whole month. first_row, which other rows are spoken of,
    names its activity.
    """
    rows = dict(enumerate(csv.reader(io.StringIO(content.decode(), newline="")), start=1))

    def activity(row: int | None) -> str:
        if row not in rows or row == 1:
            return ""
        code, locality = rows[row][:2]
        planned = knowledge.activities.get(code)  # None: the plan changed while the month was typed
        return f"{code} {planned.name if planned else ''}".strip() + (
            "" if planned and locality == planned.locality else f" ({locality})"
        )

    def locate(problem: Problem) -> Problem:
        first_row = problem.hints.get("first_row")
        hints = problem.hints | {
            "typed": activity(problem.row),
            "field": FIELDS.get(problem.column or "", ""),
        }
        return replace(
            problem,
            row=None,
            column=None,
            hints=hints | ({} if first_row is None else {"first_row": activity(first_row)}),
        )

    return tuple(map(locate, problems))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
