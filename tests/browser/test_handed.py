"""What is handed in is held as long as it is looked at: neither its bytes nor what was answered about it
outlive it.
"""

import re
import urllib.request

import pytest
from playwright.sync_api import expect
from serving import SPANISH, accepted, dashboard, link, opened, progress, settled, tried

from poa_core import links


def held(address: str) -> int:
    """The bytes of files that the server keeps for its sessions, as it tells itself; it tells the same for
    five seconds.
    """
    with urllib.request.urlopen(f"{address}/_stcore/metrics") as answer:
        told = re.findall(r'cache_type="UploadedFileManager".*? (\d+)', answer.read().decode())
    return sum(map(int, told))


@pytest.fixture
def own_address(own_folder):
    """A server that has held no other test's file."""
    with dashboard(own_folder) as here:
        yield here


@pytest.mark.parametrize("end", ["looked at", "let go", "accepted"])
def test_the_server_holds_a_file_no_longer_than_the_page_shows_it(tab, own_address, tmp_path, end):
    page, file = tab(), progress(tmp_path, "a.csv", "1.1,2010-01,31.25")
    tried(page, own_address, file)
    if end == "let go":
        page.get_by_role("button", name=SPANISH("upload.another")).click()
        expect(page.get_by_text(SPANISH("upload.help"))).to_be_visible()
    elif end == "accepted":
        accepted(page, 1)
    settled(page)
    assert held(own_address) == (len(file.read_bytes()) if end == "looked at" else 0)
    assert page.watched.faults == []


def test_how_one_file_writes_decimals_is_not_taken_for_the_next(tab, address, tmp_path):
    page = tab()
    opened(page, link(address, links.UPLOAD, SPANISH), SPANISH("template.heading"))
    for name, value in (("a.csv", "1.525"), ("b.csv", "1.625")):
        page.set_input_files("input[type=file]", progress(tmp_path, name, f"4.1,2010-03,{value}"))
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        page.get_by_role("button", name=SPANISH("upload.decimal_comma")).click()
        expect(page.get_by_role("row", name=re.compile("^4.1")).first).to_contain_text(
            value.replace(".", ",")
        )
        settled(page)
