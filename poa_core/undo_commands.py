"""The commands that take back: an upload."""

import sys
from contextlib import closing

from poa_core import database, ledger
from poa_core.asking import system_user
from poa_core.config import Place
from poa_core.words import Words


def withdraw(options, where: Place, speak: Words) -> int:
    """Take one upload back, by its number in the history: progress, or the newest version of a plan."""
    with closing(database.open_ledger(where, "python -m poa_core withdraw")) as opened:
        ledger.withdraw(opened, options.upload, system_user(speak), options.reason)
    print(speak("cli.withdrawn", upload=options.upload), file=sys.stderr)
    return 0
