"""Find Chromium, Chrome or Edge for the browser tests; where there is none, install one or say what to install.

Prints the browser's path. Exit code 1 where none could be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome",
    "microsoft-edge-stable", "microsoft-edge", "msedge",
)  # fmt: skip
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
ADVICE = (
    "No browser was found and none could be installed. Install Chromium, Google Chrome or Microsoft Edge "
    "(Debian or Ubuntu: sudo apt install chromium) and run the tests again."
)


def installed() -> str | None:
    """The path of a browser that is here: POA_BROWSER, one on the PATH, one in its usual place."""
    asked = os.environ.get("POA_BROWSER")
    if asked and Path(asked).exists():
        return asked
    on_path = next((found for found in map(shutil.which, NAMES) if found), None)
    if on_path:
        return on_path
    usual = (Path(os.path.expandvars(place)) for place in PLACES)
    return next((str(path) for path in usual if path.exists()), None) or _playwrights()


def install() -> None:
    """Try the system's package manager as root or with sudo, then playwright's own download."""
    if shutil.which("apt-get"):
        prefix = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
        if not prefix or shutil.which("sudo"):
            _run([*prefix, "apt-get", "update", "-qq"])
            _run([*prefix, "apt-get", "install", "-y", "-qq", "chromium"])
    if installed() is None:
        _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _run(command: list[str]) -> None:
    print("$", *command, file=sys.stderr, flush=True)
    subprocess.run(command, stdout=sys.stderr, check=False)


def main() -> int:
    if installed() is None:
        install()
    found = installed()
    print(found or ADVICE, file=sys.stdout if found else sys.stderr)
    return int(found is None)


if __name__ == "__main__":
    sys.exit(main())
