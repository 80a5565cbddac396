"""The month of a division leader in a real browser: template, typing, slips, corrections, closing, the past, the plan."""

import csv
import io
import json
import re
import subprocess
import sys

import openpyxl
import pytest
from playwright.sync_api import expect
from serving import ROOT, chosen, dashboard, handed_in, opened, settled

CORRECTED = "4.1"  # the activity whose June the illustrative file of July corrects
SAYS = {
    "es": {"accept": "Aceptar 2 filas", "saved": "Guardado: 2 filas", "person": "Su nombre o cargo", "see": "Ver qué hará",
           "step": "Escribir el mes", "value": "Avance", "cause": "Causa", "xlsx": "Descargar plantilla (Excel)", "template": "Plantilla del mes", "consequence": "Si acepta"},
    "en": {"accept": "Accept 2 rows", "saved": "Saved: 2 rows", "person": "Your name or position", "see": "See what it will do",
           "step": "Type the month", "value": "Progress", "cause": "Cause", "xlsx": "Download template (Excel)", "template": "The month's template", "consequence": "If you accept"},
}  # fmt: skip


@pytest.fixture
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ledger")


@pytest.fixture
def address(folder):
    with dashboard(folder) as here:
        yield here


def named(page, label: str = "Su nombre o cargo", name: str = "Jefa de Catastro") -> None:
    page.get_by_label(label).fill(name)
    page.get_by_label(label).press("Tab")
    settled(page)


def choose(page, address, file, lang: str = "es") -> None:
    opened(page, f"{address}/cargar" + ("?lang=en" if lang == "en" else ""), SAYS[lang]["template"])
    handed_in(page, file, page.locator(".panel, .tiles").filter(has_not_text=re.compile("Qué necesita|What the file|Plantilla|template")).first)


def real(folder, name: str, *rows: str):
    file = folder / name
    file.write_text("\n".join(["codigo,mes,avance", *rows]) + "\n", "utf-8")
    return file


def loaded(page, address, file, button: str, reason: str = "") -> None:
    choose(page, address, file)
    if reason:
        page.get_by_label("Motivo").fill(reason)
        page.get_by_label("Motivo").press("Tab")
    named(page)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Guardado:")).to_be_visible()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_template_goes_out_is_filled_in_and_loads_without_a_word(tab, address, tmp_path, lang):
    page, say = tab(), SAYS[lang]
    opened(page, f"{address}/cargar" + ("?lang=en" if lang == "en" else ""), say["template"])
    with page.expect_download() as download:
        page.get_by_role("button", name=say["xlsx"]).click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.active
    header = [cell.value for cell in sheet[3]]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
    rows["R1"][header.index("avance")].value = 151506.01
    rows["1.1"][header.index("avance")].value = 30.2
    filled = tmp_path / "lleno.xlsx"
    book.save(filled)
    choose(page, address, filled, lang)
    expect(page.locator(".panel", has_text=say["consequence"])).to_be_visible()
    assert page.locator("ul li.cap").count() == 0  # not even a notice
    named(page, say["person"])
    page.get_by_role("button", name=say["accept"]).click()
    expect(page.get_by_text(say["saved"])).to_be_visible()
    assert page.watched.faults == []


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_month_is_typed_seen_and_saved_and_what_was_typed_survives_the_way_back(tab, address, lang):
    page, say = tab(), SAYS[lang]
    opened(page, f"{address}/cargar?vista=type" + ("&lang=en" if lang == "en" else ""), say["step"])
    for label, text in ((f"R1 EPS {say['value']}", "151,506.01"), (f"1.1 EPS {say['value']}", "30.2"), (f"1.1 EPS {say['cause']}", "Falta personal")):
        page.get_by_label(label).fill(text)  # and straight on: what was typed last goes with the click
    page.get_by_role("button", name=say["see"]).first.click()
    expect(page.get_by_text("Falta personal")).to_be_visible()
    page.get_by_role("button", name=re.compile("Volver a la tabla|Back to the table")).click()
    settled(page)
    page.get_by_role("button", name=say["see"]).first.click()
    expect(page.get_by_role("row", name=re.compile("^R1")).first).to_contain_text("151,506.01")
    expect(page.get_by_text("Falta personal")).to_be_visible()
    named(page, say["person"])
    page.get_by_role("button", name=say["accept"]).click()
    expect(page.get_by_text(say["saved"])).to_be_visible()
    assert page.watched.faults == []


