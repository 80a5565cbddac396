"""What stands around every page: settings, language, menu, the watch for new uploads."""

import sys
from pathlib import Path

sys.path[:0] = [p for p in [str(Path(__file__).resolve().parent.parent)] if p not in sys.path]

import streamlit as st

from pages.access import identity
from pages.loading import illustration
from pages.past import archived, past
from pages.server import maintenance, watch
from pages.shared import filters, language_switch, plan_choice, session
from pages.shared.speech import speech
from poa_core import links
from poa_core.ledger import rights

STATIC = Path(__file__).parent / "static"

st.set_page_config(page_title=speech()("page.title"), page_icon=str(STATIC / "icon.png"), layout="wide")
fault = identity.identify()
hidden = {
    links.UPLOAD: not identity.may(rights.REPORT),
    links.PEOPLE: True,
    links.SESSIONS: True,
}  # the foot of every page leads there
pages = {
    link: st.Page(f"{script}.py", title=speech()(f"page.{script}"), url_path=link or None, default=not link,
                  visibility="hidden" if hidden.get(link) else "visible")
    for link, script in (
        (links.OVERVIEW, "overview"),
        (links.INDICATORS, "indicators"),
        (links.RESPONSIBLES, "responsibles"),
        (links.MATRIX, "matrix"),
        (links.UPLOAD, "upload"),
        (links.HISTORY, "history"),
        (links.REPORT, "report"),
        (links.RULES, "rules"),
        (links.PEOPLE, "people"),
        (links.SESSIONS, "sessions"),
    )
}  # fmt: skip
st.session_state["pages"] = pages
st.logo(STATIC / "logo.svg", size="medium")
page = st.navigation(list(pages.values()), position="hidden" if fault else "top")
filters.read_address(page.url_path)
language_switch.show()
if maintenance.show_if_unavailable():
    st.stop()
if fault:
    identity.show_no_access(fault)
    st.stop()
identity.show_footer()
watch.show(session.pin(), identity.login_digest())
past.bar()
if session.plans().empty and page.url_path != links.UPLOAD:
    st.info(speech()("past.no_plan" if session.known_on() else "empty.no_plan"))
    st.stop()
if len(session.plans()):
    plan_choice.bar()
    archived.flag(plan_choice.plan())
    illustration.flag(plan_choice.plan())
page.run()
session.freeze_what_stays()
