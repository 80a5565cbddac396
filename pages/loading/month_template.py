"""The month's template, one click away: for a month and a division, as a workbook or as CSV."""

import pandas as pd
import streamlit as st

from pages.loading import month_choice
from pages.shared import block, download
from pages.shared.session import ask, check_access_then
from pages.shared.speech import speech
from poa_core.blocks.loading import upload as blocks
from poa_core.exports import template
from poa_core.exports.book import MIME
from poa_core.figures import metrics
from poa_core.panels.choices import slug


def offer(plan: pd.Series) -> None:
    """Month and division, and the two files."""
    words = speech()
    block.show(blocks.template(words), "template")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope, month = month_choice.choose(plan, "template")
    sheet = ask(metrics.month_sheet, scope, month)
    division = scope.responsible or words("type.everyone")
    title = words(
        "template.title",
        entity=scope.entity,
        process=scope.process,
        year=scope.year,
        month=words.month(month),
        division=division,
    )
    name = words("template.file_name", month=f"{scope.year}-{month:02d}", division=slug(division))
    with st.container(horizontal=True):
        download.button(
            words("template.xlsx"),
            check_access_then(lambda: template.workbook(sheet, scope.year, month, title, words)),
            name=f"{name}.xlsx",
            mime=MIME,
            key="template_xlsx",
            width="content",
        )
        download.button(
            words("template.csv"),
            check_access_then(lambda: template.csv(sheet, scope.year, month, words)),
            name=f"{name}.csv",
            mime="text/csv",
            key="template_csv",
            width="content",
        )
