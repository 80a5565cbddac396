"""A month and a division: what the template and the typed table are for."""

import pandas as pd
import streamlit as st

from pages.access import identity
from pages.shared import session
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core.figures import metrics
from poa_core.figures.metrics import Scope

EVERYONE = ""


def choose(plan: pd.Series, key: str, most: int | None = None) -> tuple[Scope, int]:
    """The scope of the division chosen and the month (1-12): at first the one after the last reported.

    most: of how many activities all divisions are offered at once, as long as each has its division.
    """
    words, scope = speech(), session.scope_of(plan)
    key_prefix = (
        f"{key} {scope.entity} {scope.process} {scope.year}"  # what is chosen for one plan is no other's
    )
    who = ask(metrics.activities, scope)["responsible"]
    all_divisions = [EVERYONE] if most is None or len(who) <= most or who.isna().any() else []
    offered = [
        name
        for name in dict.fromkeys([*all_divisions, *_process(scope), *who.dropna()])
        if identity.answers_for(name)
    ]
    next_month = min(ask(metrics.default_cutoff, scope) + 1, 12)
    month = st.selectbox(
        words("type.month"),
        range(1, 13),
        index=next_month - 1,
        key=f"{key_prefix} month {words.language}",
        persist_state="session",
        format_func=lambda m: words("type.month_of", month=words.month(m), year=scope.year),
    )
    division = st.selectbox(
        words("type.division"),
        offered or [EVERYONE],
        key=f"{key_prefix} division {words.language}",
        persist_state="session",
        format_func=lambda name: name or words("type.everyone"),
    )
    return metrics.for_division(scope, division or None), month


def _process(scope: Scope) -> list[str]:
    """The process, where the plan has an outcome: it answers for that."""
    return [scope.process] if len(ask(metrics.outcome, scope)) else []
