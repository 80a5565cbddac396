"""What the filters offer: short stable codes for the address, what each stands for, and its label."""

import re
import unicodedata

import pandas as pd

from poa_core.figures import metrics
from poa_core.figures.metrics import Scope
from poa_core.links import STATUS_CODES
from poa_core.panels import Ask
from poa_core.words.language import Words

LATEST, ALL = "ultimo", "todos"
Choices = dict[str, tuple[object, str]]  # code -> (what it stands for, its label)


def slug(text: str) -> str:
    """División de Catastro -> division-de-catastro."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def choices(ask: Ask, scope: Scope, words: Words) -> dict[str, Choices]:
    """The codes of cutoff, locality, responsible, objective and status in the order they are offered."""
    activities = ask(metrics.activities, scope)
    return {
        "cutoff": _cutoffs(ask, scope, words),
        "locality": _by_code("locality", list(ask(metrics.localities, scope)["locality"]), words),
        "responsible": _by_code("responsible", list(activities["responsible"].dropna().unique()), words),
        "objective": _objectives(activities, words),
        "status": {ALL: (None, "")}
        | {code: (status, words(f"status.{status}")) for status, code in STATUS_CODES.items()},
    }


def _cutoffs(ask: Ask, scope: Scope, words: Words) -> Choices:
    months = ask(metrics.months, scope).set_index("month")["is_open"]
    latest = ask(metrics.default_cutoff, scope)
    offered: Choices = {
        LATEST: (latest, words("filter.cutoff_latest" if latest else "filter.cutoff_latest_none"))
    }
    for month in range(1, 13):
        key = (
            "filter.cutoff_open"
            if months[month] and scope.year >= scope.known_at.year
            else "filter.cutoff_month"
        )
        offered[f"{scope.year}-{month:02d}"] = (
            month,
            words(key, month=words.month(month, "short"), year=scope.year),
        )
    return offered


def _by_code(key: str, names: list[str], words: Words) -> Choices:
    offered: Choices = {ALL: (None, words(f"filter.{key}_all"))}
    for name in names:  # two names may share a slug, one may have none, one may be called "todos"
        code = slug(name) or key
        while code in offered:
            code += "-2"
        is_whole = name == "EPS"
        offered[code] = (
            name,
            words(
                "filter.locality_whole" if is_whole else f"filter.{key}_one",
                name=name.removeprefix(words("filter.division_prefix")),
            ),
        )
    return offered


def _objectives(activities: pd.DataFrame, words: Words) -> Choices:
    named = activities.drop_duplicates("objective")[["objective_number", "objective"]]
    offered: Choices = {ALL: (None, words("filter.objective_all"))}
    for number, name in named.itertuples(index=False):
        offered[str(int(number))] = name, words("filter.objective_one", number=int(number), name=name)
    return offered
