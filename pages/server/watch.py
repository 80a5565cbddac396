"""The watch for what another session stores and for the end of the log-in: the browser asks for the data
version alone, and no script runs for it.
"""

import streamlit as st

VERSION = "/poa/version"
# A tab nobody looks at asks nothing; it asks at once when it is looked at again. Nor does one whose own
# script is at work: what it is storing would come back to it as news and end the run that stores it.
WATCH = """
export default function({data, parentElement, setTriggerValue}) {
  const watch = parentElement.poaWatch || (parentElement.poaWatch = {});
  watch.address = data.address;
  if (watch.seen !== data.version) watch.told = false;
  watch.seen = data.version;
  watch.tell = setTriggerValue;
  if (!watch.look) {
    const app = () => document.querySelector('[data-testid=stApp]');
    const atWork = () => app()?.dataset.testScriptState !== 'notRunning';
    watch.look = async () => {
      if (document.hidden || watch.told || atWork()) return;
      try {
        const answer = await fetch(watch.address, {cache: 'no-store'});
        const version = answer.ok ? await answer.text() : watch.seen;
        if (version === watch.seen || watch.told || atWork()) return;
        watch.told = true;
        watch.tell('moved', version);
      } catch (gone) { /* the server is away: Streamlit says so itself */ }
    };
    watch.timer = setInterval(watch.look, 1000);
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
        _watched(data={"version": str(version), "address": address}, key="version", on_moved_change=_heard)


def is_news() -> bool:
    """Whether the watch began this run, and no person. Asked once a run."""
    return st.session_state.pop("is_news", False)


def _heard() -> None:
    """A trigger needs a listener; the run it starts does the work."""
    st.session_state["is_news"] = True
