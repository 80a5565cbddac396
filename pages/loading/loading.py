"""A file as handed in: read apart from the server, checked, tried; what the page then shows of it."""

import hashlib
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.access import identity
from pages.shared import session
from pages.shared.speech import speech
from poa_core import moment as clock
from poa_core.blocks.loading import upload as blocks
from poa_core.contract import Key, ProgressFile
from poa_core.intake.progress import typed
from poa_core.ledger import uploads
from poa_core.ledger.condition import condition
from poa_core.loading import effect, files

TRIED = ("tried", "tried_for", "marked", "decimal")
TYPED = ("typed", "typed_fields")


@dataclass(frozen=True)
class Trial:
    """A file as read, what it would do, and the markup that says so."""

    file: ProgressFile
    name: str
    content: bytes
    key: Key
    html: str
    foreseen: effect.Effect | None = None
    is_typed: bool = False
    fingerprint: str = ""  # of what was previewed, and whose it was

    def submission(
        self, person: str = "", reason: str | None = None, confirmed: bool = False
    ) -> uploads.Submission:
        """What the person hands in: the bytes that were previewed."""
        return uploads.Submission(
            *self.key,
            self.name,
            self.content,
            person,
            self.file.values,
            self.file.illustrative,
            reason,
            self.file.questions,
            confirmed,
            identity.preview_owner(),
        )


def uploader_key() -> str:
    """A new key empties the uploader for the next file."""
    return f"file_{st.session_state.setdefault('file_number', 0)}"


def answer_key(name: str) -> str:
    """The key of an answer about the file that is tried: a yes or a reason to one file is none to the
    next.
    """
    return f"{name} {st.session_state['tried_for'][0]}"


def try_file(content: bytes, name: str, plan: pd.Series, is_typed: bool) -> Trial:
    """Read, check and try the file, or the month typed; once per file, convention and data version."""
    words, opened = speech(), session.open_ledger()
    key = (int(plan["year"]), plan["entity"], plan["process"])
    decimal = st.session_state.get("decimal")
    trial_key = (
        hashlib.sha256(content).hexdigest(),
        name,
        decimal,
        opened.version,
        words.language,
        key,
        is_typed,
    )
    if st.session_state.get("tried_for") != trial_key:
        with st.spinner(words("upload.reading")):
            st.session_state["tried"] = _new_trial(opened, content, name, key, decimal, words, is_typed)
        st.session_state["tried_for"] = trial_key
    return st.session_state["tried"]


def _new_trial(
    opened, content: bytes, name: str, key: tuple, decimal: str | None, words, is_typed: bool
) -> Trial:
    file = files.read_progress(opened, content, name, key, clock.now(), decimal, apart=True)
    with opened.cursor() as cursor:
        knowledge = effect.knowledge(cursor, key, clock.now())
    problems = typed.locate_problems(file.problems, content, knowledge) if is_typed else file.problems
    if file.is_refused:
        return Trial(
            file,
            name,
            content,
            key,
            blocks.problems_panel(problems, name, file.rows_read, words, is_typed),
            is_typed=is_typed,
        )
    handed = Trial(file, name, content, key, "").submission(identity.address())
    foreseen = effect.foresee(opened, handed)
    html = blocks.effect(foreseen, knowledge, name, problems, words, is_typed)
    return Trial(file, name, content, key, html, foreseen, is_typed, handed.fingerprint)


def start_again() -> None:
    """Forget the file and what was answered about it, and draw the page anew."""
    forget()
    st.rerun()


def forget() -> None:
    """Let go of the file, its uploader and what was answered about it."""
    st.session_state["file_number"] = st.session_state.get("file_number", 0) + 1
    _drop(TRIED + TYPED)


def keep_only(handed: UploadedFile | list[UploadedFile] | None) -> None:
    """Keep what is handed in now and nothing of before, which Streamlit would keep until the session ends."""
    files = handed if isinstance(handed, list) else [handed] if handed else []
    now, before = {file.file_id for file in files}, st.session_state.get("handed", set())
    context = get_script_run_ctx()
    for gone in before - now:
        context.uploaded_file_mgr.remove_file(context.session_id, gone)
    st.session_state["handed"] = now
    if before - now and not st.session_state.get("typed"):
        _drop(TRIED)


def say_trouble() -> None:
    """Beside what was saved: that it is in danger, which nobody else may see."""
    for trouble in condition(session.open_ledger()).troubles:
        if trouble in ("file_gone", "copy_failed", "no_second_copy"):
            st.warning(speech()(f"condition.{trouble}"))


def new_receipt() -> dict:
    """An empty receipt, to be filled in once the ledger has accepted.

    It is put into the session before: other pages' news may end this run at its next touch of the session,
    after the commit.
    """
    receipt = st.session_state["receipt"] = {}
    return receipt


def _drop(names: tuple[str, ...]) -> None:
    for name in names:
        st.session_state.pop(name, None)
