"""The plan's two files: what is refused, what is only warned of, what the ledger gets."""

from decimal import Decimal
from pathlib import Path

import pytest
from plan_files import HEAD, OUTCOME, PROCESS, PROCESSES, plan, row

import poa_core
from poa_core.contract import PlanFile
from poa_core.intake.check import plan_file
from poa_core.intake.plan.plan import plan as check_plan
from poa_core.intake.read import read


def told(file: PlanFile) -> list[tuple]:
    return [(p.severity, p.code, p.row, p.column) for p in file.problems]


def one_problem(*rows, **options):
    [problem] = plan(*rows, **options).problems
    return problem


def schema_columns(table: str) -> set[str]:
    """The columns of a table of the ledger, but for the upload that a row points to."""
    schema = (Path(poa_core.__file__).parent / "ledger" / "file" / "schema.sql").read_text("utf-8")
    body = schema.split(f"CREATE TABLE IF NOT EXISTS {table} (")[1].split("\n);")[0]
    return {line.split()[0] for line in body.strip().split("\n")} - {"upload_id"}


def test_a_plan_is_what_the_tables_of_the_ledger_hold():
    file = plan(row())
    assert not file.problems
    assert [set(one) for one in file.plans] == [schema_columns("plan") | {"localities"}]
    assert [set(one) for one in file.activities] == [schema_columns("activity") | {"combination"}]
    assert {frozenset(one) for one in file.programme} == {frozenset(schema_columns("programme"))}


def test_an_activity_is_its_row():
    [one] = plan(
        row(more=";Índice;Puno|Ilave;2;100;50;suma"),
        more_columns=";indicador_proceso;localidades;peso;recursos_propios;recursos_externos;combinacion",
    ).activities
    assert one == {
        "year": 2010,
        "entity": "EPS Puno",
        "process": "Comercial",
        "position": 1,
        "code": "5.3",
        "objective": "Detección",
        "activity": "Actividad",
        "locality": "EPS",
        "indicator": "Indicador",
        "unit": "Conexiones",
        "aggregation": "sum",
        "direction": "higher",
        "target": 2,
        "process_indicator": "Índice",
        "localities": "Puno|Ilave",
        "combination": "sum",
        "weight": 2.0,
        "own_funding": 100,
        "external_funding": 50,
        "responsible": "Gerencia",
        "participants": "Participantes",
        "notes": "Notas",
    }


def test_a_process_is_its_row():
    [one] = plan(row()).plans
    assert one == {
        "year": 2010, "entity": "EPS Puno", "process": "Comercial",
        "general_objective": "Equilibrio", "leader": "V. Huamaní", "outcome_code": "R1",
        "outcome": "Cartera morosa", "unit": "S/", "baseline": 187000, "target": 137000,
        "aggregation": "last", "direction": "lower", "met_threshold": 0.95,
        "at_risk_threshold": 0.75, "reporting_day": 10, "localities": None,
    }  # fmt: skip


def test_a_month_of_the_programme_is_a_row():
    first, _ = plan(row(more=";jun"), more_columns=";meses_provisionales").programme
    assert first == {
        "year": 2010, "entity": "EPS Puno", "process": "Comercial", "code": "5.3", "month": 6,
        "programmed": 1, "is_provisional": True,
    }  # fmt: skip


def test_the_outcome_and_the_defaults_of_a_plan():
    [one] = plan(row()).plans
    assert (one["outcome_code"], one["baseline"], one["target"]) == ("R1", 187000, 137000)
    assert (one["aggregation"], one["direction"]) == ("last", "lower")
    assert (one["met_threshold"], one["at_risk_threshold"], one["reporting_day"]) == (0.95, 0.75, 10)


def test_an_empty_rule_of_the_outcome_is_last():
    [one] = plan(row(), processes=PROCESSES + PROCESS.format(";menor")).plans
    assert one["aggregation"] == "last"


def test_bands_and_reporting_day_may_be_given():
    [one] = plan(row(), processes=with_bands("90 %;0.6;5")).plans
    assert (one["met_threshold"], one["at_risk_threshold"], one["reporting_day"]) == (0.9, 0.6, 5)


def test_a_plan_may_have_no_outcome():
    processes = PROCESSES + "2010;EPS Puno;Comercial;Equilibrio;Líder;;;;;;;\n"
    file = plan(row(), processes=processes)
    assert not file.problems
    assert file.plans[0]["outcome_code"] is None and file.plans[0]["aggregation"] is None


