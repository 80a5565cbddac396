"""Archived plans: the line on every page of one, archiving the plan shown, the folded list that brings one
back.
"""

import pandas as pd
import streamlit as st

from pages.access import identity
from pages.loading import decision
from pages.shared import block, filters, plan_choice, session
from pages.shared.literal import warn_refusal
from pages.shared.speech import speech
from poa_core import links
from poa_core.blocks.past import archive as blocks
from poa_core.figures.frames import records
from poa_core.ledger import rights, uploads
from poa_core.ledger.plans import archiving, undo
from poa_core.loading.plan_trial import key_of
from poa_core.panels.plan_choices import NOUNS, codes_of


def flag(plan: pd.Series) -> None:
    """On every page of an archived plan: by whom, when, why, and the way back for who may."""
    if not plan["archived"]:
        return
    with st.container(key="archived", horizontal=True, vertical_alignment="center"):
        block.show(blocks.banner(plan, speech()), "archived_line")
        _offer_back(plan, "bring_back")


def offer(plan: pd.Series) -> None:
    """Below the uploads, folded away: archive this plan; every archived one; every one that was undone."""
    words = speech()
    if not plan["archived"] and _may():
        with st.expander(words("archive.heading"), key="archive_plan"):
            _archive(plan)
    plans = session.plans()
    archived_rows = [row for row in records(plans) if row["archived"]]
    if archived_rows:
        with st.expander(
            words(
                "archive.listed_one" if len(archived_rows) == 1 else "archive.listed_many",
                count=len(archived_rows),
            ),
            key="archived_plans",
        ):
            for number, row in enumerate(archived_rows):
                _row(row, plans, number)
    gone = undo.withdrawn_plans(session.open_ledger(), session.known_at())
    if gone:
        with st.expander(
            words("archive.undone_one" if len(gone) == 1 else "archive.undone_many", count=len(gone)),
            key="undone_plans",
        ):
            block.show(blocks.withdrawn_plans(gone, words), "undone")


def _row(row: dict, plans: pd.DataFrame, number: int) -> None:
    codes = codes_of(plans, key_of(row))
    with st.container(horizontal=True, vertical_alignment="center"):
        html = blocks.plan_entry(
            row, {filters.PLAN[noun]: codes[noun] for noun in NOUNS}, f"plan:{number}", speech()
        )
        if block.show(html, f"archived_{number}") == f"plan:{number}":
            plan_choice.switch_to(key_of(row))
            st.switch_page(st.session_state["pages"][links.OVERVIEW], query_params=filters.address())
        _offer_back(row, f"bring_back_{number}")


def _archive(plan: pd.Series) -> None:
    words = speech()
    st.caption(words("archive.means"))
    reason = st.text_input(words("archive.reason"), key="archive_reason", max_chars=300).strip()
    who = decision.person()
    if not st.button(words("archive.archive"), key="archive", type="primary"):
        return
    if not who:
        st.warning(words("history.person_first"))
        return
    _act(archiving.archive, plan, who, reason)


def _offer_back(plan: pd.Series | dict, key: str) -> None:
    words = speech()
    if _may() and st.button(words("archive.bring_back"), key=key):
        _act(
            archiving.bring_back,
            plan,
            identity.address() or st.session_state.get("person") or words("page.someone"),
        )


def _act(act, plan: pd.Series | dict, *args: str) -> None:
    try:
        act(session.open_ledger(), key_of(plan), *args)
    except uploads.Refused as refusal:
        warn_refusal(refusal)
        return
    st.rerun()


def _may() -> bool:
    return session.known_on() is None and identity.may(rights.PLAN)
