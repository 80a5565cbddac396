"""The plan's heading on every page that shows figures."""

import pandas as pd
import streamlit as st

from pages.shared import block, session
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import ledger, metrics
from poa_core.blocks import overview as blocks


def heading(plan: pd.Series, scope: metrics.Scope) -> None:
    """Plan, process, how many report; that it is illustrative, and one click to start without."""
    words = speech()
    shown, every = ask(metrics.activities, scope), ask(metrics.activities, metrics.unfiltered(scope))
    filtered = "" if len(shown) == len(every) else words("head.filtered", count=len(shown), total=len(every))
    illustrative = ask(metrics.is_illustrative, scope)
    block.show(blocks.head(plan, every, illustrative, filtered, words), "head")
    if illustrative and st.button(words("head.start_empty"), help=words("head.start_empty_help"), key="start_empty", type="tertiary"):
        ledger.withdraw_illustration(session.open_ledger(), (scope.year, scope.entity, scope.process), words("page.someone"))
        st.rerun()
