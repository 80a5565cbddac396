"""Progress files that must be refused, one kind of fault each, with the problems they must give."""

import gzip
import io
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal

from poa_core.contract import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_FIELD,
    MAX_PROBLEMS,
    MAX_ROWS,
    PlanKnowledge,
    PlannedActivity,
)  # fmt: skip


def activity(code, unit, aggregation, direction, locality="EPS", can_be_negative=False):
    return PlannedActivity(
        code, f"Actividad {code}", unit, aggregation, direction, locality, "Gerencia Comercial",
        can_be_negative,
    )  # fmt: skip


ACTIVITIES = (
    activity("1.1", "Promedio mensual %", "mean", "lower"),
    activity("1.2", "%", "mean", "higher"),
    activity("2.1", "Convenios", "sum", "higher", "Puno"),
    activity("5.1", "Directiva", "milestone", "higher"),
    activity("5.3", "Conexiones", "sum", "higher"),
    activity("6.1", "Miles S/.", "sum", "higher", can_be_negative=True),
    activity("R1", "S/", "last", "lower"),
)
PLAN = PlanKnowledge(
    year=2010,
    entity="EPS Puno",
    process="Gerencia Comercial",
    activities={one.code: one for one in ACTIVITIES},
    localities=frozenset({"EPS", "Puno", "Ilave"}),
    # January of 5.3 was reported by locality, February for the whole utility.
    reported={("5.3", 1, "Puno"): Decimal(12), ("5.3", 2, "EPS"): Decimal(24)},
)

Expected = tuple[str, int | None, str | None, str | None]  # code, row, column, value


@dataclass(frozen=True)
class BadFile:
    """A file by what is wrong with it; decimal is what the person answered, if asked."""

    name: str
    content: bytes
    file_name: str
    expected: list[Expected] = field(hash=False)
    decimal: str | None = None


def bad(name, content, *expected, file_name="avance.csv", decimal=None) -> BadFile:
    content = content if isinstance(content, bytes) else content.encode()
    return BadFile(name, content, file_name, list(expected), decimal)


def disguised(name, content, code, file_name="avance.csv") -> BadFile:
    """A file of another kind under a name that says CSV."""
    return bad(name, content, (code, None, None, None), file_name=file_name)


