"""Logging in: who gets past the door, and what each role is offered and refused."""

import re

import pytest
from accounts import (
    BOSS,
    CADASTRE,
    CHIEF,
    DEPLOYED_SECRETS,
    ES,
    GUEST,
    accounts,
    enter,
    is_shut,
    log_in,
    name,
)
from judging import found
from playwright.sync_api import expect
from serving import ROOT, accept, dashboard, handed_in, opened, progress, settled

from poa_core.words.language import words

OWN, OTHER = "5.3,2010-10,20", "1.1,2010-10,31"


def start_empty(page, place) -> None:
    """The administrator takes the illustration away."""
    opened(page, place[0], "Cumplimiento del plan")
    page.get_by_role("button", name=ES("head.start_empty")).click()
    expect(page.get_by_text(ES("head.illustrative"))).to_have_count(0)
    settled(page)


@pytest.mark.parametrize(
    "path", ["/", "/indicadores?actividad=5.3", "/historial", "/informe", "/cargar", "/personas"]
)
def test_nobody_sees_a_figure_before_logging_in(tab, place, path):
    page = tab()
    opened(page, place[0] + path, ES("gate.heading"))
    is_shut(page)


def test_the_first_administrator_enters_by_the_configuration_and_is_told_who_they_are(tab, place):
    page = tab()
    log_in(page, place, BOSS)
    expect(page.get_by_text(ES("who.is", address=BOSS, role=ES("who.admin")))).to_be_visible()
    page.get_by_role("button", name=ES("page.people")).click()
    expect(page.get_by_text(ES("people.caption"))).to_be_visible()


def test_the_language_chosen_at_the_door_is_the_one_inside(tab, place):
    page = tab()
    place[1].claims = {"email": BOSS, "sub": BOSS}
    opened(page, place[0], ES("gate.heading"))
    page.get_by_role("radio", name="EN").or_(page.get_by_role("button", name="EN", exact=True)).first.click()
    page.get_by_role("button", name=words("en")("gate.enter")).click()
    expect(page.get_by_text("Plan compliance").first).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"email": "stranger@eps.pe"}, "no_access"),
        ({"email": "jefa@other.pe"}, "domain"),
        ({"email": "jefa@eps.pe.other.pe"}, "domain"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": None}, "unverified"),
        ({"email_verified": "false"}, "unverified"),
    ],
)
def test_a_log_in_that_is_not_enough_is_told_why_and_shown_nothing(tab, place, claims, fault):
    page = tab()
    log_in(page, place, BOSS, heading=None, **claims)
    said = ES(f"gate.{fault}", address=claims.get("email", BOSS))
    expect(page.get_by_text(said)).to_be_visible(timeout=30_000)
    is_shut(page)


def test_an_account_without_an_address_does_not_get_past_the_door(tab, place):
    page = tab()
    log_in(page, place, BOSS, email=None, heading=ES("gate.domain"))
    is_shut(page)


@pytest.mark.parametrize(
    "broken",
    [
        "[auth",
        '[Auth]\nredirect_uri = "x"\n',
        '[auth]\nx = 1\n[people]\nadmin = "jefa"\n',
        '[auth]\nserver_metadata_url = "https://login.microsoftonline.com/common/v2.0/.well-known/x"\n'
        "[people]\nverified_by_tenant = true\n",
    ],
)
def test_a_secrets_file_with_a_fault_opens_no_door(tab, tmp_path, broken):
    secrets, page = tmp_path / "secrets.toml", tab()
    secrets.write_text(broken, "utf-8")
    secrets.chmod(0o600)
    with dashboard(tmp_path, secrets) as address:
        opened(page, address, ES("gate.not_set_up"))
        is_shut(page)


