"""The commands that take back: an upload, a plan out of the selectors, and in again."""

import sys
from contextlib import closing

from poa_core.cli.common import plan_of, system_user
from poa_core.config import LedgerPaths
from poa_core.ledger import uploads
from poa_core.ledger.file import database
from poa_core.ledger.plans import archiving
from poa_core.words.language import Words


def withdraw(options, paths: LedgerPaths, speak: Words) -> int:
    """Take one upload back, by its number in the history: progress, or the newest version of a plan."""
    with closing(database.open_ledger(paths, "python -m poa_core withdraw")) as opened:
        uploads.withdraw(opened, options.upload, system_user(speak), options.reason)
    print(speak("cli.withdrawn", upload=options.upload), file=sys.stderr)
    return 0


def archive(options, paths: LedgerPaths, speak: Words) -> int:
    """Take a plan out of the selectors."""
    return _run_archiving(options, paths, speak, archiving.archive, is_archived=False)


def bring_back(options, paths: LedgerPaths, speak: Words) -> int:
    """Put an archived plan among the others again."""
    return _run_archiving(options, paths, speak, archiving.bring_back, is_archived=True)


def _run_archiving(options, paths: LedgerPaths, speak: Words, act, is_archived: bool) -> int:
    with closing(database.open_ledger(paths, f"python -m poa_core {options.name}")) as opened:
        key = plan_of(opened, options, is_archived)
        act(opened, key, system_user(speak), options.reason)
    print(
        speak("cli.brought_back" if is_archived else "cli.archived", plan=" · ".join(map(str, key))),
        file=sys.stderr,
    )
    return 0
