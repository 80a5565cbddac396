"""The month's template: codes stay codes, nothing in it runs, and filled in it loads without a word."""

import csv
import io
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from poa_core import moment as clock
from poa_core.exports import listing, template
from poa_core.figures import metrics
from poa_core.inert import inert_in_csv
from poa_core.intake import check
from poa_core.ledger.file import database
from poa_core.loading import effect, seed
from poa_core.words.language import words

KEY = (2010, "EPS Puno", "Gerencia Comercial")
AVANCE, CAUSA = template.HEADER.index("avance"), template.HEADER.index("causa")
NOTHING = float("nan")


def frame(**changes) -> pd.DataFrame:
    """One activity as metrics.month_sheet has it."""
    row = {
        "code": "5.10",
        "position": 1,
        "activity": "Conexiones",
        "unit": "Unidad",
        "is_percent": False,
        "locality": "EPS",
        "responsible": "División",
        "programmed": 12.5,
        "last_reported": NOTHING,
        "last_month": NOTHING,
        "this_month_reported": NOTHING,
        "is_lacking": False,
    }
    return pd.DataFrame([row | changes])


def book(sheet: pd.DataFrame, language: str = "es", title: str = "EPS Puno, octubre de 2010"):
    content = template.workbook(sheet, 2010, 10, title, words(language))
    return openpyxl.load_workbook(io.BytesIO(content)), content


def saved(workbook) -> bytes:
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def month():
    """October of the source plan, nothing reported: its sheet and what a file is held against."""
    opened = database.in_memory()
    seed.first_load(opened)
    with opened.cursor() as cursor:
        scope = metrics.Scope(*KEY, 10, clock.now())
        yield metrics.month_sheet(cursor, scope, 10), effect.knowledge(cursor, KEY, clock.now())
    opened.close()


def plausible(sheet: pd.DataFrame) -> list[float]:
    """What a leader may report without being asked: near the programme, or a third of last time, which stays
    within the year.
    """
    return [round(p * 0.98, 2) if pd.notna(p) and p else round(last * 0.3, 2) if pd.notna(last) else 0.0
            for p, last in zip(sheet["programmed"], sheet["last_reported"], strict=True)]  # fmt: skip


def test_a_row_has_what_a_leader_looks_up_and_leaves_what_is_asked():
    assert template.rows(frame(last_reported=3.0), 2010, 10, words("es")) == [
        ["5.10", "Conexiones", "Unidad", "EPS", "2010-10", 12.5, 3.0, "", None, None, None],
    ]  # fmt: skip
    assert template.rows(frame(programmed=NOTHING), 2010, 1, words("es"))[0][4:7] == ["2010-01", None, None]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"is_lacking": True}, "falta (mes en parte)"),
        ({"this_month_reported": 3.0}, "ya reportado"),
        ({}, ""),
    ],
)
def test_a_row_says_whether_the_month_has_its_value_or_lacks_this_locality_alone(changes, said):
    assert template.rows(frame(**changes), 2010, 10, words("es"))[0][template.HEADER.index("estado")] == said


def test_headers_are_spanish_in_every_language():
    for language in ("es", "en"):
        [page] = book(frame(), language)[0].worksheets
        assert [cell.value for cell in page[template.TOP + 1]] == list(template.HEADER)


def test_a_code_stays_text_and_a_figure_a_number():
    [page] = book(frame())[0].worksheets
    code, _, _, _, month, programmed, last, _, avance, *_ = page[template.TOP + 2]
    assert (code.value, code.data_type, code.number_format) == ("5.10", "s", "@")
    assert (month.value, programmed.value, programmed.data_type) == ("2010-10", 12.5, "n")
    assert not last.value and avance.value is None


def test_what_is_to_be_filled_in_is_tinted_and_the_rest_is_not_locked():
    [page] = book(frame())[0].worksheets
    tinted = [cell.value is None and cell.fill.fgColor.rgb == "FFFFF6DF" for cell in page[template.TOP + 2]]
    assert tinted == [name in template.FILLED for name in template.HEADER]
    assert not page.protection.sheet


