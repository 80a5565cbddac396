"""The table of all activities, or one of them in detail with why its percentage is what it is."""

import streamlit as st

from pages.past import note_form
from pages.shared import block, chart, filters, plan_choice
from pages.shared.heading import top
from pages.shared.session import ask, run_panel
from pages.shared.speech import speech
from poa_core.charts.parts import HEIGHT
from poa_core.figures import metrics
from poa_core.panels import indicators

words = speech()
scope = top(plan_choice.plan())
activities = ask(metrics.activities, scope)
code = st.session_state.get("activity")
chosen = activities[activities["code"] == code]
filters.write_address(actividad=code if len(chosen) else None)


def draw(chart_parts: indicators.Chart, key: str) -> None:
    caption, figure, spoken = chart_parts
    block.show(caption, f"{key}_caption")
    chart.show(figure, spoken, key, HEIGHT)


if chosen.empty:
    block.show(run_panel(indicators.table, scope), "table")
else:
    listing, detail = st.columns([1, 2.5], gap="medium")
    with listing:
        if block.show(run_panel(indicators.listing, scope, code), "list") == "all":
            st.session_state["activity"] = None
            st.rerun()
    with detail:
        block.show(run_panel(indicators.detail, scope, code), "detail")
        theme = st.context.theme.type
        running = run_panel(indicators.cumulative, scope, code, theme)
        left, right = st.columns(2, gap="medium") if running else (st.container(), None)
        with left:
            draw(run_panel(indicators.by_month, scope, code, theme), "by_month")
        if running:
            with right:
                draw(running, "curve")
        if by_locality := run_panel(indicators.localities, scope, code):
            block.show(by_locality, "by_locality")
        block.show(run_panel(indicators.values, scope, code), "values")
        note_form.offer(chosen.iloc[0], scope)
