"""The shared filters: short stable codes in the address, kept across pages."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared.session import known_on, run_panel, scope_of
from pages.shared.speech import language, speech
from poa_core.figures import metrics
from poa_core.panels import choices
from poa_core.words.language import Words

PLAN = {"entity": "entidad", "process": "proceso", "year": "anio"}
KEYS = PLAN | {
    "cutoff": "corte",
    "locality": "localidad",
    "responsible": "responde",
    "objective": "objetivo",
    "status": "estado",
}
DEFAULTS = dict.fromkeys(KEYS, choices.ALL) | dict.fromkeys(PLAN, "") | {"cutoff": choices.LATEST}
# What a link opened in a tab of its own takes with it of what this one shows; one of the menu takes the
# filters too.
CARRIED = [*PLAN.values(), KEYS["cutoff"], "conocido", "lang"]
CARRIED_BY_MENU = [*KEYS.values(), *CARRIED]
IN_ROW = ("cutoff", "locality", "responsible", "objective")  # the status is chosen by its count
WIDGET = "filter "
OWN = (
    ("activity", "actividad"),
    ("upload", "carga"),
    ("view", "vista"),
    ("since", "desde"),
    ("known_on", "conocido"),
)


def read_address(page: str) -> None:
    """Take the filters from the address where it was opened or changed from outside, else keep them.

    A change of page empties the address before this run can fill it, and a browser under way may bring any
    address that stood here since: none of them is a choice, or what was chosen meanwhile would be taken back.
    """
    state, came = st.session_state, dict(st.query_params.items())
    moved = state.get("page_shown") != page
    if moved:  # a widget of the page left behind must not stand for the one of this page
        forget_widgets()
        state.pop("receipt", None)
        state["page_shown"], state["addresses_here"] = page, []
    is_known = not came if moved else came in state["addresses_here"]
    _remember_address(came)
    if "choices" in state and is_known:
        return
    state["choices"] = {key: came.get(name, DEFAULTS[key]) for key, name in KEYS.items()}
    forget_widgets()
    for key, name in OWN:
        state[key] = came.get(name)
    if "lang" in came:
        state["language"] = came["lang"]


def forget_widgets() -> None:
    """What is chosen is taken from what was kept, and no longer from the fields as they stood."""
    for name in [name for name in st.session_state if str(name).startswith(WIDGET)]:
        st.session_state.pop(name)


def address(**parameters: str | None) -> dict[str, str]:
    """Every choice that is not the default, the page's own parameters, the past day seen, the language where
    it is English.
    """
    chosen = st.session_state["choices"]
    query = {name: chosen[key] for key, name in KEYS.items() if chosen[key] != DEFAULTS[key]}
    query |= {name: value for name, value in parameters.items() if value}
    if known_on():
        query["conocido"] = known_on().isoformat()
    if language() == "en":
        query["lang"] = "en"
    return query


def write_address(**parameters: str | None) -> None:
    """Put it into the address, so that the view can be sent as a link."""
    query = address(**parameters)
    if dict(st.query_params.items()) != query:
        st.query_params.from_dict(query)
    _remember_address(query)


def _remember_address(query: dict[str, str]) -> None:
    visited = st.session_state["addresses_here"]
    if query not in visited:
        visited.append(query)


def show(plan: pd.Series) -> metrics.Scope:
    """Four selectboxes in a row; returns what they choose."""
    words, scope = speech(), scope_of(plan)
    offered = run_panel(choices.choices, scope)
    latest = offered["cutoff"][choices.LATEST][0]
    with st.container(key="filters"), st.grid(4, min_column_width=150):
        # another plan's choice of the same code has another label
        plan_key = f"{scope.year} {scope.entity} {scope.process}"
        selected = {
            key: select(
                key, offered[key], words, f"{plan_key} {bool(latest)}" if key == "cutoff" else plan_key
            )
            for key in IN_ROW
        }
    status = offered["status"].get(st.session_state["choices"]["status"], (None, ""))[0]
    is_chosen = st.session_state["choices"]["cutoff"] != choices.LATEST
    return replace(scope.at(selected.pop("cutoff")), status=status, is_chosen=is_chosen, **selected)


def toggle(key: str, code: str) -> None:
    """A click on the page filters; on what is chosen already it takes the filter away."""
    chosen = st.session_state["choices"]
    chosen[key] = DEFAULTS[key] if chosen[key] == code else code
    forget_widgets()
    st.rerun()


def select(key: str, offered: choices.Choices, words: Words, variant: str) -> object:
    """One field of choices, by their codes; returns what the chosen one stands for.

    The choice is kept beside the widget: Streamlit drops a widget's state with its page.

    The browser keeps a widget's old label: a language or variant is a widget of its own.
    """
    chosen, widget = st.session_state["choices"], f"{WIDGET}{key} {words.language} {variant}"
    stored = st.session_state.get(widget)
    if not isinstance(stored, str) or stored not in offered:
        st.session_state[widget] = chosen[key] if chosen[key] in offered else next(iter(offered))
    chosen[key] = st.selectbox(
        words(f"filter.{key}"),
        list(offered),
        format_func=lambda code: offered[code][1],
        key=widget,
        label_visibility="collapsed",
        filter_mode=None,
    )
    return offered[chosen[key]][0]
