"""Problems as they are found: made, put in order, cut to what a person can read."""

from collections.abc import Iterable, Sequence
from typing import Any

from poa_core.contract import MAX_PROBLEMS, Problem

_GRAVITY = {"error": 0, "question": 1, "warning": 2, "notice": 3}
_CUT = "too_many_problems"


def error(
    code: str, /, row: int | None = None, column: str | None = None, value: str | None = None, **hints: Any
) -> Problem:
    """A problem that refuses the file."""
    return Problem("error", code, row, column, value, hints)


def question(
    code: str, /, row: int | None = None, column: str | None = None, value: str | None = None, **hints: Any
) -> Problem:
    """A problem that a person must say yes to before the file is taken."""
    return Problem("question", code, row, column, value, hints)


def warning(
    code: str, /, row: int | None = None, column: str | None = None, value: str | None = None, **hints: Any
) -> Problem:
    """A problem that a person should look at and may accept."""
    return Problem("warning", code, row, column, value, hints)


def notice(
    code: str, /, row: int | None = None, column: str | None = None, value: str | None = None, **hints: Any
) -> Problem:
    """Something that was done with the file and needs no answer."""
    return Problem("notice", code, row, column, value, hints)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


def sort_and_limit(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems by row, those of the whole file first; beyond MAX_PROBLEMS the gravest are kept.

    The last one then is `too_many_problems`, whose hints hold how many there were. Lists that were
    cut before may be put together and ordered again.
    """
    without_cuts = [p for p in problems if p.code != _CUT]
    cuts = (p.hints for p in problems if p.code == _CUT)
    count = len(without_cuts) + sum(cut["count"] - cut["shown"] for cut in cuts)
    if count <= MAX_PROBLEMS:
        return tuple(sorted(without_cuts, key=_file_and_row))
    gravest = sorted(without_cuts, key=lambda p: (_GRAVITY[p.severity], _file_and_row(p)))
    shown = sorted(gravest[: MAX_PROBLEMS - 1], key=_file_and_row)
    return (*shown, notice("too_many_problems", shown=len(shown), count=count))


def _file_and_row(problem: Problem) -> tuple[str, int]:
    return problem.hints.get("file", ""), problem.row or 0