def test_a_secrets_file_that_is_emptied_comes_late_or_others_can_read_opens_no_door(tab, tmp_path):
    page = tab()
    with accounts(tmp_path) as (address, _):
        (tmp_path / "secrets.toml").write_text("", "utf-8")
        page.goto(address)
        expect(
            page.get_by_text(re.compile(f"{re.escape(ES('gate.not_set_up'))}|{re.escape(ES('gate.text'))}"))
        ).to_be_visible(timeout=30_000)
        is_shut(page)
    late = tmp_path / "late"
    late.mkdir()
    with dashboard(late, late / "secrets.toml") as address:
        opened(page, address, ES("who.local"))
        (late / "secrets.toml").write_text(DEPLOYED_SECRETS, "utf-8")
        (late / "secrets.toml").chmod(0o640)
        opened(page, address, ES("gate.secrets_exposed"))
        is_shut(page)
        (late / "secrets.toml").chmod(0o600)
        opened(page, address, ES("gate.not_set_up"))
        is_shut(page)


def test_a_forged_cookie_is_no_log_in(tab, place):
    page = tab()
    log_in(page, place, BOSS)
    cookies = [
        cookie for cookie in page.context.cookies() if "auth" in cookie["name"] or "user" in cookie["name"]
    ]
    assert cookies
    for cookie in cookies:
        middle = len(cookie["value"]) // 2
        letter = "A" if cookie["value"][middle] != "A" else "B"
        cookie["value"] = cookie["value"][:middle] + letter + cookie["value"][middle + 1 :]
    page.context.add_cookies(cookies)
    opened(page, place[0], ES("gate.heading"))
    is_shut(page)


def test_a_tenant_may_answer_for_addresses_that_its_tokens_do_not_call_verified(tab, tmp_path):
    page = tab()
    with accounts(tmp_path, verified_by_tenant=True) as here:
        log_in(page, here, BOSS, email_verified=None)
        log_in(tab(), here, BOSS, email_verified="true")


@pytest.mark.parametrize("who", [GUEST, CHIEF])
def test_what_is_the_administrators_is_offered_to_nobody_else(named, tab, place, who):
    page = tab()
    enter(page, place, who)
    assert (
        page.get_by_role("button", name=ES("head.start_empty")).count()
        == page.get_by_role("button", name=ES("page.people")).count()
        == 0
    )
    opened(page, f"{place[0]}/personas", ES("gate.no_page"))
    assert page.get_by_text(BOSS).count() == 0
    opened(page, f"{place[0]}/historial?vista=months", ES("months.heading"))
    assert page.get_by_role("link", name=ES("months.act_close")).count() == 0


