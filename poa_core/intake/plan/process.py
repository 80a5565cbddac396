"""A row of processes.csv: one plan, its outcome and the path of the outcome where it is given."""

from decimal import Decimal

from poa_core.contract import PlanRecord
from poa_core.intake.plan.row import (
    Row,
    coded_word,
    integer,
    localities,
    months,
    number,
    ratio,
    required_text,
)
from poa_core.intake.plan.rules import AGGREGATION_WORDS, DIRECTION_WORDS, check_outcome, check_rule

NUMERIC = ("linea_base", "meta", "umbral_cumple", "umbral_riesgo")
FIRST_YEAR, LAST_YEAR = 1990, 2100


def read_process(row: Row) -> tuple[PlanRecord, dict[int, Decimal]]:
    """The row as table plan has it, and the outcome's given months."""
    has_outcome = _has_outcome(row)
    record = {
        **read_key(row),
        "general_objective": row.text("objetivo_general"),
        "leader": row.text("lider"),
        "outcome_code": row.text("codigo_resultado"),
        "outcome": row.text("resultado"),
        "unit": row.text("unidad"),
        "baseline": number(row, "linea_base"),
        "target": number(row, "meta"),
        "aggregation": coded_word(row, "regla", AGGREGATION_WORDS, "last") if has_outcome else None,
        "direction": coded_word(row, "sentido", DIRECTION_WORDS) if has_outcome else None,
        "met_threshold": ratio(row, "umbral_cumple", 0.95),
        "at_risk_threshold": ratio(row, "umbral_riesgo", 0.75),
        "reporting_day": integer(row, "dia_de_reporte", 1, 28, 10),
        "localities": localities(row) if has_outcome else None,
    }
    if row.is_sound and record["at_risk_threshold"] >= record["met_threshold"]:
        row.fail("thresholds_out_of_order", "umbral_riesgo", met=record["met_threshold"])
    path = months(row, record["aggregation"])
    if has_outcome:
        check_rule(row, "regla", record, path)
        check_outcome(row, record)
    return record, path


def read_key(row: Row) -> PlanRecord:
    """Which plan a row of either file belongs to."""
    return {
        "year": integer(row, "anio", FIRST_YEAR, LAST_YEAR),
        "entity": required_text(row, "entidad"),
        "process": required_text(row, "proceso"),
    }


def _has_outcome(row: Row) -> bool:
    """True where the plan has an outcome; then each of its cells is needed."""
    has_outcome = any(row.text(name) for name in ("codigo_resultado", "resultado"))
    for name in ("codigo_resultado", "resultado", "unidad") if has_outcome else ():
        required_text(row, name)
    for name in ("linea_base", "meta") if has_outcome else ():
        if not row.text(name):
            row.fail("outcome_incomplete", name)
    return has_outcome
