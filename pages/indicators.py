"""The table of all activities, or one of them in detail with why its percentage is what it is."""

import streamlit as st

from pages.shared import block, filters, noting, session
from pages.shared.heading import top
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import charts, metrics
from poa_core.blocks import indicator as blocks
from poa_core.charts import activity as activity_charts

words = speech()
plan = session.plans().iloc[0]
scope = top(plan)

activities, cells = ask(metrics.activities, scope), ask(metrics.cells, metrics.unfiltered(scope))
code = st.session_state.get("activity")
chosen = activities[activities["code"] == code]
filters.write_address(actividad=code if len(chosen) else None)

if chosen.empty:
    block.show(blocks.table(activities, cells, scope.month, words), "table")
else:
    row, own = chosen.iloc[0], cells[cells["code"] == code]
    listing, detail = st.columns([1, 2.5], gap="medium")
    with listing:
        if block.show(blocks.listing(activities, code, words), "list") == "all":
            st.session_state["activity"] = None
            st.rerun()
    with detail:
        first = ask(metrics.initial_compliance, scope, code) if plan["versions"] > 1 else None
        block.show(blocks.detail(row, own, scope.month, words, first), "detail")
        curve, values = st.columns([1.5, 1], gap="medium")
        with curve:
            block.show(blocks.chart_caption(row, words), "curve_caption")
            st.plotly_chart(
                activity_charts.cumulative(own, row, scope.month, words, charts.ink(st.context.theme.type)), theme=None,
                key="curve", config=charts.config(words), alt=activity_charts.spoken(row, scope.month, words),
            )  # fmt: skip
        with values:
            told = ask(metrics.remarks_of, scope, code)
            block.show(blocks.history(ask(metrics.value_history, scope, code), told, words), "values")
            noting.offer(row, scope)
