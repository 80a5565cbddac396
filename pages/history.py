"""Every upload, every month's state, every change, what changed since a day; and the dashboard as known on a
past day.
"""

import streamlit as st

from pages.loading import illustration
from pages.past import archived, changes_since, closing_months, past, trail, upload_withdrawal
from pages.shared import block, filters, plan_choice, session
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import links
from poa_core.blocks.past import uploads as blocks
from poa_core.figures import metrics

VIEWS = ("uploads", "months", "changes", links.SINCE)

words = speech()
plan = plan_choice.plan()
scope = session.scope_of(plan)
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    stored_view = st.session_state.get("view")
    view = st.segmented_control(
        words("history.view"),
        VIEWS,
        default=stored_view if stored_view in VIEWS else VIEWS[0],
        key=f"history_view {words.language}",
        format_func=lambda name: words(f"history.view_{name}"),
        required=True,
        label_visibility="collapsed",
    )
    with st.container(width=220):
        past.choose(plan)
st.session_state["view"] = view if view != VIEWS[0] else None
uploads = ask(metrics.uploads, scope)
chosen = uploads[uploads["upload_id"].astype(str) == str(st.session_state.get("upload"))]
since = changes_since.show(plan) if view == links.SINCE else None
filters.write_address(
    vista=st.session_state["view"], carga=st.session_state.get("upload") if len(chosen) else None, desde=since
)
if view == "months":
    closing_months.show(scope)
elif view == "changes":
    trail.show(scope)
elif view == VIEWS[0]:
    with st.container(key="chosen_row"):
        left, right = st.columns([2.6, 1], gap="medium") if len(chosen) else (st.container(), None)
    with left:
        clicked = block.show(blocks.uploads(uploads, words, st.session_state.get("upload")), "uploads")
        if clicked and clicked.startswith("upload:"):
            st.session_state["upload"] = clicked.removeprefix("upload:")
            st.rerun()
        if illustration.shows(plan):
            illustration.offer(plan, "start_empty_here")
    if right is not None:
        with right, st.container(border=True):
            upload_withdrawal.offer(chosen.iloc[0], plan)
    else:  # who acts is asked once on a page
        archived.offer(plan)
