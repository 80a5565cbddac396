"""Every page in every theme, size and language: nothing axe finds but Streamlit's own, no console error,
nothing sideways.
"""

from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
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
# Streamlit's own: its sparkline, its date field's segments, its uploader, a grid with its index shown.
STREAMLITS_OWN = {"svg-img-alt", "target-size", "presentation-role-conflict", "empty-table-header"}


@cache
def axe() -> Axe:
    return Axe()


# What a run left standing fades in again over a moment: its contrast is judged when it stands.
STANDS = """() => document.querySelector("[data-test-script-state=notRunning]")
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]")
    && document.getAnimations().every(a => !(a instanceof CSSTransition) || a.playState !== "running")"""

# How much of the page is below the window's edge.
BELOW = """() => Math.max(...[
    ...document.querySelectorAll("[data-testid=stMain], [data-testid=stSidebarContent]")]
    .map(e => e.scrollHeight - e.clientHeight))"""
# Counts what goes stale, fades or is only now drawn, from here on: a block's script may come after the run's
# end.
WATCHED = """() => {
    window.poaMoved = 0;
    if (window.poaWatched) return;
    window.poaWatched = new MutationObserver(() => window.poaMoved++);
    window.poaWatched.observe(document.querySelector("[data-testid=stMain]"),
        {subtree: true, childList: true, attributeFilter: ["data-stale"]});
    document.addEventListener("transitionrun", () => window.poaMoved++, true);
}"""
LOOKS = 5  # a page that never stands still is judged as it is


def standing_in_the_window(page) -> None:
    """Wait until the page stands, in a window that holds all of it: what is below the edge is not judged for
    its contrast.
    """
    for _ in range(LOOKS):
        page.wait_for_function(STANDS)
        below = page.evaluate(BELOW)
        if not below:
            return
        page.set_viewport_size({**page.viewport_size, "height": page.viewport_size["height"] + below})


def found(page) -> dict[str, list[str]]:
    """Rule -> what breaks it, but for Streamlit's own, of a page that stood still and whole while it was
    judged.
    """
    for _ in range(LOOKS):
        standing_in_the_window(page)
        page.evaluate(WATCHED)
        answer = axe().run(page).response
        if not page.evaluate("window.poaMoved") and not page.evaluate(BELOW):
            break
    return {
        v["id"]: [f"{node['html'][:160]} {node['failureSummary']}" for node in v["nodes"]]
        for v in answer["violations"] if v["id"] not in STREAMLITS_OWN
    }  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_nothing_from_anyone_by_day_or_by_night(tab, address, path):
    page = tab()
    opened(page, address + path, PAGES[path])
    assert found(page) == {}
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    settled(page)
    assert found(page) == {}
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