def test_what_is_typed_stays_with_its_month_whatever_is_chosen_meanwhile(tab, address):
    page = tab(width=390, height=844)
    opened(page, f"{address}/cargar?vista=type", "Escribir el mes")
    value = page.get_by_label("R1 EPS Avance")
    expect(page.locator("label", has_text="R1 EPS Avance")).to_be_in_viewport()  # a phone shows what a field is for, filled or not
    value.fill("151,506.01")
    choices = ("Mes", "noviembre 2010"), ("División", "División de Catastro"), ("División", "Todas las divisiones"), ("Mes", "octubre 2010")
    for (label, option), stands in zip(choices, ("", None, "", "151,506.01"), strict=True):
        chosen(page, label, option)
        settled(page)
        if stands is None:
            expect(value).to_have_count(0)
        else:
            expect(value.last).to_have_value(stands)
    page.get_by_role("button", name="Ver qué hará").first.click()
    named(page)
    page.get_by_role("button", name="Aceptar 1 fila").click()
    page.get_by_role("button", name="Cargar otro archivo").click()
    expect(value).to_have_value("")  # what was accepted is typed no longer


def test_a_value_that_looks_like_a_slip_waits_for_a_yes(tab, address, tmp_path):
    page = tab()
    choose(page, address, real(tmp_path, "a.csv", "R1,2010-01,1860000"))
    expect(page.get_by_text("Por confirmar: 1 valor parece un error")).to_be_visible()
    named(page)
    page.get_by_role("button", name="Aceptar 1 fila").click()
    expect(page.get_by_text("marque que están bien")).to_be_visible()
    page.get_by_text("Revisé lo preguntado (1) y está bien").click()
    settled(page)
    page.get_by_role("button", name="Aceptar 1 fila").click()
    expect(page.get_by_text("Guardado: 1 filas")).to_be_visible()


def test_a_yes_to_one_file_is_none_to_the_next(tab, address, tmp_path):
    page = tab()
    choose(page, address, real(tmp_path, "a.csv", "R1,2010-01,1860000"))
    page.get_by_text("Revisé lo preguntado (1) y está bien").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.set_input_files("input[type=file]", real(tmp_path, "b.csv", "R1,2010-02,1820000"))
    expect(page.get_by_role("heading", name="b.csv")).to_be_visible()
    settled(page)
    expect(page.get_by_role("checkbox")).not_to_be_checked()


