"""The log: starts, rights used and refused, incidents with their code; beside the ledger, and never larger
than a limit.
"""

import logging
import secrets
import sys
import time
from logging.handlers import RotatingFileHandler

from poa_core.config import LedgerPaths

SIZE, KEPT = 2_000_000, 4  # bytes of a file, and how many older ones stay
FORM = "%(asctime)sZ %(levelname)s %(message)s"


class _Lines(logging.Formatter):
    """UTC, and one line a record: a name with a line break in it cannot pass for a record of its own."""

    converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


def log_server_start(log: logging.Logger, version: int | None, fault: Exception | None = None) -> None:
    """The server answers: with this version of the ledger, or without one."""
    if fault is None:
        log.info("started: version %s of the ledger", version)
    else:
        log.log(logging.ERROR, "started without a ledger: %r", fault)


def log_incident(error: BaseException) -> str:
    """Write a fault and where it came from under a code. Returns the code, which is all that a person is
    shown.
    """
    code = secrets.token_hex(3).upper()
    logging.getLogger("poa").log(logging.ERROR, "incident %s", code, exc_info=error)
    return code


def start_log(paths: LedgerPaths) -> logging.Logger:
    """Write the log of this process to the error output and, where that can be, to the ledger's log file.
    Returns it.
    """
    log = logging.getLogger("poa")
    stop_log(log)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    try:
        paths.log.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(paths.log, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8"))
    except OSError:  # a folder that takes no file: the page says so, and the error output has the log
        pass
    for handler in handlers:
        handler.setFormatter(_Lines(FORM, "%Y-%m-%dT%H:%M:%S"))
        log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    if len(handlers) == 1:
        log.log(logging.WARNING, "no log file: %s", paths.log)
    return log


def stop_log(log: logging.Logger) -> None:
    """Let go of what keep opened; no record after."""
    for handler in [h for h in log.handlers if isinstance(h.formatter, _Lines)]:
        log.removeHandler(handler)
        handler.close()
    log.propagate = True