def test_the_outcome_may_have_a_path_of_its_own():
    processes = OUTCOME.replace("sentido\n", "sentido;mar;jun\n").replace(
        ";menor\n", ";menor;170000;160000\n"
    )
    path = [one for one in plan(row(), processes=processes).programme if one["code"] == "R1"]
    assert [(one["month"], one["programmed"]) for one in path] == [(3, 170000), (6, 160000)]


def test_words_in_english_are_the_same_codes():
    text = plan(row(rule="sum", direction="higher"), row("1.1", "%", "mean", "lower"))
    assert [(a["aggregation"], a["direction"]) for a in text.activities] == [
        ("sum", "higher"), ("mean", "lower"),
    ]  # fmt: skip


def test_words_with_accents_and_capitals():
    [one] = plan(row(rule="Último", direction="MENOR", programme="")).activities
    assert (one["aggregation"], one["direction"]) == ("last", "lower")


def test_positions_count_within_a_plan():
    processes = OUTCOME + PROCESS.format("ultimo;menor").replace("Comercial", "Operaciones")
    file = plan(
        row("1.1"), row("9.1", process="Operaciones"), row("1.2"), processes=processes
    )  # fmt: skip
    assert [(a["code"], a["position"]) for a in file.activities] == [
        ("1.1", 1), ("9.1", 1), ("1.2", 2),
    ]  # fmt: skip


def test_a_programmed_zero_is_an_empty_cell_of_a_sum_and_a_target_of_a_mean():
    file = plan(
        row("5.3", rule="suma", target="1", programme="ene 0, jun 1"),
        row("5.1", rule="hito", target="1", programme="ene 0, mar 1"),
        row("1.1", rule="promedio", programme="ene 0, jun 5"),
        row("1.2", rule="ultimo", programme="ene 0, jun 5"),
    )
    assert [(p["code"], p["month"]) for p in file.programme] == [
        ("5.3", 6), ("5.1", 3), ("1.1", 1), ("1.1", 6), ("1.2", 1), ("1.2", 6),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["jun", "jun,set", "junio; set", "6|09", "Jun y Set", "2010-06"])
def test_provisional_months_are_marked(text):
    file = plan(row(more=f';"{text}"'), more_columns=";meses_provisionales")
    marked = {p["month"] for p in file.programme if p["is_provisional"]}
    assert 6 in marked and marked <= {6, 9}
    assert not file.problems


def test_a_provisional_month_that_is_none_is_refused():
    problem = one_problem(row(more=";jun marso"), more_columns=";meses_provisionales")
    assert (problem.code, problem.value) == ("unknown_month", "jun marso")


def test_a_provisional_month_of_another_year_is_refused():
    problem = one_problem(row(more=";2011-06"), more_columns=";meses_provisionales")
    assert problem.code == "unknown_month"


def test_a_provisional_month_without_programme_is_warned_of():
    problem = one_problem(row(more=";may"), more_columns=";meses_provisionales")
    assert (problem.severity, problem.code) == ("warning", "provisional_not_programmed")


def test_localities_are_joined_by_a_bar():
    [one] = plan(row(more=";Puno, Ilave ;Puno".replace(" ;", "|")), more_columns=";localidades").activities
    assert one["localities"] == "Puno|Ilave"


def test_the_whole_utility_is_written_in_capitals():
    assert plan(row(locality="eps")).activities[0]["locality"] == "EPS"


def test_names_of_a_plan_are_those_of_its_process_row():
    [one] = plan(row(process="COMERCIAL")).activities
    assert one["process"] == "Comercial"


