"""The month of a division typed into a small table; it becomes the same file and goes the same way."""

import pandas as pd
import streamlit as st

from pages.shared import month_choice
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core import metrics
from poa_core.blocks import month_sheet
from poa_core.intake import typed

FILLED = ("value", "cause", "measure")


def table(plan: pd.Series) -> None:
    """Choose month and division, fill in, go on to the preview."""
    words = speech()
    top = st.container(horizontal=True, vertical_alignment="bottom")
    with top:
        scope, month = month_choice.choose(plan, "typed")
    st.caption(words("type.help"))
    rows = month_sheet.rows(ask(metrics.month_sheet, scope, month), month, words)
    told = st.session_state.get("draft", {}).get((month, scope.responsible), {})
    frame = pd.DataFrame(rows).assign(**{name: told.get(name, "") for name in FILLED})
    shown = st.data_editor(frame, key=f"sheet {month} {scope.responsible} {words.language}", hide_index=True, width="stretch",
                           height=min(35 * (len(frame) + 1) + 3, 600), disabled=[c for c in frame if c not in FILLED],
                           column_config=_columns(words), column_order=[*month_sheet.SHOWN, *FILLED], alt=words("type.alt"))  # fmt: skip
    with top:
        asked = st.button(words("type.see"), type="primary", key="type_see")
    if asked:
        _go_on(shown, scope, month)


def _go_on(shown: pd.DataFrame, scope: metrics.Scope, month: int) -> None:
    """What was typed becomes a file; it is kept beside, for the table is drawn anew on the way back from the preview."""
    words = speech()
    content = typed.progress_csv(shown.to_dict("records"), scope.year, month)
    if typed.says_nothing(content):
        st.warning(words("type.nothing"))
        return
    st.session_state["draft"] = {(month, scope.responsible): {column: list(shown[column]) for column in FILLED}}
    st.session_state["typed"] = (content, words("type.file_name", month=f"{scope.year}-{month:02d}"))
    st.rerun()


def _columns(words) -> dict:
    widths = {"code": 60, "activity": 270, "locality": 75, "unit": 95, "programmed": 95, "last": 130, "value": 125,
              "cause": 180, "measure": 180}  # fmt: skip
    return {name: st.column_config.TextColumn(words(f"type.{name}"), width=width, pinned=name == "code",
                                              max_chars=1000 if name in FILLED else None)
            for name, width in widths.items()}  # fmt: skip
