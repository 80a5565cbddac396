"""Prints how many downloads fail while others browse, and what they take; asserts nothing.

    .venv/bin/python tests/benchmarks/downloads.py [DOWNLOADS]

The real dashboard on this machine and a real browser whose line takes 200 ms; beside it others' pages run ten
times a second, and the page itself before every other file has come.
"""

import asyncio
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / part) for part in ("", "browser", "benchmarks"))]

import find_browser
from load_session import Session
from playwright.sync_api import TimeoutError, sync_playwright
from serving import FLAGS, SPANISH, dashboard, opened, settled

LATENCY, RUNS, BROWSERS = 200, 10, 4  # ms, a second, sessions beside
SAID = SPANISH("report.holds")


def browse(port: int, is_over: threading.Event) -> list[int]:
    """Others at their pages until it is over. Returns how often each ran."""

    async def one() -> int:
        session, runs = Session(port), 0
        await session.open()
        while not is_over.is_set():
            began = time.monotonic()
            await session.go(("responsables", "matriz", "informe")[runs % 3])
            runs += 1
            await asyncio.sleep(max(0, BROWSERS / RUNS - (time.monotonic() - began)))
        await session.close()
        return runs

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*(one() for _ in range(BROWSERS)))

    return asyncio.run(all_of_them())


def main(count: int) -> None:
    is_over, runs, failed, seconds = threading.Event(), [], 0, []
    with dashboard(Path(tempfile.mkdtemp())) as address, sync_playwright() as playwright:
        beside = threading.Thread(
            target=lambda: runs.extend(browse(int(address.rpartition(":")[2]), is_over))
        )
        browser = playwright.chromium.launch(executable_path=find_browser.for_pages(), args=FLAGS)
        page = browser.new_context(locale="es-PE").new_page()
        opened(page, f"{address}/informe", SAID)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        slow = {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
        line.send("Network.emulateNetworkConditions", slow)
        beside.start()
        first = time.monotonic()
        for number in range(count):
            began = time.monotonic()
            try:
                with page.expect_download(timeout=20_000) as waiting:
                    page.locator(".st-key-file_report_xlsx button").click()
                    if number % 2:  # before its answer is there
                        page.get_by_text("EN" if number % 4 == 1 else "ES", exact=True).first.click()
                if waiting.value.failure() or not waiting.value.path().stat().st_size:
                    raise TimeoutError("empty")
                seconds.append(time.monotonic() - began)
            except TimeoutError:
                failed += 1
                print("failed:", [note.inner_text() for note in page.locator(".poa-file p").all()])
            settled(page)
        took = time.monotonic() - first
        is_over.set()
        beside.join()
        browser.close()
    print(f"{failed} of {count} failed; median {median(seconds):.2f} s")
    print(f"beside them {sum(runs) / took:.1f} runs a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
