"""Who may enter and do what: the list, a form for one person, every change."""

import streamlit as st

from pages.access import identity, person_form
from pages.shared import block, filters, session
from pages.shared.speech import speech
from poa_core.blocks import people as blocks
from poa_core.ledger import people, rights

words = speech()
filters.write_address()
if identity.person() is None:
    st.info(words("people.local"))
    st.stop()
if identity.refuse_page(rights.PEOPLE):
    st.stop()
opened = session.open_ledger()
named = people.list_people(opened)
with st.container(key="chosen_row"):
    left, right = st.columns([2.2, 1], gap="medium")
with left:
    clicked = block.show(blocks.table(named, st.session_state.get("person_chosen"), words), "people")
    if clicked and clicked.startswith("person:"):
        st.session_state["person_chosen"] = clicked.removeprefix("person:")
        st.rerun()
with right, st.container(border=True):
    person_form.show(named)
block.show(blocks.changes(people.changes(opened), words), "people_changes")
