"""The plan shown: its utility, process and year, chosen in the frame where there is more than one, and in the
address.
"""

import pandas as pd
import streamlit as st

from pages.shared import filters, session
from pages.shared.speech import speech
from poa_core.contract import Key
from poa_core.panels.plan_choices import NOUNS, PlanChoice, codes_of


def plan() -> pd.Series:
    """The row of the plan shown. There is at least one plan."""
    return session.plans().iloc[_choice().position]


def bar() -> None:
    """What can be chosen, in one row; nothing where there is one plan. Says where a link named a plan that is
    not here.
    """
    words, choice, chosen = speech(), _choice(), st.session_state["choices"]
    if not choice.is_known:
        st.info(words("plan_choice.unknown"))
    if not choice.is_needed:
        chosen |= dict.fromkeys(NOUNS, "")
        return
    with st.container(key="plans", horizontal=True):
        for noun in NOUNS:
            choice = _choice()  # a utility just chosen has processes of its own, and those their years
            chosen[noun] = choice.codes[noun]
            if len(choice.offered[noun]) > 1:
                offered = {code: (value, str(value)) for code, value in choice.offered[noun].items()}
                filters.select(
                    noun,
                    offered,
                    words,
                    " ".join(choice.codes[above] for above in NOUNS[: NOUNS.index(noun)]),
                )
    chosen |= _choice().codes


def switch_to(key: Key) -> None:
    """From the next run on the plan of this year, utility and process is shown."""
    st.session_state["choices"] |= codes_of(session.plans(), key)
    filters.forget_widgets()


def reset() -> None:
    """From the next run on the plan is shown that is shown where none is named."""
    st.session_state["choices"] |= dict.fromkeys(NOUNS, "")
    filters.forget_widgets()


def _choice() -> PlanChoice:
    chosen = st.session_state["choices"]
    return session.plan_choice({noun: chosen[noun] for noun in NOUNS})
