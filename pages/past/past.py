"""Seeing the whole dashboard as it was known on a past day: the bar that says so, and the choice of the
day.
"""

from datetime import date

import pandas as pd
import streamlit as st

from pages.shared import block, session
from pages.shared.speech import speech
from poa_core import moment as clock
from poa_core.blocks.past import day as blocks


def bar() -> None:
    """On every page: that it shows what was known on a past day, and the way back to today."""
    day, words = session.known_on(), speech()
    if day is None:
        return
    with st.container(key="past", horizontal=True, vertical_alignment="center"):
        block.show(blocks.bar(day, words), "past_bar")
        if st.button(words("past.back"), key="past_back"):
            _see(None)


def choose(plan: pd.Series) -> None:
    """The day to see, in the history: from the plan's first acceptance to today."""
    words, today = speech(), clock.to_lima(clock.now()).date()
    first_day = clock.to_lima(pd.Timestamp(plan["first_accepted_at"]).to_pydatetime()).date()
    picked = st.date_input(
        words("past.choose"),
        value=session.known_on(),
        min_value=min(first_day, today),
        max_value=today,
        format="DD/MM/YYYY",
        key="past_day",
        help=words("past.help"),
    )
    if isinstance(picked, date) and picked != today and picked != session.known_on():
        _see(picked)


def refuse_in_past() -> bool:
    """Nothing is changed in the past: say so where the page would change something."""
    if session.known_on() is None:
        return False
    st.info(speech()("past.no_change"))
    return True


def _see(day: date | None) -> None:
    st.session_state["known_on"] = day.isoformat() if day else None
    st.session_state.pop("past_day", None)
    st.rerun()
