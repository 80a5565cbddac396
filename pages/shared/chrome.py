"""Style, language switch, the page's lang."""

from pathlib import Path

import streamlit as st

from pages.shared.speech import language, speech
from poa_core.words import LANGUAGES

# The one script of ours: the document's language, and an address that changes within one page and
# activity takes the place of the last one, so that Back leads to the screen before.
SCRIPT = """
<script>
document.documentElement.lang = '%s';
if (!window.poaAddress) {
  window.poaAddress = true;
  const push = history.pushState, replace = history.replaceState;
  const screen = (address) => address.pathname + '|' + (address.searchParams.get('actividad') || '');
  history.pushState = function (state, title, address) {
    const same = address && screen(new URL(address, location)) === screen(new URL(location));
    return (same ? replace : push).call(history, state, title, address);
  };
}
</script>
"""


def show(static: Path) -> None:
    """The stylesheet, the language switch, the one script: it sets the document's language."""
    st.html(static / "style.css")
    st.html(SCRIPT % language(), unsafe_allow_javascript=True)
    st.session_state.setdefault("language", language())
    st.segmented_control(speech()("page.language"), LANGUAGES, key="language", format_func=str.upper, required=True,
                         label_visibility="collapsed", persist_state="session")  # fmt: skip
