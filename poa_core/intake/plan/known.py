"""The ledger's own plan in the place of a file that was not handed in, or of columns that a sheet lacks."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from poa_core.contract import MONTHS, PlanFile, PlanRecord
from poa_core.intake.plan.plan import PLAN, PROCESSES, ParsedRow, Sheet
from poa_core.intake.plan.row import Row
from poa_core.intake.plan.rules import FoldedKey, plan_key
from poa_core.intake.values.numbers import short_text

_COLUMNS = {
    "objetivo": "objective",
    "actividad": "activity",
    "localidad": "locality",
    "indicador": "indicator",
    "unidad": "unit",
    "agregacion": "aggregation",
    "sentido": "direction",
    "meta": "target",
    "indicador_proceso": "process_indicator",
    "localidades": "localities",
    "combinacion": "combination",
    "peso": "weight",
    "recursos_propios": "own_funding",
    "recursos_externos": "external_funding",
    "responsable": "responsible",
    "participantes": "participants",
    "observaciones": "notes",
}
# What each month asks, and whether provisionally, by plan and code.
_Programmed = Mapping[tuple[FoldedKey, str | None], dict[int, tuple[Decimal, bool]]]
NUMERIC = frozenset({"meta", "peso", "recursos_propios", "recursos_externos"})


def known_processes(current: PlanFile, plans: Collection[FoldedKey]) -> Sheet:
    """The heads of these plans (year, entity and process folded), all of them where none is known."""
    heads = [record for record in current.plans if plan_key(record) in plans] or current.plans
    months = _months(current)
    return Sheet(
        [_read(PROCESSES, record, months[plan_key(record), record["outcome_code"]]) for record in heads], []
    )


def known_activities(current: PlanFile, plans: Collection[FoldedKey]) -> Sheet:
    """The activities of these plans, as they stand."""
    rows = [record for record in current.activities if plan_key(record) in plans]
    months = _months(current)
    return Sheet([_read(PLAN, record, months[plan_key(record), record["code"]]) for record in rows], [])


def activity_texts(current: PlanFile | None) -> dict[str, dict[str, str]]:
    """What a plan file would hold of each activity but for its months, by the code without case."""
    by_code, months = {}, _months(current) if current else {}
    for record in current.activities if current else ():
        texts = {column: _text(record[name]) for column, name in _COLUMNS.items()}
        in_plan = months[plan_key(record), record["code"]]
        provisional = [month for month, (_, is_provisional) in in_plan.items() if is_provisional]
        texts["codigo"] = record["code"]
        by_code[record["code"].casefold()] = texts | {
            "meses_provisionales": "|".join(MONTHS[m - 1] for m in provisional)
        }
    return by_code


def _read(file: str, record: PlanRecord, months: dict[int, tuple[Decimal, bool]]) -> ParsedRow:
    texts = {
        "codigo": record.get("code", ""),
        "proceso": record["process"],
        "peso": _text(record.get("weight")),
    }
    programmed = {month: amount for month, (amount, _) in months.items()}
    provisional = frozenset(month for month, (_, is_provisional) in months.items() if is_provisional)
    return ParsedRow(Row(file, None, None, {}, texts), dict(record), programmed, provisional)


def _months(current: PlanFile) -> _Programmed:
    """What each month asks, and whether provisionally, by plan and code."""
    programmed: _Programmed = defaultdict(dict)
    for cell in current.programme:
        programmed[plan_key(cell), cell["code"]][cell["month"]] = cell["programmed"], cell["is_provisional"]
    return programmed


def _text(value: object) -> str:
    if isinstance(value, float):
        value = Decimal(repr(value))
    return short_text(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def key_texts(heads: Sheet) -> dict[str, str] | None:
    """Year, entity and process of the only plan there is, None where there is none or there are several."""
    if len({plan_key(read.record) for read in heads.reads}) != 1:
        return None
    record = heads.reads[0].record
    return {
        "anio": str(record["year"]),
        "entidad": record["entity"] or "",
        "proceso": record["process"] or "",
    }
