"""A version of a plan taken back in the history, and what is said where something rests on it."""

import pytest
from playwright.sync_api import expect
from serving import PERSON, ROOT, in_english, in_spanish, link, opened, written

from poa_core import links
from poa_core.cli.main import main

PLAN = (ROOT / "data" / "plan.csv").read_text("utf-8-sig")
PROCESSES = (ROOT / "data" / "processes.csv").read_text("utf-8-sig")
SOURCE = "2010,EPS Puno,Gerencia Comercial"


def loaded(folder, *arguments: str, plan: str = PLAN, processes: str = PROCESSES) -> None:
    (folder / "plan.csv").write_text(plan, "utf-8")
    (folder / "processes.csv").write_text(processes, "utf-8")
    files = ["--plan", str(folder / "plan.csv"), "--processes", str(folder / "processes.csv")]
    assert main(["load", *files, *arguments, "--database", str(folder / "poa.duckdb")]) == 0


@pytest.fixture
def own_folder(tmp_path):
    """The source plan, its illustrative year, and a second version."""
    assert main(["load", "--database", str(tmp_path / "poa.duckdb")]) == 0
    loaded(
        tmp_path,
        "--reason",
        "acta",
        plan=PLAN.replace("suma,mayor,20,,,,,,,20,,,,,", "suma,mayor,25,,,,,,,20,,,5,,"),
    )
    return tmp_path


def shown(page, address: str, say, upload: int) -> None:
    opened(page, link(address, links.HISTORY, say, carga=str(upload)), say("history.undo_plan"))


def undone(page, say, reason: str, sure: str) -> None:
    written(page, say("upload.person"), PERSON)
    written(page, say("history.reason_plan"), reason)
    page.get_by_text(say(sure)).click()
    page.get_by_role("button", name=say("history.undo_plan")).click()


@in_spanish
def test_the_newest_version_of_a_plan_is_undone_with_a_reason_and_the_first_is_not_while_progress_rests_on_it(
    tab, own_address, say
):
    page = tab()
    shown(page, own_address, say, 1)
    undone(page, say, "No era", "history.sure_version")
    expect(page.get_by_text(say("refusal_title.newer_version"))).to_be_visible()
    shown(page, own_address, say, 11)
    page.get_by_role("button", name=say("history.undo_plan")).click()
    for left in ("reason_first", "person_first", "sure_plan_first"):
        expect(page.get_by_text(say(f"history.{left}"))).to_be_visible()
    undone(page, say, "Lo aprobó otra acta", "history.sure_version")
    row = page.get_by_role("row", name="plan.zip").first
    expect(row).to_contain_text(say("history.withdrawn", who=PERSON, when=""))
    expect(row).to_contain_text("Lo aprobó otra acta")
    shown(page, own_address, say, 1)
    undone(page, say, "Era de otra EPS", "history.sure_plan")
    expect(page.get_by_text(say("refusal_title.plan_with_progress"))).to_be_visible()
    expect(page.get_by_text("2010-01.csv, 2010-02.csv")).to_be_visible()
    opened(page, link(own_address, links.HISTORY, say, vista="changes"), say("audit.heading"))
    expect(page.get_by_role("row", name=say("audit.kind_plan_withdrawn"))).to_contain_text(
        "Lo aprobó otra acta"
    )
    expect(page.get_by_role("row", name=say("audit.field_target")).first).to_contain_text("25")
    assert page.watched.faults == []


@in_english
def test_a_plan_whose_only_version_is_undone_leaves_the_dashboard(tab, own_folder, own_address, say):
    page = tab()
    opened(page, link(own_address, links.UPLOAD, say, vista="plan"), say("plan.help"))
    for name, text in (("plan.csv", PLAN), ("processes.csv", PROCESSES)):
        (own_folder / name).write_text(text.replace(SOURCE, "2012,EPS Pumo,Gerencia Comercial"), "utf-8")
    page.set_input_files("input[type=file]", [own_folder / "plan.csv", own_folder / "processes.csv"])
    written(page, say("upload.person"), PERSON)
    page.get_by_role("button", name=say("plan.accept")).click()
    expect(page.get_by_role("heading", name=say("plan.saved", version=1))).to_be_visible()
    page.get_by_role("link", name=say("page.history")).first.click()
    page.get_by_role("link", name=say("history.open_one", file="plan.zip")).click()
    undone(page, say, "El nombre está mal escrito", "history.sure_plan")
    expect(
        page.locator(".st-key-head, .st-key-plans").or_(page.get_by_text(say("history.heading"))).first
    ).to_be_visible()
    expect(page.get_by_role("combobox", name=say("filter.entity"))).to_have_count(0)
    expect(page.get_by_text(say("plan_choice.unknown"))).to_have_count(0)
    expect(page.get_by_role("row", name="2010-09.csv")).to_be_visible()
    page.get_by_text(say("archive.undone_one")).click()
    expect(page.get_by_text("2012 · EPS Pumo · Gerencia Comercial")).to_be_visible()
    expect(page.get_by_text("El nombre está mal escrito")).to_be_visible()
    assert page.watched.faults == []
