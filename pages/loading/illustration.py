"""What every page says while the figures are illustrative, and the one click that starts without."""

import pandas as pd
import streamlit as st

from pages.access import identity
from pages.shared import block, session
from pages.shared.literal import warn_refusal
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core.blocks import overview as blocks
from poa_core.figures import metrics
from poa_core.ledger import rights, uploads


def shows(plan: pd.Series) -> bool:
    """Whether the plan's figures rest on illustrative values."""
    return ask(metrics.is_illustrative, session.scope_of(plan))


def flag(plan: pd.Series) -> None:
    """In the header of every page: the flag, and the click where there is room for it."""
    if shows(plan):
        block.show(blocks.flag(speech()), "illustrative")
        offer(plan, "start_empty")


def offer(plan: pd.Series, key: str) -> None:
    """One click takes the illustration away; its files stay, and the plan is as the source has it."""
    words = speech()
    if session.known_on() or not identity.may(rights.PLAN):
        return
    if st.button(words("head.start_empty"), help=words("head.start_empty_help"), key=key, type="tertiary"):
        scope = session.scope_of(plan)
        try:
            uploads.withdraw_illustration(
                session.open_ledger(),
                (scope.year, scope.entity, scope.process),
                identity.address() or words("page.someone"),
            )
        except uploads.Refused as refusal:
            warn_refusal(refusal)
            return
        st.rerun()
