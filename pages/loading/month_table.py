"""The month of a division typed into a small table; it becomes the same file and goes the same way."""

import pandas as pd
import streamlit as st

from pages.loading import month_choice
from pages.shared.literal import literal
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core.blocks.loading import month_sheet
from poa_core.figures import metrics
from poa_core.intake.progress import typed

FILLED = ("value", "cause", "measure")
MOST = 40  # activities on one page of fields: three hundred take the browser a quarter of a minute
WIDTHS = [3.2, 1.1, 2, 2]


def table(plan: pd.Series) -> None:
    """Choose month and division, fill in, go on to the preview.

    Plain fields: the grid of cells sends what was typed last a moment after a click that follows it. No form
    around them: it would keep what was typed to itself, and lose it where another month or division is chosen
    before its button is pressed.
    """
    words = speech()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope, month = month_choice.choose(plan, "typed", MOST)
    rows = month_sheet.rows(ask(metrics.month_sheet, scope, month), month, words)
    with st.container(key="sheet"):
        with st.container(horizontal=True, vertical_alignment="center"):
            is_pressed = st.button(words("type.see"), type="primary", key="type_see")
            st.caption(words("type.help"))
        filled = [_line(row, scope, words) for row in rows]
        is_pressed |= st.button(words("type.see"), key="type_see_below")
    if is_pressed:
        _go_on(rows, filled, scope, month)


def _line(row: dict, scope: metrics.Scope, words) -> dict[str, str]:
    """One activity: what it is asked and last told, and its three fields."""
    columns = st.columns(WIDTHS, gap="small", vertical_alignment="center")
    with columns[0]:
        st.html(month_sheet.line(row, words))
    return {
        name: column.text_input(
            literal(f"{row['label']} {words(f'type.{name}')}"),
            placeholder=words(f"type.{name}"),
            max_chars=1000,
            key=_field(row, scope, name),
            persist_state="session",
        )
        for name, column in zip(FILLED, columns[1:], strict=True)
    }


def _field(row: dict, scope: metrics.Scope, name: str) -> str:
    """The key of a field: what is typed belongs to one plan, activity, locality and month, whatever is chosen
    meanwhile.
    """
    return f"typed {scope.entity} {scope.process} {scope.year} {row['key']} {name}"


def _go_on(rows: list[dict], filled: list[dict], scope: metrics.Scope, month: int) -> None:
    """What was typed becomes a file; its fields are emptied once it is accepted, and stay as they are on the
    way back.
    """
    words = speech()
    content = typed.progress_csv(
        [row | entry for row, entry in zip(rows, filled, strict=True)], scope.year, month
    )
    if typed.is_empty(content):
        st.warning(words("type.nothing"))
        return
    st.session_state["typed"] = (content, words("type.file_name", month=f"{scope.year}-{month:02d}"), "type")
    st.session_state["typed_fields"] = [_field(row, scope, name) for row in rows for name in FILLED]
    st.rerun()
