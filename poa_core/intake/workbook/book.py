"""What a workbook has beside its cells: sheets, the texts they share, the number formats of their styles."""

import re
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from poa_core.intake.workbook.package import Unsafe, Visitor, elements, relationships, walk

_SMALL_PART = 500_000  # marks
_SECTIONS = ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
# Formats that every workbook has without writing them down, by their numbers.
_SHARES, _DATES = {9, 10}, {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_DIGITS = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(E[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_WORDS = {"0": "FALSO", "1": "VERDADERO"}
_TINIEST, _GREATEST = Decimal("1e-30"), Decimal("1e30")


class Sheet(NamedTuple):
    name: str
    part: str
    is_hidden: bool


class Book(NamedTuple):
    """forms: what a number of each style is shown as, date, share or number; is_uncomputed: the values its
    formulas show are not theirs.
    """

    package: zipfile.ZipFile
    sheets: tuple[Sheet, ...]
    texts: list[str]
    forms: list[str]
    day_zero: datetime
    is_uncomputed: bool


class _Texts(Visitor):
    """Shared texts; what is written above a text to tell how it is read (rPh) is no part of it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.is_inside = self.is_aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.pieces = []
        self.is_aside = self.is_aside or name == "rPh"
        self.is_inside = name == "t" and not self.is_aside

    def end(self, name: str) -> None:
        self.is_inside = False
        if name == "rPh":
            self.is_aside = False
        elif name == "si":
            self.texts.append(unescaped("".join(self.pieces)))

    def text(self, data: str) -> None:
        if self.is_inside:
            self.pieces.append(data)


def book(package: zipfile.ZipFile) -> Book:
    """The workbook of a package. Raises Unsafe, and one of package.BROKEN."""
    home = next(
        (name for kind, name in relationships(package, "", _SMALL_PART).values() if kind == "officeDocument"),
        None,
    )
    if home is None:
        raise Unsafe("damaged_workbook" if "[Content_Types].xml" in package.namelist() else "archive_file")
    parts = relationships(package, home, _SMALL_PART)
    by_kind = {kind: name for kind, name in parts.values()}
    shared_texts = _Texts()
    if "sharedStrings" in by_kind:
        for _ in walk(package, by_kind["sharedStrings"], shared_texts):
            pass
    sheets: list[Sheet] = []
    settings: dict[str, str] = {}
    for mark, attributes in elements(package, home, _SMALL_PART):
        settings |= attributes if mark in ("workbookPr", "calcPr") else {}
        pointer = next((text for key, text in attributes.items() if key.endswith("}id")), None)
        if mark == "sheet" and pointer in parts and parts[pointer][0] == "worksheet":
            sheets.append(
                Sheet(
                    attributes.get("name", "?"),
                    parts[pointer][1],
                    attributes.get("state", "visible") != "visible",
                )
            )
    forms = _forms(elements(package, by_kind["styles"], _SMALL_PART)) if "styles" in by_kind else []
    day_zero = datetime(1904, 1, 1) if settings.get("date1904") in ("1", "true") else datetime(1899, 12, 30)
    uncomputed = settings.get("fullCalcOnLoad") in ("1", "true")
    return Book(package, tuple(sheets), shared_texts.texts, forms, day_zero, uncomputed)


def _forms(style_elements: list[tuple[str, dict[str, str]]]) -> list[str]:
    custom_formats: dict[str | None, str] = {}
    forms: list[str] = []
    section = ""
    for mark, attributes in style_elements:
        section = mark if mark in _SECTIONS else section
        if mark == "numFmt" and not section:
            custom_formats[attributes.get("numFmtId")] = attributes.get("formatCode", "")
        elif mark == "xf" and section == "cellXfs":
            number = attributes.get("numFmtId", "0")
            base_form = "share" if int(number) in _SHARES else "date" if int(number) in _DATES else "number"
            forms.append(_form(custom_formats[number]) if number in custom_formats else base_form)
    return forms


def _form(code: str) -> str:
    """What a number format makes of a number, told by its first section without what it writes literally."""
    plain = _LITERAL.sub("", code.split(";")[0])
    if "%" in plain:
        return "share"
    # Unquoted in a format, the S of S/ would be seconds; with digits to fill it is soles.
    return "date" if not set("#0") & set(plain) and re.search("[dmyhs]", plain, re.IGNORECASE) else "number"


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, which a workbook writes as _x000D_."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def cell_text(book: Book, kind: str, style: int, text: str) -> tuple[str, bool]:
    """What a cell says as text, and whether it was stored as a number (shares are told as 29.5%)."""
    if not text:
        return "", False
    if kind == "s":
        if not text.isdecimal():
            raise ValueError(text)
        return book.texts[int(text)], False
    if kind == "b":
        return _WORDS.get(text, text), False
    if kind != "n":
        return unescaped(text).removesuffix("T00:00:00") if kind == "d" else unescaped(text), False
    text = text.strip()
    if not _DIGITS.fullmatch(text):
        raise ValueError(text)
    form = book.forms[style] if 0 <= style < len(book.forms) else "number"
    if form == "date":
        return _moment(book.day_zero, float(text)) or text, False
    return _number(text, form == "share"), True


def _number(text: str, is_share: bool) -> str:
    # Fifteen digits are what a spreadsheet shows of 0.30000000000000004.
    size = Decimal(f"{float(text):.15g}") * (100 if is_share else 1)
    if size and not _TINIEST < abs(size) < _GREATEST:
        return text
    return f"{size.normalize():f}" + ("%" if is_share else "")


def _moment(day_zero: datetime, days: float) -> str | None:
    try:
        moment = day_zero + timedelta(seconds=round(days * 86400))
    except OverflowError:
        return None
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
