"""Numbers as people and spreadsheets write them, under one decimal convention a file."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import NamedTuple

from poa_core.contract import DECIMALS, LARGEST, Problem
from poa_core.problems import error

_PARTS = re.compile(
    r"(?P<open>\()? ?(?P<sign>[-+])? ?(?P<money>S/\.?)? ?(?P<inner>[-+])? ?"
    r"(?P<body>[0-9., ]*[0-9]) ?(?P<percent>%)? ?(?P<close>\))?(?P<after>%)?",
    re.IGNORECASE,
)
_BODIES = {
    "point": re.compile(r"([0-9]+|[1-9][0-9]{0,2}((,[0-9]{3})+|( [0-9]{3})+))?(\.[0-9]+)?"),
    "comma": re.compile(r"([0-9]+|[1-9][0-9]{0,2}((\.[0-9]{3})+|( [0-9]{3})+))?(,[0-9]+)?"),
}
_TELLING = re.compile(r"-?[0-9]+([.,])[0-9]{1,2}")
_SCIENTIFIC = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?E[-+]?[0-9]+", re.IGNORECASE)
_NOT_FINITE = re.compile(r"[-+]?(nan|inf(inity)?|infinito|∞|1\.#.*)", re.IGNORECASE)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ") | {ord("\u2212"): "-"}
_LONGEST = 200
SHOWN_LIMIT = f"{LARGEST:,f}".replace(",", "\u00a0")
_STEP = Decimal(1).scaleb(-DECIMALS)


class Reading(NamedTuple):
    """What one text says: its value if the decimal mark is a point and if it is a comma.

    A text that only one convention allows has only that value. wrong is the code of what keeps it
    from being a number at all.
    """

    point: Decimal | None = None
    comma: Decimal | None = None
    is_percent: bool = False
    is_money: bool = False
    wrong: str | None = None

    @property
    def style(self) -> str | None:
        """The convention that the text proves by itself, `either` where it cannot tell."""
        if self.comma is None:
            return None if self.point is None else "point"
        if self.point is None:
            return "comma"
        return None if self.point == self.comma else "either"

    def value(self, decimal: str | None) -> Decimal | None:
        """The exact value under a convention; None where it takes one to tell and none is given."""
        if self.comma is None or self.point is None:
            return self.comma if self.point is None else self.point
        if self.point == self.comma:
            return self.point
        return getattr(self, decimal) if decimal else None


Cell = tuple[Reading, int | None, str, str]  # and its row, its column's header, its text


def read_stored(text: str) -> Reading:
    """The reading of a cell that a workbook stored as a number: its mark is a point, whatever other cells
    do.
    """
    reading = read_number(text)
    return reading if reading.point is None else reading._replace(comma=reading.point)


def read_number(text: str) -> Reading:
    """The reading of a text that is not empty; signs, S/, %, brackets for negatives, groups."""
    if len(text) > _LONGEST:
        return Reading(wrong="not_a_number")
    # Nearly every number of a long file is one of these two, read here ten times faster.
    if text.isascii() and text.isdigit():
        return Reading(Decimal(text), Decimal(text))
    if telling := _TELLING.fullmatch(text):
        return Reading(point=Decimal(text)) if telling[1] == "." else _comma(text)
    return _read(text)


def round_to_ledger(exact: Decimal) -> Decimal | None:
    """The value as the ledger keeps it, half-even to six decimals; None where it is too large."""
    if exact.copy_abs() >= LARGEST:
        return None
    rounded = exact.quantize(_STEP, ROUND_HALF_EVEN) + 0
    return rounded if rounded.copy_abs() < LARGEST else None


def short_text(value: Decimal) -> str:
    """A number as a sentence shows it: no exponent, no zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal_mark(cells: Iterable[Cell], chosen_mark: str | None = None) -> tuple[str | None, Problem | None]:
    """The decimal mark of a file (point, comma or None) from the cells that hold its numbers.

    The problem, if any: `two_number_styles`, `decimal_contradicted` (by chosen_mark) or
    `ambiguous_number` (a person has to be asked).
    """
    first_cells = _first_of_each_style(cells)
    point, comma, either = (first_cells.get(style) for style in ("point", "comma", "either"))
    if chosen_mark:
        against = comma if chosen_mark == "point" else point
        return chosen_mark, error("decimal_contradicted", *against[1:]) if against else None
    if point and comma:
        (_, row, _, text), later = (
            cell for style, cell in first_cells.items() if style in ("point", "comma")
        )
        return None, error("two_number_styles", *later[1:], first_row=row, first=text)
    if either and not point and not comma:
        return None, _ambiguous(*either)
    return ("point" if point else "comma" if comma else None), None


def _first_of_each_style(cells: Iterable[Cell]) -> dict[str | None, Cell]:
    first_cells: dict[str | None, Cell] = {}
    for cell in cells:
        first_cells.setdefault(cell[0].style, cell)
    return first_cells


def _ambiguous(reading: Reading, row: int | None, column: str, text: str) -> Problem:
    hints = {"point": str(reading.point), "comma": str(reading.comma)}
    return error("ambiguous_number", row, column, text, **hints)


def _comma(text: str) -> Reading:
    return Reading(comma=Decimal(text.replace(",", ".")))


@lru_cache(2**14)
def _read(text: str) -> Reading:
    plain = text.translate(_SPACES).strip()
    parts = _PARTS.fullmatch(plain)
    if not parts or not _is_signed_once(parts) or (parts["percent"] and parts["after"]):
        return Reading(wrong=_why_not(plain))
    point, comma = (_under(parts, decimal) for decimal in ("point", "comma"))
    if point is None and comma is None:
        return Reading(wrong="not_a_number")
    return Reading(point, comma, bool(parts["percent"] or parts["after"]), bool(parts["money"]))


def _is_signed_once(parts: re.Match[str]) -> bool:
    brackets = bool(parts["open"]) + bool(parts["close"])
    signs = bool(parts["sign"]) + bool(parts["inner"])
    return brackets != 1 and brackets / 2 + signs <= 1


def _under(parts: re.Match[str], decimal: str) -> Decimal | None:
    body = parts["body"]
    if not _BODIES[decimal].fullmatch(body):
        return None
    group = "," if decimal == "point" else "."
    size = Decimal(body.replace(" ", "").replace(group, "").replace(",", "."))
    is_negative = parts["open"] or "-" in (parts["sign"], parts["inner"])
    return size.copy_negate() if is_negative else size


def _why_not(plain: str) -> str:
    if plain.startswith("#"):
        return "excel_error"
    if _SCIENTIFIC.fullmatch(plain):
        return "scientific_number"
    return "not_finite" if _NOT_FINITE.fullmatch(plain) else "not_a_number"
