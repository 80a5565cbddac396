"""A workbook's cells as text, its limits, and that it reads the same as the text of its table."""

import io
import random
import zipfile
from datetime import date

import pytest
from corpus_books import SHEET, Formula, Share, Shown, by_hand, changed, rebuilt, row_xml, workbook

from poa_core.contract import MAX_COLUMNS, MAX_RATIO, MAX_UNPACKED
from poa_core.intake.read import read
from poa_core.intake.workbook.package import Unsafe, elements, open_package, parse_reference


def cells_of(*cells) -> tuple[str, ...]:
    """A row of cells below a header of ours, as read gives it."""
    header = ["codigo", "mes", "avance", *(f"c{n}" for n in range(len(cells)))]
    table, problems = read(workbook([header, ["5.3", "mar", 1, *cells]]), "a.xlsx")
    assert not problems
    return table.rows[0][1][3:]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  texto ", "  texto "),
        ("=1+1", "=1+1"),
        ("línea 1\nlínea 2", "línea 1\nlínea 2"),
        ("a\u202eb😀", "a\u202eb😀"),
        (5, "5"),
        (1.5, "1.5"),
        (-0.25, "-0.25"),
        (100000, "100000"),
        (123456789012, "123456789012"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1e300, "1E+300"),
        (Share(0.295, "0%"), "29.5%"),
        (Share(1, "0.00%"), "100%"),
        (Share(0, "0%"), "0%"),
        (Shown(30, '0"%"'), "30"),
        (Shown(5, "[$S/-280A] #,##0.00"), "5"),
        (Shown(40238, "dd/mm/yyyy"), "2010-03-01"),
        (Shown(40238.5, "dd/mm/yyyy h:mm"), "2010-03-01 12:00:00"),
        (Shown(40238, "[$-es-PE]mmmm yyyy"), "2010-03-01"),
        (Shown(-1, "dd/mm/yyyy"), "1899-12-29"),
        (Shown(1e20, "dd/mm/yyyy"), "1E+20"),
        (date(2010, 12, 31), "2010-12-31"),
        (True, "VERDADERO"),
        (False, "FALSO"),
        (Formula("=1+1", 2), "2"),
        (Formula('="a"', "a"), "a"),
        (Formula("=1/0", "#DIV/0!"), "#DIV/0!"),
        (None, ""),
    ],
)
def test_a_cell_is_the_text_that_says_it_exactly(cell, text):
    assert cells_of(cell) == (text,)


def test_cells_stored_as_numbers_are_named_and_no_others():
    table, _ = read(
        workbook([["codigo", "mes", "avance"], ["5.3", date(2010, 3, 1), 25], [5.1, 3, "25"]]), "a.xlsx"
    )
    assert table.numbers == {(2, 2), (3, 0), (3, 1)}


def test_a_builtin_date_or_share_is_known_by_its_number_alone():
    styles = '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
    sheet = (
        row_xml(1, "codigo", "mes", "avance")
        + '<row r="2"><c t="str"><v>5.3</v></c><c s="1"><v>40238</v></c><c s="2"><v>0.3</v></c></row>'
    )
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pointer = b'<Relationship Id="c" Type="' + kind + b'/styles" Target="styles.xml"/></Relationships>'
    book = rebuilt(
        by_hand(sheet),
        {"xl/_rels/workbook.xml.rels": lambda content: content.replace(b"</Relationships>", pointer)},
        {"xl/styles.xml": f"<styleSheet>{styles}</styleSheet>".encode()},
    )
    table, _ = read(book, "a.xlsx")
    assert table.rows == ((2, ("5.3", "2010-03-01", "30%")),)


def test_rows_have_the_numbers_that_the_sheet_shows():
    table, _ = read(
        workbook([["Título"], [], ["codigo", "mes", "avance"], [], ["5.3", "mar", 1], [], ["5.3", "abr", 2]]),
        "a.xlsx",
    )
    assert (table.header_row, [row for row, _ in table.rows]) == (3, [5, 7])


