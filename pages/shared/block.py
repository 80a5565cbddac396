"""One HTML block on the page: markup made by poa_core, and what a click in it asks for."""

import re
from functools import partial
from html import unescape

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
  if (root.shown !== data.html) {
    // What is drawn anew keeps the keyboard.
    const held = root.contains(document.activeElement) && document.activeElement.id;
    root.innerHTML = data.html; root.shown = data.html;
    // A sheet wider than the screen opens at its cut-off month.
    const cut = root.querySelector('.sheet th.cut'), sheet = cut?.closest('.sheet');
    if (cut) sheet.scrollLeft = cut.offsetLeft + 4 * cut.offsetWidth - sheet.clientWidth;
    if (held) root.querySelector('#' + CSS.escape(held))?.focus();
  }
  root.onclick = (event) => {
    const copier = event.target.closest('button[data-copy]');
    if (copier) {
      const copied = () => { copier.textContent = copier.dataset.copied; };
      const byHand = () => {  // an address without TLS has no clipboard of its own
        const area = Object.assign(document.createElement('textarea'), {value: copier.dataset.copy});
        copier.after(area); area.select(); document.execCommand('copy'); area.remove();
        copier.focus(); copied();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(copier.dataset.copy).then(copied, byHand);
      else byHand();
      return;
    }
    const link = event.target.closest('a[data-act]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue('act', link.dataset.act);
  };
}
"""

ACT = re.compile(r'data-act="([^"]*)"')
_mounted = st.components.v2.component("poa_block", js=SCRIPT, isolate_styles=False)


def show(html: str, key: str) -> str | None:
    """Put a block on the page; a link that opens an indicator or filters does so in this session.

    Returns what any other link in it asked for, once.
    """
    act = _mounted(data={"html": html}, key=key, on_act_change=partial(_hear, key)).act
    is_new = st.session_state.get("block_heard") == key
    if is_new:
        st.session_state["block_heard"] = None
    if not is_new or not isinstance(act, str) or act not in _offered(html):
        return None  # nothing, or what no link of this block asks for: forged, or of the page before
    if act.startswith("open:"):
        st.session_state["activity"] = code = act.removeprefix("open:")
        st.switch_page(
            st.session_state["pages"][links.INDICATORS], query_params=filters.address(actividad=code)
        )
    if act.startswith("history:"):
        st.session_state["view"] = view = act.removeprefix("history:")
        st.switch_page(st.session_state["pages"][links.HISTORY], query_params=filters.address(vista=view))
    if act.startswith("filter:"):
        filters.toggle(*act.split(":")[1:])
    return act


def _offered(html: str) -> set[str]:
    return {unescape(act) for act in ACT.findall(html)}


def _hear(key: str) -> None:
    """A click; what a forged message has the block say for good is heard once."""
    st.session_state["block_heard"] = key
