"""Months as people and spreadsheets write them."""

import re
from collections.abc import Container, Mapping
from datetime import date, timedelta
from functools import lru_cache

from poa_core.contract import MONTHS, Hints

_SPANISH = "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre"
_ENGLISH = "january february march april may june july august september october november december"
NAMES = {
    **{name: i for i, name in enumerate(MONTHS, 1)},
    **{name: i for i, name in enumerate(_SPANISH.split(), 1)},
    **{name: i for i, name in enumerate(_ENGLISH.split(), 1)},
    **{name[:3]: i for i, name in enumerate(_ENGLISH.split(), 1)},
    "septiembre": 9, "sept": 9,
}  # fmt: skip

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<month>\d{1,2})",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/](?P<year>\d{4})",
        r"(?P<name>[a-z]+)\.?",
        r"(?P<name>[a-z]+)(?:[-/. ]+| del? )'?(?P<year>\d{4}|\d\d)",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?",
        r"(?P<day>\d{1,2})[-/ ](?P<name>[a-z]+)\.?[-/ ](?P<year>\d{4}|\d\d)",
        r"(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>\d{4}|\d\d)",
        r"(?P<serial>[2-7]\d{4})(?:\.0+)?",
    )
)
_LONGEST = 40
_EXCEL_DAY_ZERO = date(1899, 12, 30)


def read_month(text: str, year: int, open_elsewhere: Container[int] = ()) -> tuple[int | None, str | None]:
    """The month 1-12 of the year that a text names, or None and the code of what is wrong.

    open_elsewhere: months that another year's plan has open too, which have to be written with their year.
    """
    if not text:
        return None, "missing_month"
    month, wrong = _read(text, year) if len(text) <= _LONGEST else (None, "unknown_month")
    return (
        (None, "month_without_year")
        if month in open_elsewhere and _month_and_year(text)[1] is None
        else (month, wrong)
    )


def month_problem(text: str, year: int, open_elsewhere: Mapping[int, tuple[int, ...]], wrong: str) -> Hints:
    """The hints of what read_month found wrong with a text."""
    if wrong != "month_without_year":
        return {"expected": year}
    month, _ = _read(text, year)
    assert month is not None  # read_month knew it, and missed its year alone
    return {"expected": year, "month": month, "others": ", ".join(map(str, open_elsewhere[month]))}


def is_month_header(header: str) -> bool:
    """True for a column named for a month (ene, Enero, ene-10, 2010-01), as in wide files."""
    if header.isdigit() or len(header) > _LONGEST:
        return False
    month, _ = _month_and_year(header)
    return month is not None


def _read(text: str, year: int) -> tuple[int | None, str | None]:
    month, year_or_problem = _month_and_year(text)
    if month is None:
        return None, year_or_problem if isinstance(year_or_problem, str) else "unknown_month"
    return (month, None) if year_or_problem in (None, year) else (None, "wrong_year")


@lru_cache(4096)
def _month_and_year(text: str) -> tuple[int | None, int | str | None]:
    """Month and year where given, or None and a code where there is one better than unknown."""
    plain = " ".join(text.casefold().split())
    for form in _FORMS:
        if match := form.fullmatch(plain):
            return _from_parts(**match.groupdict())
    return None, None


def _from_parts(
    month: str = "",
    year: str = "",
    name: str = "",
    day: str = "",
    first: str = "",
    second: str = "",
    serial: str = "",
) -> tuple[int | None, int | str | None]:
    """Month and year of one of the forms, of which each has its own parts and all of them."""
    if serial:
        moment = _EXCEL_DAY_ZERO + timedelta(days=int(serial))
        return moment.month, moment.year
    if first:
        return _day_first(int(first), int(second), _four_digits(year))
    years = _four_digits(year) if year else None
    number = NAMES.get(name) if name else int(month)
    if number is None or not _is_date(years or 2000, number, int(day or 1)):
        return None, None
    return number, years


def _four_digits(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _day_first(day: int, month: int, year: int) -> tuple[int | None, int | str | None]:
    """A date with the day first, as in Peru; refused where it may as well have the month first."""
    if _is_date(year, month, day) and (day == 1 or day > 12 or day == month):
        return month, year
    return None, "ambiguous_date" if _is_date(year, day, month) else None


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
