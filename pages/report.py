"""The month's report: what it holds, and the three files it goes out as."""

from pathlib import Path

import streamlit as st

from pages.past.since_day import choose
from pages.shared import block, download, filters, plan_choice
from pages.shared.heading import top
from pages.shared.session import defer_panel, run_panel
from pages.shared.speech import speech
from poa_core import moment as clock
from poa_core.exports.book import MIME
from poa_core.exports.report import page as report_page
from poa_core.exports.report import pdf
from poa_core.panels import report

FONT = (Path(__file__).parent / "static" / "plex.woff2").read_bytes()

words = speech()
plan = plan_choice.plan()
scope = top(plan)
left, right = st.columns([2.6, 1], gap="large")
with right:
    day = choose(plan, scope, "report.since_label")
filters.write_address(desde=st.session_state.get("since"))
since = clock.end_of_day(day)
with left:
    block.show(run_panel(report.preview, scope, since), "report_preview")

content, browser = defer_panel(report.body, scope, since), pdf.browser()
name = words("report.file_name", year=scope.year, month=f"{scope.month:02d}")


def page() -> str:
    """The report as a page of its own."""
    return report_page.document(content(), scope, words, FONT)


printed, book = (
    defer_panel(report.pdf, scope, since, FONT, browser),
    defer_panel(report.workbook, scope, since),
)
of_page = {"make": page, "name": f"{name}.html", "mime": "text/html"}
on_paper = {"make": printed, "name": f"{name}.pdf", "mime": "application/pdf", "is_printed": True}
with right:
    download.button(words("report.html"), **of_page, key="report_html", is_primary=True)
    download.button(
        words("report.pdf"),
        **(on_paper if browser else of_page),
        key="report_pdf",
        help=words("report.pdf_help"),
    )
    download.button(words("report.excel"), book, name=f"{name}.xlsx", mime=MIME, key="report_xlsx")
    st.caption(words("report.made" if browser else "report.no_browser"))
