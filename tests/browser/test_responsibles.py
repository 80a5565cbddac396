"""Who answers: a click on a division or a locality filters, and stands in the address."""

from playwright.sync_api import expect
from serving import opened

COMMERCIAL = "Gerencia Comercial"


def test_the_division_that_lags_most_stands_first_and_a_click_shows_what_is_theirs(tab, address):
    page = tab()
    opened(page, f"{address}/responsables", "Cumplimiento por división")
    rows = page.locator(".heatmap tbody tr")
    expect(rows.first).to_contain_text(COMMERCIAL)
    page.locator(".heatmap").get_by_role("link", name=COMMERCIAL).click()
    expect(page).to_have_url(f"{address}/responsables?responde=gerencia-comercial")
    expect(rows).to_have_count(4)  # the others stay, to compare with
    expect(page.locator("#attention-name")).to_contain_text("4")
    page.locator(".heatmap").get_by_role("link", name=COMMERCIAL).click()
    expect(page).to_have_url(f"{address}/responsables")
    expect(page.locator("#attention-name")).to_contain_text("7")


def test_a_locality_filters_too_and_the_month_cells_say_month_figure_and_status(tab, address):
    page = tab()
    opened(page, f"{address}/responsables?corte=2010-03", "Cumplimiento por división")
    expect(page.locator(".heatmap td.heat:not(.old) .sr").last).to_have_text("marzo: 72.2\u00a0%, Atrasado")
    page.locator(".places").get_by_role("link", name="Puno").click()
    expect(page).to_have_url(f"{address}/responsables?corte=2010-03&localidad=puno")


def test_before_any_progress_the_divisions_stand_without_figures(tab, address):
    page = tab()
    opened(page, f"{address}/responsables?conocido=2010-01-15", "Cumplimiento por división")
    expect(page.get_by_text("Aún no hay avance")).to_be_visible()
    expect(page.locator(".heatmap tbody tr")).to_have_count(4)
    expect(page.locator(".heatmap td.heat .ic")).to_have_count(0)
