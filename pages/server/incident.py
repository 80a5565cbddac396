"""An unexpected fault: the traceback and a code to the log, one plain sentence to the person."""

import logging
import secrets

import streamlit as st

from pages.shared.speech import speech

log = logging.getLogger("poa")


def show_incident(error: Exception) -> bool:
    """Log the fault under a code and show the code. True: Streamlit shows nothing of its own."""
    code = secrets.token_hex(3).upper()
    log.error("incident %s", code, exc_info=error)
    st.error(speech()("page.incident", code=code))
    return True
