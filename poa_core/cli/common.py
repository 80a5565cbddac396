"""What commands share: which plan is meant, wrong use, problems in words."""

import getpass
import sys

from poa_core import moment as clock
from poa_core.contract import Key
from poa_core.figures import metrics
from poa_core.ledger.file import database
from poa_core.words.language import Words
from poa_core.words.problems import sentence


class WrongUse(Exception):
    """The command was asked for something that cannot be; code and hints say what."""

    def __init__(self, code: str, **hints: object) -> None:
        super().__init__(code)
        self.code, self.hints = code, hints


def plan_of(opened: database.Database, options, is_archived: bool = False) -> Key:
    """The one plan the options name; of several the one that is not archived, or is. Raises WrongUse where
    there is none or more than one.
    """
    with opened.cursor() as cursor:
        plans = metrics.plans(cursor, clock.now(), is_now=True)
    for name in ("year", "entity", "process"):
        if getattr(options, name, None) is not None:
            plans = plans[plans[name] == getattr(options, name)]
    if len(plans) > 1:
        plans = plans[plans["archived"] == is_archived]
    if len(plans) != 1:
        raise WrongUse("no_plan" if plans.empty else "many_plans", count=len(plans))
    row = plans.iloc[0]
    return int(row["year"]), row["entity"], row["process"]


def system_user(speak: Words) -> str:
    """Whoever reaches the file may change it: the ledger says which user of the system did."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "?"
    return speak("cli.person", user=user)


def print_problems(name: str, problems, speak: Words) -> None:
    """Each problem, a line each, for the person: of the file it names, else of the one of that name."""
    for problem in problems:
        print(f"{problem.hints.get('file', name)}: {sentence(problem, speak)}", file=sys.stderr)
