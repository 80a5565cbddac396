"""Ugly progress files that people do send: every one says the same three values."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

NOTE = "Notificación, “ñandú”; y = (más) | menos"
# code, month, locality, reported, note: what every good file says.
VALUES = (
    ("1.1", 3, "EPS", Decimal("30.5"), None),
    ("5.3", 3, "EPS", Decimal("1234.5"), NOTE),
    ("R1", 3, "EPS", Decimal("187000"), None),
)


@dataclass(frozen=True)
class GoodFile:
    """A file by what is ugly in it; notices are the codes it may bring along."""

    name: str
    content: bytes
    notices: tuple[str, ...] = ()
    file_name: str = "avance.csv"


def write(
    header=("codigo", "mes", "avance", "observacion"),
    months=("mar", "mar", "mar"),
    numbers=("30.5", "1234.5", "187000"),
    codes=("1.1", "5.3", "R1"),
    delimiter=",",
    line_end="\r\n",
    before=(),
    between=(),
    after=(),
    more=(),
    note=NOTE,
) -> str:
    """The text of a file; before, between and after are rows around the data, more ends each row."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    rows = zip(codes, months, numbers, ("", note, ""), strict=True)
    first, *others = [(*row, *more) for row in rows]
    writer.writerows([*before, (*header, *more), first, *between, *others, *after])
    return text.getvalue()


def good(name, text, *notices, encoding="utf-8", file_name="avance.csv") -> GoodFile:
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return GoodFile(name, content, notices, file_name)


DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
ENCODINGS = {
    "UTF-8": (b"", "utf-8"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf", "utf-8"),
    "UTF-16 LE with a mark": (b"\xff\xfe", "utf-16-le"),
    "UTF-16 BE with a mark": (b"\xfe\xff", "utf-16-be"),
    "UTF-16 LE": (b"", "utf-16-le"),
    "UTF-16 BE": (b"", "utf-16-be"),
    "Windows-1252": (b"", "windows-1252"),
}
LINE_ENDS = {"CRLF": "\r\n", "LF": "\n", "CR": "\r"}
BYTES = tuple(
    good(
        f"{encoding}, {delimiter}, {end}",
        mark + write(delimiter=DELIMITERS[delimiter], line_end=LINE_ENDS[end]).encode(codec),
    )
    for (encoding, (mark, codec)), delimiter, end in product(
        ENCODINGS.items(), DELIMITERS, LINE_ENDS
    )
)

NUMBERS = {
    "point, comma in thousands": ("30.50", "1,234.50", "187,000"),
    "comma": ("30,5", "1234,5", "187000"),
    "comma, point in thousands": ("30,50", "1.234,50", "187.000"),
    "comma, space in thousands": ("30,5", "1 234,50", "187 000"),
    "point, space in thousands": ("30.5", "1 234.50", "187 000"),
    "no-break space in thousands": ("30,5", "1\u00a0234,50", "187\u00a0000,00"),
    "narrow space in thousands": ("30,5", "1\u202f234,50", "187\u202f000"),
    "thin space in thousands": ("30.5", "1\u2009234.50", "187\u2009000"),
    "S/ and percent": ("30.5%", "1,234.50", "S/ 187,000.00"),
    "S/. and percent apart": ("30,5 %", "1.234,50", "S/. 187.000"),
    "s/ close, no-break percent": ("30.5\u00a0%", "1234.5", "s/187000"),
    "signs": ("+30.5", "+1,234.5", "S/ +187000"),
    "blanks around": (" 30.5", "1234.5\u00a0", "  187000  "),
    "zeros at the end": ("30.500000000", "1234.5000000", "187000.00000000"),
    "three digits settled by another number": ("30.5", "1,234.5", "187,000"),
}
MONTHS = {
    "number": "3", "two digits": "03", "name": "marzo", "short name": "Mar", "with a point": "mar.",
    "capitals": "MARZO", "English": "March", "year and month": "2010-03", "year and 3": "2010-3",
    "year slash month": "2010/03", "month and year": "03/2010", "month dash year": "3-2010",
    "Excel month": "mar-10", "Excel month, four digits": "Mar-2010", "in words": "marzo de 2010",
    "in words, contracted": "Marzo del 2010", "name and year": "marzo 2010", "slash": "mar/10",
    "ISO date": "2010-03-01", "ISO date in mid month": "2010-03-04", "moment": "2010-03-01 00:00:00",
    "day first": "01/03/2010", "day first, short": "1/3/2010", "end of month": "31/03/2010",
    "same day and month": "03/03/2010", "day and name": "1-mar-10", "day, name, year": "01 mar 2010",
    "Excel day": "40238", "Excel day in mid month": "40252", "Excel day as a decimal": "40238.0",
}  # fmt: skip
HEADERS = {
    "capitals": ("CODIGO", "MES", "AVANCE", "OBSERVACION"),
    "accents": ("Código", "Mes", "Avance", "Observación"),
    "plural": ("Código", "Mes", "Avance", "Observaciones"),
    "English": ("code", "month", "progress", "note"),
    "English, other words": ("Code", "Month", "Reported", "Observation"),
    "mixed": ("Código", "Month", "Value", "observación"),
    "blanks and signs": (" Código ", "Mes:", "Avance (%)", "Observación."),
}
STYLES = (
    *(good(f"numbers: {n}", write(numbers=t, delimiter=";")) for n, t in NUMBERS.items()),
    *(good(f"months: {n}", write(months=(t,) * 3)) for n, t in MONTHS.items()),
    *(good(f"headers: {n}", write(header=t)) for n, t in HEADERS.items()),
)

SHAPES = (
    good("a title", write(before=[("Avance de marzo 2010", "", "", "")])),
    good("a title of more cells", write(before=[("Mes", "mar", "Año", "2010", "Avance"), ()])),
    good("a title with commas over semicolons",
         "Plan Operativo, Gerencia Comercial, marzo\n" + write(delimiter=";")),
    good("blank lines", write(before=[(), ()], between=[(), ("", "", "", "")], after=[(), ()])),
    good("no last line end", write().rstrip("\r\n")),
    good("blank columns at the end", write(more=("", "", ""))),
    good("a blank column within", "codigo,,mes,avance,observacion\n1.1,,mar,30.5,\n"
         f'5.3, ,mar,1234.5,"{NOTE}"\nR1,,mar,187000,\n'),
    good("blank cells beyond the columns", write(between=[("5.3", "abr", "", "", "", "")])),
    good("totals", write(after=[("TOTAL", "", "188265", "")]), "totals_row"),
    good("totals under another column",
         write(after=[("", "Total general:", "188265", "")]), "totals_row"),
    good("a subtotal", write(between=[("Subtotal 1", "", "30.5", "")]), "totals_row"),
    good("totals in a shorter row", write(after=[("Suma", "188265")]), "totals_row"),
    good("two files pasted together",
         write(between=[("codigo", "mes", "avance", "observacion")]), "repeated_header"),
    good("Excel's first line", "sep=;\r\n" + write(delimiter=";")),
    good("Excel's first line, as Excel saves it again", "sep=|||\n" + write(delimiter="|")),
    good("the mark of a DOS end", write() + "\x1a"),
    good("every field quoted", "\n".join(
        ('"codigo","mes","avance","observacion"', '"1.1","mar","30.5",""',
         f'"5.3","mar","1234.5","{NOTE}"', '"R1","mar","187000",""'))),
    good("blanks before quotes", "codigo, mes, avance, observacion\n1.1, mar, 30.5,\n"
         f'5.3, mar, "1,234.5", "{NOTE}"\nR1, mar, 187000,\n'),
    good("inch marks inside a text", 'Conexiones de 1/2" y 3/4"\n' + write()),
    good("columns in another order", "observacion,avance,mes,codigo\n,30.5,mar,1.1\n"
         f'"{NOTE}",1234.5,mar,5.3\n,187000,mar,R1\n'),
    good("a column of no use", "codigo,mes,comentario,avance,observacion\n1.1,mar,Puno,30.5,\n"
         f'5.3,mar,Gerencia,1234.5,"{NOTE}"\nR1,mar,,187000,\n', "ignored_column"),
    good("the columns that name the plan", "Año,Entidad,Proceso,codigo,mes,avance,observacion\n"
         f'2010,EPS PUNO,Gerencia comercial,1.1,mar,30.5,\n,,,5.3,mar,1234.5,"{NOTE}"\n'
         "2010,EPS Puno,,R1,mar,187000,\n"),
    good("the locality in other letters", "codigo,mes,localidad,avance,observacion\n"
         f'1.1,mar,eps,30.5,\n5.3,mar,Eps,1234.5,"{NOTE}"\nR1,mar, ,187000,\n'),
    good("codes in small letters", write(codes=("1.1", "5.3", "r1"))),
    good("rows not filled in", write(after=[("5.3", "abr", "", ""), ("2.1", "mar", "  ", "")])),
    good("marks for not reported", write(after=[
        ("5.3", "abr", "-", ""), ("5.3", "may", "N/A", ""), ("5.3", "jun", "s/d", ""),
        ("5.3", "jul", "nd", ""), ("5.3", "ago", "—", ""), ("5.3", "set", "na", "")]),
        *["not_reported_mark"] * 6),
    good("a text file under a workbook's name", write(), file_name="avance.xlsx"),
    good("a name that climbs folders", write(), file_name="../../etc/passwd"),
    good("a name of very many letters", write(), file_name="=cmd|" + "a" * 300 + "\x00.csv"),
)  # fmt: skip

GOOD_FILES = BYTES + STYLES + SHAPES
