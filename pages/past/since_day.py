"""The day since when changes are told: one choice for every page that tells them, kept in the address as
`desde`.
"""

from datetime import date

import pandas as pd
import streamlit as st

from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import moment as clock
from poa_core.figures import metrics, since


def choose(plan: pd.Series, scope: metrics.Scope, label: str = "since.choose") -> date:
    """The day chosen, the last meeting's unless one is. label: a key of the texts."""
    words, first = speech(), plan["first_accepted_at"].to_pydatetime()
    requested = _read_day(st.session_state.get("since"))
    day = since.clamp_day(requested, first, scope.known_at) if requested else ask(since.meeting_before, scope)
    # A widget of its own for each day and language: what the address or the cut-off says is not kept back by
    # the browser.
    picked = st.date_input(
        words(label),
        value=day,
        min_value=min(clock.to_lima(first).date(), day),
        format="DD/MM/YYYY",
        max_value=clock.to_lima(scope.known_at).date(),
        key=f"since {day} {words.language}",
    )
    if isinstance(picked, date) and picked != day:
        st.session_state["since"] = picked.isoformat()
        st.rerun()
    return day


def _read_day(text: str | None) -> date | None:
    """A day in the address that is none is no choice."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