def test_numbers_of_a_plan_are_exact():
    file = plan(row(unit="Miles S/.", target="0,3", programme="jun 0,1, set 0,2"))
    assert not file.problems
    assert [p["programmed"] for p in file.programme] == [Decimal("0.1"), Decimal("0.2")]


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"unit": "Promedio mensual %"}, "sum_of_percentages", "agregacion"),
        ({"rule": "hito", "programme": "mar 1, jun 1"}, "milestone_shape", "agregacion"),
        ({"rule": "hito", "programme": ""}, "milestone_shape", "agregacion"),
        ({"rule": "hito", "programme": "mar 2"}, "milestone_shape", "agregacion"),
        ({"rule": "hito", "programme": "mar 0.5"}, "milestone_shape", "agregacion"),
        ({"rule": "hito", "programme": "mar 0.5, jun 0.5"}, "milestone_shape", "agregacion"),
        ({"rule": "hito", "programme": "mar -1", "target": "-1"}, "milestone_shape", "agregacion"),
        ({"rule": "hito", "programme": "mar 1", "direction": "menor"}, "milestone_shape",
         "agregacion"),
        ({"rule": "total"}, "unknown_word", "agregacion"),
        ({"direction": "arriba"}, "unknown_word", "sentido"),
        ({"rule": ""}, "missing_cell", "agregacion"),
        ({"code": ""}, "missing_cell", "codigo"),
        ({"process": ""}, "missing_cell", "proceso"),
        ({"unit": ""}, "missing_cell", "unidad"),
        ({"objective": ""}, "missing_cell", "objetivo"),
        ({"locality": ""}, "missing_cell", "localidad"),
        ({"process": "Operaciones"}, "unknown_plan", "proceso"),
        ({"code": "r1"}, "outcome_code_taken", "codigo"),
        ({"target": "dos"}, "not_a_number", "meta"),
        ({"target": "2", "programme": "jun x"}, "not_a_number", "jun"),
        ({"target": "NaN"}, "not_finite", "meta"),
        ({"target": "1000000000000"}, "number_too_large", "meta"),
        ({"target": "1.525"}, "ambiguous_number", "meta"),
        ({"target": "30 %"}, "unexpected_percent", "meta"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be(changed, code, column):
    problem = one_problem(row(**changed))
    assert (problem.severity, problem.code, problem.row, problem.column) == (
        "error", code, 2, column,
    )  # fmt: skip
    assert problem.hints["file"] == "plan.csv"
    assert plan(row(**changed)).activities == ()


def test_the_answer_settles_ambiguous_numbers():
    file = plan(row(target="1.525", programme="jun 1.525"), decimal="comma")
    assert [p["programmed"] for p in file.programme] == [1525]


def test_one_telling_number_settles_the_plan():
    # 1.525 alone may be two numbers; 1.5 in another row says which.
    file = plan(row("1.1", target="1.525", programme="jun 1.525"), row("1.2", target="1.5", programme=""))
    assert file.activities[0]["target"] == Decimal("1.525")


def test_months_may_be_named_in_full_and_in_english():
    head = HEAD.replace(";ene;", ";Enero;").replace(";jun;", ";June;").replace(";set;", ";SEP;")
    text = f"{head}\n{row(target='3', programme='ene 1, jun 1, set 1')}"
    file = plan_file(OUTCOME.encode(), text.encode())
    assert [p["month"] for p in file.programme] == [1, 6, 9] and not file.problems


def test_nothing_of_a_refused_plan_is_handed_on():
    heads, _ = read(OUTCOME.encode(), "processes.csv")
    rows, _ = read(f"{HEAD}\n{row('1.1')}{row('1.2', target='x')}".encode(), "plan.csv")
    file = check_plan(heads, rows)
    assert file.is_refused and file.plans == file.activities == file.programme == ()


def test_more_decimals_than_are_kept_are_rounded_with_a_notice():
    file = plan(row(unit="Miles S/.", target="0.30000000000000004", programme="jun 0.3"))
    assert told(file) == [("notice", "rounded", 2, "meta")]
    assert file.activities[0]["target"] == Decimal("0.3")


def test_two_number_styles_in_the_plan_are_refused():
    problem = one_problem(row("1.1", target="1.5", programme=""), row("1.2", target="1,5"))
    assert (problem.code, problem.row, problem.hints["first_row"]) == ("two_number_styles", 3, 2)


def test_a_code_stands_once_in_a_plan():
    problem = one_problem(row("5.3"), row("5.1"), row("5.3"))
    assert (problem.code, problem.row, problem.hints["first_row"]) == ("duplicate_code", 4, 2)


def test_a_code_may_stand_in_two_plans():
    processes = OUTCOME + PROCESS.format("ultimo;menor").replace("Comercial", "Operaciones")
    assert not plan(row(), row(process="Operaciones"), processes=processes).problems


def test_a_plan_stands_once():
    problem = one_problem(row(), processes=OUTCOME + PROCESS.format("ultimo;menor"))
    assert (problem.code, problem.row, problem.hints["first_row"]) == ("duplicate_plan", 3, 2)
    assert problem.hints["file"] == "processes.csv"


def test_weights_are_for_all_rows_or_none():
    weighted = {"more_columns": ";peso"}
    file = plan(row("1.1", more=";2"), row("1.2", more=";0"), **weighted)
    assert [one["weight"] for one in file.activities] == [2.0, 0.0]
    problem = one_problem(row("1.1", more=";"), row("1.2", more=";1"), row("1.3", more=";"), **weighted)
    assert (problem.code, problem.row, problem.hints["first_row"]) == ("weight_missing", 2, 3)
    assert one_problem(row(more=";-1"), **weighted).code == "negative_weight"


def test_funding_is_an_amount():
    [one] = plan(row(more=";S/ 1,500.50;"), more_columns=";recursos_propios;recursos_externos").activities
    assert (one["own_funding"], one["external_funding"]) == (Decimal("1500.5"), None)


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("2010;", "dos mil;", "not_in_range", "anio"),
        ("2010;", "1810;", "not_in_range", "anio"),
        ("2010;", ";", "missing_cell", "anio"),
        ("EPS Puno", "", "missing_cell", "entidad"),
        ("2010;", "1989;", "not_in_range", "anio"),
        ("2010;", "2101;", "not_in_range", "anio"),
        ("R1;", ";", "missing_cell", "codigo_resultado"),
        ("Cartera morosa", "", "missing_cell", "resultado"),
        ("187000", "", "outcome_incomplete", "linea_base"),
        ("137000", "", "outcome_incomplete", "meta"),
        ("S/;", ";", "missing_cell", "unidad"),
        ("menor\n", "\n", "missing_cell", "sentido"),
        ("ultimo", "jamás", "unknown_word", "regla"),
        ("S/;187000;137000;ultimo", "%;90;80;suma", "sum_of_percentages", "regla"),
        ("187000;137000;ultimo;menor", "0;1;hito;mayor", "milestone_shape", "regla"),
    ],
)
def test_a_process_row_that_cannot_be(old, new, code, column):
    head, line = OUTCOME.split("\n", 1)
    file = plan(row(), processes=f"{head}\n{line.replace(old, new)}")
    first = [problem for problem in file.problems if problem.hints["file"] == "processes.csv"]
    assert [(p.severity, p.code, p.row, p.column) for p in first] == [("error", code, 2, column)]


