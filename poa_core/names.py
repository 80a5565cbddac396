"""Names as people write them: folded, the nearest of several, the same but for spelling."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from poa_core.contract import WHOLE_UTILITY

# All of them folded: "EPS (toda)" is eps_toda.
WHOLE_UTILITY_NAMES = (
    "eps",
    "toda_la_eps",
    "toda_la_empresa",
    "eps_toda",
    "todas",
    "total_eps",
    "whole_utility",
)
SAME_BUT_SPELLING = 0.92
_COMPARED = 60  # characters; difflib is slow on long texts
_LONGEST_NAME = 250


@lru_cache(4096)
def fold(text: str) -> str:
    """Lower case without accents, everything but letters and digits as one underscore."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", "_", plain).strip("_")


def locality_name(text: str) -> str:
    """A locality as it is stored: the whole utility by its one name, whichever it was given; any other as it
    is written.
    """
    return WHOLE_UTILITY if fold(text) in WHOLE_UTILITY_NAMES else text


def localities_by_name(localities: Iterable[str]) -> dict[str, str]:
    """The localities that a text may mean, by its fold: those given, and the whole utility by each of its
    names that is none of theirs.
    """
    return dict.fromkeys(WHOLE_UTILITY_NAMES, WHOLE_UTILITY) | {fold(name): name for name in localities}


def nearest(text: str, names: Iterable[str], cutoff: float = 0.0) -> str | None:
    """The name most like the text, None where none reaches the cutoff (0-1)."""
    by_form = {name.casefold(): name for name in sorted(names)}
    matches = get_close_matches(text.casefold()[:_COMPARED], by_form, n=1, cutoff=cutoff)
    return by_form[matches[0]] if matches else None


def misspelt_locality(text: str, localities: Iterable[str]) -> str | None:
    """The locality, other than the text as it stands, that it likely means: the same but for accents, or one
    word of it a letter apart.

    Names told apart by a number or by a short word are two: Sector I, Sector II.
    """
    near = sorted(name for name in localities if name != text and _is_nearly(fold(text), fold(name)))
    return min(near, key=lambda name: fold(text) != fold(name), default=None)


def _is_nearly(one: str, other: str) -> bool:
    if one.replace("_", "") == other.replace("_", ""):
        return True
    words, others = one.split("_"), other.split("_")
    apart = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(apart) != 1 or re.search(r"\d", "".join(apart[0])):
        return False
    shorter = min(map(len, apart[0]))
    return shorter >= 4 and _letters_apart(*apart[0]) <= (2 if shorter >= 8 else 1)


def _letters_apart(one: str, other: str) -> int:
    """How many letters one has to write otherwise, leave out, add, or swap with the next, to get the
    other.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for index, its in enumerate(other, 1):
            now.append(min(last[index] + 1, now[-1] + 1, last[index - 1] + (letter != its)))
            if row > 1 and index > 1 and (letter, one[row - 2]) == (other[index - 2], its):
                now[-1] = min(now[-1], before[index - 2] + 1)
        before, last = last, now
    return last[-1]


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