def test_a_viewer_sees_an_upload_and_cannot_take_it_back(named, tab, place):
    page = tab()
    enter(page, place, GUEST)
    opened(page, f"{place[0]}/historial?carga=2", ES("history.heading"))
    expect(page.get_by_text(ES("history.download"))).to_be_visible()
    assert page.get_by_role("button", name=ES("history.undo")).count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_door_and_the_page_of_people_keep_nothing_from_anyone(tab, place, theme, width):
    page = tab(width, 844, theme)
    opened(page, place[0], ES("gate.heading"))
    assert found(page) == {}
    log_in(page, place, BOSS)
    opened(page, f"{place[0]}/personas", ES("people.caption"))
    assert found(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.watched.faults == []


def test_a_viewer_is_offered_nothing_to_change_and_refused_where_they_go_anyway(named, tab, place):
    page = tab()
    enter(page, place, GUEST)
    assert page.get_by_role("link", name=ES("page.upload")).count() == 0
    opened(page, f"{place[0]}/cargar", ES("gate.no_page"))
    assert page.locator("input[type=file]").count() == 0
    opened(page, f"{place[0]}/indicadores?actividad=5.3", ES("why.heading"))
    assert page.get_by_role("button", name=ES("note.button")).count() == 0


def test_a_leader_is_refused_another_divisions_rows_by_their_row_alone(named, tab, place, tmp_path):
    page = tab()
    enter(page, place, CHIEF)
    opened(page, f"{place[0]}/cargar", ES("template.heading"))
    assert page.get_by_text(ES("upload.way_plan"), exact=True).count() == 0
    refusal = page.get_by_text(ES("refusal_title.not_own_division"))
    handed_in(page, progress(tmp_path, "both.csv", OWN, OTHER), refusal)
    expect(page.get_by_text(ES("refusal.not_own_division", rows="3"))).to_be_visible()
    assert page.get_by_role("button", name=re.compile("Guardar|Aceptar")).count() == 0
    opened(page, f"{place[0]}/indicadores?actividad=5.3", ES("why.heading"))
    expect(page.get_by_role("button", name=ES("note.button"))).to_be_visible()
    opened(page, f"{place[0]}/indicadores?actividad=1.1", ES("why.heading"))
    assert page.get_by_role("button", name=ES("note.button")).count() == 0
    opened(page, f"{place[0]}/cargar?vista=plan", ES("gate.no_page"))


def test_a_leader_loads_and_takes_back_their_own_and_is_named_by_their_address(tab, own_place, tmp_path):
    boss, page = tab(), tab()
    enter(boss, own_place, BOSS)
    name(boss, own_place, CHIEF, "leader", CADASTRE)
    enter(page, own_place, CHIEF)
    opened(page, f"{own_place[0]}/cargar", ES("template.heading"))
    handed_in(page, progress(tmp_path, "own.csv", OWN), page.get_by_text(ES("refusal.illustration_first")))
    start_empty(boss, own_place)
    opened(page, f"{own_place[0]}/cargar", ES("template.heading"))
    handed_in(page, progress(tmp_path, "own.csv", OWN), page.get_by_text(ES("upload.accept_one", count=1)))
    assert page.get_by_label(ES("upload.person")).count() == 0
    accept(page, 1)
    expect(page.get_by_text(ES("upload.saved_one", rows=1))).to_be_visible()
    opened(page, f"{own_place[0]}/historial", ES("history.heading"))
    row = page.get_by_role("row").filter(has_text="own.csv")
    expect(row).to_contain_text(CHIEF)
    row.get_by_role("link").click()
    page.get_by_text(ES("history.sure")).click()
    settled(page)
    page.get_by_role("button", name=ES("history.undo")).click()
    expect(page.get_by_role("row").filter(has_text="own.csv").first).to_contain_text(
        ES("history.withdrawn", who=CHIEF, when="")[:10]
    )


def test_a_right_taken_away_while_the_file_is_on_the_screen_holds_at_the_click(tab, own_place, tmp_path):
    boss, page = tab(), tab()
    enter(boss, own_place, BOSS)
    name(boss, own_place, CHIEF, "leader", CADASTRE)
    enter(page, own_place, CHIEF)
    start_empty(boss, own_place)
    opened(page, f"{own_place[0]}/cargar", ES("template.heading"))
    handed_in(page, progress(tmp_path, "own.csv", OWN), page.get_by_text(ES("upload.accept_one", count=1)))
    name(boss, own_place, CHIEF, "viewer")
    expect(page.get_by_text(ES("gate.no_page"))).to_be_visible()  # the open page hears of it by itself
    assert page.get_by_role("button", name=ES("upload.accept_one", count=1)).count() == 0
    name(boss, own_place, CHIEF, "viewer", active=False)
    expect(page.get_by_text(ES("gate.no_access", address=CHIEF))).to_be_visible()
    is_shut(page)


def test_the_last_administrator_is_told_to_name_another_first(tab, place):
    page = tab()
    enter(page, place, BOSS)
    opened(page, f"{place[0]}/personas", ES("people.caption"))
    page.get_by_role("link", name=ES("people.change_one", address=BOSS), exact=True).click()
    expect(page.get_by_role("heading", name=BOSS)).to_be_visible()
    settled(page)
    page.get_by_text(ES("people.role_viewer")).click()
    settled(page)
    page.get_by_role("button", name=ES("people.put")).click()
    expect(page.get_by_text(ES("refusal.last_admin"))).to_be_visible()


def test_without_accounts_the_page_says_that_this_is_for_one_machine(tab, address):
    page = tab()
    opened(page, address, ES("who.local"))
    assert page.get_by_role("button", name=ES("page.people")).count() == 0
    opened(page, f"{address}/personas", ES("people.local"))


def test_no_secret_stands_in_the_repository():
    assert not list(ROOT.glob(".streamlit/secrets*"))
