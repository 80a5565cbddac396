"""Where somebody is logged in: one's own log-ins, for an administrator everybody's, and how to end them."""

import streamlit as st

from pages.access import identity, open_sessions
from pages.shared import filters
from pages.shared.speech import speech

filters.write_address()
if identity.person() is None:
    st.info(speech()("sessions.local"))
    st.stop()
open_sessions.show()
