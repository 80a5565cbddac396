"""The executives' screen: the outcome beside each indicator's compliance."""

import streamlit as st

from pages.shared import block, filters, session
from pages.shared.heading import top
from pages.shared.session import ask, drawn
from pages.shared.speech import speech
from poa_core import charts, links
from poa_core.metrics import unfiltered
from poa_core.panels import overview

words = speech()
plan = session.plans().iloc[0]
scope = top(plan)
filters.write_address()
whole = unfiltered(scope)
has_progress = overview.has_progress(ask, scope)

outcome_side, plan_side = st.columns([1.1, 1], gap="medium")
with outcome_side, st.container(height="stretch"):
    if said := drawn(overview.outcome, whole):
        block.show(said, "outcome")
        if not has_progress and st.button(words("empty.load"), type="primary", key="first"):
            st.switch_page(st.session_state["pages"][links.UPLOAD])
        figure, spoken = drawn(overview.outcome_chart, whole, st.context.theme.type)
        st.plotly_chart(figure, theme=None, height="stretch", key="outcome_chart", config=charts.config(words), alt=spoken)
        if parts := drawn(overview.localities, whole):
            block.show(parts, "localities")
    block.show(drawn(overview.process, scope), "process")
with plan_side:
    block.show(drawn(overview.plan, scope), "plan")
block.show(drawn(overview.attention, scope) + drawn(overview.coming, scope), "below")