def with_bands(bands: str) -> str:
    """The processes file with a met and an at-risk threshold and a reporting day."""
    return OUTCOME.replace("sentido\n", "sentido;umbral_cumple;umbral_riesgo;dia_de_reporte\n").replace(
        ";menor\n", f";menor;{bands}\n"
    )


@pytest.mark.parametrize(
    ("bands", "code", "column"),
    [
        ("0.7;0.8;", "thresholds_out_of_order", "umbral_riesgo"),
        ("0.8;0.8;", "thresholds_out_of_order", "umbral_riesgo"),
        ("95;0.75;", "threshold_out_of_range", "umbral_cumple"),
        ("0.95;0;", "threshold_out_of_range", "umbral_riesgo"),
        ("0.95;0.75;0", "not_in_range", "dia_de_reporte"),
        ("0.95;0.75;29", "not_in_range", "dia_de_reporte"),
        ("0.95;0.75;x", "not_in_range", "dia_de_reporte"),
    ],
)
def test_bands_and_reporting_days_that_cannot_be(bands, code, column):
    problem = one_problem(row(), processes=with_bands(bands))
    assert (problem.code, problem.column) == (code, column)


@pytest.mark.parametrize("day", [1, 28])
def test_any_day_that_each_month_has_may_be_the_reporting_day(day):
    [one] = plan(row(), processes=with_bands(f"1;0.75;{day}")).plans
    assert (one["met_threshold"], one["reporting_day"]) == (1.0, day)


def test_a_missing_column_names_its_file():
    # Without it no row can be read, so no row is said to lack it.
    heads = OUTCOME.replace(";entidad", ";empresa")
    file = plan_file(heads.encode(), (HEAD.replace(";meta", ";nada") + "\n" + row()).encode())
    assert {(p.code, p.column, p.hints["file"]) for p in file.problems} == {
        ("ignored_column", "empresa", "processes.csv"),
        ("missing_column", "entidad", "processes.csv"),
        ("ignored_column", "nada", "plan.csv"),
        ("missing_column", "meta", "plan.csv"),
    }


