"""Sentences by code, numbers and dates as each language writes them."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from math import floor, isfinite

from babel.numbers import format_decimal

from poa_core import moment as clock

LANGUAGES = ("es", "en")
LOCALES = {"es": "es_PE", "en": "en_US"}
NO_BREAK = "\u00a0"
ABSENT = "—"
_NUMBER = re.compile(r"\d[\d,]*(\.\d+)?")


@dataclass(frozen=True)
class Words:
    """One language: call it with a key, and the placeholders by name."""

    language: str

    def __call__(self, key: str, **hints: object) -> str:
        """The sentence of a key ("part.name"). Raises KeyError for one that is in no text."""
        return _texts(self.language)[key].format(**hints)

    def has(self, key: str) -> bool:
        return key in _texts(self.language)

    def month(self, month: int, style: str = "long") -> str:
        """setiembre, set (short) or S (initial)."""
        return self(f"month.{style}_{month}")

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """1,234.5: as many decimals as the value has (two at most) unless told."""
        if not _is_number(value):
            return ABSENT
        pattern = "#,##0.##" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        return _decimal(float(value), pattern, LOCALES[self.language])

    def signed(self, value: float | None, decimals: int | None = None) -> str:
        """A difference with its sign: +9,894 or −4,093; nothing has none."""
        text = self.number(value, decimals)
        return (
            f"+{text}" if _is_number(value) and value > 0 and not is_nothing(text) else text.replace("-", "−")
        )

    def exact(self, value: float | None) -> str:
        """A value as it was reported, to the six decimals the ledger keeps."""
        return _decimal(float(value), "#,##0.######", LOCALES[self.language]) if _is_number(value) else ABSENT

    def percent(self, ratio: float | None, bands: tuple[float, ...] = ()) -> str:
        """One decimal, never rounded up across a band: 0.9497 is 94.9 % where 0.95 is one."""
        if not _is_number(ratio):
            return ABSENT
        shown = round(ratio * 100, 1)
        for band in bands:
            if shown >= band * 100 and ratio < band - 1e-9:
                shown = floor(ratio * 1000) / 10
        sign = "%" if self.language == "en" else NO_BREAK + "%"
        return self.number(shown, 1) + sign

    def amount(self, value: float | None, unit: str | None, decimals: int | None = None) -> str:
        """A value with its unit: S/ 187,000 (no-break), 32.7 %, 146 usuarios, 1 (usuarios)."""
        if not _is_number(value):
            return ABSENT
        unit = unit or ""
        if unit.strip() in ("S/", "S/."):
            return f"S/{NO_BREAK}{self.number(value, decimals if decimals is not None else 0)}"
        if "%" in unit:
            return self.number(value, decimals) + ("%" if self.language == "en" else NO_BREAK + "%")
        text = self.number(value, decimals)
        return f"{text}{NO_BREAK}{unit_after(text, unit)}".strip()

    def points(self, before: str, now: str) -> str:
        """The difference of two percentages as they are printed: +2.3 puntos; sin cambio where both read
        alike, nothing where one is absent.
        """
        if ABSENT in (before, now):
            return ""
        shown = [float(re.sub(r"[^\d.-]", "", percentage)) for percentage in (before, now)]
        apart = self.signed(shown[1] - shown[0], 1)
        return self("common.no_change") if is_nothing(apart) else self._in_points(apart)

    def difference(self, value: float | None, unit: str | None, decimals: int | None = None) -> str:
        """How far two amounts are apart, with their unit: S/ 4,093; of percentages, 2.3 puntos."""
        if _is_number(value) and "%" in (unit or ""):
            return self._in_points(self.number(value, decimals))
        return self.amount(value, unit, decimals)

    def _in_points(self, printed: str) -> str:
        return self("common.points_one" if is_one(printed) else "common.points_many", points=printed)

    def day(self, moment: datetime | date, with_year: bool = True) -> str:
        """8 oct 2010, in Lima."""
        day = clock.to_lima(moment) if isinstance(moment, datetime) else moment
        text = f"{day.day} {self.month(day.month, 'short')}"
        return f"{text} {day.year}" if with_year else text

    def instant(self, moment: datetime) -> str:
        """8 oct 2010, 10:15, in Lima."""
        return f"{self.day(moment)}, {clock.to_lima(moment):%H:%M}"


def is_nothing(printed: str) -> bool:
    """Whether what is printed, with its unit or without, is 0."""
    number = _NUMBER.search(printed)
    return number is not None and float(number[0].replace(",", "")) == 0


def is_one(printed: str) -> bool:
    """Whether what is printed, with its unit or without, is 1: falta 1, faltan 3."""
    number = _NUMBER.search(printed)
    return number is not None and float(number[0].replace(",", "")) == 1


def unit_after(printed: str, unit: str) -> str:
    """A unit as it stands after a number: convenios, and (convenios) after 1, for no unit is inflected; %, S/
    as they are.
    """
    name = unit_in_sentence(unit)
    return f"({name})" if name and name not in ("%", "S/") and is_one(printed) else name


def without_negative_zero(value: float, decimals: int) -> float:
    """A number for whoever prints it themselves with so many decimals: 0 where they would print a sign before
    nothing.
    """
    return 0.0 if value <= 0 and not round(value, decimals) else value


def unit_in_sentence(unit: str) -> str:
    """A unit as it stands inside a sentence: Conexiones -> conexiones; %, CAR and S/ as they are."""
    if "%" in unit:
        return "%"
    unit = unit.rstrip(".")
    return unit[:1].lower() + unit[1:] if unit[1:2].islower() else unit


@cache
def words(language: str) -> Words:
    """The words of a language, es where it is not known."""
    return Words(language if language in LANGUAGES else "es")


@cache
def _texts(language: str) -> dict[str, str]:
    folder = resources.files("poa_core.words").joinpath("texts")
    texts: dict[str, str] = {}
    for file in sorted(f.name for f in folder.iterdir()):
        if file.endswith(f".{language}.toml"):
            for part, sentences in tomllib.loads(folder.joinpath(file).read_text("utf-8")).items():
                texts |= {f"{part}.{name}": sentence for name, sentence in sentences.items()}
    return texts


def catalogue(language: str) -> dict[str, str]:
    """Every sentence of a language by its key."""
    return dict(_texts(language))


@cache
def _decimal(value: float, pattern: str, locale: str) -> str:
    """The one place where a number becomes text: what prints as nothing has no sign."""
    text = format_decimal(value, format=pattern, locale=locale)
    return text.removeprefix("-") if is_nothing(text) else text


def _is_number(value: object) -> bool:
    return value is not None and isfinite(float(value))
