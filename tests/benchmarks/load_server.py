"""The real dashboard on a free port with a ledger that is thrown away, and what it costs. Linux: read from
/proc.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running dashboard: its port, its folder, its own process."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.log = folder, folder / "server.log"
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        command += ["--server.port", str(self.port), "--server.headless", "true"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | {"POA_DATA": str(folder)}, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Until it answers. Raises RuntimeError where it stops before."""
        while self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health"):
                    return
            except OSError:
                continue
        raise RuntimeError(self.log.read_text())

    def memory(self) -> float:
        """Resident megabytes of the server itself; what reads a file lives for a moment and is not in it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def cpu(self) -> float:
        """Seconds of processor used so far by the server and all it started."""
        return sum(_seconds(number) for number in self._family())

    def incidents(self) -> list[str]:
        """Lines of its log that tell of a fault."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if re.search(r"incident|Traceback|^\w*(Error|Exception)\b", line)]

    def _family(self) -> list[int]:
        found, waiting = [], [self.process.pid]
        while waiting:
            found.append(waiting.pop())
            try:
                waiting += map(int, Path(f"/proc/{found[-1]}/task/{found[-1]}/children").read_text().split())
            except OSError:  # it ended meanwhile
                continue
        return found


def _seconds(number: int) -> float:
    """Of one process, with the children it has seen end."""
    try:
        told = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, told[11:15])) / TICKS


@contextmanager
def served() -> Iterator[Server]:
    """A dashboard for as long as the block runs; it is ended by its own process."""
    with tempfile.TemporaryDirectory() as name:
        server = Server(Path(name))
        try:
            server.wait()
            yield server
        finally:
            server.process.terminate()
            server.process.wait(30)
