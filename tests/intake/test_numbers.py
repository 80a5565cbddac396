"""Numbers: one convention a file, found from what the file proves, never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_core.contract import LARGEST
from poa_core.intake.values.numbers import decimal_mark, read_number, round_to_ledger


def cells(*texts: str):
    """Cells of a column `avance`, from row 2 on."""
    return [(read_number(text), row, "avance", text) for row, text in enumerate(texts, 2)]


def found(*texts: str, given=None):
    decimal, problem = decimal_mark(cells(*texts), given)
    return decimal, problem and problem.code


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("5", "5", "5"),
        ("0", "0", "0"),
        ("007", "7", "7"),
        ("1234", "1234", "1234"),
        ("1 234", "1234", "1234"),
        ("1 234 567", "1234567", "1234567"),
        ("12.5", "12.5", None),
        ("12,5", None, "12.5"),
        (".5", "0.5", None),
        (",5", None, "0.5"),
        ("1.525", "1.525", "1525"),
        ("1,525", "1525", "1.525"),
        ("-1.525", "-1.525", "-1525"),
        # A group never starts with 0, never follows four digits, never has two or four.
        ("0.525", "0.525", None),
        (".525", "0.525", None),
        ("1234.525", "1234.525", None),
        ("0,525", None, "0.525"),
        ("1234,525", None, "1234.525"),
        ("1.52", "1.52", None),
        ("1.5255", "1.5255", None),
        ("1,234.50", "1234.50", None),
        ("1.234,50", None, "1234.50"),
        ("1 234,50", None, "1234.50"),
        ("1 234.50", "1234.50", None),
        ("1 234,567", None, "1234.567"),
        ("1.234.567", None, "1234567"),
        ("1,234,567", "1234567", None),
        ("1,000.000", "1000", None),
    ],
)
def test_a_text_has_the_values_that_each_convention_gives_it(text, point, comma):
    reading = read_number(text)
    assert reading.point == (None if point is None else Decimal(point))
    assert reading.comma == (None if comma is None else Decimal(comma))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+5", 5), ("-5", -5), ("- 5", -5), ("\u22125", -5), ("(5)", -5), ("( 5 )", -5), ("-0", 0),
        ("S/ 5", 5), ("S/. 5", 5), ("s/5", 5), ("S/ -5", -5), ("-S/ 5", -5), ("(S/ 5)", -5),
        ("5%", 5), ("5 %", 5), ("5\u00a0%", 5), ("(5%)", -5), ("(5)%", -5), ("-5 %", -5),
        ("1\u00a0234", 1234), ("1\u2009234", 1234), ("1\u202f234", 1234), ("1\u2007234", 1234),
    ],
)  # fmt: skip
def test_signs_currency_and_percent_go_with_a_number(text, value):
    assert read_number(text).value(None) == value


def test_percent_and_money_are_remembered():
    assert read_number("5 %").is_percent and not read_number("5").is_percent
    assert read_number("S/ 5").is_money and not read_number("5").is_money


@pytest.mark.parametrize(
    "text",
    ["veinte", "5 conexiones", "1 23", "1  234", "1,23,4", "1.234.56", "1.234 567", "1,2.3,4", "5.",
     "5,", ".", ",", "--5", "+-5", "-(5)", "(-5)", "(5", "5)", "5-", "%", "S/", "5%%", "% 5", "US$ 5",
     "=5", "=SUM(A1)", "+A1", "-A1", "@A1", "1_000", "0x10", "٥", "½", "²", "1'234", "a" * 300],
)  # fmt: skip
def test_what_is_not_a_number_is_not_read_as_one(text):
    reading = read_number(text)
    assert (reading.point, reading.comma, reading.wrong) == (None, None, "not_a_number")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nan", "not_finite"), ("NaN", "not_finite"), ("-inf", "not_finite"),
        ("Infinity", "not_finite"), ("∞", "not_finite"), ("1.#INF", "not_finite"),
        ("1E5", "scientific_number"), ("1,5E+05", "scientific_number"),
        ("-1.5e-3", "scientific_number"), ("#N/A", "excel_error"), ("#¡VALOR!", "excel_error"),
        ("####", "excel_error"),
    ],
)  # fmt: skip
def test_what_only_computers_call_a_number_has_a_reason_of_its_own(text, code):
    assert read_number(text).wrong == code


def test_one_telling_number_settles_the_file():
    assert found("1.525", "12.5") == ("point", None)
    assert found("1.525", "12,5") == ("comma", None)
    assert found("1.525", "1,234.50") == ("point", None)
    assert found("1.525", "1.234.567") == ("comma", None)


def test_numbers_that_tell_nothing_need_nothing():
    assert found("5", "1 234", "veinte") == (None, None)
    assert found() == (None, None)


def test_an_ambiguous_file_is_asked_about():
    decimal, problem = decimal_mark(cells("5", "1.525"))
    assert decimal is None
    assert (problem.code, problem.row, problem.value) == ("ambiguous_number", 3, "1.525")
    assert problem.hints == {"point": "1.525", "comma": "1525"}


def test_the_answer_settles_an_ambiguous_file():
    assert found("1.525", given="point") == ("point", None)
    assert found("1.525", given="comma") == ("comma", None)


def test_an_answer_that_the_file_contradicts_is_refused():
    assert found("1.525", "2.5", given="comma") == ("comma", "decimal_contradicted")
    assert found("1.525", "2,5", given="point") == ("point", "decimal_contradicted")


def test_two_conventions_are_refused_naming_both_rows():
    _, problem = decimal_mark(cells("7", "1,5", "2", "1.5", "3,5"))
    assert (problem.code, problem.row, problem.value) == ("two_number_styles", 5, "1.5")
    assert problem.hints == {"first_row": 3, "first": "1,5"}


def test_the_convention_decides_what_an_ambiguous_text_is():
    assert read_number("1.525").value("point") == Decimal("1.525")
    assert read_number("1.525").value("comma") == 1525
    assert read_number("1.525").value(None) is None


@pytest.mark.parametrize(
    ("exact", "kept"),
    [
        ("5", "5"),
        ("0.0000005", "0"),
        ("0.0000015", "0.000002"),
        ("0.0000025", "0.000002"),
        ("0.30000000000000004", "0.3"),
        ("-0.0000001", "0"),
        ("999999999999.999999", "999999999999.999999"),
    ],
)
def test_six_decimals_are_kept_half_to_even(exact, kept):
    assert round_to_ledger(Decimal(exact)) == Decimal(kept)
    assert not round_to_ledger(Decimal(exact)).is_signed()


@pytest.mark.parametrize("exact", ["1000000000000", "-1000000000000", "999999999999.9999999"])
def test_what_the_ledger_cannot_hold_is_not_stored(exact):
    assert round_to_ledger(Decimal(exact)) is None


@given(st.decimals(-LARGEST + 1, LARGEST - 1, places=2))
def test_a_number_written_in_any_style_is_the_same_number(value):
    styles = {
        "point": (f"{value:f}", f"{value:,f}", f"{value:,f}".replace(",", " ")),
        "comma": (
            f"{value:f}".replace(".", ","),
            f"{value:,f}".translate({44: ".", 46: ","}),
            f"{value:,f}".translate({44: "\u202f", 46: ","}),
        ),
    }
    for decimal, texts in styles.items():
        for text in texts:
            assert read_number(text).value(decimal) == value
            assert found(text) == (decimal, None)


@given(st.text(alphabet="0123456789., -+()%S/E\u00a0", max_size=20))
def test_any_text_is_a_number_or_has_a_reason(text):
    reading = read_number(text)
    assert (reading.wrong is None) == (reading.point is not None or reading.comma is not None)
