"""What is reported changes: corrected with its reason, taken back as a whole, corrected after its month was
closed.
"""

import csv
import io
import re

from playwright.sync_api import expect
from serving import PERSON, accept, accepted, in_english, in_spanish, link, opened, progress, tried, written

from poa_core import links

MONTHS = {
    "es": (1, 3),
    "en": (5, 7),
}  # one server for both languages: each reports, and closes, months of its own


def changes(page, address, say) -> None:
    opened(page, link(address, links.HISTORY, say, vista="changes"), say("audit.heading"))


@in_spanish
def test_a_correction_shows_the_old_value_needs_a_reason_and_is_listed_with_it(tab, address, tmp_path, say):
    page, month = tab(), MONTHS[say.language][0]
    tried(page, address, progress(tmp_path, "a.csv", f"1.1,2010-0{month},31.25"), say)
    accepted(page, 1, say)
    tried(page, address, progress(tmp_path, "b.csv", f"1.1,2010-0{month},30.5"), say)
    expect(page.get_by_text(say("effect.corrected_one"))).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^1.1 "))
    expect(row.locator("s")).to_have_text("31.25")
    expect(row).to_contain_text(say("effect.corrected_row", who=PERSON, when="")[:-1])
    written(page, say("upload.person"), PERSON)
    accept(page, 1, say)
    expect(page.get_by_text(say("upload.reason_first"))).to_be_visible()
    written(page, say("upload.reason"), "Error de tipeo")
    accepted(page, 1, say)

    changes(page, address, say)
    row = page.get_by_role("row", name=f"1.1 {say.month(month, 'short')}").filter(
        has_text=say("audit.kind_corrected")
    )
    expect(row).to_contain_text(re.compile(f"{PERSON}.*31.25.*30.5.*Error de tipeo.*b.csv", re.S))
    assert page.watched.faults == []


@in_spanish
def test_a_whole_upload_is_taken_back_and_its_values_are_new_again(tab, address, tmp_path, say):
    page, month = tab(), MONTHS[say.language][0]
    name = f"carga-{say.language}.csv"
    file = progress(
        tmp_path, name, f"R1,2010-0{month},18{say.language == 'es':d}250.75", f"1.2,2010-0{month},17.{month}"
    )
    tried(page, address, file, say)
    accepted(page, 2, say)
    opened(page, link(address, links.HISTORY, say), say("history.heading"))
    page.get_by_role("link", name=say("history.open_one", file=name)).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=say("history.download")).click()
    assert download.value.path().read_bytes() == file.read_bytes()
    undo = page.get_by_role("button", name=say("history.undo"))
    written(page, say("upload.person"), PERSON)
    undo.click()
    expect(page.get_by_text(say("history.sure_first"))).to_be_visible()  # its consequence was not said yes to
    written(page, say("history.reason"), "Era de otra gerencia")
    page.get_by_text(say("history.sure")).click()
    undo.click()
    row = page.get_by_role("row", name=name)
    expect(row).to_contain_text(say("history.withdrawn", who=PERSON, when=""))
    expect(row).to_contain_text("Era de otra gerencia")

    changes(page, address, say)
    expect(page.get_by_role("row", name=say("audit.kind_withdrawn")).filter(has_text=name)).to_have_count(2)
    tried(page, address, file, say)
    expect(page.get_by_text(say("effect.new_many", count=2))).to_be_visible()
    assert page.watched.faults == []


@in_english
def test_a_closed_month_asks_for_a_reason_lists_the_change_and_is_reopened_with_one(
    tab, address, tmp_path, say
):
    page, month = tab(), MONTHS[say.language][1]
    tried(page, address, progress(tmp_path, "a.csv", f"R1,2010-0{month},186000"), say)
    accepted(page, 1, say)
    months, name = link(address, links.HISTORY, say, vista="months"), say.month(month).capitalize()
    opened(page, months, say("months.heading"))
    row = page.get_by_role("row", name=name)
    row.get_by_role("link", name=say("months.act_close")).click()
    reported, due = map(int, re.findall(r"\d+", row.get_by_role("cell").nth(2).inner_text()))
    expect(page.get_by_text(say("months.missing_many", count=due - reported))).to_be_visible()
    written(page, say("upload.person"), PERSON)
    page.get_by_role("button", name=say("months.close")).click()
    expect(row).to_contain_text(say("months.closed", who=PERSON, when=""))

    tried(page, address, progress(tmp_path, "b.csv", f"R1,2010-0{month},185500.25"), say)
    expect(page.get_by_text(say("consequence.closed", months=say.month(month)))).to_be_visible()
    written(page, say("upload.person"), PERSON)
    accept(page, 1, say)
    expect(page.get_by_text(say("upload.reason_first"))).to_be_visible()
    written(page, say("upload.reason_closed"), "Conciliación bancaria")
    accepted(page, 1, say)

    changes(page, address, say)
    page.get_by_text(say("audit.only_after_closing")).click()
    listed = page.get_by_role("row", name=f"R1 {say.month(month, 'short')}")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text(
        re.compile(f"{say('audit.kind_corrected')}.*186,000.*185,500.25.*Conciliación bancaria", re.S)
    )
    with page.expect_download() as download:
        page.get_by_role("button", name=say("audit.download")).click()
    lines = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [line[7:10] for line in lines if line[3:5] == ["R1", str(month)]] == [
        ["186000.0", "185500.25", "Conciliación bancaria"]
    ]

    opened(page, months, say("months.heading"))
    row.get_by_role("link", name=say("months.act_reopen")).click()
    written(page, say("upload.person"), PERSON)
    page.get_by_role("button", name=say("months.reopen")).click()
    expect(page.get_by_text(say("refusal.reason_for_reopening"))).to_be_visible()
    written(page, say("months.reason_reopen"), "Falta un acta")
    page.get_by_role("button", name=say("months.reopen")).click()
    expect(row).to_contain_text(say("months.past"))
    assert page.watched.faults == []
