"""Language switch, the page's lang."""

import json

import streamlit as st

from pages.shared import filters
from pages.shared.speech import COOKIE, language, speech
from poa_core.words import LANGUAGES

# The one script of ours: the document's language, remembered for the next visit; an address that changes within one page and
# activity takes the place of the last one, so that Back leads to the screen before; and a page of the menu opened in a tab of its
# own takes with it what this one shows.
SCRIPT = """
<script>
document.documentElement.lang = '%(language)s';
document.cookie = '%(cookie)s=%(language)s; path=/; max-age=31536000; samesite=lax';
if (!window.poaAddress) {
  window.poaAddress = true;
  const push = history.pushState, replace = history.replaceState;
  const screen = (address) => address.pathname + '|' + (address.searchParams.get('actividad') || '');
  history.pushState = function (state, title, address) {
    const same = address && screen(new URL(address, location)) === screen(new URL(location));
    return (same ? replace : push).call(history, state, title, address);
  };
  const carry = (event) => {
    const link = event.target.closest?.('a[data-testid^=stTopNav], [data-testid=stSidebarNav] a');
    if (!link) return;
    const there = new URL(link.href), here = new URL(location.href).searchParams;
    there.search = new URLSearchParams([...here].filter(([name]) => %(carried)s.includes(name)));
    link.href = there;
  };
  for (const way of ['pointerdown', 'keydown']) document.addEventListener(way, carry, true);
}
</script>
"""


def show() -> None:
    """The language switch, the one script."""
    st.html(SCRIPT % {"language": language(), "cookie": COOKIE, "carried": json.dumps(filters.CARRIED)}, unsafe_allow_javascript=True)
    st.session_state.setdefault("language", language())
    st.segmented_control(speech()("page.language"), LANGUAGES, key="language", format_func=str.upper, required=True,
                         label_visibility="collapsed", persist_state="session")  # fmt: skip
