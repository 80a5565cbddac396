"""One indicator in full: both charts heard as well as seen, and on to the next by keyboard."""

import re

import pytest
from playwright.sync_api import expect
from serving import link, opened

from poa_core import links


def heard(page) -> list[str]:
    """What stands for each chart for someone who does not see it."""
    charts = page.get_by_role("figure")
    expect(charts.first).to_be_visible()
    return [chart.get_attribute("aria-label") for chart in charts.all()]


def shown(page, code: str) -> None:
    expect(page.locator("article h1")).to_have_text(re.compile(rf"^{re.escape(code)} "))


def test_a_sum_is_drawn_by_month_and_as_running_totals_each_with_its_text(tab, address, say):
    page = tab()
    opened(page, link(address, links.INDICATORS, say, actividad="5.3"), say("why.heading"))
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    by_month, totals = heard(page)
    june = say("indicator.spoken_month", month=say.month(6), programmed="25", reported="19")
    assert june in by_month
    assert say.amount(58, "conexiones") in totals and say.amount(100, "conexiones") in totals
    left, right = (chart.bounding_box() for chart in page.locator(".js-plotly-plot").all())
    assert left["y"] == right["y"] and left["x"] + left["width"] < right["x"]
    assert page.watched.faults == []


def test_a_mean_is_drawn_by_month_alone_and_says_why(tab, address, say):
    page = tab()
    opened(
        page, link(address, links.INDICATORS, say, actividad="1.1"), say("indicator.by_month_mean", unit="%")
    )
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    assert "34.2" in heard(page)[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_charts_stand_one_below_the_other(tab, address, say, theme):
    page = tab(390, 844, theme)
    opened(page, link(address, links.INDICATORS, say, actividad="5.3"), say("why.heading"))
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    first, second = (chart.bounding_box() for chart in page.locator(".js-plotly-plot").all())
    assert first["y"] + first["height"] <= second["y"] and first["width"] == second["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_both_charts_can_be_saved_as_a_picture(tab, address, say):
    page = tab()
    opened(page, link(address, links.INDICATORS, say, actividad="5.3"), say("why.heading"))
    expect(page.locator(f'.js-plotly-plot .modebar-btn[data-title="{say("plotly.save")}"]')).to_have_count(2)


def test_the_next_and_the_previous_activity_are_a_key_away(tab, address):
    page = tab()
    opened(page, f"{address}/indicadores?actividad=1.4", "¿Por qué este porcentaje?")
    page.get_by_role("link", name="Siguiente").focus()
    for code in ("2.1", "2.2"):  # the keyboard stays where it was
        page.keyboard.press("Enter")
        shown(page, code)
    expect(page).to_have_url(f"{address}/indicadores?actividad=2.2")
    page.get_by_role("link", name="Anterior").press("Enter")
    shown(page, "2.1")
    opened(page, f"{address}/indicadores?actividad=5.3", "¿Por qué este porcentaje?")
    expect(page.get_by_role("link", name="Siguiente")).to_have_count(0)


def test_going_on_stays_among_what_the_filters_leave(tab, address):
    page = tab()
    opened(
        page,
        f"{address}/indicadores?responde=division-de-catastro-y-medicion-de-consumos&actividad=3.2",
        "¿Por qué este porcentaje?",
    )
    page.get_by_role("link", name="Siguiente").click()
    shown(page, "5.3")


def test_a_click_anywhere_on_a_row_opens_it(tab, address):
    page = tab()
    opened(page, f"{address}/indicadores", "14 actividades a setiembre")
    codes = page.locator("tr.whole-link td:first-child").all_inner_texts()
    assert len(codes) == 14 and codes == sorted(codes)  # the plan's order
    page.locator("tr.whole-link", has_text="Quiebre de cuentas").click(position={"x": 900, "y": 20})
    shown(page, "1.4")


def test_the_pace_it_needs_is_said(tab, address):
    page = tab()
    opened(page, f"{address}/indicadores?actividad=5.3", "¿Por qué este porcentaje?")
    expect(page.locator(".pace")).to_have_text(
        "Faltan 42\u00a0conexiones: 14 al mes hasta diciembre; su mejor mes fue 21 (mayo): alcanzable."
    )
