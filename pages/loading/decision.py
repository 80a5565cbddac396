"""Beside the preview: mend the file, say how it writes decimals, or accept it with one click."""

import streamlit as st

from pages.access import identity, refusal
from pages.loading import loading
from pages.loading.loading import Trial
from pages.shared import block, download, session
from pages.shared.speech import speech
from poa_core import links
from poa_core import moment as clock
from poa_core.blocks.loading import upload as blocks
from poa_core.ledger import uploads
from poa_core.loading import files


def decide(trial: Trial) -> None:
    """The panel: what is wrong, what is asked, what happens if accepted."""
    words = speech()
    if trial.file.needs_decimal:
        ask_decimal(trial.is_typed)
    elif trial.foreseen is None:
        block.show(blocks.how_to_mend(trial.file.problems, words, trial.is_typed), "to_mend")
        if not trial.is_typed:
            _offer_marked(trial)
    elif trial.foreseen.refusal is not None:
        refusal.show(trial.foreseen.refusal, "refusal")
    else:
        _offer(trial)


def person() -> str:
    """Who acts: who logged in, or asked once per session."""
    if identity.person():
        return identity.address()
    st.session_state.setdefault("person", "")
    return st.text_input(speech()("upload.person"), key="person", max_chars=80, persist_state="session",
                         placeholder=speech()("upload.person_hint")).strip()  # fmt: skip


def say_saved(receipt: dict) -> None:
    """Step three: what was stored, and where to see it; what was typed of it is typed no longer."""
    words = speech()
    for name in ("typed", *st.session_state.pop("typed_fields", ())):
        st.session_state.pop(name, None)
    loading.say_trouble()
    block.show(blocks.saved(receipt["rows"], receipt["name"], words.instant(receipt["at"]), words), "saved")
    with st.container(horizontal=True):
        if st.button(words("upload.see"), type="primary", key="see"):
            st.session_state.pop("receipt")
            st.switch_page(st.session_state["pages"][links.OVERVIEW])
        if st.button(words("upload.next"), key="next"):
            st.session_state.pop("receipt")
            loading.start_again()


def ask_decimal(is_typed: bool = False) -> None:
    """Two buttons: what the file, or what was typed, writes decimals with."""
    words = speech()
    block.show(blocks.ask_decimal(words, is_typed), "ask_decimal")
    for convention in ("point", "comma"):
        if st.button(words(f"upload.decimal_{convention}"), key=f"decimal_{convention}", width="stretch"):
            st.session_state["decimal"] = convention
            st.rerun()


def _offer(trial: Trial) -> None:
    words, foreseen = speech(), trial.foreseen
    block.show(blocks.consequence(foreseen, words), "consequence")
    confirmed, reason = not trial.file.questions, None
    if trial.file.questions:
        confirmed = st.checkbox(
            words("upload.confirm", count=len(trial.file.questions)), key=loading.answer_key("confirmed")
        )
    if foreseen.needs_reason:
        st.session_state.setdefault(loading.answer_key("reason"), foreseen.reason_given)
        label = "upload.reason_closed" if foreseen.closed_months else "upload.reason"
        reason = st.text_input(words(label), key=loading.answer_key("reason"), max_chars=300).strip()
    who = person()
    stored = len(foreseen.changes) - foreseen.count("unchanged")
    label = words("upload.accept_one" if stored == 1 else "upload.accept_many", count=stored)
    if st.button(label, type="primary", key="accept", width="stretch"):
        missing = [
            name
            for name, done in (
                ("confirm_first", confirmed),
                ("reason_first", reason or not foreseen.needs_reason),
                ("person_first", who),
            )
            if not done
        ]
        for name in missing:
            st.warning(
                words(
                    "type.confirm_first" if trial.is_typed and name == "confirm_first" else f"upload.{name}"
                )
            )
        if not missing:
            _accept(trial, who, reason or None)


def _accept(trial: Trial, who: str, reason: str | None) -> None:
    receipt_state = loading.new_receipt()
    try:
        submission = trial.submission(who, reason, confirmed=True)
        receipt = uploads.accept(session.open_ledger(), submission, seen_version=trial.foreseen.seen_version,
                                seen_fingerprint=trial.fingerprint)  # fmt: skip
    except uploads.Refused as refused:
        st.session_state.pop("tried_for", None)
        refusal.show(refused, "refused_now")
        return
    receipt_state.update(rows=receipt.rows, name=trial.name, at=receipt.accepted_at)
    st.rerun()


def _offer_marked(trial: Trial) -> None:
    """Their own file back, each problem beside its row; made when it is asked for, and not by this
    process.
    """
    words = speech()
    annotated_copy = st.session_state.get("marked", {}).get(st.session_state["tried_for"])
    if annotated_copy is None:
        if st.button(words("upload.mark"), key="mark", width="stretch"):
            marked = files.annotate(session.open_ledger(), trial.content, trial.name, trial.key, clock.now(),
                                  st.session_state.get("decimal"), words.language)  # fmt: skip
            st.session_state["marked"] = {st.session_state["tried_for"]: marked or ()}
            st.rerun()
    elif annotated_copy:
        download.button(
            words("upload.marked"),
            session.check_access_then(lambda: annotated_copy[0]),
            name=annotated_copy[1],
            mime="application/octet-stream",
            key="marked_file",
        )
    else:
        st.info(words("upload.no_mark"))
