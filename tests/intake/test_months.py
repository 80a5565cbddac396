"""Months: many ways to write one, and no way to read one as another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_core.intake.values.months import is_month_header, read_month

NAMES = {
    1: "ene Ene. ENERO jan January", 2: "feb febrero February", 3: "mar marzo March",
    4: "abr abril apr April", 5: "may mayo May", 6: "jun junio June", 7: "jul julio July",
    8: "ago agosto aug August", 9: "set sep sept Set. setiembre septiembre September",
    10: "oct octubre October", 11: "nov noviembre November", 12: "dic diciembre dec December",
}  # fmt: skip


@pytest.mark.parametrize("month", NAMES)
def test_names_in_both_languages(month):
    for name in NAMES[month].split():
        assert read_month(name, 2010) == (month, None)


@pytest.mark.parametrize(
    "text",
    ["9", "09", "2010-09", "2010-9", "2010/09", "09/2010", "9-2010", "set-10", "Sep-2010", "sep/10",
     "set 2010", "set. 2010", "SETIEMBRE DE 2010", "setiembre del 2010", "sept '10", "2010-09-01",
     "2010-09-30", "2010-9-1", "2010/09/05", "2010-09-01 00:00", "2010-09-01T00:00:00",
     "01/09/2010", "1/9/2010", "30/09/2010", "9/9/2010", "01-09-2010", "01.09.10", "1-set-10",
     "30 sep 2010", "40422", "40451", "40422.0", "  set\u00a0 2010"],
)  # fmt: skip
def test_forms_of_one_month(text):
    assert read_month(text, 2010) == (9, None)


@pytest.mark.parametrize("text", ["2011-09", "09/2009", "set-11", "2011-09-01", "01/09/2009", "40800"])
def test_another_year_is_refused(text):
    assert read_month(text, 2010) == (None, "wrong_year")


@pytest.mark.parametrize(
    "text",
    ["0", "13", "2010-13", "2010-00", "marso", "m", "2010", "201009", "trimestre I", "ene-feb",
     "32/01/2010", "31/02/2010", "2010-02-30", "00/09/2010", "3.0", "9.2010", "2010.10", "-9", "٣",
     "99999", "9" * 5000, "2010-09-01 10:30", "1 de 9", "mar-010"],
)  # fmt: skip
def test_what_names_no_month_is_refused(text):
    assert read_month(text, 2010) == (None, "unknown_month")


@pytest.mark.parametrize(
    "text", ["03/04/2010", "04/03/2010", "12/05/2010", "05/12/2010", "09/15/2010", "12/31/2010", "2/1/10"]
)
def test_a_date_that_may_have_the_month_first_is_refused(text):
    assert read_month(text, 2010) == (None, "ambiguous_date")


def test_an_empty_month_is_missing():
    assert read_month("", 2010) == (None, "missing_month")


@given(st.dates(date(2010, 1, 1), date(2010, 12, 31)))
def test_no_date_is_read_as_another_month(day):
    assert read_month(day.isoformat(), 2010) == (day.month, None)
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert read_month(str(serial), 2010) == (day.month, None)
    assert read_month(f"{day:%d/%m/%Y}", 2010) in ((day.month, None), (None, "ambiguous_date"))


@given(st.text(max_size=45), st.integers(1990, 2100))
def test_any_text_is_a_month_or_has_a_reason(text, year):
    month, wrong = read_month(text, year)
    assert (month is None) != (wrong is None)


def test_headers_of_months():
    assert all(map(is_month_header, ["ene", "Enero", "mar-10", "2010-03", "03/2010", "Sep 2010"]))
    assert not any(map(is_month_header, ["", "3", "40238", "mes", "avance", "a" * 100]))
