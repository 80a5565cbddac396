"""A plan as a person hands it over: one or two files, told apart by their headers, a CEPLAN sheet among
them.
"""

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from handed_over import HEADS, read, rows_file
from openpyxl import Workbook, load_workbook
from plan_files import HEAD, OUTCOME, PROCESS, row

from poa_core.blocks import problem_list
from poa_core.contract import MONTHS, PLAN_COLUMNS, PROCESS_COLUMNS, PlanFile, PlanReading, Problem
from poa_core.words.language import LANGUAGES, words
from poa_core.words.problems import remedy

CURRENT = read(
    HEADS,
    rows_file(
        row("5.3"), row("1.1", "%", "promedio", "menor", "30", "jun 30, set 30"),
        row("5.1", "Directiva", "hito", "mayor", "1", "mar 1"),
    ),
).current  # fmt: skip


def told(reading: PlanReading) -> list[tuple]:
    return [(p.severity, p.code, p.row, p.column) for p in reading.current.problems]


def one(reading: PlanReading) -> Problem:
    [problem] = reading.current.problems
    assert reading.current.is_refused and reading.initial is None
    assert reading.current.plans == reading.current.activities == reading.current.programme == ()
    return problem


def months_of(file: PlanFile, code: str) -> dict[int, Decimal]:
    return {cell["month"]: cell["programmed"] for cell in file.programme if cell["code"] == code}


def workbook(*rows: list, name="plan.xlsx", **others: list[list]) -> tuple[str, bytes]:
    """A workbook with these rows on its first sheet, and on others by their names."""
    book, file = Workbook(), io.BytesIO()
    for title, cells in [("Hoja1", rows), *others.items()]:
        sheet = book.active if title == "Hoja1" else book.create_sheet(title)
        for line in cells:
            sheet.append(line)
    book.save(file)
    return name, file.getvalue()


def cells(text: str) -> list[list[str]]:
    """The rows of a CSV text."""
    return list(csv.reader(io.StringIO(text), delimiter=";"))


# Which file is which.


def test_files_are_told_apart_by_their_headers_in_either_order():
    expected = read(HEADS, rows_file(row()))
    assert read(rows_file(row(), name="processes.csv"), HEADS) == expected
    assert expected.initial is None and not expected.carries_progress
    assert len(expected.current.plans) == len(expected.current.activities) == 1


@pytest.mark.parametrize("current", [None, CURRENT])
def test_no_file_at_all_is_said(current):
    assert one(read(current=current)).code == "no_plan_file"


def test_a_workbook_holds_both_halves_as_two_sheets_in_either_order():
    heads, rows = cells(OUTCOME), cells(HEAD + "\n" + row())
    expected = read(HEADS, rows_file(row())).current
    assert (
        read(workbook(*heads, Plan=rows)).current == read(workbook(*rows, Procesos=heads)).current == expected
    )
    # A sheet of remarks beside them is none of a plan's.
    assert (
        read(
            workbook(*rows, Procesos=heads, Notas=[["Revisado por", "la gerencia"], ["en", "enero"]])
        ).current
        == expected
    )


def test_a_problem_of_such_a_workbook_names_its_sheet():
    problem = one(
        read(workbook(*cells(HEAD + "\n" + row(rule="total")), Procesos=cells(OUTCOME), name="POA.xlsx"))
    )
    assert (problem.code, problem.row, problem.hints["file"]) == ("unknown_word", 2, "POA.xlsx › Sheet")


def test_two_sheets_of_one_half_are_not_chosen_from():
    rows = cells(HEAD + "\n" + row())
    assert one(read(workbook(*rows, Otra=rows, Procesos=cells(OUTCOME)))).code == "several_sheets"


def test_a_problem_names_the_file_a_person_handed_over():
    problem = one(read(HEADS, rows_file(row(rule="total"), name="Plan final (2).csv")))
    assert (problem.code, problem.hints["file"]) == ("unknown_word", "Plan final (2).csv")


