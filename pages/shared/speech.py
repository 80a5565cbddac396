"""The language of this session's screen."""

import streamlit as st

from poa_core.words import LANGUAGES, Words, words


def language() -> str:
    """es, or en where the person or the address chose it."""
    chosen = st.session_state.get("language") or st.query_params.get("lang")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def speech() -> Words:
    """The words of this session."""
    return words(language())
