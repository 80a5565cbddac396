"""What looks wrong in a plan that may be right: warnings, never refusals."""

import re
from decimal import Decimal

from poa_core.contract import MONTHS, PlanRecord
from poa_core.intake.plan.row import Row, localities
from poa_core.intake.values.numbers import short_text
from poa_core.names import differ_only_in_spelling, fold, locality_name, misspelt_locality

# Units that come one by one, by how their first word begins; of others nobody knows here whether they divide.
_COUNTED = re.compile(
    r"acci(on|ones)|actas?|actividad(es)?|campanas?|capacitaci(on|ones)|cars?|certificados?|charlas?|conexi(on|ones)|contratos?"
    r"|convenios?|cortes?|directivas?|doc|documentos?|equipos?|estudios?|evaluaci(on|ones)|eventos?|expedientes?|fichas?"
    r"|informes?|inspecci(on|ones)|medidor(es)?|micromedidor(es)?|muestras?|obras?|personas?|planes|proyectos?|reclamos?"
    r"|reportes?|resoluci(on|ones)|reuni(on|ones)|supervisi(on|ones)|talleres|taller|trabajador(es)?|unidad(es)?|usuarios?"
    r"|viviendas?|visitas?"
)
_COMPARED = 300  # distinct names; each is held against all before it


def warn_of_activity(row: Row, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    _months_against_target(row, record, programmed)
    _late_year(row, record, programmed)
    _path_against_direction(row, record, programmed)
    _nothing_to_reach(row, record, programmed)
    _zeros_as_targets(row, record, programmed)
    _fractions(row, record, programmed)
    if not record["responsible"]:
        row.warn("no_responsible", "responsable", code=record["code"])


def warn_of_outcome(row: Row, record: PlanRecord, path: dict[int, Decimal]) -> None:
    """Warnings on the outcome of a plan that has one."""
    _months_against_target(row, record, path)
    _path_against_direction(row, record, path)


def warn_of_spelling(rows: list[Row], column: str) -> None:
    """Names of one column that are likely one name written in two ways, told at the later one."""
    seen: dict[str, int | None] = {}
    for row in rows:
        text = row.text(column)
        if not text or text in seen:
            continue
        for other, number in seen.items():
            if _is_likely_same(text, other, len(seen)):
                row.warn("similar_name", column, other=other, first_row=number)
                break
        seen[text] = row.number


def warn_of_localities(rows: list[Row]) -> None:
    """Localities, of an activity or of the list it is reported by, that are likely an earlier one, told at
    the later row.
    """
    seen: dict[str, Row] = {}
    by_fold: dict[str, str] = {}
    for row in rows:
        for column, name in named_localities(row):
            other = (
                None
                if name in seen
                else misspelt_locality(name, seen)
                if len(seen) <= _COMPARED
                else by_fold.get(fold(name))
            )
            if other:
                row.warn(
                    "similar_locality",
                    column,
                    name=name,
                    other=other,
                    first_row=seen[other].number,
                    first_file=seen[other].file,
                )
            seen.setdefault(name, row)
            by_fold.setdefault(fold(name), name)


def named_localities(row: Row) -> list[tuple[str, str]]:
    """The localities that a row names, each with its column, the whole utility by its one name."""
    listed = (localities(row) or "").split("|")
    return [
        (column, name)
        for column, name in (
            ("localidad", locality_name(row.text("localidad") or "")),
            *(("localidades", name) for name in listed),
        )
        if name
    ]


def _is_likely_same(text: str, other: str, count: int) -> bool:
    if count > _COMPARED:
        return fold(text) == fold(other)
    return differ_only_in_spelling(text, other)


def _months_against_target(row: Row, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    total, target = sum(programmed.values()), record["target"]
    adds_up = record["aggregation"] in ("sum", "milestone")
    if adds_up and programmed and target is not None and total != target:
        hints = {"total": total, "target": target, "difference": total - target}
        hints = {name: short_text(value) for name, value in hints.items()}
        row.warn("months_not_target", "meta", **hints)


def _late_year(row: Row, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    late = sum((value for month, value in programmed.items() if month > 9), Decimal())
    total = sum(programmed.values(), Decimal())
    if record["aggregation"] == "sum" and 2 * late > total:
        hints = {"late": short_text(late), "total": short_text(total)}
        row.warn("late_year", "oct", **hints)


def _path_against_direction(row: Row, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    if record["aggregation"] != "last" or not programmed:
        return
    first, last = programmed[min(programmed)], programmed[max(programmed)]
    if last != first and (last > first) != (record["direction"] == "higher"):
        row.warn("path_against_direction", "sentido", first=short_text(first), last=short_text(last))


def _nothing_to_reach(row: Row, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    if not programmed:
        row.warn("nothing_programmed", "codigo", code=record["code"])
    elif record["target"] is None:
        row.warn("no_target", "meta", code=record["code"])


def _zeros_as_targets(row: Row, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    """A sheet filled with zeros asks a level of 0 in each of those months."""
    zeros = [month for month, amount in programmed.items() if not amount]
    if record["aggregation"] in ("mean", "last") and len(programmed) > len(zeros) > len(programmed) / 2:
        row.warn(
            "zeros_as_targets",
            MONTHS[zeros[0] - 1],
            code=record["code"],
            zeros=len(zeros),
            months=len(programmed),
        )


def _fractions(row: Row, record: PlanRecord, programmed: dict[int, Decimal]) -> None:
    """Half an inspection; a mean of counts may well be a fraction."""
    word = fold(record["unit"]).split("_")[0]
    if record["aggregation"] == "mean" or not _COUNTED.fullmatch(word):
        return
    amounts = {MONTHS[month - 1]: amount for month, amount in programmed.items()} | {
        "meta": record["target"] or Decimal()
    }
    broken = [name for name, amount in amounts.items() if amount != amount.to_integral_value()]
    if broken:
        row.warn("fraction_of_count", broken[0], code=record["code"], unit=record["unit"], count=len(broken))
