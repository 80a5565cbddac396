"""Every page in every theme, size and language: nothing axe finds but Streamlit's own, no console error,
nothing sideways.
"""

import pytest
from judging import OF_COLOUR, found
from playwright.sync_api import expect
from serving import opened, settled

PAGES = {
    "/": "Cumplimiento del plan",
    "/indicadores": "actividades a",
    "/indicadores?actividad=5.3": "¿Por qué este porcentaje?",
    "/indicadores?actividad=1.1": "¿Por qué este porcentaje?",
    "/responsables": "Cumplimiento por división",
    "/matriz": "Matriz del plan",
    "/cargar": "Plantilla del mes",
    "/cargar?vista=type": "Ver qué hará",
    "/cargar?vista=plan": "Plan",
    "/historial": "Cargas",
    "/?conocido=2010-01-15": "Aún no hay avance",
    "/indicadores?conocido=2010-01-15": "Indicadores",
    "/responsables?conocido=2010-01-15": "Aún no hay avance",
    "/matriz?conocido=2010-01-15": "Matriz del plan",
    "/historial?vista=months": "Meses",
    "/historial?vista=changes": "Cambios",
    "/historial?vista=novedades": "Cargas",
    "/como-se-calcula": "De dónde sale el plan",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_nothing_from_anyone_by_day_or_by_night(tab, address, path):
    page = tab()
    opened(page, address + path, PAGES[path])
    assert found(page) == {}
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    settled(page)
    assert found(page, *OF_COLOUR) == {}
    assert page.watched.faults == []
    assert page.watched.outside == []
    expect(page.locator("html")).to_have_attribute("lang", "es")


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_in_english_gets_the_same_and_never_scrolls_sideways(tab, address, path):
    page = tab(390, 844, "dark")
    opened(page, f"{address}{path}{'&' if '?' in path else '?'}lang=en", "EN")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert found(page) == {}
    assert page.watched.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_small_print_can_be_read_before_streamlits_last_script_is_there(tab, address):
    page, held = tab(), []
    page.route("**/static/js/Html.*", lambda asked: held.append(asked))  # what draws st.html
    opened(page, address, PAGES["/"])
    assert held
    expect(page.locator(".st-key-who").get_by_test_id("stCaptionContainer")).to_have_css(
        "opacity", "1"
    )  # Streamlit's own is paler
