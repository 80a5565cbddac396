"""A file given back with its problems: every row as it came, nothing that runs, and it loads once it is
mended.
"""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from bad_files import PLAN

from poa_core.apart import annotation as exports
from poa_core.apart import child
from poa_core.apart.annotation import annotate
from poa_core.intake import check

BAD = """Reporte de marzo
codigo;mes;avance;causa
9.9;mar;1;

5.3;xyz;uno;=1+1
5.3;abr;-5
5.3;may;-;-;de más
5.3;jun;30;lluvia
""".encode()
ROWS = {  # as a spreadsheet shows them: the header stands in row 3
    "B1": "Reporte", "A3": "codigo", "B3": "mes", "C3": "avance", "D3": "causa",
    "A4": "5.3", "B4": "2010-03", "C4": 30,
    "A5": "9.9", "B5": "2010-03", "C5": 1.5, "D5": "=HYPERLINK(\"http://x\")",
    "A7": "1.1", "B7": "2010-03", "C7": 0.295, "D7": "+51 999",
}  # fmt: skip


def rows_of(content: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def made(content: bytes, name: str = "avance.csv", language: str = "es"):
    return annotate(content, name, PLAN, None, language)


def book(cells: dict[str, object], formula: str | None = None) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet("Marzo")
        share = workbook.add_format({"num_format": "0%"})
        for place, value in cells.items():
            page.write(place, value, share if value == 0.295 else None)
        if formula:
            page.write_formula(formula, "=1+1", None, "")
    return written.getvalue()


def cells_of(content: bytes) -> dict[str, openpyxl.cell.Cell]:
    [page] = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return {cell.coordinate: cell for row in page.iter_rows() for cell in row if cell.value is not None}


def test_every_row_comes_back_in_its_place_with_its_problems_last():
    rows = rows_of(made(BAD)[0])
    assert [row[:4] for row in rows] == [
        ["Reporte de marzo"],
        ["codigo", "mes", "avance", "causa"],
        ["9.9", "mar", "1", ""],
        [],
        ["5.3", "xyz", "uno", "'=1+1"],
        ["5.3", "abr", "-5", ""],
        ["5.3", "may", "-", "-"],
        ["5.3", "jun", "30", "lluvia"],
    ]
    # A cell too many stays where it stood, so the problems stand beyond it.
    assert rows[6][4] == "de más" and rows[1][4:] == ["", "problemas"]
    assert [bool(row[5]) for row in rows[2:] if row] == [True, True, True, True, False]
    assert (
        rows[4][5].startswith("Columna mes: ") and " | Columna avance: “uno” no es un número." in rows[4][5]
    )


def test_the_problems_speak_the_language_of_the_person():
    assert "Column mes: The month" in rows_of(made(BAD, language="en")[0])[4][5]
    assert made(BAD)[1] == "avance-observaciones.csv"
    assert made(BAD, "../../a/b\x00=c.csv", "en")[1] == "b_c-problems.csv"


@pytest.mark.parametrize("delimiter", ",;\t|")
def test_the_delimiter_stays_and_the_file_is_utf8_with_its_mark(delimiter):
    content, _ = made(
        "codigo;mes;avance;causa\n9.9;mar;1;ñandú sí\n".replace(";", delimiter).encode("cp1252")
    )
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of(content, delimiter)[1][3] == "ñandú sí"


def test_what_is_wrong_with_the_whole_stands_above_and_rows_name_where_rows_stand_now():
    rows = rows_of(made(b"codigo;mes;avance;causas\n5.3;mar;1;x\n5.3;mar;2;y\n")[0])
    assert rows[0][0].startswith("Observaciones de todo el archivo: Columna causas: ")
    assert rows[1] == ["codigo", "mes", "avance", "causas", "problemas"]


def test_a_row_that_is_spoken_of_is_named_by_its_place_in_the_marked_file():
    # No line above: the first of the two is still row 2.
    assert "en la fila 2" in rows_of(made(b"codigo;mes;avance\n5.3;mar;1\n5.3;mar;2\n")[0])[2][3]
    # A line above, for a column without a name is a problem of the whole: rows move down by one.
    rows = rows_of(made(b"codigo;mes;avance;;causa\n5.3;mar;1;x;\n5.3;mar;2;;\n")[0])
    assert rows[0][0].startswith("Observaciones de todo el archivo:") and "en la fila 3" in rows[3][5]


def test_quotes_that_do_not_close_lose_no_line():
    rows = rows_of(made(b'codigo;mes;avance;causa\n5.3;mar;1;ok\n5.3;abr;2;"abierto\n5.3;may;3;fin\n')[0])
    assert [row[:4] for row in rows[1:]] == [
        ["5.3", "mar", "1", "ok"],
        ["5.3", "abr", "2", '"abierto'],
        ["5.3", "may", "3", "fin"],
    ]
    assert "comillas" in rows[2][4] and not rows[3][4]


def test_mended_with_the_column_in_place_it_loads_without_a_word():
    wrong = b"codigo;mes;avance;causa\n9.9;mar;1;=1+1\n6.1;abr;-5.5;\n5.3;may;-;\n"
    content, name = made(wrong)
    mended = content.replace(b'"9.9"', b'"5.3"')
    file = check.progress_file(mended, name, PLAN)
    assert [(v.code, v.month, v.reported) for v in file.values] == [
        ("5.3", 3, Decimal(1)),
        ("6.1", 4, Decimal("-5.5")),
    ]
    assert [p.code for p in file.problems] == ["not_reported_mark"]


def test_a_column_per_month_comes_back_and_loads_mended():
    content, name = made(b"codigo;ene;feb\n5.3;;uno\n2.1;1;2\n")
    assert rows_of(content)[1][:3] == ["5.3", "", "uno"] and "“uno”" in rows_of(content)[1][3]
    assert len(check.progress_file(content.replace(b';"uno";', b';"3";'), name, PLAN).values) == 3


@pytest.mark.parametrize("language", ("es", "en"))
def test_marked_again_the_old_marks_are_gone(language):
    wrong = b"codigo;mes;avance;causas\n9.9;mar;1;x\n"
    once, name = made(wrong)
    again, renamed = made(once, name, language)
    rows = rows_of(again)
    assert rows[1] == ["codigo", "mes", "avance", "causas", "problemas"] and len(rows) == 3
    assert rows[0][0].count(":") == rows_of(once)[0][0].count(":")
    assert renamed.count("-") == 1
    # Mended but for the row, the line above is empty and the rows stand where they stood.
    assert rows_of(made(once.replace(b"causas", b"causa"))[0])[:2] == [
        [],
        ["codigo", "mes", "avance", "causa", "problemas"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_in_a_marked_csv_runs(start):
    text = f'codigo;mes;avance;causa\n9.9;mar;1;"{start}cmd|calc"\n'.encode()
    [cell] = [row[3] for row in rows_of(made(text)[0])[1:]]
    assert cell == f"'{start}cmd|calc"


def test_a_workbook_comes_back_as_one_with_the_wrong_cells_filled():
    content, name = made(book(ROWS), "Marzo.xlsx")
    cells = cells_of(content)
    assert name == "Marzo-observaciones.xlsx"
    assert {place: cells[place].value for place in ROWS} == ROWS
    assert cells["E3"].value == "problemas"
    assert [place for place, cell in cells.items() if cell.fill.fgColor.rgb == "FFFBD5D5"] == ["A5"]
    assert "E4" not in cells and cells["E5"].value.startswith(
        "Columna codigo: El código “9.9” no está en el plan."
    )
    # Text is text, whatever it begins with; numbers and shares are numbers.
    assert [cells[place].data_type for place in ("D5", "D7", "C5", "C7", "A5")] == ["s", "s", "n", "n", "s"]
    assert "%" in cells["C7"].number_format


def test_a_workbook_mended_loads_with_its_column_in_place():
    content, name = made(book(ROWS), "Marzo.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(content))
    page.active["A5"] = "2.1"
    mended = io.BytesIO()
    page.save(mended)
    file = check.progress_file(mended.getvalue(), name, PLAN)
    assert [(v.code, v.reported) for v in file.values] == [
        ("5.3", 30),
        ("2.1", Decimal("1.5")),
        ("1.1", Decimal("29.5")),
    ]
    assert not file.is_refused


def test_a_formula_without_a_value_comes_back_as_its_text():
    content, _ = made(book(ROWS, "C4"), "Marzo.xlsx")
    cells = cells_of(content)
    assert (cells["C4"].value, cells["C4"].data_type) == ("=1+1", "s") and cells[
        "C4"
    ].fill.fgColor.rgb == "FFFBD5D5"


def test_a_workbook_too_long_for_the_child_comes_back_as_csv(monkeypatch):
    monkeypatch.setattr(exports, "MOST_CELLS", 10)
    content, name = made(book(ROWS), "Marzo.xlsx")
    assert name == "Marzo-observaciones.csv" and rows_of(content, ",")[0][1] == "Reporte"
    assert ["9.9", "2010-03", "1.5"] in [row[:3] for row in rows_of(content, ",")]


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG", b"hola\nmundo\n", b"PK\x03\x04xl/worksheets", book({"A1": "nada"})]
)
def test_what_holds_no_table_is_not_given_back(content):
    assert made(content) is None


def test_it_is_made_apart_as_it_is_here():
    for content, name in ((BAD, "avance.csv"), (b"", "avance.csv")):
        assert child.annotate_in_child(content, name, PLAN, None, "es") == made(content, name)
    # A workbook holds the moment it was made in.
    apart, name = child.annotate_in_child(book(ROWS), "Marzo.xlsx", PLAN, None, "en")
    assert name == "Marzo-problems.xlsx" and cells_of(apart)["E5"].value.startswith("Column codigo: ")


def test_a_workbook_that_could_not_be_given_back_whole_is_not_given_back():
    assert made(book(ROWS | {"ZZ5": "lejos"}), "Marzo.xlsx") is None
    two, written = openpyxl.load_workbook(io.BytesIO(book(ROWS))), io.BytesIO()
    two.copy_worksheet(two.active)
    two.save(written)
    assert made(written.getvalue(), "Marzo.xlsx") is None