def test_a_correction_says_why_and_a_closed_month_asks_for_its_reason_and_lists_it(tab, address, tmp_path):
    page = tab()
    loaded(page, address, real(tmp_path, "a.csv", "R1,2010-01,186000", "1.1,2010-01,31"), "Aceptar 2 filas")
    opened(page, f"{address}/historial?vista=months", "Meses del año")
    page.get_by_role("row", name="Enero").get_by_role("link", name="Cerrar").click()
    named(page)
    page.get_by_role("button", name="Cerrar el mes").click()
    expect(page.get_by_text("Cerrado por Jefa de Catastro")).to_be_visible()

    choose(page, address, real(tmp_path, "b.csv", "R1,2010-01,185500.25"))
    expect(page.get_by_text("Cambia un mes cerrado (enero)")).to_be_visible()
    named(page)
    page.get_by_role("button", name="Aceptar 1 fila").click()
    expect(page.get_by_text("Escriba el motivo")).to_be_visible()
    page.get_by_label("Motivo (cambia un mes cerrado)").fill("Conciliación bancaria")
    page.get_by_label("Motivo (cambia un mes cerrado)").press("Tab")
    settled(page)
    page.get_by_role("button", name="Aceptar 1 fila").click()
    expect(page.get_by_text("Guardado: 1 filas")).to_be_visible()

    opened(page, f"{address}/historial?vista=changes", "Todo lo que cambió una cifra")
    page.get_by_text("Solo cambios después del cierre").click()
    row = page.get_by_role("row", name="R1 ene")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(re.compile("Corrige.*186,000.*185,500.25.*Conciliación bancaria", re.S))
    with page.expect_download() as download:
        page.get_by_role("button", name="Descargar la lista (CSV)").click()
    lines = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(lines) == 2 and lines[1][7:10] == ["186000.0", "185500.25", "Conciliación bancaria"]

    opened(page, f"{address}/historial?vista=months", "Meses del año")
    page.get_by_role("row", name="Enero").get_by_role("link", name="Reabrir").click()
    page.get_by_label("Por qué se reabre").fill("Falta un acta")
    named(page)
    page.get_by_role("button", name="Reabrir el mes").click()
    expect(page.get_by_role("row", name="Enero")).to_contain_text("Plazo vencido, sin cerrar")
    assert page.watched.faults == []


def test_the_past_is_seen_to_the_cent_said_on_every_page_carried_by_links_and_not_changed(tab, address):
    page = tab()
    opened(page, f"{address}/?conocido=2010-07-31", "Así se conocía el")
    expect(page.locator(".past")).to_contain_text("31 jul 2010")
    june = page.locator(".js-plotly-plot").evaluate("e => e.data.find(t => t.name === 'reportado').y.at(-1)")
    opened(page, address, "Cumplimiento del plan")
    opened(page, f"{address}/?corte=2010-06", "Cumplimiento del plan")
    assert june == page.locator(".js-plotly-plot").evaluate("e => e.data.find(t => t.name === 'reportado').y.at(-1)")
    for place in ("/indicadores", "/historial", "/como-se-calcula"):
        opened(page, f"{address}{place}?conocido=2010-07-31", "Así se conocía el")
    opened(page, f"{address}/cargar?conocido=2010-07-31", "en el pasado no se cambia nada")
    assert page.locator("input[type=file]").count() == 0
    page.get_by_role("link", name="Indicadores").click()
    expect(page).to_have_url(re.compile("conocido=2010-07-31"))
    page.get_by_role("button", name="Volver a hoy").click()
    expect(page.locator(".past")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("conocido"))
    assert page.watched.faults == []


def test_before_and_after_a_correction_the_screen_and_the_command_line_say_the_same_figure(tab, address, folder):
    page, told = tab(), []
    for day in ("2010-07-31", "2010-08-31"):  # the file of July corrected June on 8 August
        command = [sys.executable, "-m", "poa_core", "compliance", "--year", "2010", "--month", "6", "--known-at", day,
                   "--format", "json", "--database", str(folder / "poa.duckdb")]  # fmt: skip
        rows = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        reported = next(row["reported_to_date"] for row in rows if row["code"] == CORRECTED)
        opened(page, f"{address}/indicadores?actividad={CORRECTED}&corte=2010-06&conocido={day}", "¿Por qué este porcentaje?")
        expect(page.locator(".why .formula")).to_contain_text(f"= {reported:,.10g} ÷")
        told.append(reported)
    assert told[0] != told[1]


def test_a_month_is_closed_in_english_too(tab, address):
    page = tab()
    opened(page, f"{address}/historial?vista=months&lang=en", "Months of the year")
    page.get_by_role("row", name="March").get_by_role("link", name="Close").click()
    expect(page.get_by_text("1 programmed report of this month is missing.")).to_be_visible()
    named(page, "Your name or position")
    page.get_by_role("button", name="Close the month").click()
    expect(page.get_by_role("row", name="March")).to_contain_text("Closed by Jefa de Catastro")
    page.get_by_role("link", name="Reopen").click()
    named(page, "Your name or position")
    page.get_by_role("button", name="Reopen the month").click()
    expect(page.get_by_text("Write why the month is reopened")).to_be_visible()


