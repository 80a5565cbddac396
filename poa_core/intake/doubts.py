"""Which few values of a long file questions.py could ask about, found for all of them at once; it alone asks.

Rules of questions.py in binary fractions, with bounds a hair wider: never fewer lines than it asks about, now and then more.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from poa_core.columns import Columns
from poa_core.contract import PlanKnowledge, Value
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


class Grid(NamedTuple):
    """Lines (activity and locality) by months: what is reported once the file is in, what is asked, NaN where nothing is."""

    reported: np.ndarray
    programmed: np.ndarray
    is_changed: np.ndarray


def doubtful(values: Columns, known: PlanKnowledge, programme: Programme) -> list[Value]:
    """The values of every line about which there may be something to ask."""
    code, locality = _numbered(values.code), _numbered(values.locality)
    pairs, number = code.number * len(locality.names) + locality.number, code.number
    pairs, number = np.unique(pairs, return_inverse=True) if len(locality.names) > 1 else (np.arange(len(code.names)), number)
    lines = [(code.names[pair // len(locality.names)], locality.names[pair % len(locality.names)]) for pair in pairs.tolist()]
    grid = _grid(values, number, lines, known, programme)
    activities = [known.activities[code] for code, _ in lines]
    return [values[place] for place in np.flatnonzero(_asked(grid, activities)[number])]


def _numbered(texts: Sequence[str]) -> Names:
    told = pa.array(texts, pa.string()).dictionary_encode()
    return Names(told.dictionary.to_pylist(), told.indices.to_numpy().astype(np.int64))


def _grid(values: Columns, number: np.ndarray, lines: list[tuple[str, str]], known: PlanKnowledge, programme: Programme) -> Grid:
    reported, programmed = np.full((2, len(lines), _PLACES), np.nan)
    at = {line: place for place, line in enumerate(lines)} if known.reported else {}
    for (code, month, locality), told in known.reported.items():
        if (line := at.get((code, locality))) is not None:
            reported[line, month] = told
    month, told = np.fromiter(values.month, np.int64, len(values)), pa.array(values.reported).cast(pa.float64()).to_numpy()
    is_changed = np.zeros(reported.shape, bool)
    is_changed[number, month] = (reported[number, month] != told) | (np.abs(told) >= _EXACT)
    reported[number, month] = told
    # What the whole is asked is asked of no part: only at home has an activity a programme.
    home = {code: line for line, (code, locality) in enumerate(lines) if known.activities[code].locality == locality}
    row = {code: place for place, code in enumerate(programme.code) if code in home}
    programmed[[home[code] for code in row], 1:13] = programme.programmed[list(row.values())]
    return Grid(reported, programmed, is_changed)


def _asked(grid: Grid, activities: list) -> np.ndarray:
    """Whether each line may hold something to ask about."""
    rule = np.array([activity.aggregation for activity in activities])[:, np.newaxis]
    is_sum, is_milestone = rule == "sum", rule == "milestone"
    of_hundred = {unit: is_percentage(unit) for unit in {activity.unit for activity in activities}}
    is_percent = np.array([of_hundred[activity.unit] for activity in activities])[:, np.newaxis]
    with np.errstate(all="ignore"):
        return (
            (grid.is_changed & (grid.reported == 0) & is_percent).any(axis=1)
            | _repeats(grid).any(axis=1)
            | _off_by_power(grid, is_sum, is_milestone)
            | _beyond_the_year(grid, activities)
            | _running_total(grid) & is_sum[:, 0]
        )


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


def _beyond_the_year(grid: Grid, activities: list) -> np.ndarray:
    # Not a number where there is no target to pass, which nothing is at least as large as.
    is_kind = (a.aggregation == "sum" and a.direction == "higher" and a.target is not None and a.target > 0 for a in activities)
    target = np.fromiter((float(a.target) if kind else np.nan for a, kind in zip(activities, is_kind, strict=True)), float, len(activities))
    is_unasked = grid.is_changed & (grid.reported > 0) & ~(np.abs(grid.programmed) > 0)
    return is_unasked.any(axis=1) & (np.nansum(np.maximum(grid.reported, 0), axis=1) >= (1 - _HAIR) * target)


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