def test_all_problems_of_both_files_at_once():
    file = plan(
        row("1.1", target="x"), row("1.2", rule="y"), processes=OUTCOME.replace("187000", "z")
    )  # fmt: skip
    assert told(file) == [
        ("error", "not_a_number", 2, "meta"),
        ("error", "unknown_word", 3, "agregacion"),
        ("error", "not_a_number", 2, "linea_base"),
    ]


def test_a_file_that_cannot_be_read_refuses_the_plan():
    file = plan_file(b"%PDF-1.4", f"{HEAD}\n{row()}".encode())
    assert file.is_refused and not file.activities
    assert [(p.code, p.hints["file"]) for p in file.problems] == [("pdf_file", "processes.csv")]


def test_a_row_that_cannot_be_read_refuses_the_plan():
    file = plan(row("1.1"), "2010;EPS Puno\n")
    assert [p.code for p in file.problems] == ["short_row"]
    assert file.plans == file.activities == file.programme == ()


# What looks wrong and may be right: a warning, and the plan is loaded.


def test_months_that_do_not_add_up_to_the_target():
    quarters = "mar 1525, jun 1525, set 1525, dic 1525"
    file = plan(row("4.1", target="6 101", programme=quarters))
    [problem] = file.problems
    assert (problem.severity, problem.code, problem.column) == (
        "warning", "months_not_target", "meta",
    )  # fmt: skip
    hints = {name: problem.hints[name] for name in ("total", "target", "difference")}
    assert hints == {"total": "6100", "target": "6101", "difference": "-1"}
    assert file.activities[0]["target"] == 6101 and len(file.programme) == 4


def test_months_of_a_mean_need_not_add_up():
    assert not plan(row("1.1", "%", "promedio", "menor", "30", "ene 30, feb 30, mar 30")).problems


@pytest.mark.parametrize(
    "name",
    ["EPS", "eps", "Toda la EPS", "TODA LA EMPRESA", "EPS (toda)", "todas", "Total EPS", "Whole utility"],
)
def test_the_whole_utility_is_one_locality_however_it_is_called(name):
    file = plan(
        row("1.1", more=";"), row("1.2", locality=name, more=f";Puno|{name}|EPS"), more_columns=";localidades"
    )
    assert [(activity["locality"], activity["localities"]) for activity in file.activities] == [
        ("EPS", None),
        ("EPS", "Puno|EPS"),
    ]


@pytest.mark.parametrize(
    ("programme", "is_late"),
    [("jun 2, dic 2", False), ("jun 1, dic 3", True), ("set 2, oct 1, nov 1", False)],
)
def test_more_than_half_of_the_year_in_the_last_quarter(programme, is_late):
    file = plan(row(target="4", programme=programme))
    assert [p.code for p in file.problems] == (["late_year"] if is_late else [])


@pytest.mark.parametrize(
    ("direction", "programme", "codes"),
    [
        ("menor", "ene 100, dic 200", ["path_against_direction"]),
        ("mayor", "ene 200, dic 100", ["path_against_direction"]),
        ("menor", "ene 200, dic 100", []),
        ("menor", "ene 100, dic 100", []),
        ("mayor", "ene 100, dic 100", []),
    ],
)
def test_a_direction_that_contradicts_the_months(direction, programme, codes):
    file = plan(row(rule="ultimo", direction=direction, programme=programme))
    assert [p.code for p in file.problems] == codes


@pytest.mark.parametrize(
    ("direction", "target", "codes"),
    [
        ("menor", "137000", []),
        ("mayor", "137000", ["outcome_against_direction"]),
        ("menor", "200000", ["outcome_against_direction"]),
        ("mayor", "200000", []),
        ("menor", "187000", ["target_met_at_baseline"]),
    ],
)
def test_an_outcome_whose_target_is_no_better_than_its_baseline_is_refused(direction, target, codes):
    processes = OUTCOME.replace("menor", direction).replace("137000", target)
    file = plan(row(), processes=processes)
    assert [p.code for p in file.problems] == codes
    assert file.is_refused == bool(codes) and all(p.severity == "error" and p.row == 2 for p in file.problems)


@pytest.mark.parametrize("rule", ["suma", "promedio", "ultimo"])
def test_that_holds_whatever_the_outcome_s_rule(rule):
    processes = PROCESSES + PROCESS.format(f"{rule};mayor")
    assert [p.code for p in plan(row(), processes=processes).problems] == ["outcome_against_direction"]


