"""A month is loaded, seen to move the chart in every open tab, refused twice, taken back, loaded again."""

import json
import re
import subprocess
import sys

from playwright.sync_api import expect
from serving import ROOT, accepted, opened, settled, tried, written

NAME = "Jefa de Cobranza"
OCTOBER = ROOT / "data" / "try" / "2010-10.csv"


def figures(page, address) -> list[str]:
    opened(page, f"{address}/?corte=2010-09", "Cumplimiento del plan")
    return [page.locator(".headline b").inner_text(), *page.locator(".bar-row .value").all_inner_texts(),
            page.locator(".sentence").inner_text()]  # fmt: skip


def asked(folder, *arguments: str):
    command = [
        sys.executable,
        "-m",
        "poa_core",
        *arguments,
        "--database",
        str(folder / "poa.duckdb"),
        "--format",
        "json",
    ]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def test_a_month_is_loaded_seen_everywhere_refused_twice_withdrawn_and_loaded_again(
    tab, own_address, own_folder
):
    page, watching = tab(), tab()
    before = figures(page, own_address)
    opened(watching, own_address, "Cumplimiento del plan")
    expect(watching.locator(".sentence")).to_contain_text("S/ 159,394")

    tried(page, own_address, OCTOBER)
    expect(page.get_by_text("Corregido: 1 valor cambia un mes ya reportado")).to_be_visible()
    row = page.get_by_role("row", name="R1 Cartera morosa en promedio Ago")
    expect(row.locator("s")).to_have_text("163,678.44")
    expect(row).to_contain_text("164,836.68")
    expect(page.get_by_text("Nuevos: 5 valores")).to_be_visible()
    panel = page.locator(".panel", has_text="Si acepta")
    expect(panel).to_contain_text(re.compile("set S/.159,393.71.*→ octubre S/.151,506.01", re.S))
    expect(panel).to_contain_text("79.6 %→81.3 %")

    accepted(page, 6, person=NAME)
    expect(watching.locator(".sentence")).to_contain_text("S/ 151,506")
    expect(watching.locator(".js-plotly-plot").get_by_text("S/ 151,506")).to_be_visible()

    page.get_by_role("button", name="Cargar otro archivo").click()
    tried(page, own_address, OCTOBER)
    expect(page.locator(".panel", has_text="Ya está cargado")).to_contain_text(
        "Este avance ya está cargado: lo cargó Jefa de Cobranza"
    )
    assert page.get_by_role("button", name="Aceptar").count() == 0

    opened(page, f"{own_address}/historial", "Historial de cargas")
    page.get_by_role("link", name="Ver la carga 2010-10.csv").click()
    written(page, "Su nombre o cargo", NAME)
    page.get_by_text("Entiendo que sus valores dejan de contar").click()
    page.get_by_role("button", name="Deshacer esta carga").click()
    expect(page.get_by_text("deshecha por Jefa de Cobranza").first).to_be_visible()
    assert figures(page, own_address) == before
    expect(watching.locator(".sentence")).to_contain_text("S/ 159,394")

    tried(page, own_address, OCTOBER)
    accepted(page, 6, person=NAME)
    assert page.watched.faults == watching.watched.faults == []


def test_the_command_line_agrees_with_the_screen_while_the_dashboard_is_up(tab, address, folder):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    outcome = asked(folder, "outcome", "--year", "2010", "--month", "9")
    chart = page.locator(".js-plotly-plot")
    drawn = chart.evaluate("e => e.data.find(t => t.name === 'reportado').y.at(-1)")
    path = chart.evaluate("e => e.data.find(t => t.name === 'programado').y[9]")
    assert round(drawn, 2) == round(outcome["reported"], 2)
    assert round(path, 2) == round(outcome["path"], 2)
    shown = dict(
        zip(
            page.locator(".bar-row .code").all_inner_texts(),
            page.locator(".bar-row .value").all_inner_texts(),
            strict=True,
        )
    )
    for row in asked(folder, "compliance", "--year", "2010", "--month", "9"):
        figure = "—" if row["compliance"] is None else f"{round(row['compliance'] * 100, 1)}\u00a0%"
        assert shown[row["code"]] == figure
    plan = asked(folder, "rollup", "--by", "plan", "--year", "2010", "--month", "9")[0]
    assert page.locator(".headline b").inner_text() == f"{round(plan['compliance'] * 100, 1)}\u00a0%"


def test_starting_with_no_progress_shows_the_plan_as_its_source_has_it(tab, own_address):
    page = tab()
    opened(page, own_address, "Avance ilustrativo")
    page.get_by_role("button", name="Empezar sin avance").click()
    expect(page.get_by_text("El plan: 14 actividades programadas")).to_be_visible()
    settled(page)
    expect(page.locator(".sentence")).to_contain_text("Aún no hay avance cargado")
    expect(page.locator(".sentence")).to_contain_text("S/ 4,167 al mes")
    expect(page.get_by_text("líder: Ing. Víctor Manuel Huamaní Díaz")).to_be_visible()
    assert page.get_by_text("Avance ilustrativo").count() == 0
    expect(page.locator(".squares .on")).to_have_count(12 * 2 + 2 + 1 + 3 + 2 + 2 + 2 + 4 * 3 + 1 + 1 + 4)


def test_the_first_real_file_says_that_it_takes_the_illustration_away(tab, own_address, tmp_path):
    real = tmp_path / "enero.csv"
    real.write_text("codigo;mes;avance\nR1;2010-01;186000,75\n1.1;2010-01;31,5\n", "utf-8")
    page = tab()
    tried(page, own_address, real)
    expect(page.locator(".panel", has_text="Si acepta")).to_contain_text(
        "al aceptarlo se retira el avance ilustrativo (9 cargas)"
    )
    accepted(page, 2, person=NAME)
    opened(page, own_address, "Cumplimiento del plan")
    expect(page.locator(".sentence")).to_contain_text("S/ 186,001")
    assert page.get_by_text("Avance ilustrativo").count() == 0


def test_numbers_that_can_be_read_two_ways_are_asked_for(tab, address, tmp_path):
    unclear = tmp_path / "dudoso.csv"
    unclear.write_text("codigo,mes,avance\n4.1,2010-03,1.525\n", "utf-8")
    page = tab()
    tried(page, address, unclear)
    page.get_by_role("button", name="Con coma: 1.525,50").click()
    expect(page.get_by_role("row", name="4.1").first).to_contain_text("1,525")


def test_text_from_a_file_is_shown_and_never_runs(tab, own_address, tmp_path):
    hostile = tmp_path / "raro.csv"
    cause = "<script>document.title='x'</script> ![p](http://127.0.0.2/p.png) :red[x] $y$ =1+1"
    hostile.write_text(f'codigo,mes,avance,causa\n2.1,2010-06,1,"{cause}"\n', "utf-8")
    page = tab()
    tried(page, own_address, hostile)
    expect(page.get_by_text("<script>document.title='x'</script>")).to_be_visible()
    accepted(page, 1, person=NAME)
    opened(page, f"{own_address}/indicadores?actividad=2.1", "¿Por qué este porcentaje?")
    expect(page.get_by_text("![p](http://127.0.0.2/p.png) :red[x] $y$ =1+1").first).to_be_visible()
    assert page.title() != "x"
    assert page.watched.outside == []
