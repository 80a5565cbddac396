"""A filtered view is an address: it can be sent, and survives a change of page."""

import re

from playwright.sync_api import expect
from serving import chosen, opened, settled


def rows(page) -> list[str]:
    settled(page)
    return page.locator(".bar-row .code").all_inner_texts()


def test_filtering_by_locality_and_division_stands_in_the_address_and_opens_the_same_elsewhere(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    chosen(page, "Localidad", "Localidad: Puno")
    expect(page.locator(".bar-row")).to_have_count(2)
    expect(page).to_have_url(f"{address}/?localidad=puno")
    other = tab()
    opened(other, page.url, "Cumplimiento de lo filtrado")
    assert rows(other) == rows(page) == ["2.1", "2.2"]

    chosen(page, "Localidad", "Localidad: todas")
    chosen(page, "Responde", "Catastro y Medición de Consumos")
    expect(page.locator(".bar-row")).to_have_count(3)
    expect(page).to_have_url(f"{address}/?responde=division-de-catastro-y-medicion-de-consumos")
    third = tab()
    opened(third, page.url, "Cumplimiento de lo filtrado")
    assert rows(third) == rows(page) == ["3.1", "3.2", "5.3"]
    assert (
        third.locator(".headline b").inner_text() == page.locator(".headline b").inner_text() == "86.0\u00a0%"
    )


def test_a_filter_survives_a_change_of_page_and_the_outcome_stays_whole(tab, address):
    page = tab()
    opened(page, f"{address}/?objetivo=2&corte=2010-06", "Cumplimiento de lo filtrado")
    assert rows(page) == ["2.1", "2.2"]
    expect(page.locator(".sentence")).to_contain_text("S/ 171,518")
    page.get_by_role("link", name="Indicadores").first.click()
    expect(page.get_by_text("2 actividades a junio")).to_be_visible()
    expect(page).to_have_url(f"{address}/indicadores?corte=2010-06&objetivo=2")


def test_an_activity_clicked_opens_its_detail_and_back_returns(tab, address):
    page = tab()
    opened(
        page,
        f"{address}/?responde=division-de-catastro-y-medicion-de-consumos",
        "Cumplimiento de lo filtrado",
    )
    page.locator(".bar-row", has_text="5.3").click()
    expect(page.get_by_text("¿Por qué este porcentaje?")).to_be_visible()
    expect(page).to_have_url(
        f"{address}/indicadores?responde=division-de-catastro-y-medicion-de-consumos&actividad=5.3"
    )
    expect(page.locator(".formula")).to_contain_text("(18 + 21 + 19) ÷ (25 + 25 + 25 + 25) = 58 ÷ 100")
    page.go_back()
    expect(page.get_by_text("Cumplimiento de lo filtrado").first).to_be_visible()
    expect(page.locator(".bar-row")).to_have_count(3)


def test_a_filter_nobody_answers_to_says_so(tab, address):
    page = tab()
    opened(page, f"{address}/?localidad=puno&objetivo=5", "Cumplimiento de lo filtrado")
    expect(page.get_by_text("Ninguna actividad responde a estos filtros")).to_be_visible()


def test_an_address_that_names_what_is_not_there_shows_everything(tab, address):
    page = tab()
    opened(page, f"{address}/?localidad=atlantida&corte=2031-44&responde=nadie", "Cumplimiento del plan")
    expect(page.locator(".bar-row")).to_have_count(14)


def test_the_filters_change_language_with_the_page(tab, address):
    page = tab()
    opened(page, f"{address}/?localidad=puno", "Cumplimiento de lo filtrado")
    page.get_by_role("radio", name="EN").or_(page.get_by_role("button", name="EN", exact=True)).first.click()
    expect(page.get_by_text("Compliance of what is filtered")).to_be_visible()
    for label, shown in (
        ("Locality", "Locality: Puno"),
        ("Cut-off", "Latest month reported"),
        ("Objective", "Objective: all"),
    ):
        expect(page.get_by_role("combobox", name=label)).to_have_value(shown)
    expect(page).to_have_url(f"{address}/?localidad=puno&lang=en")


def test_a_count_filters_by_its_status_stands_in_the_address_and_leaves_the_figures_whole(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    whole = page.locator(".headline b").inner_text()
    page.locator(".counts a.behind").click()
    expect(page.locator(".bar-row")).to_have_count(3)
    expect(page).to_have_url(f"{address}/?estado=atrasada")
    assert page.locator(".headline b").inner_text() == whole
    expect(page.locator(".counts a")).to_have_count(4)
    page.get_by_role("link", name="Indicadores").click()
    expect(page.get_by_text("3 actividades a setiembre")).to_be_visible()
    page.locator(".head a.off").click()
    expect(page.get_by_text("14 actividades a setiembre")).to_be_visible()
    expect(page).to_have_url(f"{address}/indicadores")


def test_the_summary_is_copied_as_plain_text(tab, address):
    page = tab()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, address, "Cumplimiento del plan")
    page.get_by_role("button", name="Copiar resumen").click()
    expect(page.get_by_role("button", name="Copiado")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[1].startswith("Cartera morosa en promedio: Cerró setiembre en S/")
    assert "79.6" in copied[2]
    assert copied[4].startswith("- 5.2") and "sin reporte" in copied[4]
    assert not [line for line in copied if "**" in line or "~~" in line]


def test_what_changed_since_the_last_meeting_is_a_click_away(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    page.get_by_role("link", name="Qué cambió desde la última reunión").click()
    expect(page).to_have_url(
        re.compile(r"/historial\?vista=\w[\w-]*&desde=\d{4}-\d\d-\d\d$|/historial\?desde=.*&vista=")
    )
    page.go_back()
    expect(page.get_by_text("Cumplimiento del plan").first).to_be_visible()
