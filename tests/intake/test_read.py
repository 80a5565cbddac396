"""Bytes to rows of text: what a spreadsheet shows as row 7 is row 7, and nothing is shifted."""

import pytest
from bad_files import BAD_FILES, PLAN
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from poa_core.contract import MAX_BYTES, MAX_COLUMNS, MAX_FIELD, MAX_PROBLEMS, MAX_ROWS, Table
from poa_core.intake.check import progress_file
from poa_core.intake.read import read


def rows_of(text: str, file_name: str = "avance.csv") -> list[tuple[int, tuple[str, ...]]]:
    table, problems = read(text.encode(), file_name)
    assert not problems
    return list(table.rows)


def codes_of(content: bytes) -> list[tuple[str, int | None]]:
    _, problems = read(content, "avance.csv")
    return [(problem.code, problem.row) for problem in problems]


def test_a_table_is_header_rows_and_where_the_header_stands():
    table, problems = read(b"Avance de marzo\n\ncodigo;mes;avance\n5.3;mar;25\n", "a.csv")
    assert table == Table(("codigo", "mes", "avance"), ((4, ("5.3", "mar", "25")),), 3)
    assert problems == ()


def test_headers_stay_as_the_file_has_them():
    table, _ = read("  Código ;MES;Avance (%)\n5.3;mar;25\n".encode(), "a.csv")
    assert table.header == ("Código", "MES", "Avance (%)")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_is_no_part_of_the_first_header(encoding):
    mark = "\ufeff" if encoding.endswith("e") else ""
    table, _ = read(f"{mark}codigo;mes;avance\n5.3;mar;25\n".encode(encoding), "a.csv")
    assert table.header[0] == "codigo"


def test_blank_headers_at_the_end_are_no_columns():
    assert rows_of("codigo,mes,avance,,\n5.3,mar,1\n") == [(2, ("5.3", "mar", "1"))]
    assert codes_of(b"codigo,mes,avance,,\n5.3,mar,1,x,\n") == [("long_row", 2)]


def test_a_quoted_line_end_stays_in_its_row():
    text = 'codigo,mes,avance,causa\n5.3,mar,25,"Lluvias\nen la\r\nsierra"\n1.2,mar,9,\n'
    assert rows_of(text) == [
        (2, ("5.3", "mar", "25", "Lluvias\nen la\r\nsierra")),
        (3, ("1.2", "mar", "9", "")),
    ]


def test_blank_lines_count_as_rows():
    # Rows 2 and 4 are blank: one has no cells, the other four of them.
    assert [row for row, _ in rows_of("codigo,mes,avance\n\n5.3,mar,1\n,,,\n5.3,abr,2\n")] == [3, 5]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_the_first_line_that_excel_hides_is_no_row(first):
    [(row, _)] = rows_of(f"{first}\r\ncodigo;mes;avance\r\n5.3;mar;1\r\n")
    assert row == 2


def test_line_ends_that_only_other_programs_know_are_text():
    # U+2028 and the form feed end a line for Python, not for a spreadsheet.
    [(row, cells)] = rows_of("codigo,mes,avance,causa\n5.3,mar,1,a\u2028b\x0cc\x85d\n")
    assert (row, cells[3]) == (2, "a\u2028b\x0cc\x85d")


def test_formulas_are_text():
    cells = ("5.3", "mar", "1", "=1+1", "+1", "-1", "@a", "\t=a")
    header = "codigo,mes,avance,causa,medida,observacion,a,b"
    assert rows_of(f"{header}\n{','.join(cells)}\n") == [(2, cells)]


def test_what_looks_like_nothing_to_a_table_library_is_text():
    assert rows_of("codigo,mes,avance\nNA,null,nan\n") == [(2, ("NA", "null", "nan"))]


