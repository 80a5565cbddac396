"""What executives see first: the outcome beside each indicator's compliance, without scrolling."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect
from serving import ROOT, opened, settled

STATUS_WORDS = {"Cumplida", "En riesgo", "Atrasada", "Sin reporte", "Aún no vence", "Adelantada", "Sin meta"}
PAGES = {
    "/": "Cumplimiento del plan",
    "/indicadores": "14 actividades a setiembre",
    "/cargar": "Elegir archivo",
    "/historial": "Historial de cargas",
    "/como-se-calcula": "Silencio no es cero",
}
PICTURE = ROOT / ".github" / "overview.png"


def bottom(locator) -> float:
    box = locator.bounding_box()
    return box["y"] + box["height"]


def test_the_first_screenful_answers_without_scrolling(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    chart = page.locator(".js-plotly-plot")
    expect(chart.get_by_text("S/ 187,000")).to_be_visible()
    expect(chart.get_by_text("S/ 137,000")).to_be_visible()
    expect(chart.get_by_text("programado (recta supuesta)")).to_be_visible()
    rows = page.locator(".bar-row")
    expect(rows).to_have_count(14)
    assert bottom(rows.last) < 780
    assert bottom(chart) < 780
    assert page.watched.faults == []
    assert page.watched.outside == []


def test_a_status_is_word_icon_and_colour(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    for row in page.locator(".bar-row").all():
        chip = row.locator(".st")
        assert chip.inner_text().strip() in STATUS_WORDS
        assert chip.locator(".ic").count() == 1
        assert chip.evaluate("e => getComputedStyle(e).color") != page.locator("h1").first.evaluate(
            "e => getComputedStyle(e).color"
        )


def test_the_reported_line_has_a_point_for_each_month_reported(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    reported = page.locator(".js-plotly-plot").evaluate(
        "e => e.data.find(t => t.name === 'reportado').y.length"
    )
    assert reported == 10  # the baseline and nine months


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_a_page_opened_by_its_address_shows_itself_and_nothing_else(tab, address, path, heading):
    page = tab()
    opened(page, address + path, heading)
    others = [text for other, text in PAGES.items() if other != path]
    main = page.get_by_test_id("stMain")
    for text in others:
        assert main.get_by_text(text, exact=True).count() == 0
    assert page.watched.faults == []
    assert page.watched.outside == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_scrolls_down_and_never_sideways(tab, address, path, theme):
    page = tab(390, 844, theme)
    opened(page, address + path, PAGES[path])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_sentence_and_the_chart_stand_in_the_first_screen(tab, address):
    page = tab(390, 844)
    opened(page, address, "Cumplimiento del plan")
    expect(page.locator(".sentence")).to_be_in_viewport()
    chart = page.locator(".js-plotly-plot").bounding_box()
    assert chart["y"] + chart["height"] < 844


def test_a_change_of_filter_moves_the_chart_that_stands_and_draws_no_other(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    chart = page.locator(".js-plotly-plot")
    expect(chart.get_by_text("S/ 159,394")).to_be_visible()
    chart.locator(".main-svg").first.evaluate("e => { e.dataset.stands = 'yes' }")
    page.get_by_test_id("stSelectbox").first.click()
    page.get_by_role("option", name="Corte: ago 2010").click()
    expect(chart.get_by_text("S/ 163,678")).to_be_visible()
    assert chart.locator("[data-stands=yes]").count() == 1


def test_a_chart_that_cannot_be_drawn_is_said_in_words(tab, address):
    page = tab()
    page.route("**/poa/plotly-*", lambda route: route.abort())
    opened(page, address, "Cumplimiento del plan")
    expect(page.get_by_role("figure")).to_contain_text("Setiembre S/\u00a0159,394")


def test_a_chart_follows_the_width_of_the_window(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    chart = page.locator(".js-plotly-plot")
    expect(chart.get_by_text("S/ 159,394")).to_be_visible()
    page.set_viewport_size({"width": 900, "height": 800})
    page.wait_for_function(
        "() => { const e = document.querySelector('.poa-chart'); return e.clientWidth < 500 && "
        "e._fullLayout.width === e.clientWidth }"
    )


def test_the_picture_of_the_readme_is_the_overview(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    expect(page.locator(".js-plotly-plot .xtick").first).to_be_visible()
    picture = page.screenshot()
    if os.environ.get("POA_PICTURE"):
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_bytes(picture)
    assert size(PICTURE) == size_of(picture) == (1280, 800)


def size(path: Path) -> tuple[int, int]:
    return size_of(path.read_bytes())


def size_of(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_english_is_one_click_away_and_stays_in_the_address(tab, address):
    page = tab()
    opened(page, address, "Cumplimiento del plan")
    page.get_by_role("radio", name="EN").or_(page.get_by_role("button", name="EN", exact=True)).first.click()
    expect(page.get_by_text("Plan compliance").first).to_be_visible()
    expect(page).to_have_url(f"{address}/?lang=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    settled(page)
    shown = page.get_by_test_id("stMain").inner_text()
    for word in ("Cumplida", "Atrasada", "Sin reporte", "setiembre", "Responde"):
        assert word not in shown
    opened(page, address, "Plan compliance")  # and is remembered for the next visit
    page.get_by_role("radio", name="ES").or_(page.get_by_role("button", name="ES", exact=True)).first.click()
    expect(page.get_by_text("Cumplimiento del plan").first).to_be_visible()
    settled(page)
    opened(page, address, "Cumplimiento del plan")
