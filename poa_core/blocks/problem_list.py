"""Problems as a list on the page: by severity, alike ones in one line with every row they stand in."""

from collections.abc import Iterable

from poa_core.contract import Problem
from poa_core.words import problems
from poa_core.words.language import Words

SEVERITIES = ("error", "question", "warning", "notice")
SHOWN_SPANS = 6
SHOWN_VALUES = 3


def by_severity(
    file_problems: Iterable[Problem], words: Words, names_file: bool = False
) -> list[tuple[str, int, list[dict]]]:
    """(severity, how many problems, their lines), the gravest first; names_file: several files were handed
    over.
    """
    file_problems = tuple(file_problems)
    groups = [(severity, [p for p in file_problems if p.severity == severity]) for severity in SEVERITIES]
    return [(severity, len(group), lines(group, words, names_file)) for severity, group in groups if group]


def lines(file_problems: Iterable[Problem], words: Words, names_file: bool = False) -> list[dict]:
    """One dict of texts (where, value, what) for all problems that say the same of the same column."""
    alike: dict[tuple, list[Problem]] = {}
    for problem in file_problems:
        file = problem.hints.get("file", "") if names_file else ""
        key = file, problem.column, problem.hints.get("typed"), problems.remedy(problem, words)
        alike.setdefault(key, []).append(problem)
    return [
        {
            "where": " · ".join(filter(None, (problems.shortened(file), _location(same, words)))),
            "value": _values(same),
            "what": what,
        }
        for (file, _, _, what), same in alike.items()
    ]


def _location(same: list[Problem], words: Words) -> str:
    rows = sorted({p.row for p in same if p.row is not None})
    if len(rows) < 2:
        return problems.where(same[0], words)
    ranges, column = row_ranges(rows, words), same[0].column
    return (
        words("place.rows", rows=ranges)
        if column is None
        else words("place.rows_column", rows=ranges, column=problems.shortened(column))
    )


def row_ranges(rows: list[int], words: Words) -> str:
    """4–18, 20: rows in order as spans; of many spans the first, and how many rows are left out."""
    ends: list[list[int]] = []
    for row in rows:
        if ends and row == ends[-1][1] + 1:
            ends[-1][1] = row
        else:
            ends.append([row, row])
    text = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ends[:SHOWN_SPANS])
    rest_count = sum(last - first + 1 for first, last in ends[SHOWN_SPANS:])
    return words("place.more", rows=text, count=rest_count) if rest_count else text


def _values(same: list[Problem]) -> str:
    values = [problems.shortened(value) for value in dict.fromkeys(p.value for p in same) if value]
    return ", ".join(values[:SHOWN_VALUES]) + ("…" if len(values) > SHOWN_VALUES else "")
