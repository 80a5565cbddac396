"""One upload of the history: its original file, and taking it back."""

import pandas as pd
import streamlit as st

from pages.access import identity, refusal
from pages.loading import decision
from pages.shared import block, download, plan_choice, session
from pages.shared.speech import speech
from poa_core.blocks.past import uploads as blocks
from poa_core.figures import metrics
from poa_core.ledger import rights, uploads


def offer(row: pd.Series, plan: pd.Series) -> None:
    """The upload's facts, its original to download, and the two clicks that take it back."""
    words, number = speech(), int(row["upload_id"])
    block.show(blocks.upload(row, words), "upload_facts")
    download.button(
        words("history.download"),
        session.check_access_then(lambda: _original(number)),
        name=_safe_name(row),
        mime="application/octet-stream",
        key=f"original_{number}",
    )
    action = rights.PLAN if row["kind"] == "plan" else rights.REPORT
    if pd.isna(row["withdrawn_at"]) and not session.known_on() and identity.may(action):
        if row["kind"] == "plan":
            _undo_plan(number, plan)
        else:
            _undo(number)
    if st.button(words("history.close"), key="close_upload", type="tertiary"):
        st.session_state["upload"] = None
        st.rerun()


def _undo(number: int) -> None:
    words = speech()
    who = decision.person()
    reason = st.text_input(words("history.reason"), key=f"why_{number}", max_chars=300)
    sure = st.checkbox(words("history.sure"), key=f"sure_{number}")
    is_asked = st.button(words("history.undo"), key=f"undo_{number}", type="primary", width="stretch")
    if is_asked and _is_ready(person_first=who, sure_first=sure) and _withdraw(number, who, reason):
        st.rerun()


def _undo_plan(number: int, plan: pd.Series) -> None:
    """A version of the plan; with its only one the plan goes, and another is shown."""
    words, is_last = speech(), int(plan["versions"]) == 1
    who = decision.person()
    reason = st.text_input(words("history.reason_plan"), key=f"why_{number}", max_chars=300).strip()
    sure = st.checkbox(
        words("history.sure_plan" if is_last else "history.sure_version"), key=f"sure_{number}"
    )
    is_asked = st.button(words("history.undo_plan"), key=f"undo_{number}", type="primary", width="stretch")
    is_ready = is_asked and _is_ready(reason_first=reason, person_first=who, sure_plan_first=sure)
    if is_ready and _withdraw(number, who, reason):
        if is_last:
            plan_choice.reset()
        st.rerun()


def _is_ready(**answers: object) -> bool:
    """Says what is left to answer."""
    missing = [name for name, answer in answers.items() if not answer]
    for name in missing:
        st.warning(speech()(f"history.{name}"))
    return not missing


def _withdraw(number: int, who: str, reason: str) -> bool:
    try:
        uploads.withdraw(session.open_ledger(), number, who, reason or None)
    except uploads.Refused as refused:
        refusal.show(refused, "undo_refused")
        return False
    return True


def _original(number: int) -> bytes:
    with session.open_ledger().cursor() as cursor:
        return metrics.original(cursor, number)


def _safe_name(row: pd.Series) -> str:
    """A name of ours: what a person once called the file is shown as text, never used as a path."""
    suffix = "zip" if row["kind"] == "plan" else "csv"
    return f"carga-{int(row['upload_id'])}.{suffix}"
