"""Who is at the screen, asked on every run: what Streamlit leaves unchecked of a log-in is checked here, then the table of people."""

import hashlib
import json
import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared import block, login, maintenance, session
from pages.shared.speech import speech
from poa_core import links, rights
from poa_core.blocks import people as blocks
from poa_core.rights import Person
from poa_core.submission import Refused

# Log-ins closed by their person: a tab left open, or a cookie kept aside, still carries one.
_ended: set[str] = set()


def look() -> str | None:
    """Find the person of this run; returns why nobody may see the dashboard, None where somebody may (or nobody logs in)."""
    st.session_state["who"] = None
    rules = login.settings()
    if rules is None:
        return None
    if not st.user.is_logged_in:
        return "enter"
    claims = st.user.to_dict()
    address = rights.normal(str(claims.get("email") or ""))
    if _key(claims) in _ended:
        return "ended"
    if not isinstance(claims.get("exp"), (int, float)) or claims["exp"] <= time.time():
        return "expired"
    if claims.get("email_verified") is not True:
        return "unverified"
    if rules.domain and address.rpartition("@")[2] != rules.domain:
        return "domain"
    try:
        opened = session.open_ledger()
        with opened.cursor() as cursor:
            st.session_state["who"] = rights.authorize(opened, cursor, address, rights.READ)
    except Refused as refusal:
        return refusal.code
    except maintenance.FAULTS:  # its own page says so
        return None
    return None


def hold() -> None:
    """At the head of a fragment, which the frame does not run before: whoever may no longer see it is sent to the gate."""
    if look():
        st.rerun()


def gate(fault: str) -> None:
    """The page of somebody who may not see the dashboard: why, and the one way on. No figure stands on it."""
    words = speech()
    st.title(words("gate.heading"))
    if fault == "enter":
        st.write(words("gate.text"))
    else:
        told = words(f"gate.{fault}", address=str(st.user.to_dict().get("email") or "—"))
        block.show(blocks.notice(told), "gate")
    if fault in ("enter", "expired", "ended"):
        if st.button(words("gate.enter" if fault == "enter" else "gate.again"), type="primary", key="enter"):
            st.login()
    elif st.button(words("gate.leave"), key="leave"):
        leave()


def foot() -> None:
    """At the foot of every page: who is at it and the way out, or that anyone may change everything."""
    words, who = speech(), person()
    with st.container(key="who", horizontal=True, vertical_alignment="center"):
        if who is None:
            st.caption(words("who.local"))
            return
        role = words(f"who.{who.role}", divisions=", ".join(sorted(who.divisions)))
        block.show(blocks.notice(words("who.is", address=who.address, role=role)), "who_is")
        if may(rights.PEOPLE) and st.button(words("page.people"), key="to_people", type="tertiary"):
            st.switch_page(st.session_state["pages"][links.PEOPLE])
        if st.button(words("gate.leave"), key="leave", type="tertiary"):
            leave()


def leave() -> None:
    """End the log-in for every tab that carries it."""
    _ended.add(_key(st.user.to_dict()))
    st.logout()


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
    return who is None or who.may(action)


def answers_for(division: str | None) -> bool:
    """Whether what a division reports is this person's to load."""
    who = person()
    return who is None or who.answers_for(division)


def refuses(action: str) -> bool:
    """Say so on a page that is not for this person's role."""
    if not may(action):
        st.info(speech()("gate.no_page"))
    return not may(action)


def whose() -> str:
    """This session and who is logged in: whose preview it is."""
    return f"{get_script_run_ctx().session_id} {address()}"


def _key(claims: dict) -> str:
    return hashlib.sha256(json.dumps(claims, sort_keys=True, default=str).encode()).hexdigest()
