"""A file asked for is handed out, whatever runs meanwhile; what is printed waits its turn, and nobody else
does.
"""

import io
import os
import re
import select
from contextlib import suppress

import openpyxl
import pytest
from playwright.sync_api import expect
from serving import SPANISH, chosen, dashboard, opened, settled

HELD = SPANISH("report.holds")
OFFERED = re.compile(r"/poa/file/[^/]+$")


def asked_for(page, button: str) -> None:
    page.get_by_role("button", name=SPANISH(button), exact=True).click()


def given(page, button: str):
    with page.expect_download(timeout=60_000) as waiting:
        asked_for(page, button)
    return waiting.value


def test_a_file_comes_though_its_page_runs_twice_before_it_is_fetched(tab, address):
    page, held = tab(), []
    opened(page, f"{address}/informe", HELD)
    page.route(OFFERED, lambda asked: held.append((asked, asked.fetch())))
    with page.expect_download(timeout=60_000) as waiting:
        with page.expect_request(OFFERED):
            asked_for(page, "report.excel")
        for locality in ("Localidad: Puno", "Localidad: todas"):
            chosen(page, "Localidad", locality)
            settled(page)
        [(asked, answer)] = held
        asked.fulfill(response=answer)
    assert waiting.value.suggested_filename == "informe-poa-2010-09.xlsx"


def test_a_file_is_the_one_that_was_clicked_and_each_click_makes_its_own(tab, address):
    page = tab()
    opened(page, f"{address}/informe", HELD)
    assert given(page, "report.excel").suggested_filename == "informe-poa-2010-09.xlsx"
    opened(page, f"{address}/informe?corte=2010-06", HELD)
    book = given(page, "report.excel")
    sheets = openpyxl.load_workbook(io.BytesIO(book.path().read_bytes())).sheetnames
    assert sheets[0] == SPANISH("report.sheet_summary")
    assert book.suggested_filename == "informe-poa-2010-06.xlsx"


def test_an_address_is_worth_nothing_after_its_file_and_to_nobody_who_guesses(tab, address):
    page = tab()
    opened(page, f"{address}/informe", HELD)
    with page.expect_response(OFFERED) as answer:
        given(page, "report.excel")
    file = f"{address}{answer.value.json()['address']}"
    assert page.request.get(file).status == page.request.get(f"{file}?state").status == 404
    assert page.request.post(f"{address}/poa/file/{'x' * 32}").status == 404


@pytest.fixture
def hanging(tmp_path, monkeypatch):
    """A browser that prints nothing and never ends; the folder where it says its child's process."""
    script = tmp_path / "hanging"
    script.write_text(f"#!/bin/sh\nsleep 1000 &\necho $! > {tmp_path}/child\nwait\n")
    script.chmod(0o700)
    made = tmp_path / "made"
    made.mkdir()
    monkeypatch.setenv("POA_BROWSER", str(script))
    monkeypatch.setenv("TMPDIR", str(made))
    return tmp_path / "child", made


def test_a_print_that_hangs_keeps_nobody_else_waiting_and_a_stop_leaves_nothing_of_it(tab, tmp_path, hanging):
    child, made = hanging
    folder = tmp_path / "ledger"
    folder.mkdir()
    first, second = tab(), tab()
    with dashboard(folder) as own:
        for page, month in ((first, "2010-09"), (second, "2010-08")):
            opened(page, f"{own}/informe?corte={month}", HELD)
            asked_for(page, "report.pdf")
            said = "file.making" if page is first else "file.ahead"
            expect(page.get_by_text(SPANISH(said, count=1))).to_be_visible()
        assert given(second, "report.excel").suggested_filename == "informe-poa-2010-08.xlsx"
        assert any(made.iterdir())
        process = int(child.read_text())
        watched = os.pidfd_open(process)
    with suppress(ProcessLookupError):
        assert select.select([watched], [], [], 20)[0], "its child lives on"
    assert not any(made.iterdir())