def test_a_cause_and_a_measure_are_noted_on_the_indicators_page(tab, address):
    page = tab()
    opened(page, f"{address}/indicadores?actividad=5.2", "¿Por qué este porcentaje?")
    page.get_by_role("button", name="Anotar causa y medida").click()
    page.get_by_label("Causa", exact=True).fill("No hay presupuesto")
    page.get_by_label("Medida", exact=True).fill("Pedir ampliación")
    page.get_by_label("Su nombre o cargo").fill("Gerente")
    page.get_by_role("button", name="Guardar la nota").click()
    expect(page.locator(".poa").get_by_text("No hay presupuesto").first).to_be_visible()
    opened(page, address, "Requieren atención")
    expect(page.get_by_role("row", name="5.2")).to_contain_text("No hay presupuesto")
    expect(page.get_by_text("Avance ilustrativo")).to_be_visible()  # a note beside an illustration does not end it


def test_a_new_version_of_the_plan_shows_what_it_changes_and_asks_why(tab, address, tmp_path):
    page = tab()
    text = (ROOT / "data" / "plan.csv").read_text("utf-8-sig")
    changed = tmp_path / "plan.csv"
    changed.write_text(text.replace("suma,mayor,20,,,,,,,20,,,,,", "suma,mayor,25,,,,,,,20,,,5,,"), "utf-8")
    opened(page, f"{address}/cargar?vista=plan", "Qué archivos sirven")
    handed_in(page, changed, page.get_by_text("Si acepta"))
    expect(page.get_by_role("row", name="1.4 octubre")).to_contain_text("5")
    expect(page.get_by_role("row", name="1.4 meta")).to_contain_text("25")
    named(page)
    page.get_by_role("button", name="Aceptar el plan").click()
    expect(page.get_by_text("Escriba el motivo del cambio del plan.")).to_be_visible()
    page.get_by_label("Motivo del cambio").fill("Acuerdo de directorio 12")
    page.get_by_label("Motivo del cambio").press("Tab")
    settled(page)
    page.get_by_role("button", name="Aceptar el plan").click()
    expect(page.get_by_text("Cumplimiento del plan").first).to_be_visible()
    opened(page, f"{address}/indicadores?actividad=1.4", "¿Por qué este porcentaje?")
    expect(page.locator(".facts").first).to_contain_text("25")
    opened(page, f"{address}/historial?vista=changes", "Todo lo que cambió una cifra")
    expect(page.get_by_role("row", name="Cambia el plan").first).to_contain_text("Acuerdo de directorio 12")


def test_who_has_not_reported_can_be_copied(tab, address):
    page = tab()
    opened(page, address, "Quién ha reportado")
    page.get_by_role("button", name="Lista para copiar").click()
    expect(page.get_by_text("Falta reportar hasta setiembre:")).to_be_visible()
    expect(page.get_by_text("- Setiembre: 5.3 Detección de conexiones informales de Agua")).to_be_visible()


def test_the_outcome_is_told_by_the_localities_that_report_it(tab, address, tmp_path):
    page = tab()
    file = tmp_path / "local.csv"
    file.write_text("codigo,mes,avance,localidad\nR1,2010-06,110000,Puno\nR1,2010-06,55000,EPS\n", "utf-8")
    choose(page, address, file)
    expect(page.get_by_text("Por corregir: 1")).to_be_visible()  # a month is told whole or by locality, not both
    chosen_file = tmp_path / "local2.csv"
    chosen_file.write_text("codigo,mes,avance,localidad\nR1,2010-06,165000,Puno\n", "utf-8")
    loaded(page, address, chosen_file, "Aceptar 1 fila")
    opened(page, address, "Cumplimiento del plan")
    expect(page.get_by_text("Por localidad, junio:")).to_contain_text("Puno")
    chosen(page, "Localidad", "Localidad: Puno")
