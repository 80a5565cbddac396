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
WIDTHS = [3.2, 1.1, 2, 2]


def table(plan: pd.Series) -> None:
    """Choose month and division, fill in, go on to the preview.

    A form of plain fields: the grid of cells sends what was typed last a moment after a click that follows it.
    """
    words = speech()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope, month = month_choice.choose(plan, "typed")
    rows = month_sheet.rows(ask(metrics.month_sheet, scope, month), month, words)
    draft = st.session_state.get("draft", {}).get((month, scope.responsible), [{}] * len(rows))
    with st.form("sheet", border=False, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="center"):
            asked = st.form_submit_button(words("type.see"), type="primary", key="type_see")
            st.caption(words("type.help"))
        filled = [_line(row, told, words) for row, told in zip(rows, draft, strict=False)]
        asked |= st.form_submit_button(words("type.see"), key="type_see_below")
    if asked:
        _go_on([{"code": row["code"], "locality": row["locality"], **told} for row, told in zip(rows, filled, strict=True)], scope, month)


def _line(row: dict, told: dict, words) -> dict[str, str]:
    """One activity: what it is asked and last told, and its three fields."""
    columns = st.columns(WIDTHS, gap="small", vertical_alignment="center")
    with columns[0]:
        st.html(month_sheet.line(row, words))
    return {name: column.text_input(f"{row['label']} {words(f'type.{name}')}", value=told.get(name, ""), placeholder=words(f"type.{name}"),
                                    label_visibility="collapsed", max_chars=1000, key=f"typed {row['key']} {name}", persist_state="session")
            for name, column in zip(FILLED, columns[1:], strict=True)}  # fmt: skip


def _go_on(rows: list[dict], scope: metrics.Scope, month: int) -> None:
    """What was typed becomes a file; it is kept beside, for the table is drawn anew on the way back from the preview."""
    words = speech()
    content = typed.progress_csv(rows, scope.year, month)
    if typed.says_nothing(content):
        st.warning(words("type.nothing"))
        return
    st.session_state["draft"] = {(month, scope.responsible): rows}
    st.session_state["typed"] = (content, words("type.file_name", month=f"{scope.year}-{month:02d}"), "type")
    st.rerun()
