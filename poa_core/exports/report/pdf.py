"""A page on paper: printed by the Chrome, Chromium or Edge of the machine, in bounded time, leaving nothing
behind.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome",
         "microsoft-edge-stable", "microsoft-edge", "msedge")  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--window-size=760,1080",
)
SECONDS = 60
_printing = threading.Lock()  # one browser at a time, however many ask
_running: set[subprocess.Popen] = set()


class PrintFailed(Exception):
    """The browser gave no PDF, or not in time; what it said."""


def browser() -> str | None:
    """The path of a browser that is here: POA_BROWSER, one on the PATH, one in its usual place."""
    configured = os.environ.get("POA_BROWSER")
    if configured:  # whoever names one means that one and no other
        return configured if Path(configured).exists() else None
    return usual_browser()


def usual_browser() -> str | None:
    """The path of a browser on the PATH or in its usual place."""
    usual = (Path(os.path.expandvars(path)) for path in PLACES)
    return next((path for path in map(shutil.which, NAMES) if path), None) or next(
        (str(p) for p in usual if p.exists()), None
    )


def print_pdf(page: str, path: str, seconds: float = SECONDS) -> bytes:
    """The PDF of an HTML page, printed by the browser at a path. Raises PrintFailed."""
    with _printing, tempfile.TemporaryDirectory(prefix="poa-", ignore_cleanup_errors=True) as folder:
        source, pdf_path = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, "utf-8")
        output = _run(
            [
                path,
                *FLAGS,
                *_without_sandbox(),
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={pdf_path}",
                source.as_uri(),
            ],
            seconds,
        )
        if not pdf_path.exists() or not pdf_path.read_bytes().startswith(b"%PDF"):
            raise PrintFailed(output)
        return pdf_path.read_bytes()


def end_all() -> None:
    """End what is being printed; whoever waits for it gets PrintFailed."""
    for process in list(_running):
        _kill(process)


def _without_sandbox() -> tuple[str, ...]:
    """Chrome does not start its sandbox for root; the page is our own and asks for nothing."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _run(command: list[str], seconds: float) -> str:
    """What it said. One that hangs is ended with all it started. Raises PrintFailed."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as fault:
        raise PrintFailed(str(fault)) from fault
    _running.add(process)
    try:
        return process.communicate(timeout=seconds)[0].decode(errors="replace")[-500:]
    except subprocess.TimeoutExpired as fault:
        raise PrintFailed(f"{seconds} s") from fault
    finally:
        _end(process)
        _running.discard(process)


def _end(process: subprocess.Popen) -> None:
    _kill(process)
    process.kill()
    process.wait()
    process.stdout.close()


def _kill(process: subprocess.Popen) -> None:
    """The browser and its children: they are a group of their own where the system has such."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
