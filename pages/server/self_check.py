"""Once a day the server reads its ledger and the newest copy through, and says so in the log."""

import logging
import threading

from pages.server import maintenance
from pages.shared import session
from poa_core.ledger import condition
from poa_core.ledger.file.snapshots import CopyFailed

FIRST, EVERY = 600, 86_400  # seconds: whoever waited for the start has their page
log = logging.getLogger("poa")


def start() -> threading.Event:
    """Begin, in a thread of its own; setting the event ends it."""
    is_over = threading.Event()
    threading.Thread(target=_check_daily, args=(is_over,), daemon=True).start()
    return is_over


def _check_daily(is_over: threading.Event) -> None:
    wait = FIRST
    while not is_over.wait(wait):
        wait = EVERY
        try:
            check = condition.self_check(session.open_ledger())
            log.log(logging.INFO if check.is_sound else logging.ERROR, "self-check: %s", check)
        except (*maintenance.FAULTS, CopyFailed) as fault:
            log.log(logging.ERROR, "self-check: %r", fault)
