"""Text from data in Streamlit's own elements, which read Markdown: it shows as it is written."""

import re

import streamlit as st

from pages.shared.speech import speech
from poa_core.ledger.submission import Refused
from poa_core.words.refusals import sentence_hints

# No more than Markdown reads: a field's label is read out as it is, backslashes and all.
MARKS = re.compile(r"([\\`*_\[\]<>#|~$&!]|^[-+](?=\s|-|$)|^(?:=+|\d+[.)])(?=\s|$))")
# What Streamlit looks for in the text that is left when Markdown has been read: icons and emoji (:name:),
# arrows and dashes (-> <= --), addresses (a@b.c, http://a, www.a). A word joiner is seen by nobody and
# parts them.
JOINED = re.compile(r"(?<=:)(?=[a-z_+/-])|(?<=@)(?=\S)|(?<=[<>=~-])(?=[<>=~-])|(?<=www)(?=\.)", re.IGNORECASE)
WORD_JOINER = "\u2060"


def literal(text: str) -> str:
    """A text that Streamlit shows as it is: no link, picture, formula, icon or emphasis comes of it."""
    return MARKS.sub(_escape, JOINED.sub(WORD_JOINER, " ".join(text.split())))


def _escape(mark: re.Match) -> str:
    """1. begins a list by its last character, all else by its first."""
    return f"{mark[0][:-1]}\\{mark[0][-1]}"


def warn_refusal(refusal: Refused) -> None:
    """Say why the ledger does not take it."""
    words = speech()
    st.warning(literal(words(f"refusal.{refusal.code}", **sentence_hints(refusal, words))))
