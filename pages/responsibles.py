"""Who answers for what: compliance by division and month, who lags, who reports; a click filters."""

import streamlit as st

from pages.shared import block, filters, plan_choice
from pages.shared.heading import top
from pages.shared.session import ask, run_panel
from pages.shared.speech import speech
from poa_core.panels import overview, responsibles

scope = top(plan_choice.plan())
filters.write_address()
if not overview.has_progress(ask, scope):
    st.info(speech()("responsibles.empty"))
block.show(run_panel(responsibles.divisions, scope), "divisions")
block.show(run_panel(responsibles.localities, scope), "localities")
if late := run_panel(overview.attention, scope):
    block.show(late, "below")
