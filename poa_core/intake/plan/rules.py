"""What a plan may not hold: rules an aggregation forbids, codes twice, weights in part."""

import re
from decimal import Decimal

from poa_core.contract import AGGREGATIONS, COMBINATIONS, DIRECTIONS, WHOLE_UTILITY, PlanRecord
from poa_core.intake.plan.row import Row
from poa_core.intake.values.amounts import is_percentage
from poa_core.intake.values.months import read_month
from poa_core.intake.values.numbers import short_text
from poa_core.names import fold

AGGREGATION_WORDS = AGGREGATIONS | {code: code for code in AGGREGATIONS.values()}
DIRECTION_WORDS = DIRECTIONS | {code: code for code in DIRECTIONS.values()}
COMBINATION_WORDS = COMBINATIONS | {code: code for code in COMBINATIONS.values()}
_JOINING = ("y", "e", "and")

FoldedKey = tuple[int | None, str, str]  # the year, entity and process of a row, names folded


def check_rule(row: Row, name: str, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    """An aggregation (in the column of that name) that its unit, direction or months contradict."""
    aggregation = record["aggregation"]
    if aggregation == "sum" and is_percentage(record["unit"] or ""):
        row.fail("sum_of_percentages", name, unit=record["unit"])
    is_one_month = record["direction"] == "higher" and list(programmed.values()) == [1]
    if aggregation == "milestone" and row.is_sound and not is_one_month:
        row.fail("milestone_shape", name, months=len(programmed))


def check_outcome(row: Row, record: PlanRecord) -> None:
    """A target that is not better than the baseline: of such an outcome no share of the way can be told."""
    baseline, target = record["baseline"], record["target"]
    if baseline is None or target is None or record["direction"] is None:
        return
    hints = {"baseline": short_text(baseline), "target": short_text(target)}
    if baseline == target:
        row.fail("target_met_at_baseline", "meta", **hints)
    elif (target > baseline) != (record["direction"] == "higher"):
        row.fail("outcome_against_direction", "sentido", **hints)


def check_combination(row: Row, record: PlanRecord) -> None:
    """A way to combine local values that the activity's rule, unit, direction or list of localities does not
    allow.
    """
    combination, column = record["combination"], "combinacion"
    if combination not in ("sum", "mean") or not row.is_sound:
        return
    if record["locality"] != WHOLE_UTILITY:
        row.warn("combination_unused", column, own=record["locality"])
    elif combination == "sum" and (
        record["aggregation"] not in ("sum", "last") or is_percentage(record["unit"])
    ):
        row.fail("combination_not_a_sum", column, unit=record["unit"])
    elif combination == "mean" and record["aggregation"] not in ("mean", "last"):
        row.fail("combination_not_a_mean", column)
    elif not record["localities"] and (combination == "mean" or record["direction"] == "lower"):
        row.fail("combination_without_list", column)


def provisional_months(row: Row, year: int | None, programmed: dict[int, Decimal]) -> frozenset[int]:
    """The months that `meses_provisionales` lists; those without a programme are warned of."""
    name = "meses_provisionales"
    months: set[int] = set()
    for text in re.split(r"[,;|/\s]+", row.text(name) or ""):
        if not text or text in _JOINING:
            continue
        month, wrong = read_month(text, year or 0)
        if wrong:
            row.fail("unknown_month", name, expected=year)
        elif month not in programmed and row.is_sound:
            row.warn("provisional_not_programmed", name, month=text)
        if month is not None:
            months.add(month)
    return frozenset(months)


def check_codes(rows: list[tuple[Row, PlanRecord]], heads: dict[FoldedKey, tuple[Row, PlanRecord]]) -> None:
    """Codes that stand twice in one plan, or are its outcome's: told of the file that was handed over, not of
    the plan in force.
    """
    first_rows: dict[tuple[FoldedKey, str], int | None] = {}
    for row, record in rows:
        plan, code = plan_key(record), (record["code"] or "").casefold()
        earlier = first_rows.setdefault((plan, code), row.number)
        if code and earlier != row.number:
            row.fail("duplicate_code", "codigo", first_row=earlier)
        if not code or plan not in heads:
            continue
        head, outcome = heads[plan]
        if code == (outcome.get("outcome_code") or "").casefold():
            if row.number is None:
                head.fail("outcome_code_in_force", "codigo_resultado")
            else:
                row.fail("outcome_code_taken", "codigo")


def check_weights(rows: list[tuple[Row, PlanRecord]]) -> None:
    """Plans in which some rows have a weight and some have none: told at the first without."""
    first_rows: dict[FoldedKey, int | None] = {}
    reported_plans: set[FoldedKey] = set()
    for row, record in rows:
        if row.text("peso"):
            first_rows.setdefault(plan_key(record), row.number)
    for row, record in rows:
        plan = plan_key(record)
        if plan in first_rows and plan not in reported_plans and not row.text("peso"):
            row.fail("weight_missing", "peso", first_row=first_rows[plan])
            reported_plans.add(plan)


def plan_key(record: PlanRecord) -> FoldedKey:
    """The year, entity and process of a row, names folded: which plan it belongs to."""
    return record["year"], fold(record["entity"] or ""), fold(record["process"] or "")
