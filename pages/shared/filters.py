"""The shared filters: short stable codes in the address, kept across pages."""

import re
import unicodedata

import pandas as pd
import streamlit as st

from pages.shared.session import ask, known_on, scope_of
from pages.shared.speech import language, speech
from poa_core import metrics
from poa_core.words import Words

LATEST, ALL = "ultimo", "todos"
KEYS = {"cutoff": "corte", "locality": "localidad", "responsible": "responde", "objective": "objetivo"}
DEFAULTS = {"cutoff": LATEST, "locality": ALL, "responsible": ALL, "objective": ALL}
WIDGET = "filter "
OWN = (("activity", "actividad"), ("upload", "carga"), ("view", "vista"), ("known_on", "conocido"))


def slug(text: str) -> str:
    """División de Catastro -> division-de-catastro."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def read_address(page: str) -> None:
    """Take the filters from the address where it was opened or changed from outside, else keep them.

    A change of page empties the address before this run can fill it, and a run that was already on its
    way may still bring the empty one: neither is a choice.
    """
    state, came = st.session_state, dict(st.query_params.items())
    moved, seen = state.get("page_shown") != page, state.get("address_seen")
    state["page_shown"], state["address_seen"] = page, came
    if moved:  # a widget of the page left behind must not stand for the one of this page
        _forget_widgets()
        state.pop("receipt", None)
    known = came in (state.get("address_written"), seen) or (moved and not came)
    if "choices" in state and known:
        return
    state["choices"] = {key: came.get(name, DEFAULTS[key]) for key, name in KEYS.items()}
    _forget_widgets()
    for key, name in OWN:
        state[key] = came.get(name)
    if "lang" in came:
        state["language"] = came["lang"]


def _forget_widgets() -> None:
    for name in [name for name in st.session_state if str(name).startswith(WIDGET)]:
        st.session_state.pop(name)


def address(**own: str | None) -> dict[str, str]:
    """Every choice that is not the default, the page's own parameters, the past day seen, the language where it is English."""
    choices = st.session_state["choices"]
    wanted = {name: choices[key] for key, name in KEYS.items() if choices[key] != DEFAULTS[key]}
    wanted |= {name: value for name, value in own.items() if value}
    if known_on():
        wanted["conocido"] = known_on().isoformat()
    if language() == "en":
        wanted["lang"] = "en"
    return wanted


def write_address(**own: str | None) -> None:
    """Put it into the address, so that the view can be sent as a link."""
    wanted = address(**own)
    if dict(st.query_params.items()) != wanted:
        st.query_params.from_dict(wanted)
    st.session_state["address_written"] = wanted


def show(plan: pd.Series) -> metrics.Scope:
    """Four selectboxes in a row; returns what they choose."""
    words = speech()
    scope = scope_of(plan)
    latest = ask(metrics.default_cutoff, scope)
    activities = ask(metrics.activities, scope)
    with st.container(key="filters"), st.grid(4, min_column_width=150):
        month = _cutoff(scope, latest, words)
        locality = _chosen("locality", list(dict.fromkeys(activities["locality"])), words)
        responsible = _chosen("responsible", list(activities["responsible"].dropna().unique()), words)
        objective = _objective(activities, words)
    return metrics.Scope(scope.year, scope.entity, scope.process, month, scope.known_at, locality, responsible, objective)


def _cutoff(scope: metrics.Scope, latest: int, words: Words) -> int:
    months = ask(metrics.months, scope).set_index("month")
    codes = {LATEST: latest} | {f"{scope.year}-{m:02d}": m for m in range(1, 13)}

    def label(code: str) -> str:
        month = codes[code]
        if code == LATEST:
            return words("filter.cutoff_latest" if month else "filter.cutoff_latest_none")
        key = "filter.cutoff_open" if months.loc[month, "is_open"] and scope.year >= scope.known_at.year else "filter.cutoff_month"
        return words(key, month=words.month(month, "short"), year=scope.year)

    return codes[_select("cutoff", list(codes), label, words, "latest" if latest else "none")]


def _chosen(key: str, names: list[str], words: Words) -> str | None:
    codes = {ALL: None}
    for name in names:  # two names may share a slug, one may have none, one may be called "todos"
        code = slug(name) or key
        while code in codes:
            code += "-2"
        codes[code] = name

    def label(code: str) -> str:
        if codes[code] is None:
            return words(f"filter.{key}_all")
        return words("filter.locality_whole") if codes[code] == "EPS" else words(f"filter.{key}_one", name=codes[code].removeprefix(words("filter.division_prefix")))

    return codes[_select(key, list(codes), label, words)]


def _objective(activities: pd.DataFrame, words: Words) -> str | None:
    named = activities.drop_duplicates("objective")
    codes = {ALL: None} | {str(int(row.objective_number)): row.objective for row in named.itertuples()}

    def label(code: str) -> str:
        return words("filter.objective_all") if code == ALL else words("filter.objective_one", number=code, name=codes[code])

    return codes[_select("objective", list(codes), label, words)]


def _select(key: str, codes: list[str], label, words: Words, variant: str = "") -> str:
    """The choice is kept beside the widget: Streamlit drops a widget's state with its page.

    The browser keeps a widget's old label: a language or variant is a widget of its own.
    """
    choices, widget = st.session_state["choices"], f"{WIDGET}{key} {words.language} {variant}"
    if st.session_state.get(widget) not in codes:
        st.session_state[widget] = choices[key] if choices[key] in codes else codes[0]
    choices[key] = st.selectbox(words(f"filter.{key}"), codes, format_func=label, key=widget,
                                label_visibility="collapsed", filter_mode=None)  # fmt: skip
    return choices[key]
