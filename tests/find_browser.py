"""Find Chromium, Chrome or Edge for the browser tests; where there is none, install one or say what to
install.

Prints the browser's path. Exit code 1 where none could be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from poa_core.exports.report import pdf

ADVICE = (
    "No browser was found and none could be installed. Install Chromium, Google Chrome or Microsoft Edge "
    "(Debian or Ubuntu: sudo apt install chromium) and run the tests again."
)


def installed() -> str | None:
    """The path of a browser that is here: POA_BROWSER, one on the PATH, one in its usual place."""
    asked = os.environ.get("POA_BROWSER")
    if asked and Path(asked).exists():
        return asked
    return pdf.usual_browser() or _playwrights()


def for_pages() -> str | None:
    """The browser that draws pages: Chromium's shell without a window where it is here, a third lighter."""
    if os.environ.get("POA_BROWSER"):
        return installed()
    return shutil.which("chromium-headless-shell") or _playwrights_shell() or installed()


def install() -> None:
    """Try the system's package manager as root or with sudo, then playwright's own download."""
    if shutil.which("apt-get"):
        prefix = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
        if not prefix or shutil.which("sudo"):
            _run([*prefix, "apt-get", "update", "-qq"])
            for package in ("chromium", "chromium-headless-shell"):  # Ubuntu has no such shell
                _run([*prefix, "apt-get", "install", "-y", "-qq", package])
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


def _playwrights_shell() -> str | None:
    """The shell that playwright puts beside its Chromium, of the same build."""
    chromium = _playwrights()
    if chromium is None:
        return None
    build = next(folder for folder in Path(chromium).parents if folder.name.startswith("chromium"))
    shells = build.parent.glob(
        f"{build.name.replace('chromium', 'chromium_headless_shell')}/*/*headless*shell*"
    )
    return next((str(shell) for shell in sorted(shells)), None)


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
