"""A file as handed in: read apart from the server, checked, tried; what the page then shows of it."""

import hashlib
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shared import session
from pages.shared.speech import speech
from poa_core import ledger
from poa_core import moment as clock
from poa_core.blocks import upload as blocks
from poa_core.contract import ProgressFile
from poa_core.intake import effect, files

KEPT = ("tried", "tried_for", "decimal", "typed", "typed_fields")


@dataclass(frozen=True)
class Trial:
    """A file as read, what it would do, and the markup that says so."""

    file: ProgressFile
    name: str
    content: bytes
    key: tuple[int, str, str]
    html: str
    foreseen: effect.Effect | None = None

    def submission(self, person: str = "", reason: str | None = None, confirmed: bool = False) -> ledger.Submission:
        """What the person hands in: the bytes that were previewed."""
        return ledger.Submission(*self.key, self.name, self.content, person, self.file.values, self.file.illustrative,
                                 reason, self.file.questions, confirmed)  # fmt: skip


def uploader_key() -> str:
    """A new key empties the uploader for the next file."""
    return f"file_{st.session_state.setdefault('file_number', 0)}"


def answer_key(name: str) -> str:
    """The key of an answer about the file that is tried: a yes or a reason to one file is none to the next."""
    return f"{name} {st.session_state['tried_for'][0]}"


def tried(content: bytes, name: str, plan: pd.Series) -> Trial:
    """Read, check and try the file; once per file, convention and data version."""
    words, opened = speech(), session.open_ledger()
    key = (int(plan["year"]), plan["entity"], plan["process"])
    decimal = st.session_state.get("decimal")
    asked = (hashlib.sha256(content).hexdigest(), name, decimal, opened.version, words.language, key)
    if st.session_state.get("tried_for") != asked:
        with st.spinner(words("upload.reading")):
            st.session_state["tried"] = _tried(opened, content, name, key, decimal, words)
        st.session_state["tried_for"] = asked
    return st.session_state["tried"]


def _tried(opened, content: bytes, name: str, key: tuple, decimal: str | None, words) -> Trial:
    file = files.read_progress(opened, content, name, key, clock.now(), decimal, apart=True)
    if file.is_refused:
        return Trial(file, name, content, key, blocks.refused(file.problems, name, file.rows_read, words))
    read = Trial(file, name, content, key, "")
    foreseen = effect.foresee(opened, read.submission())
    with opened.cursor() as cursor:
        known = effect.knowledge(cursor, key, clock.now())
    return Trial(file, name, content, key, blocks.effect(foreseen, known, name, file.problems, words), foreseen)


def start_again() -> None:
    """Forget the file and what was answered about it."""
    st.session_state["file_number"] = st.session_state.get("file_number", 0) + 1
    for name in KEPT:
        st.session_state.pop(name, None)
    st.rerun()
