"""The plan's matrix as the document prints it, and the same sheet in Excel."""

from pages.shared import block, download, filters, plan_choice
from pages.shared.heading import top
from pages.shared.session import defer_panel, run_panel
from pages.shared.speech import speech
from poa_core.exports.book import MIME
from poa_core.panels import matrix

words = speech()
scope = top(plan_choice.plan())
filters.write_address()
name = words("matrix.file_name", year=scope.year, month=f"{scope.month:02d}")
download.button(
    words("matrix.download"),
    defer_panel(matrix.workbook, scope),
    name=f"{name}.xlsx",
    mime=MIME,
    key="matrix_xlsx",
    width="content",
)
block.show(run_panel(matrix.matrix, scope), "matrix")