def test_a_plan_alone_keeps_the_heads_in_force():
    reading = read(rows_file(row(), row("5.4")), current=CURRENT)
    assert not reading.current.problems
    assert reading.current.plans == CURRENT.plans
    assert [activity["code"] for activity in reading.current.activities] == ["5.3", "5.4"]
    assert not months_of(reading.current, "1.1")


def test_heads_alone_keep_the_activities_in_force():
    reading = read(("nuevo.csv", OUTCOME.replace("137000", "140000").encode()), current=CURRENT)
    assert not reading.current.problems
    assert reading.current.plans == ({**CURRENT.plans[0], "target": 140000},)
    assert (reading.current.activities, reading.current.programme) == (CURRENT.activities, CURRENT.programme)


def test_the_given_path_of_the_outcome_stays_with_the_heads_in_force():
    path = OUTCOME.replace("sentido\n", "sentido;mar\n").replace(";menor\n", ";menor;180000\n")
    current = read(("a.csv", path.encode()), rows_file(row())).current
    assert months_of(read(rows_file(row()), current=current).current, "R1") == {3: 180000}


@pytest.mark.parametrize(
    ("files", "code"), [([rows_file(row())], "processes_missing"), ([HEADS], "activities_missing")]
)
def test_half_a_plan_where_none_is_in_force_names_the_other_half(files, code):
    assert one(read(*files)).code == code


@pytest.mark.parametrize(
    "content", [b"nombre;telefono\nAna;9\n", b"codigo;ene;feb\n1.1;1;2\n", b"uno\ndos\n"]
)
def test_a_file_that_is_no_plan_s_gets_one_sentence_with_the_columns_of_both(content):
    problem = one(read(("lista.csv", content), current=CURRENT))
    assert (problem.code, problem.hints["file"]) == ("not_a_plan_file", "lista.csv")
    for language in LANGUAGES:
        told_columns = set(re.findall(r"\w+", remedy(problem, words(language))))
        assert not set(PROCESS_COLUMNS + PLAN_COLUMNS) - set(MONTHS[1:-1]) - told_columns


def test_progress_is_no_plan_and_a_part_twice_is_one_too_many():
    assert (
        one(read(("avance.csv", b"codigo;mes;avance;indicador\n5.3;mar;1;x\n"), current=CURRENT)).code
        == "progress_for_plan"
    )
    assert (
        one(read(("a.csv", b"codigo;actividad;F(SE) 01\n5.3;x;1\n"), current=CURRENT)).code
        == "progress_for_plan"
    )
    problem = one(read(rows_file(row()), rows_file(row(), name="otra.csv"), current=CURRENT))
    assert (problem.code, problem.hints) == ("same_plan_file", {"file": "otra.csv", "first": "hoja1.csv"})


def test_a_file_that_cannot_be_read_is_told_with_what_is_wrong_beside_it():
    reading = read(("foto.csv", b"%PDF-1.4"), ("avance.csv", b"codigo;mes;avance\n5.3;mar;1\n"))
    assert [(p.code, p.hints["file"]) for p in reading.current.problems] == [
        ("progress_for_plan", "avance.csv"), ("pdf_file", "foto.csv"),
    ]  # fmt: skip


def test_several_plans_are_for_the_command_line_and_one_for_the_page():
    heads = "dos.csv", (OUTCOME + PROCESS.format("ultimo;menor").replace("Comercial", "Operaciones")).encode()
    files = heads, rows_file(row(), row(process="Operaciones"))
    assert len(read(*files).current.plans) == 2
    problem = one(read(*files, is_one_plan=True))
    assert (problem.code, problem.hints["count"]) == ("several_plans", 2)
    assert not read(HEADS, rows_file(row()), is_one_plan=True).current.problems


def test_a_plan_of_several_replaces_itself_alone():
    heads = "dos.csv", (OUTCOME + PROCESS.format("ultimo;menor").replace("Comercial", "Operaciones")).encode()
    current = read(heads, rows_file(row(), row(process="Operaciones"))).current
    found = read(rows_file(row("5.4"), row("5.5")), current=current).current
    assert [plan["process"] for plan in found.plans] == ["Comercial"] and not found.problems


