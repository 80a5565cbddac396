"""What commands share: which plan is meant, wrong use, problems and refusals in words."""

import getpass
import sys
from collections.abc import Iterable

from poa_core import moment as clock
from poa_core.figures import metrics
from poa_core.ledger.file import database
from poa_core.ledger.submission import Refused
from poa_core.words.language import Words
from poa_core.words.problems import sentence, shortened

SHOWN = 9  # of many names in one sentence


class WrongUse(Exception):
    """The command was asked for something that cannot be; code and hints say what."""

    def __init__(self, code: str, **hints: object) -> None:
        super().__init__(code)
        self.code, self.hints = code, hints


def plan_of(opened: database.Database, options, is_archived: bool = False) -> tuple[int, str, str]:
    """The one plan the options name; of several the one that is not archived, or is. Raises WrongUse where there is none or more than one."""
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


def say_problems(name: str, problems, speak: Words) -> None:
    """Each problem, a line each, for the person: of the file it names, else of the one of that name."""
    for problem in problems:
        print(f"{problem.hints.get('file', name)}: {sentence(problem, speak)}", file=sys.stderr)


def listed(names: Iterable[str], speak: Words) -> str:
    """a.csv, b.csv y 3 más."""
    told = list(names)
    rest = len(told) - SHOWN if len(told) > SHOWN + 1 else 0
    shown = ", ".join(told[: len(told) - rest])
    return speak("common.and_more", names=shown, count=rest) if rest else shown


def said(refusal: Refused, speak: Words) -> dict:
    """The hints of a refusal: moments in Lima's time, months by name, what must be true in words, the first few of many files."""
    hints = dict(refusal.hints)
    if "invariant" in hints:
        hints["invariant"] = speak(f"invariant.{hints['invariant']}")
    if "files" in hints:
        hints["files"] = listed(map(shortened, hints["files"]), speak)
    if "places" in hints:
        hints["places"] = listed(hints["places"], speak)
    if "months" in hints:
        hints["months"] = ", ".join(map(speak.month, hints["months"]))
    if "rows" in hints:
        hints["rows"] = ", ".join(map(str, hints["rows"]))
    if "month" in hints:
        hints["month"] = speak.month(hints["month"]).capitalize()
    if hints.get("moment") is not None:
        hints["moment"] = speak.instant(hints["moment"])
    return {name: "—" if hint is None else hint for name, hint in hints.items()}