def test_an_outcome_path_against_its_direction():
    processes = OUTCOME.replace("sentido\n", "sentido;mar;jun\n").replace(
        ";menor\n", ";menor;150000;180000\n"
    )
    assert one_problem(row(), processes=processes).code == "path_against_direction"


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"target": "", "programme": ""}, ["nothing_programmed"]),
        ({"target": "2", "programme": ""}, ["nothing_programmed"]),
        ({"target": "", "programme": "jun 0"}, ["nothing_programmed"]),  # in a sum a 0 is an empty cell
        ({"target": "", "programme": "jun 0", "rule": "promedio"}, ["no_target"]),
        ({"target": "", "programme": "jun 2"}, ["no_target"]),
        ({"target": "0", "programme": "jun 0", "rule": "promedio"}, []),
        ({"target": "2", "programme": "jun 2"}, []),
    ],
)
def test_a_row_without_a_target_or_without_a_programme(changed, codes):
    assert [(p.severity, p.code) for p in plan(row(**changed)).problems] == [
        ("warning", code) for code in codes
    ]


@pytest.mark.parametrize(
    ("rule", "programme", "is_told"),
    [
        ("promedio", "ene 0, feb 0, mar 5", True),
        ("ultimo", "ene 0, feb 0, mar 5", True),
        ("promedio", "ene 0, feb 5", False),
        ("promedio", "ene 0, feb 0", False),
        ("promedio", "ene 5, feb 6", False),
        ("suma", "ene 0, feb 0, mar 2", False),
    ],
)
def test_zeros_that_fill_most_months_of_a_level(rule, programme, is_told):
    problems = plan(row(rule=rule, programme=programme, target="2")).problems
    assert [(p.code, p.column) for p in problems] == ([("zeros_as_targets", "ene")] if is_told else [])


@pytest.mark.parametrize(
    ("unit", "rule", "programme", "column"),
    [
        ("Conexiones", "suma", "jun 0.5, set 1.5", "jun"), ("INSPECCIÓN", "ultimo", "jun 1.5, set 2", "jun"),
        ("Informes técnicos", "suma", "jun 2", None), ("Conexiones", "suma", "jun 2.0", None),
        ("Reclamos", "promedio", "jun 1.5", None),  # a mean of counts may be a fraction
        ("Miles S/.", "suma", "jun 0.5, set 1.5", None), ("m3", "suma", "jun 0.5, set 1.5", None),
    ],
)  # fmt: skip
def test_a_fraction_of_what_comes_one_by_one(unit, rule, programme, column):
    problems = plan(row(unit=unit, rule=rule, programme=programme, target="2")).problems
    assert [(p.code, p.column) for p in problems] == ([("fraction_of_count", column)] if column else [])


def test_a_fraction_in_the_target_of_what_comes_one_by_one():
    found = plan(row(rule="ultimo", programme="jun 2", target="2.5")).problems
    assert [(p.code, p.column, p.value) for p in found] == [("fraction_of_count", "meta", "2.5")]


def test_nobody_responsible():
    problem = one_problem(row(responsible=""))
    assert (problem.severity, problem.code, problem.column) == (
        "warning", "no_responsible", "responsable",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("División de Catastro", "Division de catastro", True),
        ("División de Catastro", "División  de Catastro.", True),
        ("División de Catastro", "División de Catasto", True),
        ("División de Catastro", "División de Comercialización", False),
        ("División de Catastro", "División de Catastro", False),
        # Told apart by a number: two names.
        ("Administración local 1", "Administración local 2", False),
    ],
)
def test_names_that_differ_only_in_spelling(one, other, is_told):
    for column in ("responsible", "objective"):
        file = plan(row("1.1", **{column: one}), row("1.2", **{column: other}))
        found = [(p.severity, p.code, p.row, p.hints["other"]) for p in file.problems]
        assert found == ([("warning", "similar_name", 3, one)] if is_told else [])
        assert all(p.hints["first_row"] == 2 for p in file.problems)