def test_rows_or_heads_of_a_plan_that_is_not_in_force():
    assert one(read(rows_file(row(process="Otra")), current=CURRENT)).code == "plan_not_in_force"
    heads = "otra.csv", OUTCOME.replace("Comercial", "Otra").encode()
    problem = one(read(heads, current=CURRENT))
    assert (problem.code, problem.row, problem.value) == ("plan_without_activities", 2, "Otra")


def test_new_heads_cannot_take_the_code_of_an_activity_in_force():
    problem = one(read(("a.csv", OUTCOME.replace("R1", "5.3").encode()), current=CURRENT))
    assert (problem.code, problem.row, problem.column, problem.value) == (
        "outcome_code_in_force",
        2,
        "codigo_resultado",
        "5.3",
    )


def test_no_problem_names_a_file_that_was_not_handed_over():
    heads, rows = OUTCOME.replace("R1", "5.3").encode(), rows_file(row("R1"), name="filas.csv")
    assert one(read(("cabeza.csv", heads), current=CURRENT)).hints["file"] == "cabeza.csv"
    assert one(read(rows, current=CURRENT)).hints["file"] == "filas.csv"
    assert (
        one(read(rows_file(row(process="Otra"), name="filas.csv"), current=CURRENT)).hints["file"]
        == "filas.csv"
    )


@pytest.mark.parametrize("wrong, file", (("heads", "cabeza.csv"), ("rows", "filas.csv")))
def test_of_two_files_read_together_a_problem_names_its_own(wrong, file):
    heads = OUTCOME.replace("187000", "mucho") if wrong == "heads" else OUTCOME
    found = one(
        read(
            ("cabeza.csv", heads.encode()),
            rows_file(row(rule="total" if wrong == "rows" else "suma"), name="filas.csv"),
        )
    )
    assert found.hints["file"] == file
    shown = problem_list.lines([found], words("es"), names_file=True)[0]["where"]
    assert shown.startswith(f"{file} · Fila 2")


@pytest.mark.parametrize("wrong, sheet", (("heads", "Procesos"), ("rows", "Sheet")))
def test_of_two_sheets_read_together_a_problem_names_its_own(wrong, sheet):
    heads = OUTCOME.replace("187000", "mucho") if wrong == "heads" else OUTCOME
    rows = cells(HEAD + "\n" + row(rule="total" if wrong == "rows" else "suma"))
    assert (
        one(read(workbook(*rows, Procesos=cells(heads), name="POA.xlsx"))).hints["file"]
        == f"POA.xlsx › {sheet}"
    )


def test_hidden_sheets_are_told_of_the_workbook_and_of_no_sheet_of_it():
    content = workbook(*cells(HEAD + "\n" + row()), Procesos=cells(OUTCOME), Viejo=[["a", "b"]])[1]
    book, file = load_workbook(io.BytesIO(content)), io.BytesIO()
    book["Viejo"].sheet_state = "hidden"
    book.save(file)
    [notice] = read(("POA.xlsx", file.getvalue())).current.problems
    assert (notice.code, notice.hints) == ("hidden_sheets", {"sheets": "“Viejo”", "file": "POA.xlsx"})


def test_what_is_in_force_is_not_warned_of_again():
    current = read(HEADS, rows_file(row(target="9", responsible=""))).current
    assert [p.code for p in current.problems] == ["months_not_target", "no_responsible"]
    assert not read(HEADS, current=current).current.problems


def test_a_workbook_s_numbers_have_a_point_whatever_its_texts_have():
    head = HEAD.split(";")
    cells = row("5.3", unit="Miles S/.", target="1,5", programme="jun 1").strip().split(";")
    cells[head.index("jun")] = 0.375
    cells[head.index("set")] = 1.125
    reading = read(HEADS, workbook(head, cells))
    assert not reading.current.problems
    assert months_of(reading.current, "5.3") == {6: Decimal("0.375"), 9: Decimal("1.125")}
    assert reading.current.activities[0]["target"] == Decimal("1.5")


