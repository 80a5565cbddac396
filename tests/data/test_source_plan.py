"""The plan file says what the 2010 source says: its quarters, targets, names and doubts."""

import csv
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic")
PLAN_HEADER = (
    "anio,entidad,proceso,codigo,objetivo,actividad,localidad,indicador,unidad,agregacion,sentido,meta,"
    "ene,feb,mar,abr,may,jun,jul,ago,set,oct,nov,dic,responsable,participantes,observaciones,"
    "meses_provisionales,indicador_proceso"
)
PROCESS_HEADER = (
    "anio,entidad,proceso,objetivo_general,lider,codigo_resultado,resultado,unidad,linea_base,meta,regla,"
    "sentido"
)

# As the source prints them: I, II, III, IV TRIM and Meta; None is an empty quarter.
SOURCE = {
    "1.1": ((30, 30, 30, 30), 30),
    "1.2": ((17, 17, 17, 17), 17),
    "1.3": ((None, 1, None, 1), 2),
    "1.4": ((None, None, 20, None), 20),
    "2.1": ((None, 1, 2, 1), 4),
    "2.2": ((None, 1, None, 1), 2),
    "3.1": ((None, 1, None, 1), 2),
    "3.2": ((None, 130, None, 130), 260),
    "4.1": ((1525, 1525, 1525, 1525), 6101),
    "4.2": ((1415, 1415, 1415, 1415), 5660),
    "4.3": ((1, 1, 1, 1), 4),
    "5.1": ((1, None, None, None), 1),
    "5.2": ((None, None, 1, None), 1),
    "5.3": ((None, 75, 25, None), 100),
}
RULES = {code: ("suma", "mayor") for code in SOURCE} | {
    "1.1": ("promedio", "menor"),
    "1.2": ("promedio", "mayor"),
    "5.1": ("hito", "mayor"),
}
PROGRAMMED_MONTHS = {
    "1.1": " ".join(MONTHS),
    "1.2": " ".join(MONTHS),
    "1.3": "jun dic",
    "1.4": "jul",
    "2.1": "jun set dic",
    "2.2": "jun dic",
    "3.1": "jun nov",
    "3.2": "jun nov",
    "4.1": "mar jun set dic",
    "4.2": "mar jun set dic",
    "4.3": "mar jun set dic",
    "5.1": "mar",
    "5.2": "jul",
    "5.3": "abr may jun set",
}
# Only the month inside the quarter is inferred; a whole inferred quarter (III of 1.1, 1.2 and 4.1-4.3)
# leaves no choice of month and is told in the notes instead.
PROVISIONAL = {
    "1.3": "jun", "1.4": "jul", "2.1": "jun", "2.2": "jun",
    "3.1": "jun", "3.2": "jun", "5.2": "jul", "5.3": "set",
}  # fmt: skip
INFERRED_QUARTER = ("1.1", "1.2", "4.1", "4.2", "4.3")
UNITS = {
    "1.1": "Promedio mensual %", "1.2": "Promedio mensual %", "1.3": "Doc", "1.4": "Miles S/.",
    "2.1": "Convenios", "2.2": "Acción", "3.1": "Acción", "3.2": "Usuarios", "4.1": "Conexiones",
    "4.2": "Conexiones", "4.3": "Informes", "5.1": "Directiva", "5.2": "Acción", "5.3": "Conexiones",
}  # fmt: skip

BILLING = "División de Comercialización y Facturación"
CADASTRE = "División de Catastro y Medición de Consumos"
RESPONSIBLE = {
    "Gerencia Comercial": "1.3 2.1 2.2 4.1 4.2 4.3 5.1 5.2",
    BILLING: "1.1 1.2 1.4",
    CADASTRE: "3.1 3.2 5.3",
}
PARTICIPANTS = {
    "Cartera Morosa": "1.1 1.2",
    BILLING: "1.3",
    "Comité de Quiebre": "1.4",
    f"GAF, {BILLING}": "2.1 2.2",
    "Inspectores, Cortadores y Rehabilitadores": "3.1 3.2",
    f"{CADASTRE}, Administraciones Locales": "4.1 4.2 4.3",
    CADASTRE: "5.1 5.2",
    "Administraciones Locales": "5.3",
}
OBJECTIVES = {
    "1": "Recuperación de la Cartera Morosa",
    "2": "Mejora de la Eficiencia de Cobranza",
    "3": "Implementar programas de recategorización de usuarios",
    "4": "Sinceramiento y evaluación de conexiones inactivas",
    "5": "Detección e incorporación de Conexiones Informales",
}
# Slip of the source -> the rows it stood in (a column's heading is noted in the first row).
SLIPS = {
    "Sincramiento": "1.3 4.1 4.2 4.3",
    "Actividad es": "1.1",
    "Recursos Directamente": "1.1",
    "Promedio mensual%": "1.1 1.2",
    "Mejora la Eficiencia": "2.1 2.2",
    "División Facturación y Comercialización": "2.1 2.2",
    "Div. Catastro": "4.1 4.2 4.3 5.1 5.2 5.3",
    "Adm. Locales": "4.1 4.2 4.3",
    "Conexiones informales de": "5.3",
}


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def plan() -> dict[str, dict[str, str]]:
    return {row["codigo"]: row for row in rows_of("plan.csv")}


def quarters(row: dict[str, str]) -> list[list[int]]:
    """The figures that stand in each quarter's three months."""
    return [[int(row[m]) for m in MONTHS[start : start + 3] if row[m]] for start in (0, 3, 6, 9)]


