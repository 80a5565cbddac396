"""Wide files: a row is a value a month, its remarks belong to one month, its problems name that month's
header.
"""

from decimal import Decimal

import pytest
from bad_files import PLAN

from poa_core.contract import Table, Value
from poa_core.intake.progress.progress import progress
from poa_core.intake.progress.wide import is_programme_only, is_wide


def table(text: str, numbers=()) -> Table:
    header, *lines = [tuple(line.split(";")) for line in text.split("\n")]
    return Table(header, tuple(enumerate(lines, 2)), 1, frozenset(numbers))


def check(text: str, numbers=()):
    return progress(table(text, numbers), PLAN)


def test_a_row_is_a_value_of_each_month_it_fills():
    file = check("codigo;ene;feb;mar\n1.2;1;;3")
    assert file.values == (Value(2, "1.2", 1, "EPS", Decimal(1)), Value(2, "1.2", 3, "EPS", Decimal(3)))
    assert (file.rows_read, file.empty_rows) == (1, 0)


def test_remarks_belong_to_the_one_month_that_is_reported():
    [value] = check("codigo;ene;feb;causa;medida;observacion\n1.2;;3;lluvias;cortar;nota").values
    assert (value.month, value.cause, value.measure, value.note) == (2, "lluvias", "cortar", "nota")


def test_remarks_go_with_a_value_taken_back():
    [value] = check("codigo;ene;feb;observacion\n1.2;;retirar;error de dedo").values
    assert value.retracted and value.note == "error de dedo"


@pytest.mark.parametrize(("months", "count"), [("1;2", 2), (";", 0), ("-;n/a", 0)])
def test_remarks_of_no_single_month_are_refused_each_in_its_column(months, count):
    file = check(f"codigo;ene;feb;causa;medida\n1.2;{months};lluvias;cortar")
    wrong = [(p.code, p.column, p.value, p.hints) for p in file.problems if p.severity == "error"]
    assert wrong == [
        ("remark_of_which_month", "causa", "lluvias", {"count": count}),
        ("remark_of_which_month", "medida", "cortar", {"count": count}),
    ]
    assert file.values == ()


def test_an_empty_wide_row_is_an_empty_row():
    file = check("codigo;ene\n1.2;1\n5.3;\n1.1;-")
    assert (file.rows_read, file.empty_rows, len(file.values)) == (3, 2, 1)


def test_a_row_with_one_bad_month_gives_none_of_its_months():
    file = check("codigo;mar;abr\n1.2;1;x\n5.3;1;2")
    assert {value.row for value in file.values} == {3}
    assert [(p.row, p.column) for p in file.problems] == [(2, "abr")]


def test_a_number_cell_of_a_wide_file_has_a_point_whatever_the_others_do():
    file = check("codigo;mar;abr\n5.3;1.525;2,5", numbers=[(2, 1)])
    assert [value.reported for value in file.values] == [Decimal("1.525"), Decimal("2.5")]


def test_a_file_is_illustrative_where_its_wide_rows_say_so():
    assert check("codigo;ene;origen\n1.2;1;ilustrativo").illustrative


def test_rows_of_another_plan_are_refused():
    assert [p.code for p in check("anio;codigo;ene\n2011;1.2;1").problems] == ["other_plan"]


@pytest.mark.parametrize(
    ("header", "wide", "plan"),
    [
        ("codigo;ene", True, False),
        ("codigo;F(SE) 01", True, False),
        ("codigo;mes;avance", False, False),
        ("codigo;mes;ene", False, False),
        ("codigo;avance;ene", False, False),
        ("codigo;E;F", False, False),
        ("codigo;agregacion;ene", True, True),
        ("codigo;agregacion;mes;avance", False, False),
        ("codigo;F(CS) 01", False, True),
        ("codigo;F(RE) 01", False, True),
        ("codigo;sentido;F(CS) 01;F(SE) 01", True, False),
    ],
)
def test_the_headers_tell_what_a_file_is(header, wide, plan):
    one = table(header + "\n" + ";" * header.count(";"))
    assert (is_wide(one), is_programme_only(one)) == (wide, plan)
