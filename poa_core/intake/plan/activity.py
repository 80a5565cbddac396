"""A row of plan.csv: one activity, its programmed months and which of them are provisional."""

from decimal import Decimal

from poa_core.contract import MONTHS, PlanRecord
from poa_core.intake.plan.process import read_key
from poa_core.intake.plan.row import Row, coded_word, localities, months, number, required_text
from poa_core.intake.plan.rules import (  # fmt: skip
    AGGREGATION_WORDS,
    COMBINATION_WORDS,
    DIRECTION_WORDS,
    check_combination,
    check_rule,
    provisional_months,
)
from poa_core.names import locality_name

NUMERIC = ("meta", *MONTHS, "peso", "recursos_propios", "recursos_externos")


def read_activity(row: Row) -> tuple[PlanRecord, dict[int, Decimal], frozenset[int]]:
    """The row as table activity has it but for its position, its months, the provisional ones."""
    record = {
        **read_key(row),
        "code": required_text(row, "codigo"),
        "objective": required_text(row, "objetivo"),
        "activity": required_text(row, "actividad"),
        "locality": locality_name(required_text(row, "localidad") or "") or None,
        "indicator": row.text("indicador"),
        "unit": required_text(row, "unidad"),
        "aggregation": coded_word(row, "agregacion", AGGREGATION_WORDS),
        "direction": coded_word(row, "sentido", DIRECTION_WORDS),
        "target": number(row, "meta"),
        "process_indicator": row.text("indicador_proceso"),
        "localities": localities(row),
        "combination": coded_word(row, "combinacion", COMBINATION_WORDS) if row.text("combinacion") else None,
        "weight": _weight(row),
        "own_funding": number(row, "recursos_propios"),
        "external_funding": number(row, "recursos_externos"),
        "responsible": row.text("responsable"),
        "participants": row.text("participantes"),
        "notes": row.text("observaciones"),
    }
    programmed = months(row, record["aggregation"])
    check_rule(row, "agregacion", record, programmed)
    check_combination(row, record)
    return record, programmed, provisional_months(row, record["year"], programmed)


def _weight(row: Row) -> float | None:
    value = number(row, "peso")
    if value is not None and value < 0:
        row.fail("negative_weight", "peso")
    return None if value is None else float(value)