@pytest.mark.parametrize(("name", "header"), [("plan.csv", PLAN_HEADER), ("processes.csv", PROCESS_HEADER)])
def test_a_file_opens_with_its_header_and_no_mark_before_it(name: str, header: str) -> None:
    content = (DATA / name).read_bytes()
    assert content.startswith(header.encode() + b"\n")
    assert b"\r" not in content and content.endswith(b"\n")


def test_the_plan_holds_the_fourteen_activities_in_the_sources_order() -> None:
    assert [row["codigo"] for row in rows_of("plan.csv")] == list(SOURCE)


def test_every_row_belongs_to_the_one_process() -> None:
    [process] = rows_of("processes.csv")
    key = ("2010", "EPS Puno", "Gerencia Comercial")
    for row in [process, *rows_of("plan.csv")]:
        assert (row["anio"], row["entidad"], row["proceso"]) == key


@pytest.mark.parametrize("code", SOURCE)
def test_a_quarter_is_what_the_source_prints(code: str) -> None:
    printed, _ = SOURCE[code]
    for figures, expected in zip(quarters(plan()[code]), printed, strict=True):
        if RULES[code][0] == "promedio":
            assert figures == [expected] * 3
        else:
            assert sum(figures) == (expected or 0)


@pytest.mark.parametrize("code", SOURCE)
def test_a_target_is_what_the_source_prints(code: str) -> None:
    assert int(plan()[code]["meta"]) == SOURCE[code][1]


def test_only_the_inactive_water_connections_miss_their_target_by_one() -> None:
    sums = {
        c: sum(map(sum, quarters(r))) - int(r["meta"])
        for c, r in plan().items()
        if r["agregacion"] != "promedio"
    }
    assert {code: gap for code, gap in sums.items() if gap} == {"4.1": 6100 - 6101}


def test_a_figure_stands_in_the_month_it_was_read_in() -> None:
    assert {c: " ".join(m for m in MONTHS if r[m]) for c, r in plan().items()} == PROGRAMMED_MONTHS


def test_a_month_inferred_inside_its_quarter_is_provisional() -> None:
    assert {c: r["meses_provisionales"] for c, r in plan().items() if r["meses_provisionales"]} == PROVISIONAL


def test_what_was_inferred_is_told_in_the_notes() -> None:
    told = {code for code, row in plan().items() if "Inferido: " in row["observaciones"]}
    assert told == {*PROVISIONAL, *INFERRED_QUARTER}
    assert all("Inferido: III trimestre" in plan()[code]["observaciones"] for code in INFERRED_QUARTER)


def test_rule_and_direction_are_declared_for_every_activity() -> None:
    assert {c: (r["agregacion"], r["sentido"]) for c, r in plan().items()} == RULES


def test_units_are_the_sources() -> None:
    assert {c: r["unidad"] for c, r in plan().items()} == UNITS


def test_only_payment_points_and_incentives_belong_to_puno() -> None:
    assert {c for c, r in plan().items() if r["localidad"] == "Puno"} == {"2.1", "2.2"}
    assert {r["localidad"] for r in plan().values()} == {"EPS", "Puno"}


@pytest.mark.parametrize(("column", "names"), [("responsable", RESPONSIBLE), ("participantes", PARTICIPANTS)])
def test_divisions_go_by_one_name(column: str, names: dict[str, str]) -> None:
    expected = {code: name for name, codes in names.items() for code in codes.split()}
    assert {c: r[column] for c, r in plan().items()} == expected


def test_objectives_have_their_corrected_name_without_number() -> None:
    assert {c: r["objetivo"] for c, r in plan().items()} == {c: OBJECTIVES[c[0]] for c in SOURCE}


def test_no_slip_of_the_source_is_left_outside_the_notes() -> None:
    for row in rows_of("plan.csv"):
        outside = "\n".join(text for column, text in row.items() if column != "observaciones") + "\n"
        left = [slip for slip in SLIPS if slip in outside.replace("Conexiones informales de agua", "")]
        assert left == []


@pytest.mark.parametrize("slip", SLIPS)
def test_a_corrected_slip_is_noted_in_its_rows(slip: str) -> None:
    noted = {code for code, row in plan().items() if f'"{slip}' in row["observaciones"]}
    assert noted == set(SLIPS[slip].split())


def test_the_sources_own_observation_is_kept() -> None:
    assert plan()["1.1"]["observaciones"].startswith("Promedio mensual 30%. ")
    assert plan()["1.2"]["observaciones"].startswith("Promedio mensual 17%. ")


def test_the_corrected_texts_read_as_they_should() -> None:
    activities = plan()
    assert (
        activities["1.3"]["actividad"]
        == "Formalización de los expedientes de Sinceramiento de la Cartera Morosa"
    )
    assert activities["5.3"]["indicador"] == "Conexiones informales de agua"


def test_each_process_indicator_has_one_leading_activity() -> None:
    assert {r["indicador_proceso"]: c for c, r in plan().items() if r["indicador_proceso"]} == {
        "Eficiencia de Cobranza": "1.2",
        "Nivel de Morosidad": "1.1",
        "Usuarios Recategorizados": "3.2",
        "Incorporación de Conexiones Informales": "5.3",
    }


def test_the_outcome_is_the_overdue_portfolio_from_187_000_to_137_000() -> None:
    [process] = rows_of("processes.csv")
    assert process["objetivo_general"].startswith(
        "Lograr el equilibrio y sostenibilidad financiera y técnica, "
    )
    assert process["lider"] == "Ing. Víctor Manuel Huamaní Díaz"
    assert [process[c] for c in PROCESS_HEADER.split(",")[5:]] == [
        "R1", "Cartera morosa en promedio", "S/", "187000", "137000", "ultimo", "menor",
    ]  # fmt: skip
