"""The executives' screen: the outcome beside each indicator's compliance."""

import streamlit as st

from pages.access import identity
from pages.shared import block, chart, filters, plan_choice
from pages.shared.heading import top
from pages.shared.session import ask, drawn
from pages.shared.speech import speech
from poa_core import links
from poa_core.figures.metrics import unfiltered
from poa_core.panels import overview


@st.fragment
def screen() -> None:
    """All but the frame: a change of filter draws this part alone."""
    identity.hold()
    words = speech()
    scope = top(plan_choice.plan())
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
            chart.show(figure, spoken, "outcome_chart")
            if parts := drawn(overview.localities, whole):
                block.show(parts, "localities")
        block.show(drawn(overview.process, scope), "process")
    with plan_side:
        block.show(drawn(overview.plan, scope), "plan")
    block.show(drawn(overview.attention, scope) + drawn(overview.coming, scope), "below")


screen()
