"""Why an activity stands as it does is noted on its page; who has not said anything is a list to copy."""

from playwright.sync_api import expect
from serving import in_english, in_spanish, link, opened

from poa_core import links

CAUSE = {"es": "No hay presupuesto", "en": "There is no budget"}


def note_of(page, address, code: str, say):
    """The form of an activity's note, open."""
    opened(page, link(address, links.INDICATORS, say, actividad=code), say("why.heading"))
    page.get_by_role("button", name=say("note.button")).click()
    return page.get_by_test_id("stPopoverBody")


@in_spanish
def test_a_cause_and_a_measure_are_noted_on_the_indicators_page(tab, address, say):
    page = tab()
    form = note_of(page, address, "5.2", say)
    form.get_by_label(say("type.cause"), exact=True).fill(CAUSE[say.language])
    form.get_by_label(say("type.measure"), exact=True).fill("Ampliación 12")
    form.get_by_label(say("upload.person")).fill("Gerente")
    form.get_by_role("button", name=say("note.save")).click()
    expect(page.locator(".poa").get_by_text(CAUSE[say.language]).first).to_be_visible()
    opened(page, link(address, links.OVERVIEW, say), say("attention.heading"))
    expect(page.get_by_role("row", name="5.2")).to_contain_text(CAUSE[say.language])
    expect(page.get_by_role("row", name="5.2")).to_contain_text("Ampliación 12")
    expect(
        page.get_by_text(say("head.illustrative"))
    ).to_be_visible()  # a note beside an illustration does not end it
    assert page.watched.faults == []


@in_english
def test_a_note_of_nothing_or_of_nobody_is_not_kept(tab, address, say):
    page = tab()
    form = note_of(page, address, "2.1", say)
    save = form.get_by_role("button", name=say("note.save"))
    nothing, nobody = form.get_by_text(say("note.nothing")), form.get_by_text(say("upload.person_first"))
    save.click()
    expect(nothing).to_be_visible()  # both at once
    expect(nobody).to_be_visible()
    form.get_by_label(say("type.cause"), exact=True).fill("Sin firma")
    save.click()
    expect(nothing).to_have_count(0)
    expect(nobody).to_be_visible()
    opened(page, link(address, links.INDICATORS, say, actividad="2.1"), say("why.heading"))
    expect(page.get_by_role("heading", name=say("detail.remarks"))).to_be_visible()
    assert page.get_by_text("Sin firma").count() == 0


def test_who_has_not_reported_can_be_copied(tab, address, say):
    page = tab()
    opened(page, link(address, links.OVERVIEW, say), say("coming.reporting"))
    page.get_by_text(say("reminder.button")).click()
    expect(page.get_by_text(say("reminder.heading", month=say.month(9)))).to_be_visible()
    expect(
        page.get_by_text(f"- {say.month(9).capitalize()}: 5.3 Detección de conexiones informales de Agua")
    ).to_be_visible()
