"""The watch for what another session stores and for the end of the log-in: the browser asks for the data
version alone, and no script runs for it.
"""

import streamlit as st

VERSION, HEALTH = "/poa/version", "/poa/health"
A_SECOND, FIVE_SECONDS = 1_000, 5_000  # a damaged ledger is read through at each look
# A tab nobody looks at asks nothing; it asks at once when it is looked at again. Nor does one whose own
# script is at work: what it is storing would come back to it as news and end the run that stores it.
WATCH = """
export default function({data, parentElement, setTriggerValue}) {
  const watch = parentElement.poaWatch || (parentElement.poaWatch = {});
  watch.address = data.address;
  if (watch.seen !== data.version) watch.told = 0;
  watch.seen = data.version;
  watch.tell = setTriggerValue;
  if (!watch.look) {
    const app = () => document.querySelector('[data-testid=stApp]');
    const atWork = () => app()?.dataset.testScriptState !== 'notRunning';
    // Said again after a while: while the server starts anew nothing of it may arrive.
    const isTold = () => Date.now() - (watch.told || 0) < 5000;
    watch.look = async () => {
      if (document.hidden || isTold() || atWork()) return;
      try {
        const answer = await fetch(watch.address, {cache: 'no-store'});
        const version = answer.ok ? await answer.text() : watch.seen;
        if (version === watch.seen || isTold() || atWork()) return;
        watch.told = Date.now();
        watch.tell('moved', version);
      } catch (gone) { /* the server is away: Streamlit says so itself */ }
    };
    watch.timer = setInterval(watch.look, data.every);
    document.addEventListener('visibilitychange', watch.look);
  }
  return () => {
    clearInterval(watch.timer);
    document.removeEventListener('visibilitychange', watch.look);
    watch.look = null;
  };
}
"""

_watched = st.components.v2.component("poa_watch", js=WATCH)


def show(version: int, login: str = "") -> None:
    """Another session's upload shows here within seconds, without a click, and so does the end of the log-in
    (its digest): the browser asks for the version alone.
    """
    address = f"{VERSION}?login={login}" if login else VERSION
    with st.container(key="watch"):
        data = {"version": str(version), "address": address, "every": A_SECOND}
        _watched(data=data, key="version", on_moved_change=_heard)


def await_recovery() -> None:
    """On the page of a ledger that does not open: the page comes back by itself when it does."""
    with st.container(key="watch"):
        data = {"version": "", "address": HEALTH, "every": FIVE_SECONDS}
        _watched(data=data, key="recovery", on_moved_change=_heard)


def is_news() -> bool:
    """Whether the watch began this run, and no person. Asked once a run."""
    return st.session_state.pop("is_news", False)


def _heard() -> None:
    """A trigger needs a listener; the run it starts does the work."""
    st.session_state["is_news"] = True
