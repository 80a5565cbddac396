"""One person's rights, said anew: address, role, divisions, whether they may enter."""

import pandas as pd
import streamlit as st

from pages.access import identity, refusal
from pages.shared import block, login, session
from pages.shared.literal import literal
from pages.shared.speech import speech
from poa_core.blocks import people as blocks
from poa_core.ledger import people, rights
from poa_core.ledger.submission import Refused


def show(named: pd.DataFrame) -> None:
    """The form, filled with who is chosen from the list."""
    words, chosen = speech(), st.session_state.get("person_chosen")
    person = named[named["address"] == chosen].iloc[0] if chosen in set(named["address"]) else None
    key = f"{chosen} {session.open_ledger().version} {words.language}"
    block.show(blocks.heading(words("people.new") if person is None else chosen), "person_heading")
    if person is None:
        st.caption(words("people.new_text"))
        address = st.text_input(words("people.address"), key=f"address {key}", max_chars=200).strip()
    else:
        address = chosen
    roles = list(rights.ROLES)
    role = st.radio(
        words("people.role"),
        roles,
        index=0 if person is None else roles.index(person["role"]),
        key=f"role {key}",
        format_func=lambda name: words(f"people.role_{name}"),
    )
    divisions = []
    if role == rights.LEADER:
        current_divisions = (
            [] if person is None else [name for name in person["divisions"].split(rights.BAR) if name]
        )
        divisions = st.pills(
            words("people.divisions"),
            sorted({*people.divisions(session.open_ledger()), *current_divisions}),
            selection_mode="multi",
            format_func=literal,
            default=current_divisions,
            key=f"divisions {key}",
        )
    active = st.checkbox(
        words("people.active"), value=person is None or bool(person["active"]), key=f"active {key}"
    )
    if st.button(words("people.put"), type="primary", key="put_person", width="stretch"):
        _put(rights.Person(address, role, frozenset(divisions), active))
    if person is not None and login.is_bound(session.open_ledger(), address):
        with st.container(key="release"):
            st.caption(words("people.release_text"))
            if st.button(words("people.release"), key=f"release {key}", width="stretch"):
                _release(address)
    if st.session_state.pop("person_released", False):
        st.success(words("people.released"))
    saved, version = st.session_state.get("person_saved", ("", None))
    if version == session.open_ledger().version:  # until the next change, whoever makes it
        block.show(blocks.saved(saved, words), "person_saved")


def _release(address: str) -> None:
    try:
        login.release(session.open_ledger(), address, identity.address())
    except Refused as refused:
        refusal.show(refused, "person_refused")
        return
    st.session_state["person_released"] = True
    st.rerun()


def _put(person: rights.Person) -> None:
    try:
        people.set_rights(session.open_ledger(), person, identity.address())
    except Refused as refused:
        refusal.show(refused, "person_refused")
        return
    st.session_state["person_saved"] = rights.normalize_address(person.address), session.open_ledger().version
    st.session_state["person_chosen"] = None
    st.rerun()
