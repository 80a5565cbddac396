"""Which plan is meant: the utilities, processes and years there are, short codes for the address, and the one
shown.
"""

from dataclasses import dataclass

import pandas as pd

from poa_core.contract import Key
from poa_core.panels.choices import slug

NOUNS = ("entity", "process", "year")
Codes = dict[str, object]  # code -> utility, process or year


@dataclass(frozen=True)
class PlanChoice:
    """The plan shown, by position in the list of plans; what could be chosen instead, and the codes of what
    is.

    is_known is False where a code asked for names no plan: another one is shown then, and the page says so.
    """

    position: int
    offered: dict[str, Codes]
    codes: dict[str, str]
    is_known: bool

    @property
    def is_needed(self) -> bool:
        """Whether there is more than one plan to choose from."""
        return any(len(codes) > 1 for codes in self.offered.values())


def resolve(plans: pd.DataFrame, requested: dict[str, str], this_year: int) -> PlanChoice:
    """The plan the codes name, of a list of at least one (metrics.plans); what they leave open is the newest
    year with a due month.

    A utility has its processes, a process of it its years: a code that its utility or process does not have
    falls away. An archived plan is not offered, and shown where its codes are asked for (or where there is no
    other).
    """
    keys, due, archived = (
        _keys(plans),
        set(_keys(plans[plans["has_due"]])),
        set(_keys(plans[plans["archived"]])),
    )
    standing = [key for key in keys if key not in archived]
    entity, process, _ = _newest(standing or keys, due, this_year)
    offered, codes = {}, {}
    offered["entity"] = _by_code(sorted({key[0] for key in keys}))
    entity = _choose("entity", offered, codes, requested, entity)
    processes = sorted({key[1] for key in _within(keys, standing, entity)})
    offered["process"] = _by_code(sorted({key[1] for key in keys if key[0] == entity}))
    process = _choose("process", offered, codes, requested, process if process in processes else processes[0])
    years = [key for key in keys if key[:2] == (entity, process)]
    offered["year"] = {str(key[2]): key[2] for key in sorted(years, key=lambda key: -key[2])}
    year = _choose(
        "year",
        offered,
        codes,
        requested,
        _newest(_within(keys, standing, entity, process), due, this_year)[2],
    )
    is_known = all(not requested.get(noun) or requested[noun] == codes[noun] for noun in NOUNS)
    shown = (entity, process, year)
    for index, noun in enumerate(NOUNS):
        available = {key[index] for key in (*standing, shown) if key[:index] == shown[:index]}
        offered[noun] = {code: value for code, value in offered[noun].items() if value in available}
    return PlanChoice(keys.index(shown), offered, codes, is_known)


def _within(keys: list[tuple], standing: list[tuple], *names: str) -> list[tuple]:
    """The plans of a utility, or of a process of it: the archived ones only where it has no other."""
    return [key for key in standing if key[: len(names)] == names] or [
        key for key in keys if key[: len(names)] == names
    ]


def codes_of(plans: pd.DataFrame, key: Key) -> dict[str, str]:
    """The codes that name one plan of the list: its year, utility and process."""
    year, entity, process = key
    keys = _keys(plans)
    entities, processes = (
        _by_code(sorted({plan_key[0] for plan_key in keys})),
        _by_code(sorted({plan_key[1] for plan_key in keys if plan_key[0] == entity})),
    )
    return {"entity": _code(entities, entity), "process": _code(processes, process), "year": str(year)}


def _keys(plans: pd.DataFrame) -> list[tuple]:
    """(utility, process, year) of each plan."""
    return list(plans[list(NOUNS)].itertuples(index=False, name=None))


def _newest(keys: list[tuple], due: set[tuple], this_year: int) -> tuple:
    """The first of the newest year with a due month; where none has one of the newest begun, else of the
    first to begin.
    """
    begun = [key for key in keys if key[2] <= this_year]
    years = [key[2] for key in keys if key in due] or [key[2] for key in begun]
    year = max(years) if years else min(key[2] for key in keys)
    return next(key for key in keys if key[2] == year and (key in due or not due.intersection(keys)))


def _choose(
    noun: str, offered: dict[str, Codes], codes: dict[str, str], requested: dict[str, str], otherwise: object
) -> object:
    choices = offered[noun]
    codes[noun] = requested.get(noun) if requested.get(noun) in choices else _code(choices, otherwise)
    return choices[codes[noun]]


def _code(codes: Codes, wanted: object) -> str:
    return next(code for code, value in codes.items() if value == wanted)


def _by_code(names: list[str]) -> Codes:
    codes: Codes = {}
    for name in names:  # two names may share a slug, and one may have none
        code = slug(name) or "plan"
        while code in codes:
            code += "-2"
        codes[code] = name
    return codes
