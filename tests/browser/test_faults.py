"""What a person sees when the disk is full, the tab goes while it saves, the button is clicked twice, or
another server has the ledger.
"""

import json
import os
import re
import shutil
import signal
import subprocess
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from dying import handed, value
from no_room import no_room
from playwright.sync_api import Request, expect
from serving import (
    PERSON,
    ROOT,
    SPANISH,
    accept,
    dashboard,
    free_port,
    handed_in,
    link,
    opened,
    progress,
    sample,
    settled,
    starting,
    tried,
    written,
)

from poa_core import links
from poa_core.config import LedgerPaths
from poa_core.ledger import uploads
from poa_core.ledger.file import database, snapshots

JANUARY = "R1,2010-01,186000"


def server_of(folder) -> int:
    """The process that holds the ledger, as its own note says."""
    return json.loads((folder / "poa.holder.json").read_text("utf-8"))["pid"]


def sentence(page, address) -> str:
    opened(page, address, "Cumplimiento del plan")
    return page.locator(".sentence").inner_text()


def test_on_a_full_disk_the_page_says_that_nothing_was_saved_and_saves_once_there_is_room(
    tab, own_address, own_folder, tmp_path
):
    page, watching = tab(), tab()
    before = sentence(watching, own_address)
    tried(page, own_address, progress(tmp_path, "enero.csv", JANUARY))
    written(page, SPANISH("upload.person"), PERSON)
    with no_room(process=server_of(own_folder)):
        accept(page, 1)
        expect(page.get_by_text(SPANISH("refusal.not_saved"))).to_be_visible()
        assert sentence(watching, own_address) == before
        watching.get_by_role("button", name=SPANISH("head.start_empty")).click()
        expect(watching.get_by_text(SPANISH("refusal.not_saved"))).to_be_visible()
        opened(watching, link(own_address, links.HISTORY, SPANISH), SPANISH("history.heading"))
        assert watching.get_by_role("row").filter(has_text="enero.csv").count() == 0
    settled(page)
    accept(page, 1)
    expect(page.get_by_text(SPANISH("upload.saved_one", rows=1))).to_be_visible()
    assert "186,000" in sentence(watching, own_address)
    assert page.watched.faults == watching.watched.faults == []


def test_a_double_click_saves_once_and_says_so(tab, own_address, tmp_path):
    page = tab()
    tried(page, own_address, progress(tmp_path, "enero.csv", JANUARY))
    written(page, SPANISH("upload.person"), PERSON)
    page.get_by_role("button", name=SPANISH("upload.accept_one", count=1)).dblclick()
    expect(page.get_by_text(SPANISH("upload.saved_one", rows=1))).to_be_visible()
    opened(page, link(own_address, links.HISTORY, SPANISH), SPANISH("history.heading"))
    expect(page.get_by_role("row").filter(has_text="enero.csv")).to_have_count(1)


def saved(page, address, rows) -> int:
    """How many rows of the history name the file."""
    opened(page, link(address, links.HISTORY, SPANISH), SPANISH("history.heading"))
    settled(page)
    return rows.count()


@pytest.mark.parametrize("gone", ["closed", "reloaded", "cut off"])
def test_a_tab_that_goes_while_it_saves_leaves_all_or_nothing_and_the_history_says_which(
    tab, own_address, own_folder, tmp_path, gone
):
    page, after, server = tab(), tab(), server_of(own_folder)
    before = sentence(after, own_address)
    tried(page, own_address, progress(tmp_path, "enero.csv", JANUARY, "1.1,2010-01,31"))
    written(page, SPANISH("upload.person"), PERSON)
    os.kill(server, signal.SIGSTOP)  # the click and the going reach it together
    try:
        page.get_by_role("button", name=SPANISH("upload.accept_many", count=2)).click(no_wait_after=True)
        if gone == "closed":
            page.close()
        elif gone == "cut off":
            page.context.set_offline(True)
    finally:
        os.kill(server, signal.SIGCONT)
    if gone == "reloaded":
        page.reload()
        page.close()
    rows = after.get_by_role("row").filter(has_text="enero.csv")
    for _ in range(3):  # on a busy machine the save may end between one look and the next
        counts = [saved(after, own_address, rows)]
        shown = sentence(after, own_address)
        counts.append(saved(after, own_address, rows))
        if counts[0] == counts[1]:
            break
    is_saved = counts[1] == 1
    assert ("186,000" in shown) == is_saved and (shown == before) == (not is_saved)
    if is_saved:
        opened(after, link(own_address, links.HISTORY, SPANISH), SPANISH("history.heading"))
        expect(rows).to_contain_text(PERSON)
    # Whoever comes next saves, and nothing of theirs is lost in a transaction that another left open.
    tried(after, own_address, progress(tmp_path, "febrero.csv", "R1,2010-02,185000"))
    written(after, SPANISH("upload.person"), PERSON)
    accept(after, 1)
    expect(after.get_by_text(SPANISH("upload.saved_one", rows=1))).to_be_visible()
    assert "185,000" in sentence(after, own_address)


