"""What changed since a day: the day chosen, the filters, and both sides."""

import pandas as pd
import streamlit as st

from pages.past import since_day
from pages.shared import block, filters
from pages.shared.session import run_panel
from poa_core.panels import due, since


def show(plan: pd.Series) -> str:
    """The day, the filters, and what changed. Returns the day as the address has it."""
    left, right = st.columns([1, 4.6], vertical_alignment="bottom")
    with right:
        scope = filters.show(plan)
    with left:
        day = since_day.choose(plan, scope)
    if notice := run_panel(due.notice, scope):
        block.show(notice, "overdue_line")
    block.show(run_panel(since.changes, scope, day), "since")
    return day.isoformat()
