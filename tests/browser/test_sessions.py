"""Log-ins that are over: closed, left unused, of another account; who sees them, who ends them."""

import time

import oidc
from accounts import BOSS, CHIEF, ES, GUEST, accounts, enter, is_shut, log_in, name, secrets_file
from playwright.sync_api import expect
from serving import dashboard, free_port, opened


def test_logging_out_in_one_tab_shuts_the_others_and_the_cookie_kept_aside(tab, place):
    page = tab()
    log_in(page, place, BOSS)
    kept = page.context.cookies()
    other = page.context.new_page()
    opened(other, place[0], "Cumplimiento del plan")
    page.get_by_role("button", name=ES("gate.leave")).click()
    expect(page.get_by_text(ES("gate.text"))).to_be_visible(timeout=30_000)
    expect(other.get_by_text(ES("gate.ended"))).to_be_visible()
    is_shut(other)
    page.context.add_cookies(kept)
    opened(page, place[0], ES("gate.ended"))
    is_shut(page)


def test_a_log_out_is_remembered_when_the_server_starts_again(tab, tmp_path):
    port, page = free_port(), tab()
    with oidc.provider() as provider:
        secrets = secrets_file(tmp_path, port, provider)
        with dashboard(tmp_path, secrets, port) as address:
            log_in(page, (address, provider), BOSS)
            kept = page.context.cookies()
            page.get_by_role("button", name=ES("gate.leave")).click()
            expect(page.get_by_text(ES("gate.text"))).to_be_visible(timeout=30_000)
        with dashboard(tmp_path, secrets, port) as address:
            page.context.add_cookies(kept)
            opened(page, address, ES("gate.ended"))
            is_shut(page)


def test_a_page_left_alone_shuts_itself_and_its_cookie_is_worth_nothing(tab, tmp_path):
    page = tab()
    with accounts(tmp_path, idle_minutes=0.1) as here:
        log_in(page, here, BOSS)
        kept = page.context.cookies()
        expect(page.get_by_text(ES("gate.idle"))).to_be_visible(timeout=30_000)
        is_shut(page)
        page.context.add_cookies(kept)
        opened(page, here[0], ES("gate.idle"))
        is_shut(page)


def test_another_account_with_the_same_address_is_kept_out_until_it_is_released(named, tab, place):
    boss, page, other = tab(), tab(), tab()
    enter(boss, place, BOSS)
    name(boss, place, "nueva@eps.pe", "viewer")
    log_in(page, place, "nueva@eps.pe")
    log_in(other, place, "Nueva@EPS.pe", heading=ES("gate.other_account", address="Nueva@EPS.pe"))
    is_shut(other)
    opened(boss, f"{place[0]}/personas", ES("people.caption"))
    boss.get_by_role("link", name=ES("people.change_one", address="nueva@eps.pe"), exact=True).click()
    boss.get_by_role("button", name=ES("people.release")).click()
    expect(boss.get_by_text(ES("people.released"))).to_be_visible()
    expect(page.get_by_text(ES("gate.ended"))).to_be_visible()
    other.get_by_role("button", name=ES("gate.leave")).click()
    log_in(other, place, "Nueva@EPS.pe")


def test_an_administrator_sees_the_open_sessions_and_ends_one_or_all(named, tab, place):
    boss, page, leader = tab(), tab(), tab()
    log_in(boss, place, BOSS)
    log_in(page, place, GUEST)
    log_in(leader, place, CHIEF)
    opened(boss, f"{place[0]}/sesiones", ES("sessions.caption"))
    expect(boss.get_by_text(ES("sessions.this_one"))).to_have_count(1)
    mine = boss.get_by_role("row").filter(has_text=GUEST).first
    mine.get_by_role("link", name=ES("sessions.end")).click()
    expect(page.get_by_text(ES("gate.ended"))).to_be_visible()
    is_shut(page)
    boss.get_by_role("button", name=ES("sessions.end_all")).click()
    boss.get_by_role("button", name=ES("sessions.end_all_sure")).click()
    expect(leader.get_by_text(ES("gate.ended"))).to_be_visible()
    expect(boss.get_by_text(ES("sessions.ended"))).to_be_visible()
    expect(boss.get_by_role("row").filter(has_text=ES("sessions.this_one"))).to_have_count(1)
    place[1].cookies.clear()


def test_each_person_sees_their_own_sessions_and_ends_the_others_of_them(named, tab, place):
    page, elsewhere = tab(), tab()
    log_in(elsewhere, place, GUEST)
    log_in(page, place, GUEST)
    page.get_by_role("button", name=ES("page.sessions")).click()
    expect(page.get_by_text(ES("sessions.caption"))).to_be_visible()
    assert page.get_by_text(BOSS).count() == page.get_by_text(ES("sessions.end_all")).count() == 0
    page.get_by_role("button", name=ES("sessions.end_my_others")).click()
    expect(elsewhere.get_by_text(ES("gate.ended"))).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=GUEST)).to_have_count(1)
    place[1].cookies.pop(GUEST, None)


def test_a_token_that_expires_shuts_the_page_without_a_click(tab, place):
    page = tab()
    log_in(page, place, BOSS, exp=int(time.time()) + 12)
    expect(page.get_by_text(ES("gate.expired"))).to_be_visible(timeout=30_000)
    is_shut(page)


def test_the_servers_condition_is_told_to_an_administrator_who_has_logged_in_and_to_nobody_else(
    named, tab, place
):
    def asked(who: str | None) -> str:
        page = tab()
        if who:
            enter(page, place, who)
        behind_proxy = {"X-Forwarded-For": "192.0.2.7"}
        return page.request.get(f"{place[0]}/poa/health?full", headers=behind_proxy).text()

    assert '"troubles"' in asked(BOSS)
    for who in (GUEST, None):
        assert '"troubles"' not in asked(who)