def test_very_many_names_are_compared_without_their_accents_only():
    names = [f"Área {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(305)]
    for column in ("responsible", "locality"):
        rows = [row(f"1.{n}", **{column: name}) for n, name in enumerate(names)]
        found = plan(*rows, row("2.1", **{column: "AREA AA"}), row("2.2", **{column: "Áreas aa"})).problems
        told = [(p.value, p.hints["other"]) for p in found if p.row > 300]
        assert told == [("AREA AA", "Área aa")]


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("Azángaro", "Azangaro", True),
        ("Ilave", "Ilabe", True),
        ("Puno", "PUNO", True),
        ("San Román", "Sanroman", True),
        ("Juliaca", "Julicaa", True),
        ("Desaguadero", "Desaguaderro", True),
        ("Desaguadero", "Desahuadera", True),
        ("San Antonio", "San Antonia", True),
        ("Puno", "Puno", False),
        ("Juli", "Juliaca", False),
        ("Ilave", "Lampa", False),
        ("Azángaro", "Asángara", True),
        ("Ilave", "Ilaba", False),
        ("Ilave", "Alabe", False),
        # Told apart by a number or a short word: two names.
        ("Zona 1", "Zona 2", False),
        ("Sector I", "Sector II", False),
        ("Zona A", "Zona B", False),
        ("Cono Sur", "Cono Sud", False),
    ],
)
def test_a_locality_that_is_likely_another_of_the_file_is_told(one, other, is_told):
    file = plan(row("1.1", locality=one), row("1.2", locality=other), row("1.3", locality=other))
    found = [(p.severity, p.code, p.row, p.column, p.hints["other"]) for p in file.problems]
    assert found == ([("warning", "similar_locality", 3, "localidad", one)] if is_told else [])


def test_a_locality_in_a_list_is_told_as_well():
    rows = (
        row("1.1", locality="Ilave", more=";"),
        row("1.2", more=";Puno|Ilabe"),
        row("1.3", locality="Toda la EPS", more=";"),
    )
    [problem] = plan(*rows, more_columns=";localidades").problems
    assert (problem.code, problem.row, problem.column) == ("similar_locality", 3, "localidades")
    assert (problem.hints["name"], problem.hints["other"], problem.hints["first_row"]) == (
        "Ilabe",
        "Ilave",
        2,
    )


def test_the_real_plan_has_one_odd_unit_and_no_more():
    data = Path(poa_core.__file__).parent.parent / "data"
    file = plan_file((data / "processes.csv").read_bytes(), (data / "plan.csv").read_bytes())
    assert [(p.code, p.value, p.hints["difference"]) for p in file.problems] == [
        ("months_not_target", "6101", "-1")
    ]
    assert (len(file.plans), len(file.activities)) == (1, 14)


OF_PLACES = ";localidades;combinacion"


@pytest.mark.parametrize(
    ("more", "change", "code"),
    [
        (";Puno|Ilave;suma", {"unit": "%", "rule": "promedio"}, "combination_not_a_sum"),
        (";Puno|Ilave;suma", {"rule": "promedio"}, "combination_not_a_sum"),
        (";Puno|Ilave;promedio", {}, "combination_not_a_mean"),
        (";;promedio", {"rule": "promedio"}, "combination_without_list"),
        (";;suma", {"direction": "menor"}, "combination_without_list"),
        (";Puno;sumas", {}, "unknown_word"),
    ],
)
def test_a_way_to_combine_localities_that_the_rule_does_not_allow_is_refused(more, change, code):
    file = plan(row(more=more, **change), more_columns=OF_PLACES)
    assert [(p.severity, p.code, p.column) for p in file.problems] == [("error", code, "combinacion")]


@pytest.mark.parametrize(
    ("more", "change"),
    [
        (";Puno|Ilave;suma", {"direction": "menor"}),
        (";;suma", {}),
        (";Puno|Ilave;promedio", {"rule": "promedio"}),
        (";;ninguna", {}),
        (";Puno|Ilave;mean", {"rule": "promedio"}),
    ],
)
def test_a_way_to_combine_localities_that_the_rule_allows_is_kept(more, change):
    [one] = plan(row(more=more, **change), more_columns=OF_PLACES).activities
    assert one["combination"] in ("sum", "mean", "none")


def test_the_outcome_may_list_its_localities():
    [one] = plan(
        row(),
        processes=PROCESSES.rstrip("\n")
        + ";localidades\n"
        + PROCESS.format(";menor").rstrip("\n")
        + ";Puno, Ilave\n",
    ).plans
    assert one["localities"] == "Puno|Ilave"
