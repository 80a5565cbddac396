"""A plan shaped like a real one, 42 activities of an entity's year, as our two files and as CEPLAN's sheet with progress."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from poa_core.contract import MONTHS

YEAR, ENTITY, PROCESS = 2010, "EPS Lago", "Operaciones"
REPORTED_TO = 7  # July; later months are blank
OBJECTIVES = ("Ampliar la cobertura", "Reducir las pérdidas", "Mejorar la atención")
DIVISIONS = ("División de Operaciones", "División de Catastro", "Oficina de Proyectos", "Administración de Ilave")
LOCALITIES = ("EPS", "Puno", "Ilave")
QUARTERS, EVERY_MONTH = (3, 6, 9, 12), tuple(range(1, 13))
# What the loading of it warns of, by code: each of these rows is made for it below.
EXPECTED_LINT = {
    "3.1": "months_not_target", "4.2": "path_against_direction", "7.2": "nothing_programmed", "5.3": "fraction_of_count",
    "2.4": "zeros_as_targets", "7.4": "nothing_programmed", "3.5": "late_year", "1.6": "no_responsible", "6.6": "similar_name",
    "7.6": "no_target",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One activity: initial and current programme and what was done, by month, as texts of numbers with a point."""

    code: str
    unit: str
    rule: str
    direction: str
    target: str
    initial: dict[int, str]
    objective: str
    division: str
    locality: str
    current: dict[int, str] | None = None
    done: dict[int, str] = field(default_factory=dict)

    @property
    def in_force(self) -> dict[int, str]:
        return self.initial if self.current is None else self.current


def lines() -> tuple[Line, ...]:
    """Seven kinds of activity, six of each; the sixth, a level, is of the whole utility."""
    made = [_line(kind, turn) for turn in range(1, 7) for kind in range(1, 8)]
    return tuple(_odd(line) for line in made)


def files(told: tuple[Line, ...], programme: str = "in_force") -> list[tuple[str, bytes]]:
    """processes.csv and plan.csv, with points."""
    heads = (
        "anio,entidad,proceso,objetivo_general,lider,codigo_resultado,resultado,unidad,linea_base,meta,regla,sentido\n"
        f"{YEAR},{ENTITY},{PROCESS},Servicio continuo,Ing. Quispe,R1,Agua no facturada,Miles m3,480,400,ultimo,menor\n"
    )
    columns = ("anio,entidad,proceso,codigo,objetivo,actividad,localidad,indicador,unidad,agregacion,sentido,meta,"
               f"{','.join(MONTHS)},responsable,participantes,observaciones\n")  # fmt: skip
    rows = (
        [str(YEAR), ENTITY, PROCESS, line.code, line.objective, f"Actividad {line.code}", line.locality, "", line.unit, line.rule,
         line.direction, line.target, *(getattr(line, programme).get(m, "") for m in EVERY_MONTH), line.division, "", ""]
        for line in told
    )  # fmt: skip
    body = "".join(",".join(cells) + "\n" for cells in rows)
    return [("procesos.csv", heads.encode()), ("plan.csv", (columns + body).encode())]


def ceplan(told: tuple[Line, ...]) -> tuple[str, bytes]:
    """CEPLAN's sheet: semicolons, decimal commas, a byte order mark; F(RE) blank where nothing was reprogrammed."""
    amounts = [f"F({kind}) {month:02}" for kind in ("CS", "RE", "SE") for month in EVERY_MONTH]
    written = [";".join(["Código AO", "Actividad Operativa", "Unidad de Medida", "Centro de Costo", *amounts])]
    for line in told:
        months = [given.get(m, "") for given in (line.initial, line.current or {}, line.done) for m in EVERY_MONTH]
        cells = (amount.replace(".", ",") for amount in months)
        written.append(";".join([line.code, f"Actividad {line.code}", line.unit, line.division, *cells]))
    return "POI 2010.csv", ("\ufeff" + "\r\n".join(written) + "\r\n").encode()


