"""Names as people write them: folded, the nearest of several, the same but for spelling."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from poa_core.contract import WHOLE_UTILITY

# All of them folded: "EPS (toda)" is eps_toda.
WHOLE_UTILITY_NAMES = ("eps", "toda_la_eps", "toda_la_empresa", "eps_toda", "todas", "total_eps", "whole_utility")
SAME_BUT_SPELLING = 0.92
_COMPARED = 60  # characters; difflib is slow on long texts
_LONGEST_NAME = 250


@lru_cache(4096)
def fold(text: str) -> str:
    """Lower case without accents, everything but letters and digits as one underscore."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", "_", plain).strip("_")


def place(text: str) -> str:
    """A locality as it is stored: the whole utility by its one name, whichever it was given; any other as it is written."""
    return WHOLE_UTILITY if fold(text) in WHOLE_UTILITY_NAMES else text


def places_by_name(places: Iterable[str]) -> dict[str, str]:
    """The localities that a text may mean, by its fold: those given, and the whole utility by each of its names that is none of theirs."""
    return dict.fromkeys(WHOLE_UTILITY_NAMES, WHOLE_UTILITY) | {fold(name): name for name in places}


def nearest(text: str, names: Iterable[str], cutoff: float = 0.0) -> str | None:
    """The name most like the text, None where none reaches the cutoff (0-1)."""
    by_form = {name.casefold(): name for name in sorted(names)}
    found = get_close_matches(text.casefold()[:_COMPARED], by_form, n=1, cutoff=cutoff)
    return by_form[found[0]] if found else None


def differ_only_in_spelling(one: str, other: str) -> bool:
    """Different texts for what is likely one name; names told apart by a number are two."""
    one, other = fold(one), fold(other)
    if one == other:
        return True
    if re.sub(r"\D+", " ", one) != re.sub(r"\D+", " ", other):
        return False
    if max(len(one), len(other)) > _LONGEST_NAME:
        return False
    alike = SequenceMatcher(None, one, other)
    return alike.quick_ratio() > SAME_BUT_SPELLING and alike.ratio() > SAME_BUT_SPELLING
