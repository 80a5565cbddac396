"""What changed since a day: the last meeting's by itself, any other by choice, and the day stands in the
address.
"""

import re

from playwright.sync_api import expect
from serving import link, opened, settled

from poa_core import links

MOVED = ["1.4", "2.1", "5.2", "5.3"]


def since(address: str, say, **more: str) -> str:
    return link(address, links.HISTORY, say, vista=links.SINCE, **more)


def codes(page) -> list[str]:
    return page.locator("table.changed tbody tr:not(.group) td:first-child .mut").all_inner_texts()


def test_without_a_choice_it_tells_since_the_last_meeting_and_writes_the_day_into_the_address(
    tab, address, say
):
    page = tab()
    opened(page, link(address, links.HISTORY, say), say("history.heading"))
    page.get_by_text(say("history.view_novedades"), exact=True).click()
    expect(page.locator("#since-name")).to_contain_text("2010")
    expect(page).to_have_url(re.compile(rf"vista={links.SINCE}&desde=2010-09-11"))
    assert codes(page)[:4] == MOVED
    first = page.locator("table.changed tbody tr:not(.group)").first
    for word in ("early", "at_risk"):
        expect(first).to_contain_text(say(f"status.{word}"))
        expect(first.locator(f".ic.{word}")).to_have_count(1)
    assert page.watched.faults == []


def test_the_day_in_the_address_is_the_day_it_tells_since(tab, address, say):
    page = tab()
    opened(page, since(address, say, desde="2010-07-31", corte="2010-06"), say("since.corrections_caption"))
    expect(page.locator("table.corrected tbody tr")).to_have_count(1)
    expect(page.locator("table.corrected s")).to_have_text("1,248")
    expect(page).to_have_url(re.compile("desde=2010-07-31"))
    other = tab()
    opened(other, page.url, say("since.corrections_caption"))
    expect(other.locator("table.corrected s")).to_have_text("1,248")


def test_another_day_is_chosen_in_its_field(tab, address):
    page = tab()
    opened(page, f"{address}/historial?vista={links.SINCE}", "Qué cambió desde el 11 set 2010")
    page.get_by_role("group", name="Desde el cierre del día").get_by_role("spinbutton").first.click()
    page.keyboard.type("12082010")
    for _ in range(2):  # past the calendar's button: the field is left
        page.keyboard.press("Tab")
    expect(page.locator("#since-name")).to_have_text("Qué cambió desde el 12 ago 2010")
    expect(page).to_have_url(re.compile("desde=2010-08-12"))


def test_nothing_changed_since_the_last_upload_and_a_day_that_is_none_is_no_choice(tab, address, say):
    page = tab()
    opened(
        page,
        since(address, say, desde="2010-12-24"),
        say("since.nothing", day="24 " + say.month(12, "short") + " 2010"),
    )
    assert codes(page) == []
    opened(
        page,
        since(address, say, desde="ayer"),
        say("since.heading", day="11 " + say.month(9, "short") + " 2010"),
    )


def test_the_changes_are_copied_as_plain_text(tab, address, say):
    page = tab()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, since(address, say), say("since.copy"))
    page.get_by_role("button", name=say("since.copy")).click()
    expect(page.get_by_role("button", name=say("summary.copied"))).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert [line.split()[1] for line in lines if line.startswith("- ")] == MOVED


def test_an_activity_that_changed_opens(tab, address):
    page = tab()
    opened(page, f"{address}/historial?vista={links.SINCE}", "Qué cambió desde")
    page.locator("table.changed").get_by_role("link", name="Detección").click()
    expect(page.locator("article h1")).to_contain_text("5.3")
    settled(page)


def test_a_phone_in_the_dark_gets_it_whole_and_never_sideways(tab, address, say):
    page = tab(390, 844, "dark")
    opened(page, since(address, say), say("since.copy"))
    assert codes(page)[:4] == MOVED
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.watched.faults == []
