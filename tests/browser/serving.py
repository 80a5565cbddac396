"""A dashboard of its own for a test: the real server, a real browser, a folder that is thrown away."""

import atexit
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Listener
from pathlib import Path

import kept_server
import pytest
from playwright.sync_api import Page, Request, expect

from poa_core import links
from poa_core.config import LedgerPaths
from poa_core.ledger.file import database, snapshots
from poa_core.loading import seed
from poa_core.words.language import Words, words

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
         "--disable-component-update", "--no-first-run",
         # a page lives for a second here: what makes it faster in the long run costs half as much again
         "--js-flags=--no-opt,--no-maglev"]  # fmt: skip
ORIGIN = re.compile(r"https?://[^/]+/")
PERSON = "Jefa de Catastro"
SPANISH = words("es")
# A long journey is made in one language, a short one in both: what differs is the words.
in_spanish = pytest.mark.parametrize("say", ["es"], indirect=True)
in_english = pytest.mark.parametrize("say", ["en"], indirect=True)
# Streamlit asks for these below the page's own address before it knows its base path.
ALLOWED = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def starting(port: int, script: str = "dashboard.py") -> list[str]:
    """The command that starts the server of a script, in the project's folder."""
    options = ["--server.port", str(port), "--server.headless", "true"]
    return [sys.executable, "-m", "streamlit", "run", script, *options]


@cache
def sample() -> Path:
    """A folder with the ledger that a first start leaves, made once."""
    folder = Path(tempfile.mkdtemp(prefix="poa-sample-"))
    atexit.register(shutil.rmtree, folder)
    opened = database.open_ledger(LedgerPaths(folder / "poa.duckdb"))
    assert not seed.first_load(opened)
    snapshots.take(opened.paths, opened.connection)
    opened.close()
    return folder


@contextmanager
def dashboard(folder: Path, secrets: Path | None = None, port: int | None = None, root: Path = ROOT):
    """The server of dashboard.py on a free port, its ledger in the folder: where there is none, the sample as
    the first start loads it. Yields its address.
    """
    if not (folder / "poa.duckdb").exists():
        shutil.copytree(sample(), folder, dirs_exist_ok=True)
    port = port or free_port()
    command = [*starting(port), *(["--secrets.files", str(secrets)] if secrets else [])]
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        command, cwd=root, env=os.environ | {"POA_DATA": str(folder)}, stdout=log, stderr=log
    )
    try:
        until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        log.close()


class KeptServer:
    """One server for all the tests of a worker. Whatever ledger it serves, its address and its process stay,
    so a test pays for neither a start nor a page's scripts read anew.
    """

    def __init__(self, folder: Path, secrets: Path | None = None, port: int | None = None) -> None:
        """Start on a sample of its own in the folder, which new ledgers are copied from."""
        self.sample = folder / "sample"
        self.sample.mkdir()
        self._served: list[Path] = []
        self._log = (folder / "server.log").open("w")
        port = port or free_port()
        options = ["--secrets.files", str(secrets)] if secrets else []
        with Listener(("127.0.0.1", 0), authkey=kept_server.KEY) as listener:
            self._process = subprocess.Popen(
                [sys.executable, kept_server.__file__, str(port), str(listener.address[1]), *options],
                cwd=ROOT,
                env=os.environ | {"POA_DATA": str(self.sample)},
                stdout=self._log,
                stderr=self._log,
            )
            self._control = listener.accept()
        self.address = f"http://127.0.0.1:{port}"
        until_it_answers(f"{self.address}/_stcore/health", self._process)
        rest = folder / "rest"
        rest.mkdir()
        self._switch(rest)  # the sample is closed, and can be copied
        self._rest = rest

    @contextmanager
    def serving(self, folder: Path):
        """Serve the ledger of the folder, a copy of the sample where it has none; then the one before again.
        Yields the address.
        """
        if not (folder / "poa.duckdb").exists():
            shutil.copytree(self.sample, folder, dirs_exist_ok=True)
        self._served.append(folder)
        self._switch(folder)
        try:
            yield self.address
        finally:
            self._served.remove(folder)
            self._switch(self._served[-1] if self._served else self._rest)

    def _switch(self, folder: Path) -> None:
        self._control.send(str(folder))
        if fault := self._control.recv():
            raise RuntimeError(f"the server did not open {folder}: {fault}")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._control.close()
        self._log.close()


