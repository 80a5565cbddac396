"""The report as a workbook says what the frames say, figure by figure, and holds nothing that runs."""

import io
import zipfile
from functools import cache

import illustrated
import openpyxl
import pandas as pd
import pytest
import reported
from illustrated import ask

from poa_core.exports import book as books
from poa_core.figures import metrics
from poa_core.panels import report
from poa_core.words.language import LANGUAGES, words

ES = words("es")
FIRST = 5  # the first row below the headings


@cache
def written(which, month, language, **filters):
    return reported.panel(report.workbook, which(), month, words(language), **filters)


def opened(which=illustrated.year, month=9, language="es"):
    return openpyxl.load_workbook(io.BytesIO(written(which, month, language)))


def rows(sheet, first=FIRST):
    return [
        [cell.value for cell in row]
        for row in sheet.iter_rows(min_row=first)
        if any(cell.value is not None for cell in row)
    ]


def known(value):
    return (
        None
        if value is None or pd.isna(value)
        else pytest.approx(value)
        if isinstance(value, float)
        else value
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_sheet_for_each_question_in_its_language(language):
    speak = words(language)
    keys = (
        "report.sheet_summary",
        "page.indicators",
        "report.sheet_divisions",
        "report.sheet_late",
        "report.sheet_outcome",
        "report.sheet_compliance",
        "page.matrix",
        "report.sheet_corrections",
        "report.sheet_rules",
    )
    assert opened(language=language).sheetnames == [speak(key) for key in keys]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_activitys_row_holds_the_values_of_the_frames(language):
    speak, told = words(language), rows(opened(language=language)[words(language)("page.indicators")])
    frame, remarks = (
        ask(illustrated.year(), metrics.activities, 9),
        ask(illustrated.year(), metrics.remarks, 9).set_index("code"),
    )
    assert [row[0] for row in told] == list(frame["code"])
    for row, activity in zip(told, frame.to_dict("records"), strict=True):
        assert row[6:11] == [
            known(activity[n])
            for n in ("target", "programmed_to_date", "reported_to_date", "compliance", "annual")
        ]
        assert row[11] == speak(f"status.{activity['status']}")
        noted = remarks.loc[activity["code"]] if activity["code"] in remarks.index else {}
        assert row[13:15] == [known(noted.get("cause")), known(noted.get("measure"))]


def test_the_outcome_by_month_is_the_path_the_reports_and_the_forecast():
    path, ahead = (
        ask(illustrated.year(), metrics.outcome_path, 9),
        ask(illustrated.year(), metrics.forecast, 9).set_index("month"),
    )
    for row, month in zip(rows(opened()["Resultado"]), path.to_dict("records"), strict=True):
        foreseen = [
            ahead.loc[month["month"], n] if month["month"] in ahead.index else None
            for n in ("expected", "low", "high")
        ]
        assert row[1:6] == [known(v) for v in (month["programmed"], month["reported"], *foreseen)]


def test_the_summary_holds_the_outcome_the_plans_figure_and_the_counts():
    told = {row[0]: row[1] for row in rows(opened()["Resumen"])}
    row, counts = (
        ask(illustrated.year(), metrics.outcome, 9).iloc[0],
        ask(illustrated.year(), metrics.activities, 9)["status"].value_counts(),
    )
    scope = illustrated.scope(illustrated.year(), 9)
    plan = metrics.pick_rollup(ask(illustrated.year(), metrics.rollups, 9), scope, "plan").iloc[0]
    assert told[ES("report.fact_reported")] == known(row["reported"])
    assert told[ES("report.fact_required")] == known(row["required_pace"])
    assert told[ES("report.fact_december")] == known(
        ask(illustrated.year(), metrics.outlook, 9).iloc[0]["expected"]
    )
    assert told[ES("bars.heading")] == known(plan["compliance"])
    assert {status: told[ES(f"status.{status}")] for status in counts.index} == counts.to_dict()


def test_divisions_late_ones_and_compliance_agree_with_the_frames():
    book, frame = opened(), ask(illustrated.year(), metrics.activities, 9).set_index("code")
    scope = illustrated.scope(illustrated.year(), 9)
    divisions = metrics.pick_rollup(
        ask(illustrated.year(), metrics.rollups, 9), scope, "responsible"
    ).set_index("key")
    for row in rows(book["Divisiones"]):
        wanted = divisions.loc[row[0]]
        assert row[1] == known(wanted["compliance"]) and row[3:7] == [
            wanted[n] for n in ("activities", "activities_due", "late", "silent")
        ]
    late = rows(book["Atrasadas"])
    assert {row[1] for row in late} == set(
        frame.index[frame["status"].isin(["not_reported", "behind", "at_risk"])]
    )
    for row in late:
        assert (row[0], row[3]) == (
            ES(f"status.{frame.loc[row[1], 'status']}"),
            known(frame.loc[row[1], "compliance"]),
        )
    bars = {row[0].split()[0]: row[1] for row in rows(book["Cumplimiento"])}
    assert bars == {code: known(value) for code, value in frame["compliance"].items()}


def test_the_correction_of_june_is_listed_with_its_reason():
    (row,) = rows(opened()["Correcciones"])
    assert (row[3], row[4], row[7], row[8]) == ("4.1", "6", "1248.0", "1300.0")
    assert row[9].startswith("Corrige junio")


def test_the_rules_are_told_with_the_plans_numbers():
    told = " ".join(row[0] for row in rows(opened()["Reglas"]))
    assert "S/\u00a0187,000" in told and "95.0\u00a0%" in told
    assert "**" not in told and "~~" not in told


def test_its_charts_are_the_spreadsheets_own_and_draw_from_its_cells():
    package = zipfile.ZipFile(io.BytesIO(written(illustrated.year, 9, "es")))
    charts = {
        name: package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")
    }
    kinds = ["lineChart" if "c:lineChart" in chart else "barChart" for chart in charts.values()]
    assert sorted(kinds) == ["barChart", "lineChart"]
    assert any("Resultado!$C$5:$C$17" in chart for chart in charts.values())
    assert any("Cumplimiento!$B$5:$B$18" in chart for chart in charts.values())


def test_headings_stand_still_and_each_sheet_prints_landscape_one_page_wide():
    for sheet in opened():
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == (8 if sheet.title == "Matriz POA" else 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_soles_and_percentages_are_written_as_in_peru():
    book = opened()
    assert book["Resultado"]["C6"].number_format == '"S/ "#,##0.00'
    assert book["Divisiones"]["B5"].number_format == "0.0 %"


@pytest.mark.parametrize("which", (illustrated.year, illustrated.hostile))
def test_nothing_in_it_runs_or_leads_elsewhere(which):
    book = opened(which, 10)
    assert not [
        cell.coordinate
        for sheet in book
        for row in sheet
        for cell in row
        if cell.data_type == "f" or cell.hyperlink
    ]
    assert not [
        name
        for name in zipfile.ZipFile(io.BytesIO(written(which, 10, "es"))).namelist()
        if "externalLink" in name or "vba" in name
    ]


def test_before_any_progress_it_holds_the_plan_without_figures():
    book = opened(illustrated.plan_only, 0)
    assert [row[8:11] for row in rows(book["Indicadores"])] == [[None, None, None]] * 14
    assert rows(book["Atrasadas"]) == [] and rows(book["Correcciones"]) == []
    assert book["Resumen"]["A3"].value is None


def test_a_cell_that_prints_as_nothing_holds_no_minus():
    with books.new_workbook() as made:
        page = made.sheet("x")
        for column, (value, style) in enumerate(
            ((-0.0004, "share"), (-0.004, "amount"), (-0.0, "money"), (-0.0006, "share"))
        ):
            made.put(page, 0, column, value, style)
    (row,) = openpyxl.load_workbook(io.BytesIO(made.bytes))["x"].iter_rows(values_only=True)
    assert row == (0, 0, 0, -0.0006) and not str(row[2]).startswith("-")
