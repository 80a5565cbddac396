"""The report from the page: three files made on a click, the page of its own opened offline, in both
languages and in the past.
"""

import io
import re

import openpyxl
import pypdf
import pytest
from playwright.sync_api import expect
from serving import dashboard, link, opened

from poa_core import links

CORRECTED = "desde=2010-08-01"  # before the correction of June that came with July's file


def downloaded(page, button, folder):
    """The file a button gives."""
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_the_page_says_what_the_report_holds_and_gives_three_files_in_its_language(
    tab, address, say, tmp_path
):
    page = tab()
    opened(page, link(address, links.REPORT, say), say("report.holds"))
    expect(page.get_by_text(say("report.holds_late", count=7, unexplained=1))).to_be_visible()
    html, pdf, book = (downloaded(page, say(f"report.{name}"), tmp_path) for name in ("html", "pdf", "excel"))
    name = say("report.file_name", year=2010, month="09")
    assert [file.name for file in (html, pdf, book)] == [f"{name}.html", f"{name}.pdf", f"{name}.xlsx"]
    assert f'<html lang="{say.language}">' in html.read_text("utf-8")
    told = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf.read_bytes())).pages)
    assert say("report.corrections") in told
    assert openpyxl.load_workbook(book).sheetnames[0] == say("report.sheet_summary")
    assert not page.watched.faults and not page.watched.outside


@pytest.mark.parametrize("width", (1280, 390))
def test_the_file_opens_offline_draws_its_chart_and_asks_for_nothing(tab, address, tmp_path, width):
    page = tab()
    opened(page, f"{address}/informe", "Qué trae el informe")
    file = downloaded(page, "Página (HTML)", tmp_path)
    alone = tab(width=width)
    alone.context.set_offline(True)
    faults, asked = [], []
    alone.on(
        "console",
        lambda message: faults.append(message.text) if message.type in ("error", "warning") else None,
    )
    alone.on("pageerror", lambda error: faults.append(str(error)))
    alone.on("request", lambda request: asked.append(request.url))
    alone.remove_listener("request", alone.watched._note)
    alone.goto(file.as_uri())
    expect(alone.locator("#chart .main-svg").first).to_be_visible()
    alone.locator("#chart").hover()
    expect(alone.locator(".modebar-btn[data-title='Guardar como imagen']")).to_have_count(1)
    expect(alone.locator(".modebar-btn")).to_have_count(3)  # picture, zoom, back: none that uploads
    assert alone.evaluate("document.documentElement.scrollWidth") <= width
    assert alone.evaluate("document.fonts.check('16px \"IBM Plex Sans\"')")
    assert asked == [file.as_uri()] and not faults


def test_without_a_browser_on_the_server_the_pdf_button_gives_the_page_and_says_how_to_print(
    tab, tmp_path, monkeypatch
):
    monkeypatch.setenv("POA_BROWSER", "/nowhere/chrome")
    with dashboard(tmp_path) as own:
        page = tab()
        opened(page, f"{own}/informe", "Qué trae el informe")
        expect(page.get_by_text("Imprimir › Guardar como PDF").first).to_be_visible()
        assert downloaded(page, "PDF", tmp_path).suffix == ".html"


def test_a_day_in_the_address_tells_what_changed_since(tab, address):
    page = tab()
    opened(page, f"{address}/informe?{CORRECTED}", "Qué trae el informe")
    expect(page.get_by_role("row", name=re.compile("desde el 1 ago 2010.*correcciones: 1"))).to_be_visible()


def test_in_the_past_it_is_the_report_as_it_was_known_then(tab, address, tmp_path):
    page = tab()
    opened(page, f"{address}/informe?conocido=2010-07-20", "Qué trae el informe")
    expect(page.get_by_text("Con lo conocido al 20 jul 2010")).to_be_visible()
    told = downloaded(page, "Página (HTML)", tmp_path).read_text("utf-8")
    assert "Al cierre de junio de 2010" in told and "Con lo conocido al 20 jul 2010" in told


def test_before_any_progress_the_report_shows_the_plan(tab, address):
    page = tab()
    opened(page, f"{address}/informe?conocido=2010-01-15", "Qué trae el informe")
    expect(page.get_by_text("Antes del primer corte")).to_be_visible()


def test_the_matrix_too_goes_out_in_the_language_of_its_page(tab, address, say, tmp_path):
    page = tab()
    opened(page, link(address, links.MATRIX, say), say("matrix.heading", month=say.month(9)))
    assert openpyxl.load_workbook(downloaded(page, say("matrix.download"), tmp_path)).sheetnames == [
        say("page.matrix")
    ]