@pytest.mark.parametrize("shape", ["plan", "ceplan"])
def test_a_code_stored_as_a_number_is_the_one_in_force_or_is_asked_for(shape):
    def told(*codes: str):
        current = read(HEADS, rows_file(*map(row, codes))).current
        if shape == "plan":
            head = HEAD.split(";")
            cells = row().strip().split(";")
            cells[head.index("codigo")] = 5.1
            return read(workbook(head, cells), current=current)
        return read(workbook(["Código AO", "F(RE) 06", "F(RE) 09"], [5.1, 1, 1]), current=current)

    assert [activity["code"] for activity in told("5.10").current.activities] == ["5.10"]
    assert [activity["code"] for activity in told("5.1").current.activities] == ["5.1"]
    problem = one(told("5.1", "5.10"))
    assert (problem.code, problem.row, problem.hints["codes"]) == ("ambiguous_code", 2, "5.1, 5.10")


def test_a_code_is_spelled_as_the_plan_in_force_does():
    current = read(HEADS, rows_file(row("5.3a"))).current
    for file in (rows_file(row("5.3A")), ceplan({"Código AO": "5.3A", "RE": "jun 1, set 1"})):
        assert read(file, current=current).current.activities == current.activities


def test_heads_alone_keep_each_plan_s_own_months():
    heads = "dos.csv", (OUTCOME + PROCESS.format("ultimo;menor").replace("Comercial", "Operaciones")).encode()
    current = read(heads, rows_file(row(), row(process="Operaciones", programme="mar 2"))).current
    assert read(heads, current=current).current.programme == current.programme


def test_heads_without_their_process_are_told_so_once():
    problem = one(read(("a.csv", OUTCOME.replace(";Comercial;", ";;").encode()), current=CURRENT))
    assert problem.code == "missing_cell"


# CEPLAN's sheet.

AMOUNTS = [f"F({kind}) {month:02}" for month in range(1, 13) for kind in ("CS", "RE", "SE")]


def ceplan(*rows: dict, columns=(), name="ceplan.csv", amounts=AMOUNTS) -> tuple[str, bytes]:
    """A sheet with a code, other columns and amounts; a row is {"Código AO": "5.3", "CS": "jun 1", ...}."""
    header = ["Código AO", *columns, *amounts]
    lines = [";".join(header)]
    for given in rows:
        cells = {column: given.get(column, "") for column in ("Código AO", *columns)}
        for kind in ("CS", "RE", "SE"):
            for item in filter(None, given.get(kind, "").split(", ")):
                month, amount = item.split()
                cells[f"F({kind}) {MONTHS.index(month) + 1:02}"] = amount.replace(".", ",")
        lines.append(";".join(cells.get(column, "") for column in header))
    return name, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def test_a_ceplan_sheet_tells_the_initial_the_current_programme_and_progress():
    reading = read(
        ceplan({"Código AO": "5.3", "CS": "jun 1, set 1", "RE": "jun 1, oct 1", "SE": "jun 1"}),
        current=CURRENT,
    )
    assert not reading.current.problems and not reading.initial.problems and reading.carries_progress
    assert months_of(reading.initial, "5.3") == {6: 1, 9: 1}
    assert months_of(reading.current, "5.3") == {6: 1, 10: 1}
    [activity] = reading.current.activities
    assert activity == CURRENT.activities[0] and reading.initial.activities == (activity,)
    assert reading.current.plans == reading.initial.plans == CURRENT.plans


def test_a_row_that_was_not_reprogrammed_is_as_it_began():
    rows = (
        {"Código AO": "5.3", "CS": "jun 1, set 1"},
        {"Código AO": "1.1", "CS": "jun 30", "RE": "jun 29.5, set 29"},
    )
    reading = read(ceplan(*rows), current=CURRENT)
    assert months_of(reading.current, "5.3") == months_of(reading.initial, "5.3") == {6: 1, 9: 1}
    assert months_of(reading.current, "1.1") == {6: Decimal("29.5"), 9: 29}
    assert not reading.carries_progress


