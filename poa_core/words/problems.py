"""A problem in words: where, what, how to mend it."""

import re

from poa_core.contract import Problem
from poa_core.words.language import Words

FIGURES = {
    "reference",
    "total",
    "target",
    "programmed",
    "least",
    "difference",
    "late",
    "baseline",
    "last",
    "step",
}
MONTHS = ("month", "other_month")
OF_MONTHS = (
    "locality_unlisted",
    "combination_contradicted",
    "combination_of_both",
)  # their months are months and no count
SHOWN, WHOLE = 60, 300  # of a sentence; of what stands beside it on hover


def sentence(problem: Problem, speak: Words) -> str:
    """ "Fila 12, columna avance: ..." in the language of the words."""
    location = where(problem, speak)
    what = remedy(problem, speak)
    return f"{location}: {what}" if location else what


def where(problem: Problem, speak: Words) -> str:
    """The row and the column as far as the problem has them, the activity and the field of what was typed,
    else nothing.
    """
    if "typed" in problem.hints:
        return _typed_where(problem, speak)
    if problem.row is None:
        return "" if problem.column is None else speak("place.column", column=shortened(problem.column))
    if problem.column is None:
        return speak("place.row", row=problem.row)
    return speak("place.row_column", row=problem.row, column=shortened(problem.column))


def remedy(problem: Problem, speak: Words) -> str:
    """What is wrong and how to mend it."""
    named = {
        name: speak.month(problem.hints[name]) for name in MONTHS if isinstance(problem.hints.get(name), int)
    }
    if "months" in problem.hints and problem.code in OF_MONTHS:
        named["months"] = ", ".join(map(speak.month, problem.hints["months"]))
    hints = {
        name: shortened(speak.exact(hint) if _is_figure(name, hint) else str(hint))
        for name, hint in (problem.hints | named).items()
    }
    key = f"problem_typed.{problem.code}"  # a sentence of files, said anew for what was typed
    return speak(
        key if "typed" in hints and speak.has(key) else f"problem.{problem.code}",
        row=problem.row,
        column=shortened(problem.column or ""),
        value=shortened(problem.value or ""),
        **hints,
    )


def _is_figure(name: str, hint: object) -> bool:
    """A hint that is an amount: written as the page writes amounts."""
    return name in FIGURES and bool(re.fullmatch(r"-?\d+(\.\d+)?", str(hint)))


def _typed_where(problem: Problem, speak: Words) -> str:
    activity, field = problem.hints["typed"], problem.hints.get("field")
    if not activity:
        return speak("type.whole")
    return f"{shortened(activity)} · {speak(f'type.{field}')}" if field else shortened(activity)


def shortened(text: str, most: int = SHOWN) -> str:
    """Text from a file as a sentence can hold it: one line, at most so many characters, nothing unseen."""
    line = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(line.split())
    return line if len(line) <= most else line[: most - 1] + "…"
