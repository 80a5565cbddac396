"""The plan's heading on every page that shows figures."""

import pandas as pd
import streamlit as st

from pages.shared import block, filters
from pages.shared.session import run_panel
from poa_core.figures import metrics
from poa_core.panels import due, overview


def top(plan: pd.Series) -> metrics.Scope:
    """Heading and filters in one row, above them what is overdue; returns what the filters choose."""
    above = st.container(key="overdue")
    left, right = st.columns([1, 2.5], vertical_alignment="center")
    with right:
        scope = filters.show(plan)
    with left:
        block.show(run_panel(overview.heading, scope), "head")
    if notice := run_panel(due.notice, scope):
        with above:
            block.show(notice, "overdue_line")
    return scope
