"""Load progress in three steps: choose a file, see what it will do, accept."""

import streamlit as st

from pages.shared import block, filters, loading, session
from pages.shared.speech import speech
from poa_core.blocks import upload as blocks
from poa_core.config import place

words = speech()
plan = session.plans().iloc[0]
filters.write_address()

receipt = st.session_state.get("receipt")
file = None if receipt else st.session_state.get(loading.uploader_key())
block.show(blocks.steps(3 if receipt else 2 if file else 1, words), "steps")
if receipt:
    loading.say_saved(receipt)
    st.stop()
left, right = st.columns([2.4, 1], gap="medium")
with left:
    file = st.file_uploader(words("upload.file"), type=None, key=loading.uploader_key(), max_upload_size=10)
if file is None:
    with right:
        block.show(blocks.help_text(words), "help")
    st.stop()
trial = loading.tried(file, plan, place())
with left:
    block.show(trial.html, "preview")
with right, st.container(border=True):
    loading.decide(trial)