@pytest.mark.parametrize("kind", ["CS", "RE"])
def test_a_sheet_with_one_programme_tells_that_alone(kind):
    amounts = [name for name in AMOUNTS if kind in name]
    reading = read(ceplan({"Código AO": "5.3", kind: "jun 1, set 1"}, amounts=amounts), current=CURRENT)
    assert reading.initial is None and months_of(reading.current, "5.3") == {6: 1, 9: 1}


def test_a_zero_fills_a_cell_of_what_is_added_up_and_is_a_target_of_a_level():
    zeros = ", ".join(f"{month} 0" for month in MONTHS if month not in ("jun", "set"))
    rows = (
        {"Código AO": code, "CS": f"{zeros}, jun {amount}, set {amount}"}
        for code, amount in (("5.3", 1), ("1.1", 30))
    )
    reading = read(ceplan(*rows), current=CURRENT)
    assert months_of(reading.current, "5.3") == {6: 1, 9: 1}
    assert len(months_of(reading.current, "1.1")) == 12
    [problem] = reading.current.problems
    assert (problem.severity, problem.code, problem.row, problem.column) == (
        "warning",
        "zeros_as_targets",
        3,
        "F(CS) 01",
    )
    assert (problem.hints["zeros"], problem.hints["months"]) == (10, 12)


def test_a_column_of_the_sheet_stands_before_what_is_in_force():
    columns = "Unidad de Medida", "Centro de Costo", "Actividad Operativa"
    given = {
        "Código AO": "5.3",
        "Unidad de Medida": "Visitas",
        "Centro de Costo": "Catastro",
        "RE": "jun 1, set 1",
    }
    [problem] = read(ceplan(given, columns=columns), current=CURRENT).current.problems
    # The sheet has the column and leaves it empty: that is not filled from elsewhere.
    assert (problem.code, problem.column) == ("missing_cell", "Actividad Operativa")
    given["Actividad Operativa"] = "Visitar"
    [activity] = read(ceplan(given, columns=columns), current=CURRENT).current.activities
    expected = {**CURRENT.activities[0], "unit": "Visitas", "responsible": "Catastro", "activity": "Visitar"}
    assert activity == expected


def test_numbers_in_force_are_read_as_they_are_whatever_mark_the_sheet_has():
    current = read(HEADS, rows_file(row("1.1", "%", "promedio", "menor", "1.525", "jun 1.5"))).current
    reading = read(ceplan({"Código AO": "1.1", "CS": "jun 2.5", "RE": "jun 1.5"}), current=current)
    assert reading.current.activities[0]["target"] == Decimal("1.525") and not reading.current.problems
    # Warnings of the programme the year began with are for no one.
    odd = read(ceplan({"Código AO": "5.3", "CS": "jun 3", "RE": "jun 1, set 1"}), current=CURRENT)
    assert not odd.current.problems and not odd.initial.problems


def test_what_a_new_code_lacks_is_not_guessed():
    columns = "Actividad Operativa", "Unidad de Medida"
    given = {"Código AO": "9.9", "Actividad Operativa": "Nueva", "Unidad de Medida": "Visitas", "RE": "jun 1"}
    other = {"Código AO": "5.3", **dict.fromkeys(columns, "x"), "RE": "jun 2"}
    reading = read(ceplan(other, given, columns=columns), current=CURRENT)
    assert [(p.code, p.row, p.column, p.hints["code"]) for p in reading.current.problems] == [
        ("not_declared", 3, column, "9.9") for column in ("objetivo", "localidad", "agregacion", "sentido")
    ]
    assert reading.current.is_refused and reading.initial is None


def test_a_new_code_may_be_declared_in_the_sheet():
    columns = "actividad", "unidad", "objetivo", "localidad", "agregacion", "sentido", "meta", "responsable"
    given = dict(
        zip(columns, ("Nueva", "Visitas", "Otro", "EPS", "suma", "mayor", "1", "Gerencia"), strict=True)
    )
    reading = read(ceplan({"Código AO": "9.9", "RE": "jun 1", **given}, columns=columns), current=CURRENT)
    assert not reading.current.problems
    assert reading.current.activities[0]["objective"] == "Otro"


