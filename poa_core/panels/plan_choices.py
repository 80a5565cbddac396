"""Which plan is meant: the utilities, processes and years there are, short codes for the address, and the one shown."""

from dataclasses import dataclass

import pandas as pd

from poa_core.panels.choices import slug

NOUNS = ("entity", "process", "year")
Codes = dict[str, object]  # code -> utility, process or year


@dataclass(frozen=True)
class PlanChoice:
    """The plan shown, by position in the list of plans; what could be chosen instead, and the codes of what is.

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


def resolve(plans: pd.DataFrame, asked: dict[str, str], this_year: int) -> PlanChoice:
    """The plan the codes name, of a list of at least one (metrics.plans); what they leave open is the newest year begun.

    A utility has its processes, a process of it its years: a code that its utility or process does not have falls away.
    """
    keys = list(plans[list(NOUNS)].itertuples(index=False, name=None))
    entity, process, _ = keys[_newest(keys, this_year)]
    offered, codes = {}, {}
    offered["entity"] = _named(sorted({key[0] for key in keys}))
    entity = _chosen("entity", offered, codes, asked, entity)
    own = sorted({key[1] for key in keys if key[0] == entity})
    offered["process"] = _named(own)
    process = _chosen("process", offered, codes, asked, process if process in own else own[0])
    years = [key for key in keys if key[:2] == (entity, process)]
    offered["year"] = {str(key[2]): key[2] for key in sorted(years, key=lambda key: -key[2])}
    year = _chosen("year", offered, codes, asked, years[_newest(years, this_year)][2])
    known = all(not asked.get(noun) or asked[noun] == codes[noun] for noun in NOUNS)
    return PlanChoice(keys.index((entity, process, year)), offered, codes, known)


def _newest(keys: list[tuple], this_year: int) -> int:
    """The first of the newest year that has begun; where none has, of the one that begins first."""
    begun = [int(key[2]) for key in keys if key[2] <= this_year]
    year = max(begun) if begun else min(int(key[2]) for key in keys)
    return next(n for n, key in enumerate(keys) if key[2] == year)


def _chosen(noun: str, offered: dict[str, Codes], codes: dict[str, str], asked: dict[str, str], otherwise: object) -> object:
    own = offered[noun]
    codes[noun] = asked.get(noun) if asked.get(noun) in own else next(code for code, value in own.items() if value == otherwise)
    return own[codes[noun]]


def _named(names: list[str]) -> Codes:
    codes: Codes = {}
    for name in names:  # two names may share a slug, and one may have none
        code = slug(name) or "plan"
        while code in codes:
            code += "-2"
        codes[code] = name
    return codes
