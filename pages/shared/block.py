"""One HTML block on the page: markup made by poa_core, and what a click in it asks for."""

import streamlit as st

from pages.shared import filters
from poa_core import links

SCRIPT = """
export default function({data, parentElement, setTriggerValue}) {
  let root = parentElement.querySelector(':scope > .poa');
  if (!root) {
    root = document.createElement('div');
    root.className = 'poa';
    parentElement.appendChild(root);
  }
  if (root.shown !== data.html) { root.innerHTML = data.html; root.shown = data.html; }
  root.onclick = (event) => {
    const link = event.target.closest('a[data-act]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue('act', link.dataset.act);
  };
}
"""

_mounted = st.components.v2.component("poa_block", js=SCRIPT, isolate_styles=False)


def show(html: str, key: str) -> str | None:
    """Put a block on the page; a link that opens an indicator does so in this session.

    Returns what any other link in it asked for, once.
    """
    answer = _mounted(data={"html": html}, key=key, on_act_change=_heard)
    if answer.act and answer.act.startswith("open:"):
        st.session_state["activity"] = code = answer.act.removeprefix("open:")
        st.switch_page(st.session_state["pages"][links.INDICATORS], query_params=filters.address(actividad=code))
    return answer.act


def _heard() -> None:
    """A trigger needs a listener; the run it starts does the work."""
