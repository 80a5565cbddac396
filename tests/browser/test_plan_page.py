"""A plan on its page: a new version with its difference and reason, one that is wrong, one that is the
current one.
"""

import re

import pytest
from playwright.sync_api import expect
from serving import PERSON, ROOT, SPANISH, handed_in, in_english, in_spanish, link, opened, settled, written

from poa_core import links
from poa_core.cli.main import main

PLAN = (ROOT / "data" / "plan.csv").read_text("utf-8-sig")


PROCESSES = (ROOT / "data" / "processes.csv").read_text("utf-8-sig")
SOURCE = "2010,EPS Puno,Gerencia Comercial"


def both(folder, key: str) -> list:
    """The two files of the source plan, as one of another year, utility or process."""
    files = [folder / name for name in ("plan.csv", "processes.csv")]
    for file, text in zip(files, (PLAN, PROCESSES), strict=True):
        file.write_text(text.replace(SOURCE, key), "utf-8")
    return files


@pytest.fixture
def among_others(server, own_folder):
    """A dashboard with a utility's own plans of two years."""
    for year in (2010, 2012):
        plan, processes = map(str, both(own_folder, f"{year},EPS Moquegua,Gerencia Comercial"))
        assert (
            main(
                [
                    "load",
                    "--plan",
                    plan,
                    "--processes",
                    processes,
                    "--database",
                    str(own_folder / "poa.duckdb"),
                ]
            )
            == 0
        )
    with server.serving(own_folder) as here:
        yield here


def both_handed(page, address, folder, key: str, say) -> None:
    """Handed in and waited for until it can be accepted."""
    files = both(folder, key)
    opened(page, link(address, links.UPLOAD, say, vista="plan"), say("plan.help"))
    handed_in(page, files, page.get_by_text(say("consequence.heading")))


def handed(page, address, folder, text: str, say, answered: str) -> None:
    """A plan file handed in, waited for until the page answers with these words."""
    file = folder / "plan.csv"
    file.write_text(text, "utf-8")
    opened(page, link(address, links.UPLOAD, say, vista="plan"), say("plan.help"))
    handed_in(page, file, page.get_by_text(answered))


@in_english
def test_a_new_version_of_the_plan_shows_what_it_changes_and_asks_why(tab, own_address, tmp_path, say):
    page = tab()
    changed = PLAN.replace("suma,mayor,20,,,,,,,20,,,,,", "suma,mayor,25,,,,,,,20,,,5,,")
    handed(page, own_address, tmp_path, changed, say, say("consequence.heading"))
    expect(page.get_by_role("row", name=f"1.4 {say.month(10)}")).to_contain_text("5")
    expect(page.get_by_role("row", name=f"1.4 {say('plan.field_target')}")).to_contain_text("25")
    consequence = page.locator(".panel", has_text=say("consequence.heading"))
    expect(consequence).to_contain_text(say("consequence.plan", month=say.month(9)))
    expect(consequence).to_contain_text(say("plan.same_figures"))  # October is still to come
    expect(page.locator(".steps [aria-current]")).to_contain_text(say("upload.step_see"))
    written(page, say("upload.person"), PERSON)
    page.get_by_role("button", name=say("plan.accept")).click()
    expect(page.get_by_text(say("plan.reason_first"))).to_be_visible()
    written(page, say("plan.reason"), "Acuerdo de directorio 12")
    page.get_by_role("button", name=say("plan.accept")).click()
    expect(page.get_by_role("heading", name=say("plan.saved", version=2))).to_be_visible()
    expect(page.get_by_text(say("plan.version_saved"))).to_contain_text("plan.csv, ")
    expect(page.locator(".steps [aria-current]")).to_contain_text(say("upload.step_accept"))
    page.get_by_role("button", name=say("upload.see")).click()
    expect(page.get_by_text(say("bars.heading")).first).to_be_visible()
    opened(page, link(own_address, links.INDICATORS, say, actividad="1.4"), say("why.heading"))
    expect(page.locator(".facts").first).to_contain_text("25")
    opened(page, link(own_address, links.HISTORY, say, vista="changes"), say("audit.heading"))
    expect(page.get_by_role("row", name=say("audit.kind_plan_changed")).first).to_contain_text(
        "Acuerdo de directorio 12"
    )
    assert page.watched.faults == []


def test_a_plan_with_problems_shows_them_all_and_cannot_be_accepted(tab, address, tmp_path, say):
    page = tab()
    wrong = PLAN.replace("promedio,menor,30,30", "promedios,menor,30,treinta", 1).replace(
        "Comercial,1.2,", "Comercial,1.1,", 1
    )
    handed(page, address, tmp_path, wrong, say, say("upload.to_mend_many", count=3))
    for row, column, value in ((2, "agregacion", "promedios"), (2, "ene", "treinta"), (3, "codigo", "1.1")):
        place = say("place.row_column", row=row, column=column)
        expect(page.get_by_role("row", name=place)).to_contain_text(value)
    expect(
        page.get_by_role("row", name=say("problem.duplicate_code", value="1.1", first_row=2))
    ).to_be_visible()
    assert page.get_by_role("button", name=say("plan.accept")).count() == 0
    page.get_by_role("button", name=say("upload.another")).click()
    expect(page.get_by_text(say("plan.help"))).to_be_visible()


def test_the_plan_that_is_the_current_one_says_so_and_does_nothing(tab, address, tmp_path, say):
    page = tab()
    handed(page, address, tmp_path, PLAN, say, say("refusal.plan_unchanged"))
    settled(page)
    assert page.get_by_role("button", name=say("plan.accept")).count() == 0
    opened(page, link(address, links.HISTORY, say), say("history.heading"))
    expect(page.get_by_role("row").filter(has_text=say("history.plan"))).to_have_count(1)
    assert page.watched.faults == []


@pytest.mark.parametrize(
    "key", ["2011,EPS Moquegua,Gerencia Comercial", "2009,EMSA Juliaca,Gerencia Comercial"]
)
def test_the_plan_just_accepted_is_the_one_shown_of_whatever_year_and_utility(
    tab, among_others, tmp_path, key
):
    page = tab()
    year, entity, _ = key.split(",")
    both_handed(page, among_others, tmp_path, key, SPANISH)
    written(page, SPANISH("upload.person"), PERSON)
    page.get_by_role("button", name=SPANISH("plan.accept")).click()
    expect(page.get_by_role("heading", name=SPANISH("plan.saved", version=1))).to_be_visible()
    expect(page).to_have_url(re.compile(f"anio={year}"))
    page.get_by_role("button", name=SPANISH("upload.see")).click()
    expect(page.get_by_text(SPANISH("head.title", year=year)).first).to_be_visible()
    expect(page.locator(".st-key-head", has_text=entity)).to_be_visible()
    assert page.watched.faults == []


@in_spanish
def test_a_utility_in_another_spelling_waits_for_a_yes(tab, own_address, tmp_path, say):
    page = tab()
    both_handed(page, own_address, tmp_path, "2011,EPS PUNO,Gerencia Comercial", say)
    expect(
        page.get_by_role("row", name=say("problem.similar_entity", value="EPS PUNO", other="EPS Puno"))
    ).to_be_visible()
    written(page, say("upload.person"), PERSON)
    page.get_by_role("button", name=say("plan.accept")).click()
    expect(page.get_by_text(say("plan.confirm_first"))).to_be_visible()
    page.get_by_text(say("upload.confirm", count=1)).click()
    page.get_by_role("button", name=say("plan.accept")).click()
    expect(page.get_by_role("heading", name=say("plan.saved", version=1))).to_be_visible()
    assert page.watched.faults == []
