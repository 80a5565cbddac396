"""Prints what strangers leave in the server's memory: pages, files, long messages and log-ins by the
thousand, then nobody. Asserts nothing.

    .venv/bin/python tests/benchmarks/strangers.py [PAGES]

The real dashboard with accounts, on this machine; Linux alone.
"""

import re
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / part) for part in ("", "browser", "benchmarks"))]

import requests
from accounts import accounts
from raw_page import Page, part
from websockets.exceptions import WebSocketException

AT_ONCE, FILE = 300, 9_000_000
FORGOTTEN = 150  # seconds after which Streamlit lets a page go that nobody came back to


def memory(folder: Path) -> float:
    """Megabytes of the server whose ledger lies in the folder."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            environment = (process / "environ").read_bytes().split(b"\0")
            command = (process / "cmdline").read_bytes()
            if f"POA_DATA={folder}".encode() in environment and b"dashboard.py" in command:
                return int(re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text())[1]) / 1024
    raise RuntimeError("no server")


def attack(address: str, pages: int) -> dict[str, int]:
    """Open pages, have each drawn, and send what strangers send. Returns how often what was answered."""
    open_pages, answers = [], {"pages drawn": 0, "files refused": 0, "log-ins refused": 0}
    for number in range(pages):
        with suppress(WebSocketException, OSError):
            page = Page(address).run()
            open_pages.append(page)
            answers["pages drawn"] += 1
            answers["files refused"] += page.hand_in(FILE) == 403
            if number % 10 == 0:
                page.socket.send(part(1_000_000))
            log_in = requests.get(f"{address}/auth/login", allow_redirects=False, timeout=30)
            answers["log-ins refused"] += log_in.status_code == 429
        if len(open_pages) > AT_ONCE:
            open_pages.pop(0).socket.close()
    print(f"during: {memory(folder):.0f} MB")
    for page in open_pages:
        page.socket.close()
    return answers


if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp())
    with accounts(folder) as (address, _):
        for _ in range(20):
            Page(address).run().socket.close()
        time.sleep(5)
        print(f"before: {memory(folder):.0f} MB")
        print(attack(address, int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
        print(f"at the end: {memory(folder):.0f} MB")
        time.sleep(FORGOTTEN)
        print(f"{FORGOTTEN} seconds later: {memory(folder):.0f} MB")
