"""The steps of loading a file: who, how it reads, what it would do, and the one click that stores it."""

import hashlib
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shared import block, session
from pages.shared.speech import speech
from poa_core import ledger, links
from poa_core import moment as clock
from poa_core.asking import said
from poa_core.blocks import upload as blocks
from poa_core.contract import ProgressFile
from poa_core.intake import effect, files


@dataclass(frozen=True)
class Trial:
    """A file as read, what it would do, and the markup that says so."""

    file: ProgressFile
    name: str
    content: bytes
    key: tuple[int, str, str]
    html: str
    foreseen: effect.Effect | None = None


def uploader_key() -> str:
    """A new key empties the uploader for the next file."""
    return f"file_{st.session_state.setdefault('file_number', 0)}"


def person() -> str:
    """Who loads: asked once per session."""
    st.session_state.setdefault("person", "")
    return st.text_input(speech()("upload.person"), key="person", max_chars=80, persist_state="session",
                         placeholder=speech()("upload.person_hint")).strip()  # fmt: skip


def tried(uploaded, plan: pd.Series, where) -> Trial:
    """Read, check and try the file; once per file, convention and data version."""
    words, opened = speech(), session.open_ledger()
    content = uploaded.getvalue()
    key = (int(plan["year"]), plan["entity"], plan["process"])
    decimal = st.session_state.get("decimal")
    asked = (hashlib.sha256(content).hexdigest(), uploaded.name, decimal, opened.version, words.language, key)
    if st.session_state.get("tried_for") != asked:
        st.session_state["tried"] = _tried(opened, content, uploaded.name, key, decimal, words)
        st.session_state["tried_for"] = asked
    return st.session_state["tried"]


def _tried(opened, content: bytes, name: str, key: tuple, decimal: str | None, words) -> Trial:
    file = files.read_progress(opened, content, name, key, clock.now(), decimal)
    if file.is_refused:
        return Trial(file, name, content, key, blocks.refused(file.problems, name, file.rows_read, words))
    foreseen = effect.foresee(opened, _submission(file, name, content, key, "", None))
    with opened.cursor() as cursor:
        known = effect.knowledge(cursor, key, clock.now())
    return Trial(file, name, content, key, blocks.effect(foreseen, known, name, file.problems, words), foreseen)


def decide(trial: Trial) -> None:
    """The panel beside the preview: mend it, say how it writes decimals, or accept it."""
    words = speech()
    if trial.file.needs_decimal:
        _ask_decimal()
    elif trial.foreseen is None:
        block.show(blocks.to_mend(trial.file.problems, words), "to_mend")
    elif trial.foreseen.refusal is not None:
        block.show(blocks.refusal(trial.foreseen.refusal.code, said(trial.foreseen.refusal, words), words), "refusal")
    else:
        _offer(trial)
    if st.button(words("upload.another"), key="another", width="stretch"):
        _start_again()


def say_saved(receipt: dict) -> None:
    """Step three: what was stored, and where to see it."""
    words = speech()
    block.show(blocks.saved(receipt["rows"], receipt["name"], words.instant(receipt["at"]), words), "saved")
    with st.container(horizontal=True):
        if st.button(words("upload.see"), type="primary", key="see"):
            st.session_state.pop("receipt")
            st.switch_page(st.session_state["pages"][links.OVERVIEW])
        if st.button(words("upload.next"), key="next"):
            st.session_state.pop("receipt")
            _start_again()


def _ask_decimal() -> None:
    words = speech()
    block.show(blocks.ask_decimal(words), "ask_decimal")
    for convention in ("point", "comma"):
        if st.button(words(f"upload.decimal_{convention}"), key=f"decimal_{convention}", width="stretch"):
            st.session_state["decimal"] = convention
            st.rerun()


def _offer(trial: Trial) -> None:
    words = speech()
    block.show(blocks.consequence(trial.foreseen, words), "consequence")
    corrects = trial.foreseen.count("corrected") + trial.foreseen.count("taken_back") > 0
    reason = st.text_input(words("upload.reason"), key="reason", max_chars=300) if corrects else None
    stored = len(trial.foreseen.changes) - trial.foreseen.count("unchanged")
    label = words("upload.accept_one" if stored == 1 else "upload.accept_many", count=stored)
    who = person()
    if st.button(label, type="primary", key="accept", width="stretch"):
        if who:
            _accept(trial, who, reason)
        else:
            st.warning(words("upload.person_first"))


def _accept(trial: Trial, who: str, reason: str | None) -> None:
    words = speech()
    submission = _submission(trial.file, trial.name, trial.content, trial.key, who, reason or None)
    try:
        receipt = ledger.accept(session.open_ledger(), submission, seen_version=trial.foreseen.seen_version)
    except ledger.Refused as refusal:
        st.session_state.pop("tried_for", None)
        block.show(blocks.refusal(refusal.code, said(refusal, words), words), "refused_now")
        return
    st.session_state["receipt"] = {"rows": receipt.rows, "name": trial.name, "at": receipt.accepted_at}
    st.rerun()


def _submission(file: ProgressFile, name: str, content: bytes, key: tuple, who: str, reason) -> ledger.Submission:
    return ledger.Submission(*key, name, content, who, file.values, file.illustrative, reason)


def _start_again() -> None:
    st.session_state["file_number"] += 1
    for name in ("tried", "tried_for", "decimal"):
        st.session_state.pop(name, None)
    st.rerun()
