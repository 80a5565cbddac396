"""An unexpected fault: the traceback and a code to the log, one plain sentence to the person."""

import streamlit as st

from pages.shared.literal import literal
from pages.shared.speech import speech
from poa_core.logbook import log_incident


def show_incident(error: Exception) -> bool:
    """Log the fault under a code and show the code. True: Streamlit shows nothing of its own."""
    st.error(literal(speech()("page.incident", code=log_incident(error))))
    return True