def test_year_entity_and_process_come_from_the_plan_there_is():
    sheet = ceplan({"Código AO": "5.3", "RE": "jun 1, set 1"})
    reading = read(sheet, HEADS)
    assert {(p.code, p.column) for p in reading.current.problems} >= {
        ("not_declared", "unidad"),
        ("not_declared", "sentido"),
    }
    found = read(sheet)
    assert [p.code for p in found.current.problems] == ["processes_missing"]
    heads = "dos.csv", (OUTCOME + PROCESS.format("ultimo;menor").replace("Comercial", "Operaciones")).encode()
    lacking = [p.column for p in read(sheet, heads).current.problems if p.code == "missing_column"]
    assert lacking == ["anio", "entidad", "proceso"]


def test_a_sheet_may_come_with_new_heads():
    heads = "a.csv", OUTCOME.replace("137000", "140000").encode()
    reading = read(ceplan({"Código AO": "5.3", "CS": "jun 1, set 1", "RE": "jun 2"}), heads, current=CURRENT)
    assert [p.code for p in reading.current.problems] == []
    assert reading.current.plans[0]["target"] == reading.initial.plans[0]["target"] == 140000


def test_a_problem_of_the_sheet_stands_in_its_own_column():
    reading = read(ceplan({"Código AO": "5.3", "CS": "mar x, jun 1", "RE": "jun y, set 1"}), current=CURRENT)
    assert told(reading) == [
        ("error", "not_a_number", 2, "F(RE) 06"),
        ("error", "not_a_number", 2, "F(CS) 03"),
    ]
    assert reading.initial is None and not reading.current.activities


def test_a_column_twice_is_named_as_the_sheet_has_it():
    problem = one(read(ceplan({"Código AO": "5.3"}, amounts=["F(RE) 03", "f (re) 3"]), current=CURRENT))
    assert (problem.code, problem.column, problem.hints["first"]) == (
        "duplicate_column",
        "f (re) 3",
        "F(RE) 03",
    )


def test_the_sheet_s_own_numbers_tell_its_decimal_mark():
    sheet = ceplan({"Código AO": "1.1", "RE": "jun 1.525, set 29.5"})
    assert months_of(read(sheet, current=CURRENT).current, "1.1")[6] == Decimal("1.525")
    alone = ceplan({"Código AO": "1.1", "RE": "jun 1.525"})
    assert one(read(alone, current=CURRENT)).code == "ambiguous_number"
    assert months_of(read(alone, current=CURRENT, decimal="comma").current, "1.1") == {6: Decimal("1.525")}
    assert months_of(read(alone, current=CURRENT, decimal="point").current, "1.1") == {6: 1525}


def test_provisional_months_stay_so_while_they_are_programmed():
    marked = [cell | {"is_provisional": cell["code"] == "5.3"} for cell in CURRENT.programme]
    current = replace(CURRENT, programme=tuple(marked))
    reading = read(ceplan({"Código AO": "5.3", "CS": "jun 1, set 1", "RE": "jun 0, set 2"}), current=current)
    assert not reading.current.problems
    assert [cell["is_provisional"] for cell in reading.current.programme if cell["code"] == "5.3"] == [True]
    assert [cell["is_provisional"] for cell in reading.initial.programme if cell["code"] == "5.3"] == [
        True,
        True,
    ]


def test_amounts_of_money_and_totals_are_left_alone():
    sheet = ceplan({"Código AO": "5.3", "RE": "jun 1, set 1"}, columns=("M(RE) 01", "F(RE) Total"))
    assert not read(sheet, current=CURRENT).current.problems


def test_a_ceplan_workbook_is_read_too():
    cells = ["5.3", *("" for _ in AMOUNTS)]
    cells[1 + AMOUNTS.index("F(RE) 06")] = 0.375
    cells[1 + AMOUNTS.index("F(RE) 09")] = 1.625
    reading = read(workbook(["Código AO", *AMOUNTS], cells), current=CURRENT)
    assert months_of(reading.current, "5.3") == {6: Decimal("0.375"), 9: Decimal("1.625")}
