"""The executives' screen: the outcome beside each indicator's compliance."""

import streamlit as st

from pages.shared import block, filters, session
from pages.shared.heading import top
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import charts, links, metrics, reminder, sentences
from poa_core.blocks import overview as blocks

words = speech()
plan = session.plans().iloc[0]
scope = top(plan)
filters.write_address()

whole = metrics.unfiltered(scope)  # what no filter changes is asked once for all of them
activities, rollups = ask(metrics.activities, scope), ask(metrics.rollups, whole)
figures, path = ask(metrics.outcome, whole), ask(metrics.outcome_path, whole)
cells, due = ask(metrics.cells, whole), ask(metrics.falling_due, whole)
has_progress = bool((activities["value_count"] > 0).any()) or bool(path["reported"].notna().any())

outcome_side, plan_side = st.columns([1.1, 1], gap="medium")
with outcome_side, st.container(height="stretch"):
    for row in (figures.iloc[n] for n in range(len(figures))):
        block.show(blocks.outcome(row, scope.month, words), "outcome")
        if not has_progress and st.button(words("empty.load"), type="primary", key="first"):
            st.switch_page(st.session_state["pages"][links.UPLOAD])
        spoken = sentences.plain(sentences.outcome(row, scope.month, words))
        st.plotly_chart(
            charts.outcome(path, row, words, charts.ink(st.context.theme.type)), theme=None, height="stretch",
            key="outcome_chart", config=charts.config(words), alt=charts.spoken(path, row, spoken, words),
        )  # fmt: skip
        parts = ask(metrics.outcome_by_locality, whole)
        if len(parts):
            block.show(blocks.localities(parts, row, words), "localities")
    block.show(blocks.process(activities, cells, scope.month, words), "process")
with plan_side:
    if has_progress:
        of_plan = metrics.pick_rollup(rollups, scope, "plan")
        by_objective = metrics.pick_rollup(rollups, scope, "objective")
        block.show(blocks.bars(activities, by_objective, of_plan, scope.month, words, scope != whole), "plan")
    else:
        block.show(blocks.targets(activities, cells, words), "plan")

shown = blocks.attention(activities, ask(metrics.remarks, whole), scope.month, words) if has_progress else ""
by_month = ask(metrics.reporting_by_month, whole)
coming = blocks.coming(due[due["code"].isin(activities["code"])], ask(metrics.reporting, whole), by_month,
                       ask(metrics.uploads, whole.at(0)), scope.month, words)  # fmt: skip
block.show(shown + coming, "below")
if has_progress and scope.month:
    with st.popover(words("reminder.button")):
        st.code(reminder.message(by_month, activities, figures, scope.month, words), language=None, wrap_lines=True)
