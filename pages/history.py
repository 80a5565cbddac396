"""Every upload: its original to download, and taking it back as a whole."""

import streamlit as st

from pages.shared import block, filters, illustration, session, undoing
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import metrics
from poa_core.blocks import history as blocks

words = speech()
plan = session.plans().iloc[0]
scope = metrics.Scope(int(plan["year"]), plan["entity"], plan["process"], 0, session.today())
uploads = ask(metrics.uploads, scope)
chosen = uploads[uploads["upload_id"].astype(str) == str(st.session_state.get("upload"))]
filters.write_address(carga=st.session_state.get("upload") if len(chosen) else None)

left, right = st.columns([2.6, 1], gap="medium") if len(chosen) else (st.container(), None)
with left:
    asked = block.show(blocks.uploads(uploads, words, st.session_state.get("upload")), "uploads")
    if asked and asked.startswith("upload:"):
        st.session_state["upload"] = asked.removeprefix("upload:")
        st.rerun()
    if illustration.shows(plan):
        illustration.offer(plan, "start_empty_here")
if right is not None:
    with right, st.container(border=True):
        undoing.offer(chosen.iloc[0])