def _line(kind: int, turn: int) -> Line:
    place = OBJECTIVES[turn % 3], DIVISIONS[(kind + turn) % 4], LOCALITIES[(kind + turn) % 3]
    code = f"{kind}.{turn}"
    if kind == 1:  # so many a quarter, every other month filled with a zero
        amounts = _filled(dict.fromkeys(QUARTERS, str(4 + turn)))
        return _reported(Line(code, "Inspecciones", "suma", "mayor", str(4 * (4 + turn)), amounts, *place), "0.9", turn)
    if kind == 2:  # a percentage each month
        amounts = {month: f"{60 + turn + month / 2:g}" for month in EVERY_MONTH}
        return _reported(Line(code, "% de muestras", "promedio", "mayor", str(70 + turn), amounts, *place), "0.97", turn)
    if kind == 3:  # reprogrammed: what was of May is of August
        amounts = _filled({5: "30", 11: "30"})
        line = Line(code, "Conexiones", "suma", "mayor", "60", amounts, *place, current=_filled({8: "30", 11: "30"}))
        return _reported(line, "1", turn)
    if kind == 4:  # a stock that falls
        amounts = {month: f"{900 - 12.5 * month - turn:g}" for month in EVERY_MONTH}
        return _reported(Line(code, "Miles S/.", "ultimo", "menor", f"{750 - turn}", amounts, *place), "1.04", turn)
    if kind == 5:  # work in fractions, each month
        amounts = dict.fromkeys(EVERY_MONTH, f"{turn}.25")
        return _reported(Line(code, "km", "suma", "mayor", f"{12 * turn + 3}", amounts, *place), "0.8", turn)
    if kind == 6:  # complaints: the fewer the better
        amounts = dict.fromkeys(EVERY_MONTH, str(20 + turn))
        return _reported(Line(code, "Reclamos", "suma", "menor", str(12 * (20 + turn)), amounts, *place), "1.1", turn)
    return _reported(Line(code, "Directiva", "hito", "mayor", "1", _filled({turn + 2: "1"}), *place), "1", turn)


def _filled(amounts: dict[int, str]) -> dict[int, str]:
    return {month: amounts.get(month, "0") for month in EVERY_MONTH}


def _reported(line: Line, share: str, turn: int) -> Line:
    """Done to July in that share of what was asked, a tenth up or down by the month; the fifth of a kind is silent."""
    if turn == 5:
        return line
    is_count = line.unit in ("Inspecciones", "Conexiones", "Reclamos", "Directiva")
    done = {}
    for month in range(1, REPORTED_TO + 1):
        asked = line.in_force.get(month, "")
        size = float(asked or 0) * float(share) * (1 if line.rule == "hito" else 1 + 0.02 * (month % 3 - 1))
        done[month] = f"{round(size) if is_count else round(size, 2):g}"
    return replace(line, done=done)


def _odd(line: Line) -> Line:
    """The rows that real plans have and a careful reader would ask about."""
    odd = {
        "3.1": {"current": _filled({8: "30", 11: "20"})},
        "4.2": {"direction": "mayor"},
        "7.2": {"unit": "Informes", "rule": "suma", "target": "", "initial": _filled({}), "done": {}},
        "5.3": {"unit": "Equipos"},
        "2.4": {"initial": _filled({6: "70", 12: "74"}), "done": {6: "71"}},
        "7.4": {"unit": "Informes", "rule": "suma", "target": "", "initial": {}, "done": {3: "1"}},
        "3.5": {"current": _filled({11: "30", 12: "30"})},
        "1.6": {"division": ""},
        "6.6": {"division": "Division de Operaciones"},
        "7.6": {"unit": "Informes", "rule": "suma", "target": ""},
    }  # fmt: skip
    return replace(line, **odd.get(line.code, {}))


def lint_of(problems) -> Iterator[tuple[int, str]]:
    """The row and code of each problem."""
    return ((problem.row, problem.code) for problem in problems)