def memory(process: int, kind: str) -> int:
    """Megabytes of a process: VmRSS now, VmHWM the most since it was last forgotten."""
    return int(re.search(rf"{kind}:\s+(\d+)", Path(f"/proc/{process}/status").read_text())[1]) // 1024


def put(like: Request, megabytes: int) -> int:
    """The server's answer to the same request with so much more in its one file."""
    to = urlsplit(like.url)
    head = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="enero.csv"\r\nContent-Type: '
        b"text/csv\r\n\r\n"
    )
    tail = b"\r\n--b--\r\n"
    headers = {
        name: value
        for name, value in like.all_headers().items()
        if name in ("cookie", "x-xsrftoken", "origin")
    }
    headers |= {
        "content-type": "multipart/form-data; boundary=b",
        "content-length": str(len(head) + megabytes * 2**20 + len(tail)),
    }
    with closing(HTTPConnection(to.hostname, to.port)) as connection:
        connection.putrequest("PUT", to.path)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(head)
        with suppress(ConnectionError):  # it may answer before it has heard all of it
            for _ in range(megabytes):
                connection.send(b"x" * 2**20)
            connection.send(tail)
        return connection.getresponse().status


def test_a_body_of_100_mb_is_refused_by_the_server_and_never_in_its_memory(
    tab, own_address, own_folder, tmp_path
):
    page, server, sent = tab(), server_of(own_folder), []
    page.on("request", lambda request: sent.append(request) if request.method == "PUT" else None)
    tried(page, own_address, progress(tmp_path, "enero.csv", JANUARY))
    Path(f"/proc/{server}/clear_refs").write_text("5")
    before = memory(server, "VmRSS")
    assert put(sent[0], 100) == 413
    assert memory(server, "VmHWM") - before < 30
    settled(page)
    expect(page.get_by_role("button", name=SPANISH("upload.accept_one", count=1))).to_be_visible()


HOSTILE = "![p](http://127.0.0.2/p.png) <b>x<\\b> :red[x] =cmd|' C calc'!A0 \u202egnp.csv"


@pytest.mark.parametrize("name", [f"{HOSTILE}.csv", "ñ" * 300 + ".csv"], ids=["hostile", "long"])
def test_a_file_s_name_is_shown_as_text_and_comes_back_under_one_of_ours(tab, own_address, tmp_path, name):
    page = tab()
    opened(page, link(own_address, links.UPLOAD, SPANISH), SPANISH("template.heading"))
    file = {"name": name, "mimeType": "text/csv", "buffer": progress(tmp_path, "a.csv", JANUARY).read_bytes()}
    handed_in(page, file, page.get_by_role("button", name=SPANISH("upload.accept_one", count=1)))
    assert page.locator(".panel b, .tiles b").filter(has_text=re.compile("^x$")).count() == 0
    written(page, SPANISH("upload.person"), PERSON)
    accept(page, 1)
    expect(page.get_by_text(SPANISH("upload.saved_one", rows=1))).to_be_visible()
    opened(page, link(own_address, links.HISTORY, SPANISH), SPANISH("history.heading"))
    row = page.get_by_role("row").nth(1)  # the newest, below the heads
    expect(row).to_contain_text("http://127.0.0.2/p.png" if name.startswith("!") else "ñ" * 20)
    row.get_by_role("link").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=SPANISH("history.download")).click()
    assert re.fullmatch(r"carga-\d+\.csv", download.value.suggested_filename)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.watched.outside == [] and page.watched.faults == []


def test_an_open_page_shows_what_was_restored_while_the_server_was_away(tab, tmp_path):
    page, port, place = tab(), free_port(), LedgerPaths(tmp_path / "poa.duckdb")
    shutil.copytree(sample(), tmp_path, dirs_exist_ok=True)
    opened_ledger = database.open_ledger(place)
    uploads.accept(opened_ledger, handed(value(10, "150000"), illustrative=True))
    opened_ledger.close()
    with dashboard(tmp_path, port=port) as address:
        opened(page, address, "150,000")
    older = snapshots.list_snapshots(place)[1].name
    assert snapshots.restore(place, older).name == older
    with dashboard(tmp_path, port=port):
        expect(page.get_by_text("159,394").first).to_be_visible(timeout=60_000)


def test_a_second_server_says_in_one_line_who_has_the_ledger_and_serves_once_it_is_let_go(tab, tmp_path):
    page, port = tab(), free_port()
    with dashboard(tmp_path):
        first = server_of(tmp_path)
        second = subprocess.Popen(
            starting(port),
            cwd=ROOT,
            env=os.environ | {"POA_DATA": str(tmp_path)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            said = next(line for line in second.stderr if "without a ledger" in line)
            assert re.search(rf"in use by streamlit run dashboard.py \(process {first}, since 20", said)
            opened(page, f"http://127.0.0.1:{port}", SPANISH("maintenance.title"))
            expect(page.get_by_text(SPANISH("maintenance.in_use"))).to_be_visible()
            assert server_of(tmp_path) == first
        except BaseException:
            second.terminate()
            raise
    try:
        # the page comes back by itself
        expect(page.get_by_text("Cumplimiento del plan").first).to_be_visible(timeout=30_000)
        assert server_of(tmp_path) == second.pid
    finally:
        second.terminate()
        second.communicate()
