"""Everything that changed what a figure says: on the screen, and as a file to keep."""

import streamlit as st

from pages.shared import block, download
from pages.shared.session import ask, check_access_then
from pages.shared.speech import speech
from poa_core.blocks.past import audit as blocks
from poa_core.exports import listing
from poa_core.figures import metrics


def show(scope: metrics.Scope) -> None:
    """The newest changes, all or those after a closing; the file holds every one."""
    words, frame = speech(), ask(metrics.audit, scope)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        only = st.toggle(words("audit.only_after_closing"), key="after_closing")
    shown = frame[frame["is_after_closing"]] if only else frame
    with right:
        download.button(
            words("audit.download"),
            check_access_then(lambda: listing.csv(*blocks.export(shown, words))),
            name=words("audit.file_name", year=scope.year),
            mime="text/csv",
            key="audit_file",
        )
    block.show(blocks.table(shown, words), "audit")
