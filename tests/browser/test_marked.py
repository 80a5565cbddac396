"""A refused file is had back from the page with each problem beside its row."""

import csv
import io

import openpyxl
from playwright.sync_api import expect
from serving import in_english, link, opened, tried

from poa_core import links

ROWS = [
    ["codigo", "mes", "avance"],
    ["R1", "2010-01", "mucho"],
    ["9.9", "2010-02", "5"],
    ["1.1", "2010-03", "30.4"],
    ["1.2", "treceavo", "17"],
]
WRONG = {2: "avance", 3: "codigo", 5: "mes"}  # row and column of each problem


def handed(folder, kind: str):
    file = folder / f"mes.{kind}"
    if kind == "csv":
        file.write_text("\n".join(map(",".join, ROWS)) + "\n", "utf-8")
        return file
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(file)
    return file


def rows_of(content: bytes, kind: str) -> list[list[str]]:
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [
        [cell or "" for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    ]


@in_english
def test_a_refused_file_comes_back_with_each_problem_beside_its_row(tab, address, tmp_path, say):
    page, kind = tab(), "csv" if say.language == "es" else "xlsx"
    tried(page, address, handed(tmp_path, kind), say)
    expect(page.get_by_text(say("upload.to_mend_many", count=len(WRONG)))).to_be_visible()
    told = {}
    for row, column in WRONG.items():
        shown = page.get_by_role("row", name=say("place.row_column", row=row, column=column)).locator(
            ".fault"
        )
        told[row] = f"{say('place.column', column=column)}: {shown.inner_text()}"
    page.get_by_role("button", name=say("upload.mark")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=say("upload.marked")).click()
    assert download.value.suggested_filename == say("marked.file_name", name="mes") + f".{kind}"
    given = rows_of(download.value.path().read_bytes(), kind)
    assert [row[:3] for row in given] == ROWS
    assert [row[3] for row in given[1:]] == [told.get(number, "") for number in range(2, len(ROWS) + 1)]
    opened(page, link(address, links.HISTORY, say), say("history.heading"))
    assert page.get_by_text(f"mes.{kind}").count() == 0  # nothing of it was stored
    assert page.watched.faults == []
