"""Load progress in three steps: choose a file or type the month, see what it will do, accept. Or load a
plan.
"""

import streamlit as st

from pages.access import identity
from pages.loading import decision, loading, month_table, month_template, planning
from pages.past import past
from pages.shared import block, filters, plan_choice, session
from pages.shared.speech import speech
from poa_core.blocks.loading import upload as blocks
from poa_core.ledger import rights

WAYS = ("file", "type", "plan")

words = speech()
plan = None if session.plans().empty else plan_choice.plan()
if identity.refuse_page(rights.REPORT) or past.refuse_in_past():
    filters.write_address()
    st.stop()
ways = WAYS if identity.may(rights.PLAN) else WAYS[:2]
way = "plan" if plan is None else st.session_state.get("view")
if way == "plan" and identity.refuse_page(rights.PLAN):
    st.stop()
filters.write_address(vista=way if way in WAYS[1:] else None)
receipt = st.session_state.get("receipt")
typed = st.session_state.get("typed")
way = typed[2] if typed else way
key = planning.uploader_key() if way == "plan" else loading.uploader_key()
file = None if receipt else st.session_state.get(key)
loading.keep_only(file)
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    block.show(blocks.steps(3 if receipt else 2 if file or typed else 1, words, way), "steps")
    if plan is not None and not (receipt or typed or file):
        way = st.segmented_control(
            words("upload.way"),
            ways,
            default=way if way in ways else "file",
            key=f"way {words.language}",
            format_func=lambda name: words(f"upload.way_{name}"),
            required=True,
            label_visibility="collapsed",
        )
        if way != (st.session_state.get("view") or "file"):
            st.session_state["view"] = way
            st.rerun()
if receipt:
    (planning if "plan" in receipt else decision).say_saved(receipt)
elif way == "plan":
    planning.load(plan)
elif way == "type" and not typed:
    month_table.table(plan)
else:
    left, right = st.columns([2.4, 1], gap="medium")
    with left:
        if not typed:
            file = st.file_uploader(
                words("upload.file"), type=None, key=loading.uploader_key(), max_upload_size=10
            )
    if file is None and not typed:
        with left:
            month_template.offer(plan)
        with right:
            block.show(blocks.help_text(words), "help")
        st.stop()
    content, name = typed[:2] if typed else (file.getvalue(), file.name)
    trial = loading.try_file(content, name, plan, way == "type")
    with left:
        block.show(trial.html, "preview")
    with right, st.container(border=True):
        decision.decide(trial)
        if st.button(
            words("upload.back_to_table" if way == "type" else "upload.another"),
            key="another",
            width="stretch",
        ):
            loading.start_again()