def test_the_width_limit_holds_on_both_sides():
    wide = ["codigo", "mes", "avance", *(f"c{n}" for n in range(MAX_COLUMNS - 3))]
    row = ["5.3", "mar", 1]
    assert len(read(workbook([wide, row]), "a.xlsx")[0].header) == MAX_COLUMNS
    _, [problem] = read(workbook([[*wide, "c"], row]), "a.xlsx")
    assert (problem.code, problem.row) == ("too_many_columns", 1)


def test_the_marks_of_a_part_are_counted_before_they_fill_the_memory():
    with open_package(by_hand("<row/>" * 10)) as package:
        assert len(elements(package, SHEET, 12)) == 12
        with pytest.raises(Unsafe):
            elements(package, SHEET, 11)


def test_the_ratio_limit_holds_on_both_sides():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a", bytes(1_000_000))
    packed = len(file.getvalue())
    assert packed * MAX_RATIO < 1_000_000
    with pytest.raises(Unsafe):
        open_package(file.getvalue())
    padded = bytes(1_000_000 // MAX_RATIO + 1 - packed) + file.getvalue()
    open_package(padded).close()


def test_the_size_limit_holds_on_both_sides():
    for size, is_too_large in ((MAX_UNPACKED - 400_000, False), (MAX_UNPACKED - 400_000 + 1, True)):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            package.writestr("a", bytes(size))
            package.writestr("b", random.Random(1).randbytes(400_000))
        if is_too_large:
            with pytest.raises(Unsafe):
                open_package(file.getvalue())
        else:
            open_package(file.getvalue()).close()


def test_a_package_under_a_password_or_another_compression_is_refused():
    plain = by_hand(row_xml(1, "codigo", "mes", "avance") + row_xml(2, "5.3", "mar", 1))
    # Bit 0 of the flags, six bytes into a local header and eight into the directory's.
    locked = bytearray(plain)
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[plain.index(mark) + shift] |= 1
    assert [p.code for p in read(bytes(locked), "a.xlsx")[1]] == ["protected_workbook"]
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert [p.code for p in read(file.getvalue(), "a.xlsx")[1]] == ["damaged_workbook"]


@pytest.mark.parametrize(
    ("reference", "found"),
    [("A1", (1, 0)), ("Z9", (9, 25)), ("AA10", (10, 26)), ("XFD1048576", (1048576, 16383))],
)
def test_a_reference_is_its_row_and_column(reference, found):
    assert parse_reference(reference) == found


@pytest.mark.parametrize("reference", ["", "A", "1", "A0", "a1", "A1B", "$A$1", "ABCD1", "A12345678", "Ａ1"])
def test_what_is_no_reference_is_refused(reference):
    with pytest.raises(ValueError):
        parse_reference(reference)


def test_a_formula_without_its_value_leaves_the_other_rows_to_be_checked():
    book = workbook([["codigo", "mes", "avance"], ["5.3", "mar", Formula("=A1", 7)], ["5.3", "abr", 2]])
    table, [problem] = read(changed(book, SHEET, b"<f>A1</f><v>7</v>", b"<f>A1</f>"), "a.xlsx")
    assert [row for row, _ in table.rows] == [3]
    assert (problem.code, problem.row, problem.column, problem.value) == (
        "formula_not_computed",
        2,
        "avance",
        "=A1",
    )


def test_sheets_that_may_be_meant_are_named():
    rows = [["codigo", "mes", "avance"], ["5.3", "mar", 1]]
    _, problems = read(workbook(rows, rows, rows, names=["Ene", "Feb", "Mar"], hidden=[2]), "a.xlsx")
    assert {p.code: p.hints["sheets"] for p in problems} == {
        "several_sheets": "“Ene”, “Feb”",
        "hidden_sheets": "“Mar”",
    }