def zipped(*names) -> bytes:
    """A zip archive of files with these names, so a .xlsx or .docx to whoever looks."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


def wrong_number(name, text, code, activity="5.3") -> BadFile:
    return bad(name, f"codigo;mes;avance\n{activity};mar;{text}\n", (code, 2, "avance", text))


def wrong_month(name, text, code="unknown_month") -> BadFile:
    return bad(name, f"codigo,mes,avance\n5.3,{text},5\n", (code, 2, "mes", text or None))


_HEAD = "codigo,mes,avance\n"
_LOCAL = "codigo,mes,localidad,avance\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

NOT_A_TABLE = (
    disguised("nothing at all", b"", "empty_file"),
    disguised("blank lines alone", b" \r\n\r\n", "empty_file"),
    disguised("a byte order mark alone", b"\xef\xbb\xbf", "empty_file"),
    disguised("over the size limit", b"codigo,mes,avance\n" + b"\n" * MAX_BYTES, "too_large"),
    disguised("a PNG picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "image_file"),
    disguised("a JPEG picture", b"\xff\xd8\xff\xe0\x00\x10JFIF", "image_file"),
    disguised("a GIF picture", b"GIF89a" + bytes(20), "image_file"),
    disguised("a PDF document", b"%PDF-1.7\n1 0 obj", "pdf_file"),
    disguised("a zip archive", zipped("avance.csv"), "archive_file"),
    disguised("a gzip archive", gzip.compress(_HEAD.encode()), "archive_file"),
    disguised("a RAR archive", b"Rar!\x1a\x07\x00", "archive_file"),
    disguised("a workbook of empty parts", zipped("[Content_Types].xml", "xl/workbook.xml"), "damaged_workbook"),
    disguised("a 7-Zip archive", b"7z\xbc\xaf\x27\x1c\x00\x04", "archive_file"),
    disguised("an old workbook", _OLE, "old_workbook"),
    disguised(
        "a workbook with a password", _OLE + "EncryptedPackage".encode("utf-16-le"),
        "protected_workbook", "avance.xlsx",
    ),
    disguised("an old Word document", _OLE + "WordDocument".encode("utf-16-le"), "text_document"),
    disguised("a Word document", zipped("word/document.xml"), "text_document"),
    disguised("a rich text", b"{\\rtf1\\ansi codigo}", "text_document"),
    disguised(
        "an OpenDocument sheet",
        b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "other_workbook",
    ),
    disguised(
        "an XML spreadsheet",
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "other_workbook",
    ),
    disguised("a web page", b"\r\n<html><table><tr><td>codigo</td></tr></table>", "web_page"),
    disguised("a bare HTML table", b'<TABLE border="1"><tr><td>codigo,mes</td>', "web_page"),
    disguised("an XML document", b'<?xml version="1.0"?><avances/>', "data_file"),
    disguised("a JSON document", b'[{"codigo": "5.3", "mes": 3, "avance": 5}]', "data_file"),
    disguised("a SQLite database", b"SQLite format 3\x00" + bytes(80), "database_file"),
    disguised("a Parquet file", b"PAR1\x15\x04\x15", "database_file"),
    disguised("bytes of no known kind", bytes(range(1, 32)) * 20, "binary_file"),
    disguised("UTF-16 cut in half", "codigo,mes\n5.3,mar".encode("utf-16")[:-1], "broken_encoding"),
    disguised("rows without a header", "5.3,mar,25\n1.1,mar,30\n", "no_header"),
    disguised("a letter", "Estimados señores:\n\nAdjunto el avance de marzo.\n", "no_header"),
)  # fmt: skip

BROKEN_TABLES = (
    bad("a header alone", _HEAD, ("header_only", 1, None, None)),
    bad("a header over blank lines", "\n" + _HEAD + ",,\n\n", ("header_only", 2, None, None)),
    bad(
        "too many rows", _HEAD + "5.3,mar,1\n" * (MAX_ROWS + 1),
        ("too_many_rows", None, None, None),
    ),
    bad(
        "too many columns",
        _HEAD.strip() + "".join(f",c{n}" for n in range(MAX_COLUMNS)) + "\n5.3,mar,1\n",
        ("too_many_columns", 1, None, None),
    ),
    bad(
        "a text over the limit", f"codigo,mes,avance,causa\n5.3,mar,1,{'a' * (MAX_FIELD + 1)}\n",
        ("field_too_long", 2, "causa", "a" * 60),
    ),
    bad(
        "a text far over the limit", f"codigo,mes,avance,causa\n5.3,mar,1,{'a' * 200_000}\n",
        ("field_too_long", 2, None, None),
    ),
    bad("one endless line", _HEAD + "5.3,mar,1," * 140_000, ("line_too_long", 2, None, None)),
    bad(
        "a quote never closed", _HEAD + '1.2,mar,5\n"5.3,mar,5\n5.3,abr,5\n',
        ("unclosed_quote", 3, None, None),
    ),
    bad(
        "a quote closed rows later by another's opening",
        'codigo,mes,avance,causa\n1.2,mar,5,\n5.3,mar,5,"sin cortes\n5.3,abr,5,"lluvias"\n',
        ("unclosed_quote", 3, None, None),
    ),
    bad(
        "a quote never closed before very many rows",
        _HEAD + '1.2,mar,5\n5.3,mar,"5\n' + "5.3,abr,5\n" * 20_000,
        ("unclosed_quote", 3, None, None),
    ),
    bad(
        "text after a closed quote", 'codigo,mes,avance,causa\n1.2,mar,5,"Puno" y otros\n',
        ("unclosed_quote", 2, None, None),
    ),
    bad("a null character", "codigo,mes,avance\n5.3,mar,2\x005\n1.2,mar,9\n",
        ("nul_character", 2, "avance", "2\ufffd5")),
    bad(
        "two encodings in one file",
        "codigo,mes,avance,causa\n5.3,mar,5,Notificación\n".encode()
        + "1.2,mar,5,Recaudación\n".encode("windows-1252"),
        ("unreadable_character", 3, "causa", "Recaudaci\ufffdn"),
    ),
    bad(
        "a mark of UTF-8 over text that is not",
        b"\xef\xbb\xbf" + "codigo,mes,avance,causa\n5.3,mar,5,Año\n".encode("windows-1252"),
        ("unreadable_character", 2, "causa", "A\ufffdo"),
    ),
    bad(
        "a byte that no encoding has",
        b"codigo,mes,avance,causa\n5.3,mar,5,sin \x81 datos\n1.2,mar,9,A\xf1o\n",
        ("unreadable_character", 2, "causa", "sin \ufffd datos"),
    ),
    bad(
        "a header that cannot be read", b"codigo,mes,avance,caus\x81\n1.2,mar,5,a\n",
        ("unreadable_character", 1, "caus\ufffd", "caus\ufffd"),
        ("misspelled_column", 1, "caus\ufffd", None),
    ),
    bad("a short row", _HEAD + "5.3,mar\n1.2,mar,5\n", ("short_row", 2, None, None)),
    bad("a long row", _HEAD + "1.2,mar,5\n5.3,mar,5,Puno\n", ("long_row", 3, None, "Puno")),
    bad(
        "a comma decimal that splits its cell", _HEAD + "1.2,mar,5\n5.3,mar,25,5\n",
        ("long_row", 3, None, "5"),
    ),
    bad(
        "one row under another delimiter", "codigo;mes;avance\n1.2;mar;5\n5.3,abr,5\n",
        ("short_row", 3, None, None),
    ),
)  # fmt: skip

COLUMNS = (
    bad("a column twice", "codigo,mes,avance,Avance\n5.3,mar,1,2\n",
        ("duplicate_column", 1, "Avance", None)),
    bad("a column in two languages", "codigo,mes,avance,progress\n5.3,mar,1,2\n",
        ("duplicate_column", 1, "progress", None)),
    bad("no month column", "codigo,avance\n5.3,1\n", ("missing_column", 1, "mes", None)),
    bad("no progress column", "codigo,mes\n5.3,mar\n", ("missing_column", 1, "avance", None)),
    bad("no code column", "mes,avance\nmar,1\n", ("missing_column", 1, "codigo", None)),
    bad("a misspelled column", "codigo,mes,avnace\n5.3,mar,1\n",
        ("misspelled_column", 1, "avnace", None)),
    bad("a column under another name", "codigo,mes,cantidad\n5.3,mar,1\n",
        ("missing_column", 1, "avance", None), ("ignored_column", 1, "cantidad", None)),
    bad("a misspelled optional column", "codigo,mes,localidd,avance\n5.3,mar,Puno,1\n",
        ("misspelled_column", 1, "localidd", None)),
    bad("a column of data without a name", "codigo,mes,,avance\n5.3,mar,Puno,1\n",
        ("unnamed_column", 1, None, "Puno")),
    bad("a plan", "codigo,agregacion,ene,feb,mar\n5.3,suma,1,2,3\n",
        ("plan_as_progress", 1, None, None)),
)  # fmt: skip

CELLS_OF_THE_PLAN = (
    bad("an unknown code", _HEAD + "5.4,mar,1\n", ("unknown_code", 2, "codigo", "5.4")),
    bad("a code that Excel turned into a decimal", "codigo;mes;avance\n5,3;mar;1\n",
        ("unknown_code", 2, "codigo", "5,3")),
    bad("an unknown code in a row without progress", _HEAD + "5.4,mar,\n5.3,mar,1\n",
        ("unknown_code", 2, "codigo", "5.4")),
    bad("no code", _HEAD + ",mar,1\n", ("missing_code", 2, "codigo", None)),
    wrong_month("no month", "", "missing_month"),
    wrong_month("a month that does not exist", "marso"),
    wrong_month("month 13", "13"),
    wrong_month("month 0", "0"),
    wrong_month("a year alone", "2010"),
    wrong_month("a month and a number that is no year", "marzo 5"),
    wrong_month("another year", "2011-03", "wrong_year"),
    wrong_month("another year in two digits", "mar-11", "wrong_year"),
    wrong_month("a date of another year", "2009-03-01", "wrong_year"),
    wrong_month("an Excel day of another year", "40603", "wrong_year"),
    wrong_month("a date that may be of two months", "03/04/2010", "ambiguous_date"),
    wrong_month("a date with the month first", "03/15/2010", "ambiguous_date"),
    wrong_month("a day that does not exist", "31/02/2010"),
    wrong_month("an ISO day that does not exist", "2010-02-30"),
    bad("an unknown locality", _LOCAL + "5.3,mar,Juliaca,1\n",
        ("unknown_locality", 2, "localidad", "Juliaca")),
    bad("another locality than the activity's own", _LOCAL + "2.1,mar,Ilave,1\n",
        ("other_locality", 2, "localidad", "Ilave")),
    bad("the whole utility for a local activity", _LOCAL + "2.1,mar,EPS,1\n",
        ("other_locality", 2, "localidad", "EPS")),
    bad("a milestone by locality", _LOCAL + "5.1,mar,Puno,1\n",
        ("local_milestone", 2, "localidad", "Puno")),
    bad("a cell twice", _HEAD + "5.3,mar,1\n1.2,mar,9\n5.3,mar,1\n",
        ("duplicate_key", 4, "codigo", "5.3")),
    bad("a cell twice under two names of its month", _HEAD + "5.3,mar,1\n5.3,2010-03,2\n",
        ("duplicate_key", 3, "codigo", "5.3")),
    bad("a value and its taking back", _HEAD + "5.3,mar,retirar\n5.3,mar,2\n",
        ("duplicate_key", 3, "codigo", "5.3")),
    bad("the whole utility and a locality", _LOCAL + "5.3,mar,,9\n5.3,mar,Puno,4\n",
        ("whole_and_local", 3, "codigo", "5.3")),
    bad("a locality and the whole utility", _LOCAL + "5.3,mar,Puno,4\n5.3,mar,EPS,9\n",
        ("whole_and_local", 3, "codigo", "5.3")),
    bad("the whole utility over local values of before", _HEAD + "5.3,ene,9\n",
        ("whole_and_local_before", 2, "codigo", "5.3")),
    bad("a locality over a whole-utility value of before", _LOCAL + "5.3,feb,Ilave,9\n",
        ("whole_and_local_before", 2, "codigo", "5.3")),
    bad("a year that is not the plan's", "anio,codigo,mes,avance\n2011,5.3,mar,1\n",
        ("other_plan", 2, "anio", "2011")),
    bad("an entity that is not the plan's", "entidad,codigo,mes,avance\nEPS Tacna,5.3,mar,1\n",
        ("other_plan", 2, "entidad", "EPS Tacna")),
    bad("a process that is not the plan's", "codigo,mes,avance,Proceso\n5.3,mar,1,Operaciones\n",
        ("other_plan", 2, "Proceso", "Operaciones")),
)  # fmt: skip

NUMBERS = (
    wrong_number("a word", "veinte", "not_a_number"),
    wrong_number("a number and its unit", "25 conexiones", "not_a_number"),
    wrong_number("a formula as text", "=SUM(A1:A3)", "not_a_number"),
    wrong_number("a formula with a plus", "+A1*2", "not_a_number"),
    wrong_number("a formula with a minus", "-A1", "not_a_number"),
    wrong_number("a formula with an at sign", "@SUM(A1)", "not_a_number"),
    wrong_number("groups of two digits", "1,23,456", "not_a_number"),
    wrong_number("two groupings in one number", "1.234 567", "not_a_number"),
    wrong_number("two numbers", "12 34", "not_a_number"),
    wrong_number("two signs", "--5", "not_a_number"),
    wrong_number("a sign inside brackets", "(-5)", "not_a_number"),
    wrong_number("a bracket left open", "(5", "not_a_number"),
    wrong_number("a sign at the end", "5-", "not_a_number"),
    wrong_number("two percent signs", "5 %%", "not_a_number"),
    wrong_number("digits of another script", "٢٥", "not_a_number"),
    wrong_number("a number of very many digits", "1" * 300, "not_a_number"),
    wrong_number("not a number, as computers say it", "NaN", "not_finite"),
    wrong_number("infinity", "inf", "not_finite"),
    wrong_number("infinity below zero", "-Infinity", "not_finite"),
    wrong_number("a division by zero", "#¡DIV/0!", "excel_error"),
    wrong_number("a lost reference", "#REF!", "excel_error"),
    wrong_number("a column too narrow for its number", "#####", "excel_error"),
    wrong_number("a power of ten", "1,5E+05", "scientific_number"),
    wrong_number("a million millions", "1000000000000", "number_too_large"),
    wrong_number("a number beyond all counting", "9" * 60, "number_too_large"),
    wrong_number("what rounds to a million millions", "999999999999.9999999", "number_too_large"),
    wrong_number("a negative count", "-5", "negative_number"),
    wrong_number("a negative count in brackets", "(5)", "negative_number"),
    wrong_number("a percentage above 100", "130", "percentage_impossible", "1.1"),
    wrong_number("a percentage of a count", "30 %", "unexpected_percent"),
    wrong_number("money for a percentage", "S/ 30", "unexpected_money", "1.1"),
    bad("two number styles", "codigo;mes;avance\n5.3;mar;1,5\n5.3;abr;2\n5.3;may;1.25\n",
        ("two_number_styles", 4, "avance", "1.25")),
    bad("numbers that may be read two ways", _HEAD + "5.3,mar,1.525\n5.3,abr,2\n",
        ("ambiguous_number", 2, "avance", "1.525")),
    bad("an answer that the numbers contradict", _HEAD + "5.3,mar,1.525\n5.3,abr,2.5\n",
        ("decimal_contradicted", 3, "avance", "2.5"), decimal="comma"),
)  # fmt: skip

WHOLE_FILES = (
    bad("a template not filled in", _HEAD + "5.3,mar,\n1.2,mar,\n",
        ("nothing_reported", None, None, None)),
    bad("nothing but marks", _HEAD + "5.3,mar,-\n", ("nothing_reported", None, None, None),
        ("not_reported_mark", 2, "avance", "-")),
    bad("nothing but totals", _HEAD + "Total,,45\n", ("nothing_reported", None, None, None),
        ("totals_row", 2, None, "Total")),
    bad("illustrative rows among others", "codigo,mes,avance,origen\n5.3,mar,1,ilustrativo\n"
        "5.3,abr,1,\n5.3,may,1,\n", ("mixed_origin", 3, "origen", None)),
    bad("an unknown origin", "codigo,mes,avance,origen\n5.3,mar,1,real\n",
        ("unknown_origin", 2, "origen", "real")),
    bad(
        "many faults at once",
        "Avance al mes de mayo\n\nCódigo;Mes;Localidad;Avance;Comentario\n"
        "5.3;mar;Puno;12,5;\n9.9;abril;Punno;x;\n1.2;abr\n5.3;;;7;\n1.1;abr;;130;\n2.1;abr;;n/a;\n",
        ("ignored_column", 3, "Comentario", None),
        ("unknown_code", 5, "Código", "9.9"),
        ("unknown_locality", 5, "Localidad", "Punno"),
        ("not_a_number", 5, "Avance", "x"),
        ("short_row", 6, None, None),
        ("missing_month", 7, "Mes", None),
        ("percentage_impossible", 8, "Avance", "130"),
        ("not_reported_mark", 9, "Avance", "n/a"),
    ),
    bad(
        "more problems than anyone reads",
        _HEAD + "5.3,mar,-\n" + "".join(f"9.{n},mar,1\n" for n in range(MAX_PROBLEMS + 100)),
        *(("unknown_code", n + 3, "codigo", f"9.{n}") for n in range(MAX_PROBLEMS - 1)),
        ("too_many_problems", None, None, None),
    ),
)  # fmt: skip

BAD_FILES = NOT_A_TABLE + BROKEN_TABLES + COLUMNS + CELLS_OF_THE_PLAN + NUMBERS + WHOLE_FILES
