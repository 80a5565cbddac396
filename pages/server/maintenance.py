"""The page shown when the ledger cannot be opened: what is wrong and how to restore."""

import streamlit as st

from pages.server import watch
from pages.shared import session
from pages.shared.speech import speech
from poa_core.ledger.file.lock import DatabaseInUse
from poa_core.ledger.file.opening import DatabaseDamaged, DatabaseMissing, DatabaseUnwritable

SAID = {
    DatabaseInUse: "in_use",
    DatabaseMissing: "missing",
    DatabaseDamaged: "damaged",
    DatabaseUnwritable: "unwritable",
}
FAULTS = tuple(SAID)


def show_if_unavailable() -> bool:
    """Show the maintenance page where the ledger does not open; no figure is shown beside it."""
    try:
        session.open_ledger()
    except FAULTS as error:
        st.title(speech()("maintenance.title"))
        st.warning(speech()(f"maintenance.{SAID[type(error)]}"))
        watch.await_recovery()
        return True
    return False
