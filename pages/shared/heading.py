"""The plan's heading on every page that shows figures."""

import pandas as pd
import streamlit as st

from pages.shared import block, filters
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import metrics
from poa_core.blocks import overview as blocks


def top(plan: pd.Series) -> metrics.Scope:
    """Heading and filters in one row; returns what the filters choose."""
    left, right = st.columns([1, 2.5], vertical_alignment="center")
    with right:
        scope = filters.show(plan)
    with left:
        heading(plan, scope)
    return scope


def heading(plan: pd.Series, scope: metrics.Scope) -> None:
    """Plan, process, and how many report, or how many the filters leave."""
    words = speech()
    whole = metrics.unfiltered(scope)
    shown, every = ask(metrics.activities, scope), ask(metrics.activities, whole)
    filtered = "" if len(shown) == len(every) else words("head.filtered", count=len(shown), total=len(every))
    months = ask(metrics.months, whole.at(0)).set_index("month")
    if scope.month and months.loc[scope.month, "is_open"]:
        cells = months.loc[scope.month, ["cells_reported", "cells"]]
        filtered = words("head.open_month", reported=int(cells.iloc[0]), due=int(cells.iloc[1]))
    block.show(blocks.head(plan, every, ask(metrics.is_illustrative, whole.at(0)), filtered, words), "head")
