"""Rows of progress to values: silence, zero, taking back, localities, units, and every row once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from bad_files import PLAN
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from poa_core.contract import Table, Value
from poa_core.intake.columns import read_plain_file
from poa_core.intake.progress.progress import progress


def table(text: str) -> Table:
    """A table of the lines of a text, cells apart by `;`, as `read` would give it."""
    header, *lines = [tuple(line.split(";")) for line in text.strip("\n").split("\n")]
    return Table(header, tuple(enumerate(lines, 2)), 1)


def check(text: str, plan=PLAN, decimal=None):
    return progress(table(text), plan, decimal)


def problems_of(file):
    return [(p.severity, p.code, p.row) for p in file.problems]


def test_a_row_is_a_value_of_its_activity_month_and_locality():
    file = check("codigo;mes;avance;observacion;causa;medida\n2.1;2010-06;1;nota;causa;medida")
    assert file.values == (Value(2, "2.1", 6, "Puno", Decimal(1), False, "nota", "causa", "medida"),)
    assert (file.rows_read, file.empty_rows, file.problems) == (1, 0, ())
    assert not file.is_refused


def test_zero_is_a_report():
    [value] = check("codigo;mes;avance\n5.3;mar;0").values
    assert value.reported == 0 and value.reported is not None


def test_an_empty_cell_is_no_report():
    file = check("codigo;mes;avance\n5.3;mar;\n5.3;abr;  \n5.3;may;1")
    assert [value.month for value in file.values] == [5]
    assert (file.rows_read, file.empty_rows, file.problems) == (3, 2, ())


@pytest.mark.parametrize(
    "mark", ["-", "--", "–", "—", "n/a", "N/A", "na", "n.a.", "s/d", "S/D", "sd", "nd", "n/d"]
)
def test_a_mark_is_no_report_with_a_notice(mark):
    file = check(f"codigo;mes;avance\n5.3;mar;{mark}\n5.3;abr;1")
    assert [value.month for value in file.values] == [4]
    assert problems_of(file) == [("notice", "not_reported_mark", 2)]
    assert file.empty_rows == 1


def test_remarks_without_a_number_are_kept():
    text = "codigo;mes;avance;observacion;causa;medida\n5.3;mar;;;lluvias;\n5.3;abr;-;;;cortar"
    first, second = check(text).values
    assert (first.reported, first.retracted, first.cause) == (None, False, "lluvias")
    assert (second.reported, second.retracted, second.measure) == (None, False, "cortar")


@pytest.mark.parametrize("word", ["retirar", "Retirar", "RETIRAR", "withdraw"])
def test_a_value_may_be_taken_back(word):
    file = check(f"codigo;mes;avance;observacion\n5.3;mar;{word};error de dedo")
    assert file.values == (Value(2, "5.3", 3, "EPS", None, retracted=True, note="error de dedo"),)
    assert not file.problems


def test_texts_that_start_like_formulas_are_data():
    [value] = check("codigo;mes;avance;observacion;causa\n5.3;mar;1;=HYPERLINK(1);@todos").values
    assert (value.note, value.cause) == ("=HYPERLINK(1)", "@todos")


def test_a_locality_may_be_given_where_the_activity_is_of_the_whole_utility():
    text = "codigo;mes;localidad;avance\n5.3;mar;Puno;1\n5.3;mar;ILAVE;2\n5.3;abr;EPS;3\n5.3;may;;4"
    assert [(v.month, v.locality) for v in check(text).values] == [
        (3, "Puno"), (3, "Ilave"), (4, "EPS"), (5, "EPS"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "EPS",
        "toda la EPS",
        "TODA LA EMPRESA",
        "EPS (toda)",
        "Todas",
        "Total EPS",
        "Whole utility",
        "Tóda la  Eps",
    ],
)
def test_the_whole_utility_has_many_names_and_is_one(name):
    text = f"codigo;mes;localidad;avance\n5.3;mar;{name};1"
    assert [value.locality for value in check(text).values] == ["EPS"]
    assert [value.locality for value in read_plain_file(text.replace(";", ",").encode(), PLAN).values] == [
        "EPS"
    ]


def test_a_locality_that_the_plan_has_by_such_a_name_is_that_one():
    older = replace(PLAN, localities=PLAN.localities | {"Todas"})
    assert [
        value.locality
        for value in check(
            "codigo;mes;localidad;avance\n5.3;mar;todas;1\n5.3;abr;toda la eps;1", older
        ).values
    ] == ["Todas", "EPS"]


def test_an_activity_may_be_given_its_own_locality():
    [value] = check("codigo;mes;localidad;avance\n2.1;jun;puno;1").values
    assert value.locality == "Puno"


def test_a_milestone_may_be_given_the_whole_utility():
    [value] = check("codigo;mes;localidad;avance\n5.1;mar;EPS;1").values
    assert value.locality == "EPS"


def test_the_outcome_takes_progress_as_an_activity_does():
    [value] = check("codigo;mes;localidad;avance\nR1;jun;Puno;110000").values
    assert (value.code, value.locality, value.reported) == ("R1", "Puno", 110000)


def test_codes_are_found_in_any_letters():
    plan = replace(PLAN, activities={"Ab1": replace(PLAN.activities["5.3"], code="Ab1")})
    values = check("codigo;mes;avance\nAb1;mar;1\nAB1;abr;1\naB1;may;1", plan=plan).values
    assert [value.code for value in values] == ["Ab1"] * 3


def test_the_nearest_code_and_locality_are_suggested():
    file = check("codigo;mes;localidad;avance\n5.4;mar;Punoo;1\n5,3;mar;Ilabe;1\nr2;abr;;1")
    assert [p.hints["nearest"] for p in file.problems] == ["5.3", "Puno", "5.3", "Ilave", "R1"]


def test_a_duplicate_names_both_rows():
    file = check("codigo;mes;avance\n5.3;mar;1\n5.3;abr;1\n5.3;03;1")
    [problem] = file.problems
    assert (problem.row, problem.hints["first_row"]) == (4, 2)
    assert [value.row for value in file.values] == [2, 3]


def test_the_same_cell_empty_and_filled_is_no_duplicate():
    file = check("codigo;mes;avance\n5.3;mar;\n5.3;mar;1\n5.3;mar;-")
    assert [value.row for value in file.values] == [3]
    assert not file.is_refused


def test_a_duplicate_is_told_even_where_its_number_is_bad():
    file = check("codigo;mes;avance\n5.3;mar;1\n5.3;mar;x")
    assert sorted(problems_of(file)) == [("error", "duplicate_key", 3), ("error", "not_a_number", 3)]


def test_each_row_against_the_other_form_is_told():
    file = check("codigo;mes;localidad;avance\n5.3;mar;Puno;1\n5.3;mar;;9\n5.3;mar;Ilave;1")
    assert problems_of(file) == [("error", "whole_and_local", 3), ("error", "whole_and_local", 4)]
    assert [p.hints["first_row"] for p in file.problems] == [2, 3]


def test_local_values_of_before_may_grow_and_be_corrected():
    # January of 5.3 has a value of Puno already.
    file = check("codigo;mes;localidad;avance\n5.3;ene;Puno;5\n5.3;ene;Ilave;1")
    assert len(file.values) == 2 and not file.problems


def test_what_the_file_takes_back_is_no_longer_in_the_way():
    # The local value of January goes, the whole-utility one comes.
    file = check("codigo;mes;localidad;avance\n5.3;ene;Puno;retirar\n5.3;ene;EPS;9")
    assert len(file.values) == 2 and not file.problems


def test_a_remark_is_no_value_that_stands_in_the_way():
    file = check("codigo;mes;localidad;avance;causa\n5.3;mar;Puno;;x\n5.3;mar;;9;\n5.3;ene;;;y")
    assert len(file.values) == 3 and not file.problems


@pytest.mark.parametrize(("text", "is_percent_row"), [("100", True), ("100.01", False)])
def test_a_percentage_stops_at_100_where_lower_is_better(text, is_percent_row):
    assert (not check(f"codigo;mes;avance\n1.1;mar;{text}").is_refused) == is_percent_row


def test_a_percentage_above_100_is_a_warning_where_more_is_better():
    file = check("codigo;mes;avance\n1.2;mar;100\n1.2;abr;130")
    assert problems_of(file) == [("warning", "percentage_high", 3)]
    assert len(file.values) == 2 and not file.is_refused


def test_a_count_may_pass_100():
    assert not check("codigo;mes;avance\n5.3;mar;101").problems


def test_negatives_only_where_they_can_be():
    [value] = check("codigo;mes;avance\n6.1;mar;(5)").values
    assert value.reported == -5
    assert problems_of(check("codigo;mes;avance\n5.3;mar;(5)")) == [("error", "negative_number", 2)]


def test_a_percent_sign_says_the_same_as_the_unit():
    text = "codigo;mes;avance\n1.1;mar;30 %\n1.1;abr;30%\n1.1;may;30"
    assert {value.reported for value in check(text).values} == {30}


def test_money_in_an_amount():
    [value] = check("codigo;mes;avance\n6.1;mar;S/. 1,234.50").values
    assert value.reported == Decimal("1234.5")


def test_more_decimals_than_are_kept_are_rounded_with_a_notice():
    file = check("codigo;mes;avance\n5.3;mar;0.30000000000000004\n5.3;abr;0.300000000000")
    assert [value.reported for value in file.values] == [Decimal("0.3")] * 2
    assert problems_of(file) == [("notice", "rounded", 2)]


def test_an_ambiguous_file_has_no_values_until_a_person_answers():
    text = "codigo;mes;avance\n5.3;mar;1.525\n5.3;abr;2"
    file = check(text)
    assert (file.needs_decimal, file.is_refused, file.values) == (True, True, ())
    assert check(text, decimal="point").values[0].reported == Decimal("1.525")
    assert check(text, decimal="comma").values[0].reported == 1525
    assert not check(text, decimal="comma").is_refused


def test_an_ambiguous_file_still_tells_its_other_problems():
    file = check("codigo;mes;avance\n5.3;mar;1.525\n5.9;abr;2")
    assert [p.code for p in file.problems] == ["ambiguous_number", "unknown_code"]


@pytest.mark.parametrize(("number", "decimal"), [("1.5", "point"), ("1,5", "comma"), ("15", None)])
def test_the_convention_found_is_told(number, decimal):
    assert check(f"codigo;mes;avance\n5.3;mar;{number}").decimal == decimal


def test_numbers_in_remarks_say_nothing_of_the_convention():
    file = check("codigo;mes;avance;observacion\n5.3;mar;1,5;subió 1.5")
    assert file.decimal == "comma"


@pytest.mark.parametrize("word", ["ilustrativo", "Ilustrativa", "illustrative"])
def test_a_file_is_illustrative_where_every_row_says_so(word):
    file = check(f"codigo;mes;avance;origen\n5.3;mar;1;{word}\n5.3;abr;;{word}")
    assert file.illustrative and not file.problems


def test_a_file_that_says_nothing_of_its_origin_is_not_illustrative():
    assert not check("codigo;mes;avance;origen\n5.3;mar;1;\n5.3;abr;1;").illustrative
    assert not check("codigo;mes;avance\n5.3;mar;1").illustrative


def test_a_mixed_origin_names_both_rows():
    file = check("codigo;mes;avance;origen\n5.3;mar;1;\n5.3;abr;1;\n5.3;may;1;ilustrativo")
    assert [(p.code, p.row, p.hints["first_row"]) for p in file.problems] == [("mixed_origin", 4, 2)]


def test_a_file_that_reports_nothing_says_so():
    for text in ("codigo;mes;avance\n5.3;mar;", "codigo;mes;avance\n5.3;mar;-"):
        assert "nothing_reported" in [p.code for p in check(text).problems]
    assert problems_of(progress(Table(("codigo", "mes", "avance"), (), 1), PLAN)) == [
        ("error", "nothing_reported", None)
    ]


def test_a_file_of_remarks_alone_reports_something():
    assert not check("codigo;mes;avance;causa\n5.3;mar;;lluvias").is_refused


def test_a_plan_without_activities_is_survived():
    empty = replace(PLAN, activities={}, localities=frozenset())
    file = check("codigo;mes;localidad;avance\n5.3;mar;x;1", plan=empty)
    assert [p.code for p in file.problems] == ["unknown_code", "unknown_locality"]


CODES = st.sampled_from(["5.3", "1.1", "2.1", "5.1", "R1", "r1", "9.9", ""])
MONTHS = st.sampled_from(["mar", "2010-03", "3", "abr", "ene", "2011-03", "x", ""])
LOCALITIES = st.sampled_from(["", "", "EPS", "Puno", "Ilave", "Juliaca"])
SILENT = ["", "-", "n/a"]
REPORTED = st.sampled_from(
    [*SILENT, "0", "5", "1.5", "2,5", "1.525", "-3", "130", "retirar", "x", "NaN", "1e9", "30 %"]
)
REMARKS = st.sampled_from(["", "", "nota"])
ROWS = st.lists(st.tuples(CODES, MONTHS, LOCALITIES, REPORTED, REMARKS), max_size=15)


@examples(400)
@given(ROWS, st.sampled_from([None, "point", "comma"]))
def test_every_row_is_a_value_or_empty_or_wrong(rows, decimal):
    file = progress(
        Table(("codigo", "mes", "localidad", "avance", "causa"), tuple(enumerate(rows, 2)), 1), PLAN, decimal
    )
    wrong = {p.row for p in file.problems if p.severity == "error" and p.row}
    said = {value.row for value in file.values}
    empty = {
        row
        for row, (_, _, _, reported, cause) in enumerate(rows, 2)
        if reported in SILENT and not cause and row not in wrong
    }
    assert file.rows_read == len(rows)
    assert file.empty_rows == len(empty)
    assert not said & (wrong | empty)
    if not file.needs_decimal:
        assert file.rows_read == len(said) + len(empty) + len(wrong)
    for value in file.values:
        assert value.reported is None or abs(value.reported) < 10**12


@examples(200)
@given(ROWS)
def test_accepted_values_are_one_a_cell_and_in_one_form_a_month(rows):
    header = ("codigo", "mes", "localidad", "avance", "causa")
    file = progress(Table(header, tuple(enumerate(rows, 2)), 1), PLAN)
    if file.is_refused:
        return
    keys = [(v.code, v.month, v.locality) for v in file.values]
    assert len(keys) == len(set(keys))
    reported = {(v.code, v.month, v.locality) for v in file.values if v.reported is not None}
    for code, month, locality in reported:
        if locality == "EPS":
            assert not {other for other in reported if other[:2] == (code, month)} - {(code, month, "EPS")}
