"""The matrix in Excel says what the screen says, figure by figure, and holds no formula."""

import io

import illustrated
import openpyxl
import pandas as pd
import pytest
from illustrated import ask

from poa_core.blocks import matrix as blocks
from poa_core.exports import matrix_book
from poa_core.figures import metrics
from poa_core.words.language import ABSENT, words

ES, EN = words("es"), words("en")
FIRST_MONTH, FIRST_TOTAL = 8, 28  # columns, from 1


def frames(month):
    opened = illustrated.year()
    return [
        ask(opened, question, month) for question in (metrics.activities, metrics.cells, metrics.quarters)
    ]


def page(month, speak=ES):
    plan = pd.Series({"year": 2010, "entity": "EPS Puno", "process": "=cmd()"})
    made = matrix_book.workbook(plan, *frames(month), "La fuente termina en 5.3", True, month, speak)
    return openpyxl.load_workbook(io.BytesIO(made)).active


def rows(sheet):
    """Code -> the number of its programmed row; the reported one stands below."""
    return {
        cell.value: cell.row
        for cell in sheet["A"]
        if cell.value and cell.row > 6 and "." in str(cell.value)[:3]
    }


@pytest.mark.parametrize("speak", [ES, EN])
def test_each_month_quarter_and_annual_figure_is_the_one_of_the_screen(speak):
    activities, cells, quarters = frames(9)
    sheet, found = page(9, speak), rows(page(9, speak))
    assert list(found) == list(activities["code"])
    for cell in cells.to_dict("records"):
        column = FIRST_MONTH + (cell["month"] - 1) // 3 * 5 + (cell["month"] - 1) % 3
        programmed, reported = (sheet.cell(found[cell["code"]] + n, column).value for n in (0, 1))
        assert programmed == (cell["programmed"] if pd.notna(cell["programmed"]) else None)
        silent = {"missing": ABSENT, "covered": "✓"}.get(cell["state"])
        assert reported == (cell["reported"] if pd.notna(cell["reported"]) else silent)
    for quarter in quarters.to_dict("records"):
        share = sheet.cell(found[quarter["code"]], FIRST_MONTH + quarter["quarter"] * 5 - 1).value
        assert share == (pytest.approx(quarter["compliance"]) if pd.notna(quarter["compliance"]) else None)
    for activity in activities.to_dict("records"):
        told = [sheet.cell(found[activity["code"]], FIRST_TOTAL + n).value for n in (0, 1, 3)]
        wanted = [activity[name] for name in ("reported_to_date", "compliance", "annual")]
        assert told == [pytest.approx(v) if pd.notna(v) else None for v in wanted]


def test_it_prints_on_a3_landscape_stands_still_at_its_headings_and_runs_nothing():
    sheet = page(9)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide
    assert sheet.freeze_panes == "C7"
    assert sheet["A2"].value == "EPS Puno · =cmd()"  # a text cell, not a formula
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    assert sheet["A4"].value == "Avance ilustrativo"


def test_own_and_external_funding_stand_under_their_own_headings():
    plan = pd.Series({"year": 2010, "entity": "EPS Puno", "process": "Comercial"})
    activities, cells, quarters = frames(9)
    activities = activities.assign(own_funding=1500.5, external_funding=250.0)
    made = matrix_book.workbook(plan, activities, cells, quarters, "", True, 9, ES)
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    headings = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    first = min(rows(sheet).values())
    assert sheet.cell(first, headings[ES("matrix.own")]).value == 1500.5
    assert sheet.cell(first, headings[ES("matrix.external")]).value == 250
    markup = blocks.matrix(activities, cells, quarters, "", 9, ES)
    assert markup.index(ES("matrix.own")) < markup.index(ES("matrix.external"))
    assert markup.index(ES.amount(1500.5, "S/")) < markup.index(ES.amount(250.0, "S/"))


@pytest.mark.parametrize("starter", ["=", "+", "-", "@"])
def test_text_that_begins_as_a_formula_stays_text(starter):
    plan = pd.Series({"year": 2010, "entity": "EPS Puno", "process": "Comercial"})
    activities, cells, quarters = frames(9)
    names = ("activity", "indicator", "unit", "responsible", "participants", "notes", "objective")
    activities = activities.assign(**{name: f"{starter}HYPERLINK(1)" for name in names})
    made = matrix_book.workbook(plan, activities, cells, quarters, f"{starter}1+1", True, 9, ES)
    told = [cell for row in openpyxl.load_workbook(io.BytesIO(made)).active for cell in row if cell.value]
    assert any("HYPERLINK" in str(cell.value) for cell in told)
    assert not [cell.coordinate for cell in told if cell.data_type == "f"]
    assert not [cell.value for cell in told if str(cell.value).startswith(f"{starter}HYPERLINK")]


def test_provisional_and_silent_months_are_marked_and_the_source_is_told():
    activities, cells, quarters = frames(9)
    markup = blocks.matrix(activities, cells, quarters, "La fuente termina en 5.3", 9, ES)
    assert "La fuente termina en 5.3" in markup
    due = cells[(cells["is_provisional"])]
    assert markup.count('<sup title="mes provisional') == len(due)
    assert markup.count('<i class="ic not_reported" role="img"') == (cells["state"] == "missing").sum()
