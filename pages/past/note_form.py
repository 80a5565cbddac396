"""Why an activity stands as it does and what is being done: typed on its page, kept like any file."""

import pandas as pd
import streamlit as st

from pages.access import identity
from pages.loading import decision
from pages.shared import session
from pages.shared.literal import literal, warn_refusal
from pages.shared.speech import speech
from poa_core import moment as clock
from poa_core.figures import metrics
from poa_core.intake.progress import typed
from poa_core.ledger import uploads
from poa_core.ledger.submission import Submission
from poa_core.loading import effect, files
from poa_core.words.problems import sentence


def offer(activity: pd.Series, scope) -> None:
    """A small form for a month's cause and measure."""
    words = speech()
    if session.known_on() or not identity.answers_for(activity["responsible"]):
        return
    with (
        st.popover(words("note.button")),
        st.form(f"note {activity['code']} {words.language}", border=False, clear_on_submit=False),
    ):
        month = st.selectbox(
            words("type.month"),
            range(1, 13),
            index=max(scope.month, 1) - 1,
            format_func=lambda m: words("type.month_of", month=words.month(m), year=scope.year),
        )
        cause = st.text_area(words("type.cause"), max_chars=1000, height=80)
        measure = st.text_area(words("type.measure"), max_chars=1000, height=80)
        who = decision.person()
        message_area = st.container()  # below the button it would be cut off
        if st.form_submit_button(words("note.save"), type="primary"):
            row = {
                "code": activity["code"],
                "locality": activity["locality"],
                "cause": cause,
                "measure": measure,
            }
            with message_area:
                _save(scope, typed.progress_csv([row], scope.year, month), who)


def _save(scope, content: bytes, who: str) -> None:
    """The note goes the way of a file; beside illustrative values it is illustrative itself."""
    words, opened, key = speech(), session.open_ledger(), (scope.year, scope.entity, scope.process)
    missing = [
        name
        for name, done in (("note.nothing", not typed.is_empty(content)), ("upload.person_first", who))
        if not done
    ]
    if missing:
        for name in missing:
            st.warning(words(name))
        return
    file = files.read_progress(opened, content, words("note.file_name"), key, clock.now(), apart=True)
    if file.is_refused:
        with opened.cursor() as cursor:
            knowledge = effect.knowledge(cursor, key, clock.now())
        for problem in typed.locate_problems(file.problems, content, knowledge):
            st.warning(literal(sentence(problem, words)))
        return
    illustrative = session.ask(metrics.is_illustrative, scope)
    try:
        uploads.accept(
            opened, Submission(*key, words("note.file_name"), content, who, file.values, illustrative)
        )
    except uploads.Refused as refusal:
        warn_refusal(refusal)
        return
    st.rerun()