def until_it_answers(address: str, process: subprocess.Popen) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)  # asked without a pause it would be kept from starting
    raise RuntimeError("the server stopped before it answered")


class Watched:
    """What a page complained about: console errors, failed requests, requests to another place than the one
    it came from.
    """

    def __init__(self, page: Page) -> None:
        self.forget()
        page.on(
            "console",
            lambda m: (
                self.faults.append(m.text)
                if m.type == "error" and not ALLOWED.search(m.location["url"])
                else None
            ),
        )
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._note)

    def forget(self) -> None:
        """Begin anew, for the next test."""
        self.faults: list[str] = []
        self.outside: list[str] = []
        self.home = ""

    def _note(self, request: Request) -> None:
        self.home = self.home or ORIGIN.match(request.url)[0]  # the first request is for the page itself
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.outside.append(request.url)


def settled(page: Page) -> None:
    """Wait until the script has run to its end and the plan's heading or a step stands."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(
        timeout=30_000
    )


def opened(page: Page, address: str, heading: str) -> None:
    """Open an address and wait for the text that says the page is there."""
    page.goto(address)
    expect(page.get_by_text(heading).first).to_be_visible(timeout=30_000)
    settled(page)


def chosen(page: Page, label: str, option: str) -> None:
    """Choose an option of one of the filters, by the text people see: a list opened while a run ends is
    closed by it.
    """
    offered = page.get_by_role("option", name=option)
    for _ in range(3):
        settled(page)
        page.get_by_role("combobox", name=label).click()
        try:
            expect(offered).to_be_visible(timeout=5_000)
            break
        except AssertionError:
            continue
    offered.click()


def handed_in(page: Page, file, answered) -> None:
    """Give the uploader a file until the page answers: one given while the page is still being drawn is
    lost.
    """
    for _ in range(3):
        settled(page)
        page.set_input_files("input[type=file]", file)
        try:
            expect(answered).to_be_visible()
            return
        except AssertionError:
            continue
    expect(answered).to_be_visible()


def link(address: str, page: str, say: Words, **parameters: str) -> str:
    """The address of a page in the language of the words."""
    return address + links.address(page, **parameters, lang="" if say.language == "es" else say.language)


def written(page: Page, label: str, text: str) -> None:
    """Write into a field and leave it, so that the page knows."""
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    settled(page)


def progress(folder: Path, name: str, *rows: str) -> Path:
    """A long progress file: progress(tmp_path, "a.csv", "R1,2010-01,186000")."""
    file = folder / name
    file.write_text("\n".join(["codigo,mes,avance", *rows]) + "\n", "utf-8")
    return file


def tried(page: Page, address: str, file: Path, say: Words = SPANISH) -> None:
    """Hand a progress file in and wait for what it would do."""
    opened(page, link(address, links.UPLOAD, say), say("template.heading"))
    asides = re.compile("|".join(re.escape(say(key)) for key in ("upload.help", "template.heading")))
    handed_in(page, file, page.locator(".panel, .tiles").filter(has_not_text=asides).first)


def accepted(page: Page, rows: int, say: Words = SPANISH, person: str = PERSON) -> None:
    """Sign what is shown and accept it."""
    written(page, say("upload.person"), person)
    accept(page, rows, say)
    expect(
        page.get_by_text(say("upload.saved_one" if rows == 1 else "upload.saved_many", rows=rows))
    ).to_be_visible()


def accept(page: Page, rows: int, say: Words = SPANISH) -> None:
    page.get_by_role(
        "button", name=say("upload.accept_one" if rows == 1 else "upload.accept_many", count=rows)
    ).click()
