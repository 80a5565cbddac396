"""Language switch, the page's lang."""

import json

import streamlit as st

from pages.shared import filters
from pages.shared.speech import COOKIE, language, speech
from poa_core.words.language import LANGUAGES

# The one script of ours: the document's language, remembered for the next visit; an address that changes
# within one page and activity takes the place of the last one, so that Back leads to the screen before; and a
# link opened in a tab of its own takes with it what this one shows.
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
    const menu = 'a[data-testid^=stTopNav], [data-testid=stSidebarNav] a';
    const link = event.target.closest?.(`a[data-act][href], ${menu}`);
    if (!link) return;
    const there = new URL(link.href), here = new URL(location.href).searchParams, isMenu = link.matches(menu);
    if (isMenu) there.search = '';  // what an earlier click put there
    for (const name of isMenu ? %(by_menu)s : %(carried)s)
      if (here.has(name) && !there.searchParams.has(name)) there.searchParams.set(name, here.get(name));
    link.href = there.pathname + there.search;
  };
  for (const way of ['pointerdown', 'keydown']) document.addEventListener(way, carry, true);
}
</script>
"""


def show() -> None:
    """The language switch, the one script."""
    st.html(
        SCRIPT
        % {
            "language": language(),
            "cookie": COOKIE,
            "carried": json.dumps(filters.CARRIED),
            "by_menu": json.dumps(filters.CARRIED_BY_MENU),
        },
        unsafe_allow_javascript=True,
    )
    st.session_state.setdefault("language", language())
    st.segmented_control(
        speech()("page.language"),
        LANGUAGES,
        key="language",
        format_func=str.upper,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
