"""Columns of texts held against a plan at once: values where every one is beyond doubt, else nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, compress
from operator import add
from typing import NamedTuple

from poa_core.columns import Columns
from poa_core.contract import WHOLE_UTILITY, PlanKnowledge, PlannedActivity
from poa_core.intake.amounts import is_percentage
from poa_core.intake.months import read_month
from poa_core.intake.names import fold
from poa_core.intake.origin import ILLUSTRATIVE
from poa_core.intake.sheet import is_total

# A line a number; possessive, for with a way back to every line it takes eight times as long.
_NUMBERS = re.compile(r"(?:-?[0-9]{1,12}+(?:\.[0-9]{1,6}+)?+\n)*+")
# Three digits after the mark may as well be a group of thousands; these may not.
_TELLING = re.compile(r"\.(?:[0-9]{1,2}|[0-9]{4,6})\n|\n-?(?:0[0-9]*|[0-9]{4,})\.[0-9]{3}\n")


class Entries(NamedTuple):
    """The texts of a file's rows, or of the months of a wide one's rows; a column the file lacks is empty."""

    row: Sequence[int]
    code: Sequence[str]
    month: Sequence[str]
    locality: Sequence[str]
    reported: Sequence[str]
    remarks: Sequence[Sequence[str]]


class Numbers(NamedTuple):
    """Numbers as texts with a point for their decimals; the convention they were written in; whether one has a minus."""

    texts: list[str]
    convention: str | None
    has_any_below: bool


def checked(entries: Entries, knowledge: PlanKnowledge, decimal: str | None) -> tuple[Columns, str | None] | None:
    """The values and the file's convention; None where one text asks for care."""
    activities = _found(entries.code, _finder(knowledge))
    months = _found(entries.month, lambda text: read_month(text, knowledge.year)[0])
    locality = _localities(entries, activities, knowledge) if activities and months else None
    filled = _filled(entries._replace(locality=locality)) if locality else None
    read = _numbers(filled.reported, decimal) if filled and filled.row else None
    if read is None or not _fit(read, filled.code, activities):
        return None
    code = _column(filled.code, {text: activity.code for text, activity in activities.items()})
    columns = Columns(*map(tuple, (filled.row, code, _column(filled.month, months), filled.locality, read.texts, *filled.remarks)))
    return (columns, read.convention) if _stand_alone(columns, knowledge) else None


def origin(columns: Iterable[Sequence[str]]) -> bool | None:
    """Whether the file says it is illustrative; None where its rows do not all say the same, or say another word."""
    said = {text.strip() for column in columns for text in different(column)} or {""}
    word = said.pop()
    if said or (word and fold(word) not in ILLUSTRATIVE):
        return None
    return bool(word)


def is_of(named: Iterable[tuple[Sequence[str], str]]) -> bool:
    """Whether each column names what is its own wherever it names anything."""
    given = ((text.strip(), own) for column, own in named for text in different(column))
    return all(not text or text == own or fold(text) == fold(own) for text, own in given)


def different(texts: Sequence[str]) -> set[str]:
    """The texts of a column, each once; most often there is but one, which takes a third of the time to see."""
    return {texts[0]} if texts and texts.count(texts[0]) == len(texts) else set(texts)


def _found(texts: Sequence[str], find: Callable[[str], object]) -> dict | None:
    """What each different text stands for; None where one stands for nothing."""
    found = {text: find(text.strip()) for text in set(texts)}
    return found if all(found.values()) else None


def _finder(knowledge: PlanKnowledge) -> Callable[[str], PlannedActivity | None]:
    """By the code as the plan writes it; one that reads like a total may head a row of totals."""
    return lambda code: None if not code[:1].isdecimal() and is_total(code) else knowledge.activities.get(code)


def _column(texts: Sequence[str], found: dict) -> tuple:
    return tuple(map(found.__getitem__, texts))


def _filled(entries: Entries) -> Entries | None:
    """The entries that have a number; None where something is noted beside none."""
    reported = list(map(str.strip, entries.reported))
    remarks = [list(map(str.strip, column)) for column in entries.remarks]
    if all(reported):
        return entries._replace(reported=reported, remarks=remarks)
    if any(text and not number for column in remarks for text, number in zip(column, reported, strict=False)):
        return None
    kept = [list(compress(column, reported)) for column in (entries.row, entries.code, entries.month, entries.locality, reported)]
    return Entries(*kept, [list(compress(column, reported)) for column in remarks])


def _localities(entries: Entries, activities: dict[str, PlannedActivity], knowledge: PlanKnowledge) -> tuple[str, ...] | None:
    """Each value's locality: the one given where it may be, else the activity's own."""
    own = _column(entries.code, {text: activity.locality for text, activity in activities.items()})
    if not any(map(str.strip, different(entries.locality))):
        return own
    names = {WHOLE_UTILITY, *knowledge.localities, *(activity.locality for activity in knowledge.activities.values())}
    folded = {fold(name): name for name in names}
    given = {text: folded.get(fold(text.strip())) if text.strip() else "" for text in different(entries.locality)}
    if None in given.values():
        return None
    found = tuple(given[text] or home for text, home in zip(entries.locality, own, strict=True))
    away = {text for text, where, home in zip(entries.code, found, own, strict=True) if where != home}
    may_be = all(activities[text].locality == WHOLE_UTILITY and activities[text].aggregation != "milestone" for text in away)
    return found if may_be else None


def _numbers(texts: list[str], decimal: str | None) -> Numbers | None:
    """The numbers of a column; None where it takes care to tell them or their convention."""
    lines = "\n".join(["", *texts, ""])
    mark = "comma" if "," in lines else "point"
    lines = lines if mark == "point" else lines.translate({ord(","): ".", ord("."): ","})
    if not _NUMBERS.fullmatch(lines, 1):
        return None
    if "." not in lines:
        return Numbers(texts, decimal, "-" in lines)
    if decimal != mark and (decimal or not _TELLING.search(lines)):
        return None
    return Numbers(texts if mark == "point" else lines[1:-1].split("\n"), mark, "-" in lines)


def _fit(numbers: Numbers, codes: Sequence[str], activities: dict[str, PlannedActivity]) -> bool:
    """Whether each activity's unit takes its number without a word."""
    of_hundred = {text: is_percentage(activity.unit) for text, activity in activities.items()}
    percentages = compress(numbers.texts, map(of_hundred.__getitem__, codes)) if any(of_hundred.values()) else ()
    if max(map(float, percentages), default=0) > 100:
        return False
    below = {code for code, text in zip(codes, numbers.texts, strict=True) if text[0] == "-"} if numbers.has_any_below else ()
    return all(activities[code].can_be_negative for code in below)


def _stand_alone(columns: Columns, knowledge: PlanKnowledge) -> bool:
    """Whether no cell is told twice, and no month both for the whole utility and by locality."""
    localities = {name: 13 * place for place, name in enumerate(different(columns.locality))}
    codes = {name: 13 * len(localities) * place for place, name in enumerate(set(columns.code))}
    number = map(add, map(codes.__getitem__, columns.code), columns.month)
    if len(localities) > 1:
        number = map(add, number, map(localities.__getitem__, columns.locality))
    if len(set(number)) < len(columns):
        return False
    if len(localities) == 1 and not knowledge.reported:
        return True
    cells = chain(zip(columns.code, columns.month, columns.locality, strict=True), knowledge.reported)
    told = {(code, month, locality == WHOLE_UTILITY) for code, month, locality in cells}
    return not any((code, month, False) in told for code, month, is_whole in told if is_whole)
