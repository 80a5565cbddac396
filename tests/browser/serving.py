"""A dashboard of its own for a test: the real server, a real browser, a folder that is thrown away."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
         "--disable-component-update", "--no-first-run"]  # fmt: skip
# Streamlit asks for these below the page's own address before it knows its base path.
ALLOWED = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")


@contextmanager
def dashboard(folder: Path):
    """The server of dashboard.py on a free port, its ledger in the folder. Yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port), "--server.headless", "true"]
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"POA_DATA": str(folder)}, stdout=log, stderr=log)
    try:
        _until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _until_it_answers(address: str, process: subprocess.Popen) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            continue
    raise RuntimeError("the server stopped before it answered")


class Watched:
    """What a page complained about: console errors, failed or outside requests."""

    def __init__(self, page: Page, address: str) -> None:
        self.faults: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" and not ALLOWED.search(m.location["url"]) else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda r: self.outside.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None)


def settled(page: Page) -> None:
    """Wait until the script has run to its end and the plan's heading or a step stands."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=30_000)


def opened(page: Page, address: str, heading: str) -> None:
    """Open an address and wait for the text that says the page is there."""
    page.goto(address)
    expect(page.get_by_text(heading).first).to_be_visible(timeout=30_000)
    settled(page)


def chosen(page: Page, label: str, option: str) -> None:
    """Choose an option of one of the filters, by the text people see."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def handed_in(page: Page, file, answered) -> None:
    """Give the uploader a file until the page answers: one given while the page is still being drawn is lost."""
    for _ in range(3):
        settled(page)
        page.set_input_files("input[type=file]", file)
        try:
            expect(answered).to_be_visible()
            return
        except AssertionError:
            continue
    expect(answered).to_be_visible()
