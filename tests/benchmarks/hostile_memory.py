"""Prints what files made to break the reader cost the server's memory, and the child that reads them; asserts
nothing.

    .venv/bin/python tests/benchmarks/hostile_memory.py

The real dashboard on this machine, each file handed in through a real browser. Linux: memory is read from
/proc. Before and after are the server's resident megabytes, highest the most it had while the file was there
(samples of a hundredth of a second); the child's peak is ru_maxrss of one that reads the same file for a
process of its own.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / part) for part in ("", "browser", "faults", "fixtures"))]

import find_browser
from playwright.sync_api import expect, sync_playwright
from serving import FLAGS, dashboard, opened, settled
from test_child import REAL

FIRST = {"a month as it should be": (ROOT / "data" / "try" / "2010-10.csv").read_bytes()}
ANSWER = (
    ".panel:not(:has-text('Qué necesita'), :has-text('Plantilla')), "
    "[data-testid=stFileChip]:has([data-testid=stFileChipIconError])"
)
READ = """
import resource, sys; sys.path.insert(0, "tests/fixtures")
from bad_files import PLAN
from poa_core.intake import child
content = open(sys.argv[1], "rb").read()
file = child.read_progress_in_child(content, sys.argv[2], PLAN)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(most, file.problems[0].code if file.problems else "read")
"""


def resident(process: int) -> float:
    """Megabytes of a process that stand in memory."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())[1]) / 1024


def server() -> int:
    """The process of the dashboard that this one started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = re.search(r"PPid:\s+(\d+)", (folder / "status").read_text())[1]
            if int(parent) == os.getpid() and b"streamlit" in (folder / "cmdline").read_bytes():
                return int(folder.name)
        except OSError:  # it ended meanwhile
            continue
    raise RuntimeError("no dashboard runs")


class Highest:
    """The most memory of a process while the block runs."""

    def __init__(self, process: int) -> None:
        self.process, self.most, self.done = process, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self.done.wait(0.01):
            self.most = max(self.most, resident(self.process))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.done.set()
        self.thread.join()


def handed_in(page, path: Path) -> str:
    """Hand the file in and wait for the page's answer, or the uploader's own where the file is over its
    limit.
    """
    settled(page)
    page.set_input_files("input[type=file]", path)
    answer = page.locator(ANSWER).first
    expect(answer).to_be_visible(timeout=120_000)
    settled(page)
    return " ".join(answer.inner_text().split())[:60]


def let_go(page) -> None:
    """Take the file away from the page, which then holds it no longer."""
    another = page.get_by_role("button", name="Elegir otro archivo")
    another.click() if another.count() else page.reload()
    expect(page.get_by_text("Qué necesita el archivo")).to_be_visible()
    settled(page)


def apart(path: Path) -> tuple[str, str]:
    """The child's peak in megabytes and what the file is refused with."""
    command = [sys.executable, "-c", READ, str(path), path.name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(done.stdout.split())


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=find_browser.installed(), args=FLAGS)
        with dashboard(folder) as address:
            process, page = server(), browser.new_page(locale="es-PE")
            opened(page, f"{address}/cargar", "Elegir archivo")
            print("| file | MB | before | highest | after | child's peak | refused with | the page says |")
            print("|---|---|---|---|---|---|---|---|")
            # The first uploads load what a server loads once; they are no cost of a hostile file.
            for title, content in [*FIRST.items(), *FIRST.items(), *FIRST.items(), *REAL.items()]:
                path = folder / f"avance.{'xlsx' if content.startswith(b'PK') else 'csv'}"
                path.write_bytes(content)
                before = resident(process)
                with Highest(process) as highest:
                    said = handed_in(page, path)
                let_go(page)
                peak, code = apart(path)
                figures = f"{before:.0f} | {highest.most:.0f} | {resident(process):.0f} | {peak}"
                print(f"| {title} | {len(content) / 2**20:.1f} | {figures} | {code} | {said} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
