"""Who is at the screen, asked on every run: what Streamlit leaves unchecked of a log-in is checked here, then
the table of people.
"""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.server import maintenance, watch
from pages.shared import block, login, session, uploads
from pages.shared.speech import speech
from poa_core import links
from poa_core.blocks import people as blocks
from poa_core.ledger import rights
from poa_core.ledger.condition import condition
from poa_core.ledger.rights import Person
from poa_core.ledger.submission import Refused
from poa_core.logbook import log_access


def identify() -> str | None:
    """Find the person of this run; returns why nobody may see the dashboard, None where somebody may (or
    nobody logs in).
    """
    st.session_state["who"], st.session_state["claims"] = None, None
    why = _why_not()
    if why not in (None, "busy") and st.session_state.get("gate_said") != why:
        log_access(
            "gate", is_refusal=why != "enter", person=_claims().get("email"), caller=login.caller(), said=why
        )
    st.session_state["gate_said"] = why
    if why or not may(rights.REPORT):
        uploads.forbid()
    else:
        ledger, who, claims = session.open_ledger(), address(), st.session_state["claims"]
        uploads.allow(_session_id(), lambda: session.check_access(ledger, who, claims, rights.REPORT))
    return why


def _why_not() -> str | None:
    rules = login.settings()
    try:
        opened = session.open_ledger()
    except maintenance.FAULTS:  # its own page comes first
        return "busy"
    if not opened.is_shared and rules is None:
        return None
    if rules is not None and rules.is_exposed:
        return "secrets_exposed"
    if (
        not opened.is_shared or rules is None or rules.is_broken
    ):  # set up or broken since the start: never an open door
        return "not_set_up"
    if not st.user.is_logged_in:
        return "enter"
    claims = _claims()
    try:
        why = login.rejection_reason(claims, rules, opened)
        if why and why != "ended":
            return why
        with opened.cursor() as cursor:  # of one whose right was taken away all is ended: say that first
            who = rights.authorize(opened, cursor, str(claims.get("email")), rights.READ)
        if why:
            return why
        login.note_use(opened, claims, login.caller(), by_person=not watch.is_news())
    except Refused as refusal:
        return refusal.code
    st.session_state["who"], st.session_state["claims"] = who, claims
    return None


def require_access() -> None:
    """At the head of a fragment, which the frame does not run before: whoever may no longer see it is sent to
    the gate.
    """
    if identify():
        st.rerun()


def show_no_access(fault: str) -> None:
    """The page of somebody who may not see the dashboard: why, and the one way on. No figure stands on it."""
    words = speech()
    st.title(words("gate.heading"))
    if fault == "enter":
        st.write(words("gate.text"))
    else:
        block.show(blocks.notice(words(f"gate.{fault}", address=str(_claims().get("email") or "—"))), "gate")
    if fault in ("busy", "not_set_up", "secrets_exposed", "not_saved"):
        return
    if fault in ("enter", "expired", "ended", "idle"):
        if st.button(words("gate.enter" if fault == "enter" else "gate.again"), type="primary", key="enter"):
            st.login()
    elif st.button(words("gate.leave"), key="leave"):
        log_out()


def show_footer() -> None:
    """At the foot of every page: who is at it and the way out, or that anyone may change everything."""
    words, who = speech(), person()
    if may(rights.PEOPLE):
        with st.container(key="condition"):
            for trouble in condition(session.open_ledger()).troubles:
                st.warning(words(f"condition.{trouble}"))
    with st.container(key="who", horizontal=True, vertical_alignment="center"):
        if who is None:
            st.caption(words("who.local"))
            return
        role = words(f"who.{who.role}", divisions=", ".join(sorted(who.divisions)))
        block.show(blocks.notice(words("who.is", address=who.address, role=role)), "who_is")
        if may(rights.PEOPLE) and st.button(words("page.people"), key="to_people", type="tertiary"):
            st.switch_page(st.session_state["pages"][links.PEOPLE])
        if st.button(words("page.sessions"), key="to_sessions", type="tertiary"):
            st.switch_page(st.session_state["pages"][links.SESSIONS])
        if st.button(words("gate.leave"), key="leave", type="tertiary"):
            log_out()


def log_out() -> None:
    """End the log-in for every tab that carries it."""
    with suppress(Refused):  # a disk that takes nothing keeps nobody in: this browser's cookie goes
        if who := person():
            login.end(session.open_ledger(), login.login_of(_claims()), who.address)
    st.logout()


def login_digest() -> str:
    """Which log-in this session is of; empty where nobody logs in."""
    claims = st.session_state.get("claims")
    return login.login_of(claims).digest if claims else ""


def person() -> Person | None:
    """Who logged in; None where nobody does."""
    return st.session_state.get("who")


def address() -> str:
    """What the ledger keeps as the person's name; empty where nobody logs in and it is asked for."""
    who = person()
    return who.address if who else ""


def may(action: str) -> bool:
    """Whether the page offers it; the core asks again when it is done."""
    who = person()
    return who.may(action) if who else _is_local()


def answers_for(division: str | None) -> bool:
    """Whether what a division reports is this person's to load."""
    who = person()
    return who.answers_for(division) if who else _is_local()


def refuse_page(action: str) -> bool:
    """Say so on a page that is not for this person's role."""
    if not may(action):
        st.info(speech()("gate.no_page"))
    return not may(action)


def preview_owner() -> str:
    """This session and who is logged in: whose preview it is."""
    return f"{_session_id()} {address()}"


def _session_id() -> str:
    return get_script_run_ctx().session_id


def _claims() -> dict:
    return st.user.to_dict()


def _is_local() -> bool:
    """Nobody logs in here. A person not known is not the local one."""
    try:
        return not session.open_ledger().is_shared
    except maintenance.FAULTS:
        return False