@pytest.mark.parametrize("text", ["“PERÚ”", "«CAFÉ»", "Nº 5 – 30 °C …", "ÁÉÍÓÚÑ¿¡ü"])
def test_signs_of_windows_1252_are_not_taken_for_another_encoding(text):
    content = f"codigo,mes,avance,causa\n5.3,mar,1,{text}\n".encode("windows-1252")
    table, problems = read(content, "avance.csv")
    assert table.rows[0][1][3] == text and not problems


def test_doubled_quotes_are_one():
    [(_, cells)] = rows_of('codigo,mes,avance,causa\n5.3,mar,1,"dijo ""no"""\n')
    assert cells[3] == 'dijo "no"'


def test_a_title_may_hold_names_of_columns():
    table, _ = read(b"Mes,mar,avance\n5,5,5\ncodigo,mes,avance\n5.3,mar,1\n", "a.csv")
    assert table.header_row == 3


@pytest.mark.parametrize(("rows_above", "codes"), [(29, []), (30, [("no_header", None)])])
def test_a_header_is_looked_for_in_the_first_thirty_rows(rows_above, codes):
    title = "Gerencia\n" * rows_above
    assert codes_of(f"{title}codigo,mes,avance\n5.3,mar,1\n".encode()) == codes


def test_months_alone_are_no_header():
    assert codes_of(b"ene,feb,mar\n1,2,3\n") == [("no_header", None)]


def test_the_header_of_a_plan_is_found():
    table, _ = read(b"anio;entidad;proceso;codigo;ene;feb\n2010;E;P;5.3;1;2\n", "plan.csv")
    assert table.header[3:] == ("codigo", "ene", "feb")


def test_the_header_of_processes_is_found():
    table, _ = read(b"anio;entidad;proceso;lider\n2010;E;P;L\n", "processes.csv")
    assert table.rows == ((2, ("2010", "E", "P", "L")),)


def test_the_delimiter_is_the_one_that_makes_a_header():
    # More commas than semicolons, but only semicolons make columns.
    [(_, cells)] = rows_of("codigo;mes;avance;causa\n5.3;mar;1;a, b, c, d, e, f, g\n")
    assert cells[3] == "a, b, c, d, e, f, g"


def test_a_bad_row_leaves_the_others_in_the_table():
    table, problems = read(b"codigo,mes,avance\n5.3,mar\n5.3,abr,2\n", "a.csv")
    assert table.rows == ((3, ("5.3", "abr", "2")),)
    assert [(p.code, p.row, p.hints) for p in problems] == [("short_row", 2, {"found": 2, "expected": 3})]


def test_rows_before_an_unclosed_quote_are_kept():
    table, problems = read(b'codigo,mes,avance\n5.3,mar,1\n5.3,abr,"2\n', "a.csv")
    assert table.rows == ((2, ("5.3", "mar", "1")),)
    assert [(p.code, p.row) for p in problems] == [("unclosed_quote", 3)]


def test_a_text_that_starts_with_total_is_no_totals_row():
    text = "observacion,codigo,mes,avance\nTotal de recibos,5.3,mar,25\n"
    assert rows_of(text) == [(2, ("Total de recibos", "5.3", "mar", "25"))]


def test_limits_hold_on_both_sides():
    head = b"codigo,mes,avance,causa\n"
    assert codes_of(head + b"5.3,mar,1," + b"a" * MAX_FIELD) == []
    assert codes_of(head + b"5.3,mar,1," + b"a" * (MAX_FIELD + 1)) == [("field_too_long", 2)]
    assert codes_of(head + b"5.3,mar,1,\n" * MAX_ROWS) == []
    wide = [b"codigo", b"mes"] + [b"c"] * (MAX_COLUMNS - 2)
    assert codes_of(b",".join(wide) + b"\n" + b",".join(wide).replace(b"c", b"1")) == []
    wide = [*wide, b"c"]
    assert codes_of(b",".join(wide) + b"\n1\n") == [("too_many_columns", 1)]


