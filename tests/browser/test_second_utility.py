"""The second utility in the browser: a division types its month, and every page says the naive figures."""

import naive
import pytest
import second_utility
from playwright.sync_api import expect
from serving import SPANISH, accepted, chosen, link, opened, settled, written

from poa_core import links
from poa_core.cli.main import main
from poa_core.words.language import ABSENT

PLAN, REPORTS, CUT = second_utility.plan(), second_utility.reports(), 10
BANDS = (PLAN.at_risk, PLAN.met)
HEADING = f"Plan Operativo Anual {second_utility.YEAR}"


@pytest.fixture(scope="module")
def address(server, folder, browser):
    """Loaded by file and by locality, all but what the commercial division types; then that, in the
    browser.
    """
    files = second_utility.write(folder)
    told = [
        "--processes",
        str(files["plan"][0]),
        "--plan",
        str(files["plan"][1]),
        "--progress",
        *map(str, files["progress"]),
    ]
    assert main(["load", *told, "--yes", "--database", str(folder / "poa.duckdb")]) == 0
    with server.serving(folder) as here:
        page = browser.new_page(locale="es-PE")
        typed(page, here)
        page.close()
        yield here


def typed(page, address) -> None:
    opened(page, link(address, links.UPLOAD, SPANISH, vista="type"), SPANISH("type.see"))
    chosen(page, SPANISH("type.month"), f"octubre {second_utility.YEAR}")
    chosen(page, SPANISH("type.division"), second_utility.TYPED[0])
    other = next(a.code for a in PLAN.activities if a.responsible != second_utility.TYPED[0])
    expect(page.get_by_role("textbox", name=f"{other} ")).to_have_count(0)  # fields stand where they stay
    for report in second_utility.typed():
        written(page, f"{report.code} EPS {SPANISH('type.value')}", f"{report.reported:f}")
    page.get_by_role("button", name=SPANISH("type.see")).first.click()
    expect(page.get_by_text(SPANISH("consequence.heading"))).to_be_visible(timeout=30_000)
    settled(page)  # what is asked stands below the heading
    confirm = page.get_by_text("Revisé lo preguntado")
    if confirm.count():
        confirm.click()
    accepted(page, len(second_utility.typed()))


def percent(ratio) -> str:
    return SPANISH.percent(None if ratio is None else float(ratio), BANDS)


def number(value) -> str:
    return SPANISH.number(None if value is None else float(value))


def rows() -> dict[str, dict]:
    return {row["code"]: row for row in naive.activities_to_date(PLAN, REPORTS, CUT)}


def texts(page, selector: str, *parts: str) -> list[list[str]]:
    """The texts of each part of whatever answers to a selector."""
    script = (
        "(all, parts) => all.map(one => parts.map(part => one.querySelector(part)?.innerText.trim() ?? ''))"
    )
    return page.eval_on_selector_all(selector, script, list(parts))


def test_the_overview_says_first_what_is_overdue_and_every_compliance(tab, address):
    page = tab()
    opened(page, address, HEADING)
    expect(page.locator(".overdue")).to_contain_text(
        "Cifras a octubre; noviembre y diciembre están vencidos: faltan"
    )
    assert dict(texts(page, ".bar-row", ".code", ".value")) == {
        code: percent(row["compliance"]) for code, row in rows().items()
    }
    whole = naive.rollup(PLAN, REPORTS, CUT, "plan")[0]
    expect(page.locator(".headline b")).to_have_text(percent(whole["compliance"]))
    outcome = naive.outcome(PLAN, REPORTS, CUT)
    expect(page.locator(".sentence").first).to_contain_text(SPANISH.amount(float(outcome["reported"]), "S/"))


def test_the_table_of_indicators_says_every_figure(tab, address):
    page = tab()
    opened(page, link(address, links.INDICATORS, SPANISH), "25 actividades")
    cells = [f"td:nth-child({n})" for n in (1, 7, 8, 9)]
    assert texts(page, "tr.whole-link", *cells) == [
        [code, number(row["programmed_to_date"]), number(row["reported_to_date"]), percent(row["compliance"])]
        for code, row in rows().items()
    ]


def test_an_indicator_names_its_part_and_a_click_on_a_locality_filters(tab, address):
    page = tab()
    opened(page, link(address, links.INDICATORS, SPANISH, actividad="2.1"), "2.1 Actividad 2.1")
    expect(page.get_by_text("En parte: julio (falta Azángaro). Lo reportado cuenta.")).to_be_visible()
    page.locator("a[data-act='filter:locality:puno']").click()
    expect(page.get_by_text("de esta localidad se ve su valor y su parte")).to_be_visible()
    own = [r.reported for r in REPORTS if (r.code, r.locality) == ("2.1", "Puno")]
    expect(page.locator(".formula")).to_contain_text(SPANISH.amount(float(sum(own)), "Inspecciones"))
    expect(page.get_by_text("Programado").first).to_be_visible()
    assert "142 al mes" not in page.content()


def test_the_heat_map_says_every_division_at_every_month(tab, address):
    page = tab()
    opened(page, link(address, links.RESPONSIBLES, SPANISH), SPANISH("responsibles.heading"))
    settled(page)
    script = (
        "all => all.map(r => [r.querySelector('th .name').innerText, ...[...r.querySelectorAll('td.heat "
        "span[aria-hidden]')].map(s => s.innerText.trim())])"
    )
    seen = {
        name: figures
        for name, *figures in page.eval_on_selector_all("table.heatmap tbody tr:not(.whole)", script)
    }
    for month in range(1, CUT + 1):
        for row in naive.rollup(PLAN, REPORTS, month, "responsible"):
            silent = row["compliance"] is None or row["silent"] == row["activities_due"]
            assert seen[row["key"]][month - 1] == (
                ABSENT if silent else percent(row["compliance"]).rstrip("%\u00a0")
            )


def test_the_matrix_and_the_report_say_every_compliance(tab, address, tmp_path):
    page = tab()
    opened(page, link(address, links.MATRIX, SPANISH), SPANISH("matrix.heading", month="octubre"))
    script = (
        "all => all.map(r => [r.querySelector('th .mut').innerText, "
        "r.querySelectorAll('td.val')[5].innerText.split('\\n')[0].trim()])"
    )
    expected = {code: percent(row["compliance"]) for code, row in rows().items()}
    assert (
        dict(page.eval_on_selector_all("table.matrix tbody tr:has(th[scope=rowgroup])", script)) == expected
    )
    opened(page, link(address, links.REPORT, SPANISH), HEADING)
    with page.expect_download() as download:
        page.get_by_role("button", name=SPANISH("report.html")).click()
    download.value.save_as(tmp_path / "informe.html")
    page.goto((tmp_path / "informe.html").as_uri())
    assert dict(texts(page, "#activities tbody tr:not(.group)", ".code", ".val")) == expected
    expect(page.locator(".overdue")).to_contain_text("noviembre y diciembre están vencidos")
