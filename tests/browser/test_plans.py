"""Several utilities, processes and years in one dashboard: one is shown, chosen in the frame, named by the
address.
"""

import re

import pytest
from playwright.sync_api import expect
from serving import ROOT, SPANISH, chosen, opened, settled

from poa_core.cli.main import main

SOURCE = "2010,EPS Puno,Gerencia Comercial"
OTHERS = (
    "2011,EPS Puno,Gerencia Comercial",
    "2010,EPS Juliaca,Gerencia Comercial",
    "2010,EPS Juliaca,Gerencia de Operaciones",
)


def loaded(folder) -> None:
    """The source plan with its illustrative year, brought back among three plans more without progress."""
    for name in ("processes.csv", "plan.csv"):
        header, rows = (ROOT / "data" / name).read_text("utf-8-sig").split("\n", 1)
        (folder / name).write_text(
            "\n".join([header, *(rows.strip().replace(SOURCE, other) for other in OTHERS)]) + "\n", "utf-8"
        )
    database = ["--database", str(folder / "poa.duckdb")]
    assert main(["load", *database]) == 0
    assert (
        main(
            [
                "load",
                "--processes",
                str(folder / "processes.csv"),
                "--plan",
                str(folder / "plan.csv"),
                *database,
            ]
        )
        == 0
    )
    assert main(["bring-back", "--year", "2010", "--entity", "EPS Puno", *database]) == 0


@pytest.fixture(scope="module")
def address(server, folder):
    loaded(folder)
    with server.serving(folder) as here:
        yield here


def test_the_plan_chosen_is_the_one_shown_and_stands_in_the_address(tab, address):
    page = tab()
    opened(page, address, "Plan Operativo Anual 2011")
    chosen(page, SPANISH("filter.year"), "2010")
    expect(page.locator(".sentence", has_text="S/ 159,394")).to_be_visible()
    expect(page).to_have_url(f"{address}/?entidad=eps-puno&proceso=gerencia-comercial&anio=2010")
    chosen(page, SPANISH("filter.entity"), "EPS Juliaca")
    expect(page.locator(".st-key-head", has_text="EPS Juliaca")).to_be_visible()
    expect(page.locator(".sentence", has_text="Aún no hay avance")).to_be_visible()
    expect(page.get_by_role("combobox", name=SPANISH("filter.year"))).to_have_count(0)
    chosen(page, SPANISH("filter.process"), "Gerencia de Operaciones")
    expect(page).to_have_url(f"{address}/?entidad=eps-juliaca&proceso=gerencia-de-operaciones&anio=2010")
    expect(page.locator(".st-key-head", has_text="Gerencia de Operaciones")).to_be_visible()
    other = tab()
    opened(other, page.url, "Plan Operativo Anual 2010")
    expect(other.locator(".st-key-head", has_text="EPS Juliaca · Gerencia de Operaciones")).to_be_visible()


def test_a_page_left_for_another_keeps_the_plan_and_a_link_taken_aside_does_too(tab, address):
    page = tab()
    opened(page, f"{address}/?entidad=eps-puno&anio=2010&corte=2010-06", "Plan Operativo Anual 2010")
    page.get_by_role("link", name="Responsables").first.click()
    expect(page).to_have_url(
        f"{address}/responsables?entidad=eps-puno&proceso=gerencia-comercial&anio=2010&corte=2010-06"
    )
    page.get_by_role("link", name="Resumen").first.click()
    expect(page.get_by_text("Cumplimiento del plan").first).to_be_visible()
    settled(page)
    with page.context.expect_page() as aside:
        page.locator(".bar-row", has_text="5.3").click(modifiers=["Control"])
    expect(aside.value.get_by_text(SPANISH("why.heading"))).to_be_visible(timeout=30_000)
    expect(aside.value.locator(".st-key-head", has_text="2010")).to_be_visible()
    assert "anio=2010" in aside.value.url and "corte=2010-06" in aside.value.url


def test_a_page_of_the_menu_taken_aside_shows_the_same_plan_and_cut_off(tab, address):
    page = tab()
    opened(
        page,
        f"{address}/indicadores?entidad=eps-puno&anio=2010&corte=2010-06&actividad=5.3&lang=en",
        "Why this percentage?",
    )
    with page.context.expect_page() as aside:
        page.get_by_test_id("stHeader").get_by_role("link", name="Divisions").click(button="middle")
    expect(aside.value.locator(".st-key-head", has_text="2010")).to_be_visible(timeout=30_000)
    expect(aside.value).to_have_url(
        f"{address}/responsables?entidad=eps-puno&proceso=gerencia-comercial&anio=2010&corte=2010-06&lang=en"
    )


def test_a_link_to_a_plan_that_is_not_here_says_so(tab, address):
    page = tab()
    opened(page, f"{address}/?entidad=eps-puno&anio=1999", SPANISH("plan_choice.unknown"))
    expect(page.locator(".st-key-head", has_text="2011")).to_be_visible()


def test_what_is_typed_for_one_plan_is_no_other_plans(tab, address):
    page = tab()
    here = f"{address}/cargar?vista=type&entidad=eps-puno&anio="
    opened(page, here + "2010", SPANISH("type.see"))
    field = page.get_by_label(re.compile(rf"^5\.3 .*{SPANISH('type.value')}")).first
    field.fill("77")
    field.press("Tab")
    settled(page)
    chosen(page, SPANISH("filter.year"), "2011")
    expect(page).to_have_url(re.compile("anio=2011"))
    settled(page)
    expect(field).to_have_value("")
    chosen(page, SPANISH("filter.year"), "2010")
    expect(page).to_have_url(re.compile("anio=2010"))
    settled(page)
    expect(field).to_have_value("77")


def test_a_phone_has_the_choice_in_one_row(tab, address):
    page = tab(390, 844)
    opened(page, f"{address}/?entidad=eps-puno&anio=2010", "Plan Operativo Anual 2010")
    tops = {
        round(page.get_by_role("combobox", name=SPANISH(f"filter.{noun}")).bounding_box()["y"])
        for noun in ("entity", "year")
    }
    assert len(tops) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