def test_the_size_limit_holds_on_both_sides():
    # Blank cells, so that only the size is in question.
    head = b"codigo,mes,avance\n5.3,mar,1\n"
    full = head + b"\n" * (MAX_BYTES - len(head))
    assert codes_of(full) == []
    _, [problem] = read(full + b"\n", "a.csv")
    megabytes = MAX_BYTES // 2**20
    assert problem.code == "too_large"
    assert (problem.hints["limit"], problem.hints["size"]) == (megabytes, megabytes + 1)


def test_a_record_far_too_wide_still_tells_what_stands_at_its_end():
    assert codes_of(b"codigo,mes,avance\n5.3,mar,1" + b"," * 5000 + b"x\n") == [("long_row", 2)]
    assert codes_of(b"codigo,mes,avance\n5.3,mar,1" + b"," * 5000 + b"\n") == []


def test_every_bad_row_is_told_up_to_the_limit():
    _, problems = read(b"codigo,mes,avance\n" + b"5.3,mar\n" * (MAX_PROBLEMS + 7), "a.csv")
    assert len(problems) == MAX_PROBLEMS
    assert problems[-1].hints == {"shown": MAX_PROBLEMS - 1, "count": MAX_PROBLEMS + 7}


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("avance.csv", "avance.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\informes\\avance.csv", "avance.csv"),
        ("a\x00b\u202ec\n.csv", "abc.csv"),
        ("", "?"),
        ("a" * 300, "a" * 79 + "…"),
    ],
)
def test_a_file_is_named_fit_for_a_sentence(given_name, shown):
    _, [problem] = read(b"", given_name)
    assert problem.hints == {"file": shown}


KINDS = {
    "a PNG picture": "PNG",
    "a JPEG picture": "JPEG",
    "a GIF picture": "GIF",
    "a PDF document": "PDF",
    "a zip archive": "ZIP",
    "a gzip archive": "GZIP",
    "a RAR archive": "RAR",
    "a 7-Zip archive": "7Z",
    "a workbook of empty parts": "XLSX",
    "an old workbook": "XLS",
    "a workbook with a password": "XLSX",
    "an old Word document": "Word",
    "a Word document": "Word",
    "a rich text": "RTF",
    "an OpenDocument sheet": "ODS",
    "an XML spreadsheet": "XML",
    "a web page": "HTML",
    "a bare HTML table": "HTML",
    "an XML document": "XML",
    "a JSON document": "JSON",
    "a SQLite database": "SQLite",
    "a Parquet file": "Parquet",
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_kind_is_told_what_it_looks_like(name):
    [file] = [file for file in BAD_FILES if file.name == name]
    _, [problem] = read(file.content, file.file_name)
    assert problem.hints == {"file": file.file_name, "kind": KINDS[name]}


@examples(300)
@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_make_reading_fail(content, file_name):
    table, problems = read(content, file_name)
    assert table is not None or problems
    progress_file(content, file_name, PLAN)


CELLS = st.sampled_from(
    ["codigo", "mes", "avance", "localidad", "5.3", "R1", "mar", "1.5", "1,5", '"', '""', "Total",
     "\n", "\r", "", " ", "\x00", "\u2028", "=1", "Ñ", "\udc81"]
)  # fmt: skip


@examples(300)
@given(
    st.lists(st.lists(CELLS, max_size=5), max_size=12),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-16", "utf-16-be", "windows-1252"]),
)
def test_no_text_makes_reading_fail(lines, delimiter, encoding):
    text = "\n".join(delimiter.join(line) for line in lines)
    content = ("codigo,mes,avance".replace(",", delimiter) + "\n" + text).encode(encoding, "replace")
    table, problems = read(content, "avance.csv")
    assert table is not None or problems
    for row, cells in table.rows if table else ():
        assert len(cells) == len(table.header)
        assert row > table.header_row
    progress_file(content, "avance.csv", PLAN)
