"""The executives' screen: the outcome beside each indicator's compliance."""

import streamlit as st

from pages.access import identity
from pages.shared import block, chart, filters, plan_choice
from pages.shared.heading import top
from pages.shared.session import ask, run_panel
from pages.shared.speech import speech
from poa_core import links
from poa_core.figures.metrics import unfiltered
from poa_core.panels import overview


@st.fragment
def screen() -> None:
    """All but the frame: a change of filter draws this part alone."""
    identity.require_access()
    words = speech()
    scope = top(plan_choice.plan())
    filters.write_address()
    plan_scope = unfiltered(scope)
    has_progress = overview.has_progress(ask, scope)
    outcome_side, plan_side = st.columns([1.1, 1], gap="medium")
    with outcome_side, st.container(height="stretch"):
        if html := run_panel(overview.outcome, plan_scope):
            block.show(html, "outcome")
            if not has_progress and st.button(words("empty.load"), type="primary", key="first"):
                st.switch_page(st.session_state["pages"][links.UPLOAD])
            figure, spoken = run_panel(overview.outcome_chart, plan_scope, st.context.theme.type)
            chart.show(figure, spoken, "outcome_chart")
            if parts := run_panel(overview.localities, plan_scope):
                block.show(parts, "localities")
        block.show(run_panel(overview.process, scope), "process")
    with plan_side:
        block.show(run_panel(overview.plan, scope), "plan")
    block.show(run_panel(overview.attention, scope) + run_panel(overview.coming, scope), "below")


screen()
