"""What a child process may answer: values of the plan it was asked about, rows of a plan, problems that can
be said.
"""

from decimal import Decimal
from typing import NamedTuple

from poa_core.contract import (
    AGGREGATIONS,
    COMBINATIONS,
    DECIMALS,
    DIRECTIONS,
    LARGEST,
    MAX_FIELD,
    MAX_PROBLEMS,
    WHOLE_UTILITY,
    PlanFile,
    PlanKnowledge,
    PlanReading,
    Problem,
    ProgressFile,
    Value,
)  # fmt: skip
from poa_core.words.language import Words
from poa_core.words.problems import sentence

_SEVERITIES = ("error", "question", "warning", "notice")
_CONVENTIONS = ("point", "comma", None)
_MONTHS = range(1, 13)

_KEY = {"year": int, "entity": str, "process": str}
_PLAN = (
    _KEY
    | {"met_threshold": float, "at_risk_threshold": float, "reporting_day": int}
    | dict.fromkeys(
        (
            "general_objective",
            "leader",
            "outcome_code",
            "outcome",
            "unit",
            "aggregation",
            "direction",
            "localities",
        ),
        str | None,
    )
    | {"baseline": Decimal | None, "target": Decimal | None}
)
_ACTIVITY = (
    _KEY
    | dict.fromkeys(("code", "objective", "activity", "locality", "unit", "aggregation", "direction"), str)
    | dict.fromkeys(
        (
            "indicator",
            "process_indicator",
            "localities",
            "combination",
            "responsible",
            "participants",
            "notes",
        ),
        str | None,
    )
    | dict.fromkeys(("target", "own_funding", "external_funding"), Decimal | None)
    | {"position": int, "weight": float | None}
)
_PROGRAMME = _KEY | {"code": str, "month": int, "programmed": Decimal, "is_provisional": bool}


class AllowedKeys(NamedTuple):
    """Where a value of one plan may belong."""

    codes: frozenset[str]
    localities: frozenset[str]


def is_progress(file: ProgressFile, knowledge: PlanKnowledge) -> bool:
    """Whether the file is one that could have been read for this plan."""
    homes = {activity.locality for activity in knowledge.activities.values()}
    keys = AllowedKeys(
        frozenset(knowledge.activities), frozenset({WHOLE_UTILITY, *homes, *knowledge.localities})
    )
    return (
        file.decimal in _CONVENTIONS
        and all(is_value(value, keys) for value in file.values)
        and are_problems(file.problems)
        and not (file.needs_decimal and file.values)
        and min(file.empty_rows, file.rows_read) >= 0
    )


def is_value(value: Value, keys: AllowedKeys) -> bool:
    remarks = (value.note, value.cause, value.measure)
    return (
        value.row > 0
        and value.code in keys.codes
        and value.month in _MONTHS
        and value.locality in keys.localities
        and (value.reported is None or (not value.retracted and _is_stored(value.reported)))
        and all(remark is None or len(remark) <= MAX_FIELD for remark in remarks)
    )


def is_reading(reading: PlanReading) -> bool:
    return is_plan(reading.current) and (reading.initial is None or is_plan(reading.initial))


def is_plan(file: PlanFile) -> bool:
    rows = [(_PLAN, file.plans), (_ACTIVITY, file.activities), (_PROGRAMME, file.programme)]
    # Nothing of a refused plan is stored, and its rows may lack what they need.
    is_placed = len(file.locations) == len(file.plans) + len(file.activities)
    return are_problems(file.problems) and (
        file.is_refused
        or is_placed
        and all(_is_row(row, kinds) for kinds, records in rows for row in records)
    )


def are_problems(problems: tuple[Problem, ...]) -> bool:
    """Whether each can be put into words, which needs its code and its hints to be the right ones."""
    # Two files of a plan are cut each for itself before they are put together.
    return len(problems) <= 2 * MAX_PROBLEMS and all(map(_can_be_said, problems))


def _can_be_said(problem: Problem) -> bool:
    try:
        return problem.severity in _SEVERITIES and bool(sentence(problem, Words("es")))
    except (KeyError, IndexError, ValueError, AttributeError):
        return False


def _is_stored(number: Decimal) -> bool:
    return number.copy_abs() < LARGEST and number.as_tuple().exponent >= -DECIMALS


def _is_row(row: dict, kinds: dict) -> bool:
    typed = row.keys() == kinds.keys() and all(isinstance(row[name], kind) for name, kind in kinds.items())
    return (
        typed
        and all(_is_stored(value) for value in row.values() if isinstance(value, Decimal))
        and row.get("aggregation") in (None, *AGGREGATIONS.values())
        and row.get("direction") in (None, *DIRECTIONS.values())
        and row.get("combination") in (None, *COMBINATIONS.values())
        and row.get("month", 1) in _MONTHS
    )
