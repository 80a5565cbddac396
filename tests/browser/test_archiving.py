"""A plan archived leaves the selectors and keeps its address; the sample goes by itself; each is brought
back.
"""

import pytest
from playwright.sync_api import expect
from serving import PERSON, ROOT, SPANISH, in_english, in_spanish, link, opened, settled, written

from poa_core import links
from poa_core.cli.main import main

SOURCE = "2010,EPS Puno,Gerencia Comercial"


def loaded(folder, key: str) -> None:
    """The source plan as one of another year or utility."""
    for name in ("processes.csv", "plan.csv"):
        (folder / name).write_text(
            (ROOT / "data" / name).read_text("utf-8-sig").replace(SOURCE, key), "utf-8"
        )
    files = ["--processes", str(folder / "processes.csv"), "--plan", str(folder / "plan.csv")]
    assert main(["load", *files, "--database", str(folder / "poa.duckdb")]) == 0


@pytest.fixture
def own_folder(tmp_path):
    """The sample, and then a utility's own plans of two years."""
    assert main(["load", "--database", str(tmp_path / "poa.duckdb")]) == 0
    for year in (2011, 2012):
        loaded(tmp_path, f"{year},EMSAPUNO,Gerencia Comercial")
    return tmp_path


def years(page, say) -> list[str]:
    settled(page)
    page.get_by_role("combobox", name=say("filter.year")).click()
    offered = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    return offered


@in_english
def test_the_sample_has_left_the_selector_and_its_address_shows_it_with_the_way_back(tab, own_address, say):
    page = tab()
    opened(page, link(own_address, links.OVERVIEW, say), say("head.title", year="2012"))
    expect(page.get_by_role("combobox", name=say("filter.entity"))).to_have_count(0)
    assert years(page, say) == ["2012", "2011"]
    sample = link(
        own_address, links.OVERVIEW, say, entidad="eps-puno", proceso="gerencia-comercial", anio="2010"
    )
    opened(page, sample, say("archive.line_note"))
    expect(page.locator(".st-key-archived")).to_contain_text(say("archive.sample"))
    expect(page.locator(".st-key-archived")).to_contain_text(say("page.someone"))
    expect(page.locator(".sentence", has_text="S/ 159,394")).to_be_visible()
    page.get_by_role("button", name=say("archive.bring_back")).click()
    expect(page.get_by_text(say("archive.line_note"))).to_have_count(0)
    opened(page, link(own_address, links.OVERVIEW, say), say("head.title", year="2012"))
    expect(page.get_by_role("combobox", name=say("filter.entity"))).to_be_visible()
    assert page.watched.faults == []


@in_spanish
def test_a_plan_is_archived_with_a_reason_in_the_history_and_brought_back_from_the_folded_list(
    tab, own_address, say
):
    page = tab()
    opened(
        page,
        link(own_address, links.HISTORY, say, entidad="emsapuno", proceso="gerencia-comercial", anio="2012"),
        say("history.heading"),
    )
    page.get_by_text(say("archive.heading")).click()
    written(page, say("upload.person"), PERSON)
    page.get_by_role("button", name=say("archive.archive")).click()
    expect(page.get_by_text(say("refusal.reason_to_archive"))).to_be_visible()
    written(page, say("archive.reason"), "El directorio no lo aprobó")
    page.get_by_role("button", name=say("archive.archive")).click()
    expect(page.locator(".st-key-archived")).to_contain_text("El directorio no lo aprobó")
    expect(page.locator(".st-key-archived")).to_contain_text(PERSON)
    opened(
        page, link(own_address, links.HISTORY, say), say("history.heading")
    )  # nothing named: the year before it
    expect(page.get_by_role("combobox", name=say("filter.year"))).to_have_count(0)
    page.get_by_text(say("archive.listed_many", count=2)).click()
    row = page.get_by_role("link", name="2012 · EMSAPUNO · Gerencia Comercial")
    expect(row).to_have_attribute("href", "/?entidad=emsapuno&proceso=gerencia-comercial&anio=2012")
    row.click()
    expect(page.get_by_text(say("archive.line_note"))).to_be_visible()
    expect(page.get_by_text(say("head.title", year="2012")).first).to_be_visible()
    page.get_by_role("button", name=say("archive.bring_back")).click()
    expect(page.get_by_text(say("archive.line_note"))).to_have_count(0)
    opened(page, link(own_address, links.HISTORY, say, vista="changes"), say("audit.heading"))
    expect(page.get_by_role("row", name=say("audit.kind_archived"))).to_contain_text(
        "El directorio no lo aprobó"
    )
    expect(page.get_by_role("row", name=say("audit.kind_brought_back"))).to_be_visible()
    assert page.watched.faults == []


def test_an_archived_plan_is_brought_back_from_the_list_of_another(tab, own_address):
    page = tab()
    opened(page, link(own_address, links.HISTORY, SPANISH), SPANISH("history.heading"))
    page.get_by_text(SPANISH("archive.listed_one")).click()
    page.get_by_role("button", name=SPANISH("archive.bring_back")).click()
    expect(page.get_by_text(SPANISH("archive.listed_one"))).to_have_count(0)
    expect(page.get_by_role("combobox", name=SPANISH("filter.entity"))).to_be_visible()
    assert page.watched.faults == []