@pytest.mark.parametrize(
    "is_percent, operator, most", [(True, "between", "100"), (False, "greaterThanOrEqual", None)]
)
def test_progress_is_checked_as_it_is_typed_with_a_warning_only(is_percent, operator, most):
    [page] = book(frame(is_percent=is_percent))[0].worksheets
    [rule] = page.data_validations.dataValidation
    assert (rule.type, rule.errorStyle, str(rule.sqref)) == ("decimal", "warning", "I4")
    assert (rule.operator or "between", rule.formula1, rule.formula2) == (operator, "0", most)
    assert rule.prompt and rule.error


def test_it_prints_on_a4_across_with_its_header_on_every_page_and_standing_still():
    [page] = book(frame())[0].worksheets
    assert (page.page_setup.orientation, str(page.page_setup.paperSize), page.print_title_rows) == (
        "landscape",
        "9",
        "$3:$3",
    )
    assert page.freeze_panes == "C4"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@sum(1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "http://x.example"]
)
def test_nothing_in_a_template_runs(text):
    workbook, _ = book(frame(activity=text, unit=text), title=text)
    [page] = workbook.worksheets
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert not page._hyperlinks
    [_, row] = csv.reader(
        io.StringIO(template.csv(frame(activity=text), 2010, 10, words("es")).decode("utf-8-sig"), newline="")
    )
    assert row[1] == inert_in_csv(text) and row[1][0] not in "=+-@\t\r"


def test_an_untouched_template_reports_nothing(month):
    sheet, known = month
    for content in (book(sheet)[1], template.csv(sheet, 2010, 10, words("es"))):
        assert [p.code for p in check.progress_file(content, "avance.x", known).problems] == [
            "nothing_reported"
        ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_filled_in_loads_without_a_word(month, form):
    sheet, known = month
    told = plausible(sheet)
    if form == "csv":
        head, *rows = csv.reader(
            io.StringIO(template.csv(sheet, 2010, 10, words("es")).decode("utf-8-sig"), newline="")
        )
        for row, value in zip(rows, told, strict=True):
            row[AVANCE], row[CAUSA] = value, "lluvias"
        content = listing.csv(head, rows)
    else:
        workbook, _ = book(sheet)
        for number, value in enumerate(told, template.TOP + 2):
            workbook.active.cell(number, AVANCE + 1, value)
            workbook.active.cell(number, CAUSA + 1, "lluvias")
        content = saved(workbook)
    file = check.progress_file(content, f"avance.{form}", known)
    assert not file.problems
    asked = zip(sheet["code"], sheet["locality"], told, strict=True)
    expected = {(code, locality, 10): Decimal(str(value)) for code, locality, value in asked}
    assert {(v.code, v.locality, v.month): v.reported for v in file.values} == expected


def test_retirar_is_taken_from_a_template(month):
    sheet, known = month
    workbook, _ = book(sheet)
    workbook.active.cell(template.TOP + 2, AVANCE + 1, "retirar")
    [value] = check.progress_file(saved(workbook), "avance.xlsx", known).values
    assert value.retracted


def test_a_list_is_a_csv_that_excel_opens_and_nothing_in_it_runs():
    content = listing.csv(("Quién", "Antes"), [["=cmd", None], ["ana, ñ", 1.5], ["-", "+1"]])
    expected = '\ufeff"Quién","Antes"\r\n"\'=cmd",""\r\n"ana, ñ",1.5\r\n"\'-","\'+1"\r\n'
    assert content.decode() == expected


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("lluvia;=1+1", "lluvia;'=1+1"),
        ("lluvia\n=1+1", "lluvia\n'=1+1"),
        ("lluvia\r\n @SUM(1)", "lluvia\r\n '@SUM(1)"),
        ("a,\t=1+1", "a,\t'=1+1"),
        ("a|-cmd", "a|'-cmd"),
        ("\t=1", "'\t'=1"),
        ("lluvia; a = 1; -5 puntos, +3", "lluvia; a = 1; -5 puntos, +3"),
        ("", ""),
    ],
)
def test_text_that_another_separator_would_cut_before_a_formula_stays_text(text, safe):
    assert inert_in_csv(text) == safe
    content = listing.csv(("x",), [[text]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""))) == [["x"], [safe]]
    assert content == f'"x"\r\n"{safe}"\r\n'
