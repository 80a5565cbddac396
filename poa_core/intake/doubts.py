"""Which few values of a long file questions.py could ask about, found for all of them at once; it alone asks.

Rules of questions.py in binary fractions, with bounds a hair wider: never fewer lines than it asks about, now and then more.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from poa_core.columns import Columns
from poa_core.contract import PlanKnowledge, PlannedActivity, Value
from poa_core.intake.amounts import is_percentage
from poa_core.intake.questions import LARGE, POWER_TOLERANCE, POWERS, TOTAL_TOLERANCE

_HAIR = 1e-3
_EXACT = 1e9  # below it a binary fraction tells any two numbers of six decimals apart
_PLACES = 14  # months at 1 to 12, with an empty one on either side


class Programme(NamedTuple):
    """A plan's activities and its outcome, and a row for each: what its months 1 to 12 are asked, NaN where nothing.

    Of a code that comes twice the later row counts.
    """

    code: Sequence[str]
    programmed: np.ndarray


class Names(NamedTuple):
    """The different texts of a column, and which of them each of its cells is."""

    names: list[str]
    number: np.ndarray


class Lines(NamedTuple):
    """The different pairs of an activity and a locality, as the places of each among the names."""

    codes: list[str]
    localities: list[str]
    code: np.ndarray
    locality: np.ndarray

    def names(self) -> Iterator[tuple[str, str]]:
        return zip(map(self.codes.__getitem__, self.code), map(self.localities.__getitem__, self.locality), strict=True)


class Grid(NamedTuple):
    """Lines (activity and locality) by months: what is reported once the file is in, what is asked, NaN where nothing is."""

    reported: np.ndarray
    programmed: np.ndarray
    is_changed: np.ndarray


def doubtful(values: Columns, known: PlanKnowledge, programme: Programme) -> list[Value]:
    """The values of every line about which there may be something to ask."""
    code, locality = _numbered(values, "code"), _numbered(values, "locality")
    pairs = pa.array(code.number * len(locality.names) + locality.number).dictionary_encode()
    lines, number = Lines(code.names, locality.names, *np.divmod(pairs.dictionary.to_numpy(), len(locality.names))), pairs.indices.to_numpy()
    activities = [known.activities[name] for name in code.names]
    grid = _grid(values, number, lines, known, _by_line(lines, activities, programme))
    return list(values.at(np.flatnonzero(_asked(grid, [activities[place] for place in lines.code.tolist()])[number])))


def _numbered(values: Columns, name: str) -> Names:
    told = values.table[name].combine_chunks()
    return Names(told.dictionary.to_pylist(), told.indices.to_numpy().astype(np.int64))


def _by_line(lines: Lines, activities: list[PlannedActivity], programme: Programme) -> np.ndarray:
    """What each line is asked; what the whole is asked is asked of no part: only at home has an activity a programme."""
    places, rows = ({name: place for place, name in enumerate(names)} for names in (lines.localities, programme.code))
    home = np.array([places.get(activity.locality, -1) for activity in activities])
    row = np.array([rows.get(name, -1) for name in lines.codes])
    is_asked = (home[lines.code] == lines.locality) & (row[lines.code] >= 0)
    programmed = np.full((len(lines.code), _PLACES), np.nan)
    programmed[is_asked, 1:13] = programme.programmed[row[lines.code][is_asked]]
    return programmed


def _grid(values: Columns, number: np.ndarray, lines: Lines, known: PlanKnowledge, programmed: np.ndarray) -> Grid:
    reported = np.full(programmed.shape, np.nan)
    at = {line: place for place, line in enumerate(lines.names())} if known.reported else {}
    for (code, month, locality), told in known.reported.items():
        if (line := at.get((code, locality))) is not None:
            reported[line, month] = told
    month, told = values.table["month"].to_numpy(), values.table["reported"].cast(pa.float64()).to_numpy()
    is_changed = np.zeros(reported.shape, bool)
    is_changed[number, month] = (reported[number, month] != told) | (np.abs(told) >= _EXACT)
    reported[number, month] = told
    return Grid(reported, programmed, is_changed)


def _asked(grid: Grid, activities: list[PlannedActivity]) -> np.ndarray:
    """Whether each line may hold something to ask about."""
    is_sum, is_milestone, is_percent = (np.array(list(map(kind, activities)))[:, np.newaxis] for kind in (_is_sum, _is_milestone, _is_percent))
    with np.errstate(all="ignore"):
        return (
            (grid.is_changed & (grid.reported == 0) & is_percent).any(axis=1)
            | _repeats(grid).any(axis=1)
            | _off_by_power(grid, is_sum, is_milestone)
            | _beyond_the_year(grid, activities)
            | _running_total(grid) & is_sum[:, 0]
        )


def _is_sum(activity: PlannedActivity) -> bool:
    return activity.aggregation == "sum"


def _is_milestone(activity: PlannedActivity) -> bool:
    return activity.aggregation == "milestone"


def _is_percent(activity: PlannedActivity) -> bool:
    return is_percentage(activity.unit)


def _repeats(grid: Grid) -> np.ndarray:
    now, before = grid.reported[:, 1:], grid.reported[:, :-1]
    is_as_asked = (now == grid.programmed[:, 1:]) & (np.abs(now) < _EXACT)
    is_worth_it = (np.abs(now) >= LARGE - _HAIR) | (now != np.floor(now))
    return grid.is_changed[:, 1:] & (np.abs(now - before) < 0.01 + _HAIR) & (now != 0) & is_worth_it & ~is_as_asked


def _off_by_power(grid: Grid, is_sum: np.ndarray, is_milestone: np.ndarray) -> np.ndarray:
    programmed = np.where(grid.programmed == 0, np.nan, grid.programmed)
    ratio, tolerance = grid.reported / programmed, float(POWER_TOLERANCE)
    is_weighed = grid.is_changed & ~is_milestone
    is_delay = is_sum & (np.abs(programmed) < LARGE - _HAIR)
    is_off = np.zeros(ratio.shape, bool)
    for power in POWERS:
        is_off |= np.abs(ratio / power - 1) <= tolerance + _HAIR
        is_off |= (np.abs(ratio * power - 1) <= tolerance + _HAIR) & ~is_delay
    is_left_to_neighbours = np.isnan(programmed) | (~is_sum & ~(np.abs(ratio - 1) < tolerance - _HAIR))
    sizes = np.abs(np.where(grid.reported == 0, np.nan, grid.reported))
    smallest, largest = np.fmin.reduce(sizes, axis=1), np.fmax.reduce(sizes, axis=1)
    is_far = largest >= (POWERS[0] * (1 - tolerance) - _HAIR) * smallest
    return (is_off & is_weighed).any(axis=1) | ((is_left_to_neighbours & is_weighed).any(axis=1) & is_far)


def _beyond_the_year(grid: Grid, activities: list[PlannedActivity]) -> np.ndarray:
    is_unasked = grid.is_changed & (grid.reported > 0) & ~(np.abs(grid.programmed) > 0)
    is_beyond, told = is_unasked.any(axis=1), np.nansum(np.maximum(grid.reported, 0), axis=1)
    for line in np.flatnonzero(is_beyond):
        activity = activities[line]
        is_kind = activity.aggregation == "sum" and activity.direction == "higher" and activity.target is not None and activity.target > 0
        is_beyond[line] = is_kind and told[line] >= (1 - _HAIR) * float(activity.target)
    return is_beyond


def _running_total(grid: Grid) -> np.ndarray:
    """Months that never fall and end at what was asked to date."""
    count = len(grid.reported)
    last, asked, grows, told = np.full(count, np.nan), np.zeros(count), np.ones(count, bool), np.zeros(count, int)
    to_date = np.zeros(count)
    for month in range(1, 13):
        now = grid.reported[:, month]
        is_told = ~np.isnan(now) & (now != 0)
        to_date += np.nan_to_num(grid.programmed[:, month])
        grows &= ~(is_told & (now < last))
        last, asked, told = np.where(is_told, now, last), np.where(is_told, to_date, asked), told + is_told
    tolerance = float(TOTAL_TOLERANCE) + _HAIR
    return grows & (told > 1) & grid.is_changed.any(axis=1) & (np.abs(last - asked) <= tolerance * asked + _HAIR)
