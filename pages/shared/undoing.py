"""One upload of the history: its original file, and taking it back."""

import pandas as pd
import streamlit as st

from pages.shared import block, deciding, identity, session
from pages.shared.speech import speech
from poa_core import ledger, metrics, rights
from poa_core.asking import said
from poa_core.blocks import history as blocks
from poa_core.blocks import upload as panels


def offer(row: pd.Series) -> None:
    """The upload's facts, its original to download, and the two clicks that take it back."""
    words, number = speech(), int(row["upload_id"])
    block.show(blocks.upload(row, words), "upload_facts")
    st.download_button(words("history.download"), data=session.as_allowed(lambda: _original(number)), file_name=_safe_name(row), width="stretch",
                       mime="application/octet-stream", on_click="ignore", key=f"original_{number}")  # fmt: skip
    if row["kind"] == "progress" and pd.isna(row["withdrawn_at"]) and not session.known_on() and identity.may(rights.REPORT):
        _undo(number)
    if st.button(words("history.close"), key="close_upload", type="tertiary"):
        st.session_state["upload"] = None
        st.rerun()


def _undo(number: int) -> None:
    words = speech()
    who = deciding.person()
    reason = st.text_input(words("history.reason"), key=f"why_{number}", max_chars=300)
    sure = st.checkbox(words("history.sure"), key=f"sure_{number}")
    if not st.button(words("history.undo"), key=f"undo_{number}", type="primary", width="stretch"):
        return
    left = [name for name, done in (("person_first", who), ("sure_first", sure)) if not done]
    for name in left:
        st.warning(words(f"history.{name}"))
    if left:
        return
    try:
        ledger.withdraw(session.open_ledger(), number, who, reason or None)
    except ledger.Refused as refusal:
        block.show(panels.refusal(refusal.code, said(refusal, words), words), "undo_refused")
        return
    st.rerun()


def _original(number: int) -> bytes:
    with session.open_ledger().cursor() as cursor:
        return metrics.original(cursor, number)


def _safe_name(row: pd.Series) -> str:
    """A name of ours: what a person once called the file is shown as text, never used as a path."""
    suffix = "zip" if row["kind"] == "plan" else "csv"
    return f"carga-{int(row['upload_id'])}.{suffix}"
