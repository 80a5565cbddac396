"""A refusal of the ledger in words: what its sentence is filled in with."""

from collections.abc import Iterable

from poa_core.ledger.submission import Refused
from poa_core.words.language import Words
from poa_core.words.problems import shortened

SHOWN = 9  # of many names in one sentence


def join_names(names: Iterable[str], speak: Words) -> str:
    """a.csv, b.csv y 3 más."""
    all_names = list(names)
    rest = len(all_names) - SHOWN if len(all_names) > SHOWN + 1 else 0
    shown = ", ".join(all_names[: len(all_names) - rest])
    return speak("common.and_more", names=shown, count=rest) if rest else shown


def sentence_hints(refusal: Refused, speak: Words) -> dict:
    """The hints of a refusal: moments in Lima's time, months by name, what must be true in words, the first
    few of many files.
    """
    hints = dict(refusal.hints)
    if "invariant" in hints:
        hints["invariant"] = speak(f"invariant.{hints['invariant']}")
    if "files" in hints:
        hints["files"] = join_names(map(shortened, hints["files"]), speak)
    if "places" in hints:
        hints["places"] = join_names(hints["places"], speak)
    if "months" in hints:
        hints["months"] = ", ".join(map(speak.month, hints["months"]))
    if "rows" in hints:
        hints["rows"] = ", ".join(map(str, hints["rows"]))
    if "month" in hints:
        hints["month"] = speak.month(hints["month"]).capitalize()
    if hints.get("moment") is not None:
        hints["moment"] = speak.instant(hints["moment"])
    return {name: "—" if hint is None else hint for name, hint in hints.items()}
