"""A page of the tests' own: the texts of POA_TEXTS as `literal` gives them, in each kind of element."""

import json
import os

import streamlit as st

from pages.shared.literal import literal

for number, text in enumerate(json.loads(os.environ["POA_TEXTS"])):
    shown = literal(text)
    with st.container(key=f"shown-{number}"):
        st.warning(shown)
        st.header(shown, anchor=False)
        st.write(shown)
        st.caption(shown)
        st.button(shown, key=f"button {number}")
        st.checkbox(shown, key=f"checkbox {number}")
        st.text_input(shown, key=f"text {number}")
        st.expander(shown)
        st.pills("pills", [shown], key=f"pills {number}", label_visibility="collapsed")
        st.radio("radio", [shown], key=f"radio {number}", label_visibility="collapsed")
