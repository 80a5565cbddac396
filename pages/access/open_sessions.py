"""The log-ins in force and how to end them: one, all of one's own others, for an administrator all others."""

import streamlit as st

from pages.access import identity, refusal
from pages.shared import block, login, session
from pages.shared.speech import speech
from poa_core.blocks import people as blocks
from poa_core.ledger import people, rights
from poa_core.ledger.submission import Refused


def show() -> None:
    """The list, and below it what ends more than one."""
    words, opened, own = speech(), session.open_ledger(), identity.login_digest()
    is_admin, address = identity.may(rights.PEOPLE), identity.address()
    listed = [
        known
        for known in login.open_logins(opened, login.settings())
        if is_admin or known.login.address == address
    ]
    listed.sort(key=lambda known: (known.login.digest != own, known.login.address != address))
    rows = [
        {"digest": known.login.digest, "address": known.login.address, "begun": known.login.begun,
         "used": known.used, "caller": known.caller} for known in listed]  # fmt: skip
    act = block.show(blocks.sessions(rows, own, words), "sessions")
    for known in listed:
        if act == f"end:{known.login.digest}":
            _end(lambda known=known: login.end(opened, known.login, address))
    this = next((known.login for known in listed if known.login.digest == own), None)
    with st.container(horizontal=True):
        if st.button(words("sessions.end_my_others"), key="end_my_others"):
            _end(lambda: login.end_all(opened, [address], address, this))
        if is_admin:
            with st.popover(words("sessions.end_all")):
                st.write(words("sessions.end_all_text"))
                if st.button(words("sessions.end_all_sure"), key="end_all", type="primary"):
                    everybody = people.list_people(opened)["address"]
                    _end(lambda: login.end_all(opened, everybody, address, this))
    if st.session_state.pop("sessions_ended", False):
        st.success(words("sessions.ended"))


def _end(what) -> None:
    try:
        what()
    except Refused as refused:
        refusal.show(refused, "not_ended")
        return
    st.session_state["sessions_ended"] = True
    st.rerun()
