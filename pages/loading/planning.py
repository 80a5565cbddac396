"""A plan loaded or replaced: read apart, linted, held against the one in force, accepted with its reason."""

import hashlib
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from pages.access import identity, refusal
from pages.loading import decision, loading
from pages.shared import block, plan_choice, session
from pages.shared.literal import warn_refusal
from pages.shared.speech import speech
from poa_core import links
from poa_core import moment as clock
from poa_core.apart import child
from poa_core.blocks.loading import plan as blocks
from poa_core.contract import PlanReading
from poa_core.ledger import uploads
from poa_core.ledger.plans import names as plan_names
from poa_core.loading import files, plan_trial


@dataclass(frozen=True)
class Trial:
    """The files as read, and what they would change; trial is None where they are refused."""

    reading: PlanReading
    contents: dict[str, bytes]
    trial: plan_trial.PlanTrial | None


def uploader_key() -> str:
    """A new key empties the uploader for the next files."""
    return f"plan_{loading.uploader_key()}"


def load(plan: pd.Series | None) -> None:
    """The steps of a plan on one screen."""
    words = speech()
    left, right = st.columns([2.4, 1], gap="medium")
    with left:
        handed = st.file_uploader(
            words("plan.files"), type=None, accept_multiple_files=True, key=uploader_key(), max_upload_size=10
        )
    if not handed:
        with right:
            block.show(blocks.help_text(words), "plan_help")
        return
    try:
        trial = _new_trial({file.name: file.getvalue() for file in handed}, plan)
    except uploads.Refused as refused:  # the right went while the files were on their way
        with right:
            refusal.show(refused, "plan_refused")
        return
    with left:
        block.show(blocks.preview(trial.reading, trial.trial, list(trial.contents), words), "plan_preview")
    with right, st.container(border=True):
        _decide(trial)
        if st.button(words("upload.another"), key="another_plan", width="stretch"):
            loading.start_again()


def _new_trial(contents: dict[str, bytes], plan: pd.Series | None) -> Trial:
    opened = session.open_ledger()
    digests = tuple(sorted((name, hashlib.sha256(content).hexdigest()) for name, content in contents.items()))
    trial_key = (digests, opened.version, st.session_state.get("decimal"))
    if st.session_state.get("tried_for") != trial_key:
        current = None if plan is None else plan_trial.in_force(opened, plan_trial.key_of(plan))
        reading = child.read_plan_in_child(
            list(contents.items()), current, st.session_state.get("decimal"), is_one_plan=True
        )
        trial = (
            None
            if reading.current.is_refused or len(reading.current.plans) != 1
            else plan_trial.foresee(opened, reading, clock.now(), identity.address())
        )
        if trial:
            reading = replace(reading, current=plan_trial.with_ledger_warnings(opened, reading.current))
            with opened.cursor() as cursor:
                reading = replace(reading, current=plan_names.add_questions(cursor, reading.current))
        st.session_state["tried"], st.session_state["tried_for"] = Trial(reading, contents, trial), trial_key
    return st.session_state["tried"]


def _decide(tried: Trial) -> None:
    words, trial = speech(), tried.trial
    if any(p.code == "ambiguous_number" for p in tried.reading.current.problems):
        decision.ask_decimal()
    elif trial is None or trial.difference.refusals:
        block.show(blocks.how_to_mend(tried.reading, trial, words), "plan_to_mend")
    elif trial.before is not None and trial.difference.is_empty:
        block.show(blocks.unchanged(tried.reading, words), "plan_unchanged")
    else:
        _offer(tried)


def _offer(tried: Trial) -> None:
    words, needs_reason = speech(), tried.trial.difference.needs_reason
    block.show(blocks.consequence(tried.trial, tried.reading, words), "plan_consequence")
    questions, confirmed = plan_names.to_confirm(tried.reading.current), True
    if questions:
        confirmed = st.checkbox(
            words("upload.confirm", count=len(questions)), key=loading.answer_key("confirmed")
        )
    reason = st.text_input(
        words("plan.reason" if needs_reason else "plan.reason_free"), key="plan_reason", max_chars=300
    ).strip()
    who = decision.person()
    if not st.button(words("plan.accept"), type="primary", key="accept_plan", width="stretch"):
        return
    missing = [
        name
        for name, done in (
            ("plan.confirm_first", confirmed),
            ("plan.reason_first", reason or not needs_reason),
            ("upload.person_first", who),
        )
        if not done
    ]
    for name in missing:
        st.warning(words(name))
    if not missing:
        _accept(tried, who, reason or None)


def _accept(tried: Trial, who: str, reason: str | None) -> None:
    names = list(tried.contents)
    content = tried.contents[names[0]] if len(names) == 1 else files.bundle(tried.contents)
    name = names[0] if len(names) == 1 else "plan.zip"
    receipt_state = loading.new_receipt()
    try:
        uploads.accept_plan(
            session.open_ledger(),
            tried.reading.current,
            content,
            name,
            who,
            reason=reason,
            seen_version=tried.trial.seen_version,
            initial=tried.reading.initial,
            confirmed=True,
        )
    except uploads.Refused as refused:
        st.session_state.pop("tried_for", None)
        warn_refusal(refused)
        return
    onward = None
    if tried.reading.carries_progress:  # the same file goes on to the progress it holds
        longest = max(
            tried.contents, key=lambda each: len(tried.contents[each])
        )  # beside a row of processes the sheet is the longer
        onward = (tried.contents[longest], longest, "file")
    receipt_state.update(plan=tried.trial.key, name=", ".join(names), onward=onward, is_followed=False)
    st.rerun()


def follow(receipt: dict) -> None:
    """The page goes on with the plan that was just accepted, once: whoever chooses another meanwhile has
    chosen.
    """
    if not receipt["is_followed"]:
        receipt["is_followed"] = True
        plan_choice.switch_to(receipt["plan"])
        st.rerun()


def say_saved(receipt: dict) -> None:
    """What was stored, which version it is, and where to see it; a sheet with progress goes on to it."""
    words = speech()
    follow(receipt)
    plan = next(row for _, row in session.plans().iterrows() if plan_trial.key_of(row) == receipt["plan"])
    loading.say_trouble()
    block.show(blocks.saved(plan, receipt["name"], words), "plan_saved")
    with st.container(horizontal=True):
        if receipt["onward"] and st.button(words("plan.onward"), type="primary", key="onward"):
            _leave({"typed": receipt["onward"], "view": None})
        for name, link in (("upload.see", links.OVERVIEW), ("plan.see", links.INDICATORS)):
            is_first = link == links.OVERVIEW and not receipt["onward"]
            if st.button(words(name), type="primary" if is_first else "secondary", key=name):
                _leave({}, link)
        if st.button(words("plan.next"), key="next_plan"):
            _leave({})


def _leave(state: dict, link: str | None = None) -> None:
    """Nothing of the plan that was stored is left behind."""
    st.session_state.pop("receipt")
    loading.forget()
    st.session_state.update(state)
    if link is not None:
        st.switch_page(st.session_state["pages"][link])
    st.rerun()
