"""The language of this session's screen."""

import streamlit as st
from starlette.responses import PlainTextResponse

from poa_core.words.language import LANGUAGES, Words, words

NEVER_KEPT = {"cache-control": "no-store"}  # the header of an answer that holds for this moment alone
COOKIE = "poa_language"  # what the person chose last, for the next visit and for the way back from logging in


def language() -> str:
    """es, or en where the person or the address chose it, now or the last time."""
    chosen = st.session_state.get("language") or st.query_params.get("lang") or st.context.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def speech() -> Words:
    """The words of this session."""
    return words(language())


def answer_in_words(key: str, status: int) -> PlainTextResponse:
    """A sentence in every language, for an address that knows no session."""
    text = "\n".join(words(language)(key) for language in LANGUAGES)
    return PlainTextResponse(text, status, NEVER_KEPT)
