"""The year's months: open, past their day, closed; closing one, and opening it again with a reason."""

import pandas as pd
import streamlit as st

from pages.access import identity
from pages.loading import decision
from pages.shared import block, session
from pages.shared.literal import warn_refusal
from pages.shared.session import ask, run_panel
from pages.shared.speech import speech
from poa_core.blocks.past import months as blocks
from poa_core.figures import metrics
from poa_core.ledger import months as closing
from poa_core.ledger import rights, uploads
from poa_core.panels import due


def show(scope: metrics.Scope) -> None:
    """The table of months, and beside it what can be done with the one chosen."""
    words, months = speech(), ask(metrics.months, scope)
    may_act = session.known_on() is None and identity.may(rights.CLOSE)
    with st.container(key="chosen_row"):
        left, right = st.columns([2, 1], gap="medium")
    with left:
        chosen = st.session_state.get("closing_month")
        clicked = block.show(blocks.table(months, session.known_at(), chosen, words, may_act), "months")
        if clicked and clicked.startswith("month:"):
            st.session_state["closing_month"] = int(clicked.removeprefix("month:"))
            st.rerun()
    with right:
        if chosen:
            month = months.set_index("month").loc[chosen]
            with st.container(border=True):
                block.show(
                    blocks.panel(month, run_panel(due.lacking, scope, chosen), chosen, scope.year, words),
                    "month_panel",
                )
                if may_act and blocks.is_over(month, chosen, session.known_at()):
                    _act(scope, month, chosen)


def _act(scope: metrics.Scope, month: pd.Series, number: int) -> None:
    words, key = speech(), (scope.year, scope.entity, scope.process)
    closed = bool(month["is_closed"])
    reason = st.text_input(
        words("months.reason_reopen" if closed else "months.reason_close"),
        key=f"month_reason_{number}_{closed}",
        max_chars=300,
    ).strip()
    who = decision.person()
    if not st.button(
        words("months.reopen" if closed else "months.close"), key="month_act", type="primary", width="stretch"
    ):
        return
    if not who:
        st.warning(words("upload.person_first"))
        return
    try:
        act = closing.reopen_month if closed else closing.close_month
        act(session.open_ledger(), key, number, who, reason or None)
    except uploads.Refused as refusal:
        warn_refusal(refusal)
        return
    st.rerun()
