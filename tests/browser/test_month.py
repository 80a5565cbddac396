"""The month of a division leader in a real browser: as a file, as the filled-in template, typed; slips;
localities.
"""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect
from serving import (
    PERSON,
    ROOT,
    SPANISH,
    accept,
    accepted,
    chosen,
    in_english,
    in_spanish,
    link,
    opened,
    progress,
    settled,
    tried,
    written,
)

from poa_core import links
from poa_core.cli.main import main


@in_english
def test_the_template_goes_out_is_filled_in_and_loads_without_a_word(tab, own_address, tmp_path, say):
    page = tab()
    opened(page, link(own_address, links.UPLOAD, say), say("template.heading"))
    with page.expect_download() as download:
        page.get_by_role("button", name=say("template.xlsx")).click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.active
    header = [cell.value for cell in sheet[3]]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
    rows["R1"][header.index("avance")].value = 151506.01
    rows["1.1"][header.index("avance")].value = 30.2
    filled = tmp_path / "lleno.xlsx"
    book.save(filled)
    tried(page, own_address, filled, say)
    expect(page.locator(".panel", has_text=say("consequence.heading"))).to_be_visible()
    assert page.locator("ul li.cap").count() == 0  # not even a notice
    accepted(page, 2, say)
    assert page.watched.faults == []


@in_english
def test_a_month_is_typed_seen_and_saved_and_what_was_typed_survives_the_way_back(tab, own_address, say):
    page, value, cause = tab(), say("type.value"), say("type.cause")
    opened(page, link(own_address, links.UPLOAD, say, vista="type"), say("upload.step_fill"))
    for label, text in (
        (f"R1 EPS {value}", "151,506.01"),
        (f"1.1 EPS {value}", "30.2"),
        (f"1.1 EPS {cause}", "Falta personal"),
    ):
        page.get_by_label(label).fill(text)  # and straight on: what was typed last goes with the click
    page.get_by_role("button", name=say("type.see")).first.click()
    expect(page.get_by_text("Falta personal")).to_be_visible()
    page.get_by_role("button", name=say("upload.back_to_table")).click()
    settled(page)
    page.get_by_role("button", name=say("type.see")).first.click()
    expect(page.get_by_role("row", name=re.compile("^R1")).first).to_contain_text("151,506.01")
    expect(page.get_by_text("Falta personal")).to_be_visible()
    accepted(page, 2, say)
    assert page.watched.faults == []


def test_what_is_typed_stays_with_its_month_whatever_is_chosen_meanwhile(tab, own_address):
    page = tab(width=390, height=844)
    opened(page, f"{own_address}/cargar?vista=type", "Escribir el mes")
    value = page.get_by_label("R1 EPS Avance")
    expect(
        page.locator("label", has_text="R1 EPS Avance")
    ).to_be_in_viewport()  # a phone shows what a field is for, filled or not
    value.fill("151,506.01")
    choices = (
        ("Mes", "noviembre 2010"),
        ("División", "División de Catastro"),
        ("División", "Todas las divisiones"),
        ("Mes", "octubre 2010"),
    )
    for (label, option), stands in zip(choices, ("", None, "", "151,506.01"), strict=True):
        chosen(page, label, option)
        settled(page)
        if stands is None:
            expect(value).to_have_count(0)
        else:
            expect(value.last).to_have_value(stands)
    page.get_by_role("button", name="Ver qué hará").first.click()
    accepted(page, 1)
    page.get_by_role("button", name="Cargar otro archivo").click()
    expect(value).to_have_value("")  # what was accepted is typed no longer


@in_spanish
def test_a_value_that_looks_like_a_slip_waits_for_a_yes(tab, own_address, tmp_path, say):
    page = tab()
    tried(page, own_address, progress(tmp_path, "a.csv", "R1,2010-01,1860000"), say)
    expect(page.get_by_text(say("upload.question_one"))).to_be_visible()
    written(page, say("upload.person"), PERSON)
    accept(page, 1, say)
    expect(page.get_by_text(say("upload.confirm_first"))).to_be_visible()
    page.get_by_text(say("upload.confirm", count=1)).click()
    settled(page)
    accepted(page, 1, say)


@in_spanish
def test_a_yes_to_one_file_is_none_to_the_next(tab, address, tmp_path, say):
    page = tab()
    tried(page, address, progress(tmp_path, "a.csv", "R1,2010-01,1860000"), say)
    page.get_by_text(say("upload.confirm", count=1)).click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.set_input_files("input[type=file]", progress(tmp_path, "b.csv", "R1,2010-02,1820000"))
    expect(page.get_by_role("heading", name="b.csv")).to_be_visible()
    settled(page)
    expect(page.get_by_role("checkbox")).not_to_be_checked()


@pytest.fixture
def listed(own_folder):
    """The source plan where the outcome is reported by Puno, before the dashboard opens it."""
    heads, database = own_folder / "processes.csv", ["--database", str(own_folder / "poa.duckdb")]
    header, row = (ROOT / "data" / "processes.csv").read_text("utf-8-sig").strip().split("\n")
    heads.write_text(f"{header.strip()},localidades\n{row.strip()},Puno\n", "utf-8")
    assert main(["load", *database]) == 0
    assert main(["load", "--processes", str(heads), "--reason", "se informa por localidad", *database]) == 0


def test_the_outcome_is_told_by_the_localities_that_report_it(listed, tab, own_address, tmp_path):
    page, whole, local = tab(), tmp_path / "ambos.csv", tmp_path / "puno.csv"
    whole.write_text("codigo,mes,avance,localidad\nR1,2010-06,110000,Puno\nR1,2010-06,55000,EPS\n", "utf-8")
    tried(page, own_address, whole)
    expect(
        page.get_by_text("Por corregir: 1")
    ).to_be_visible()  # a month is told whole or by locality, not both
    local.write_text("codigo,mes,avance,localidad\nR1,2010-06,165000,Puno\n", "utf-8")
    tried(page, own_address, local)
    accepted(page, 1)
    opened(page, link(own_address, links.OVERVIEW, SPANISH), "Cumplimiento del plan")
    expect(page.get_by_text("Por localidad, junio:")).to_contain_text("Puno")
    chosen(page, "Localidad", "Localidad: Puno")
