"""Which of a plan's files a table is, told by its header and never by its name."""

from collections.abc import Sequence

from poa_core.intake.plan.ceplan_columns import ceplan_column
from poa_core.intake.values.headers import canonical

_OF_PROCESSES = {"objetivo_general", "lider", "codigo_resultado", "resultado", "linea_base", "regla"}
_OF_PLAN = {
    "codigo",
    "objetivo",
    "actividad",
    "localidad",
    "indicador",
    "agregacion",
    "responsable",
    "participantes",
}
_ENOUGH = 2


def kind(header: Sequence[str]) -> str | None:
    """processes, plan, ceplan (programme in columns F(CS), F(RE)) or progress; None where it is none of
    them.
    """
    names = set(map(canonical, header))
    amounts = {column[0] for name in header if (column := ceplan_column(name))}
    if amounts & {"cs", "re"}:
        return "ceplan"
    if amounts or names & {"mes", "avance"}:
        return "progress"
    heads, rows = len(names & _OF_PROCESSES), len(names & _OF_PLAN)
    if max(heads, rows) < _ENOUGH:
        return None
    return "processes" if heads > rows else "plan"
