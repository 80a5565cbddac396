"""Text from data in Streamlit's own elements, which read Markdown: it shows as it is written."""

import re

import streamlit as st

from pages.shared.speech import speech
from poa_core.ledger.submission import Refused
from poa_core.words.refusals import sentence_hints

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What Streamlit looks for in the text that is left when Markdown has been read: icons and emoji (:name:),
# arrows and dashes (-> <= --), addresses (a@b.c, www.a). A word joiner is seen by nobody and parts them.
JOINED = re.compile(r"(?<=[:@])(?=\S)|(?<=[<>=~-])(?=[<>=~-])|(?<=www)(?=\.)", re.IGNORECASE)
WORD_JOINER = "\u2060"


def literal(text: str) -> str:
    """A text that Streamlit shows as it is: no link, picture, formula, icon or emphasis comes of it."""
    return PUNCTUATION.sub(r"\\\1", JOINED.sub(WORD_JOINER, " ".join(text.split())))


def warn_refusal(refusal: Refused) -> None:
    """Say why the ledger does not take it."""
    words = speech()
    st.warning(literal(words(f"refusal.{refusal.code}", **sentence_hints(refusal, words))))
