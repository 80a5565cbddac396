"""Which few values of a long file questions.py could ask about, found for all of them at once; it alone asks.

Rules of questions.py in binary fractions, with bounds a hair wider: never fewer lines than it asks about, now
and then more.
"""

from typing import NamedTuple, cast

import numpy as np

from poa_core.contract import PlanKnowledge, PlannedActivity, Value
from poa_core.intake.progress.running import EXCESS
from poa_core.intake.progress.series_grid import EXACT, Flags, Floats, Grid, Places, Programme, build_grid
from poa_core.intake.progress.shifted import ENOUGH, NEARLY, OTHERWISE, TELLING
from poa_core.intake.progress.sizes import FAR, LARGE, POWER_TOLERANCE, POWERS, WIDE, WORTH
from poa_core.intake.values.amounts import is_percentage
from poa_core.value_columns import Columns

_HAIR = 1e-3


class LineKinds(NamedTuple):
    """Which lines are of which rule or unit, a column each."""

    is_sum: Flags
    is_last: Flags
    is_milestone: Flags
    is_percent: Flags


def question_candidates(values: Columns, knowledge: PlanKnowledge, programme: Programme) -> list[Value]:
    """The values of every line about which there may be something to ask, all of them where they may look
    like another month's.
    """
    grid, number, activities = build_grid(values, knowledge, programme)
    kinds = _kinds(activities)
    if knowledge.reported and _may_be_shifted(grid, kinds):
        return list(values)
    is_asked = _is_doubtful(grid, kinds, activities)
    is_asked[_not_begun(values, number, grid, knowledge.begun)] = True
    return list(values.at(np.flatnonzero(is_asked[number])))


def _kinds(activities: list[PlannedActivity]) -> LineKinds:
    rules = np.array([activity.aggregation for activity in activities])[:, np.newaxis]
    of_hundred = {unit: is_percentage(unit) for unit in {activity.unit for activity in activities}}
    is_percent = np.array([of_hundred[activity.unit] for activity in activities])[:, np.newaxis]
    return LineKinds(rules == "sum", rules == "last", rules == "milestone", is_percent)


def _is_doubtful(grid: Grid, kinds: LineKinds, activities: list[PlannedActivity]) -> Flags:
    """Whether each line may hold something to ask about."""
    with np.errstate(all="ignore"):
        is_asked: Flags = (
            (grid.is_changed & (grid.reported == 0) & kinds.is_percent).any(axis=1)
            | _repeats(grid).any(axis=1)
            | _off_by_size(grid, kinds)
            | _beyond_the_year(grid, activities)
            | _running_total(grid) & kinds.is_sum[:, 0]
        )
    return is_asked


def _may_be_shifted(grid: Grid, kinds: LineKinds) -> bool:
    """Whether the values of a month may be, all but a few, those that the ledger has of the month before it
    or after.
    """
    now = np.where(grid.is_changed, grid.reported, np.nan)
    is_as_asked = (now == grid.programmed) & (np.abs(now) < EXACT)
    is_telling = ((np.abs(now) >= TELLING - _HAIR) | _is_fraction(now)) & ~is_as_asked & ~kinds.is_milestone
    for other in (grid.previous[:, :-2], grid.previous[:, 2:]):
        apart, near = np.abs(now[:, 1:-1] - other), float(NEARLY) * np.abs(other)
        alike = ((apart <= near * (1 + _HAIR) + _HAIR) & is_telling[:, 1:-1]).sum(axis=0)
        unlike = (apart > near * (1 + _HAIR) + _HAIR).sum(axis=0)
        if ((alike >= ENOUGH) & (unlike * OTHERWISE <= alike)).any():
            return True
    return False


def _not_begun(values: Columns, number: Places, grid: Grid, begun: int) -> list[int]:
    """The lines in which the first changed value of a month that has not begun may be."""
    row, months = values.table["row"].to_numpy(), values.table["month"].to_numpy()
    indices = np.flatnonzero(months > begun)
    indices = indices[grid.is_changed[number[indices], months[indices]]]
    indices, lines = indices[np.argsort(row[indices], kind="stable")], []
    for month in np.unique(months[indices]):
        of_month = indices[months[indices] == month]
        is_sure = np.abs(grid.reported[number[of_month], month]) < EXACT
        lines += [*number[of_month[is_sure]][:1], *number[of_month[~is_sure]]]
    return lines


def _is_fraction(amounts: Floats) -> Flags:
    is_fraction: Flags = (amounts != np.floor(amounts)) | (np.abs(amounts) >= EXACT)
    return is_fraction


def _repeats(grid: Grid) -> Flags:
    now, before = grid.reported[:, 1:], grid.reported[:, :-1]
    is_as_asked = (now == grid.programmed[:, 1:]) & (np.abs(now) < EXACT)
    is_worth_it = (np.abs(now) >= LARGE - _HAIR) | (now != np.floor(now))
    is_repeated: Flags = (
        grid.is_changed[:, 1:]
        & (np.abs(now - before) < 0.01 + _HAIR)
        & (now != 0)
        & is_worth_it
        & ~is_as_asked
    )
    return is_repeated


def _off_by_size(grid: Grid, kinds: LineKinds) -> Flags:
    programmed = np.where(grid.programmed == 0, np.nan, grid.programmed)
    ratio, tolerance, expected = grid.reported / programmed, float(POWER_TOLERANCE), np.abs(programmed)
    is_weighed = grid.is_changed & ~kinds.is_milestone
    is_delay = kinds.is_sum & (expected < LARGE - _HAIR)
    is_off = (_is_about(np.abs(ratio), 1000) & (expected >= WORTH - _HAIR)) | (
        _is_about(1 / np.abs(ratio), 1000) & _is_fraction(grid.reported)
    )
    for power in POWERS:
        is_off |= np.abs(ratio / power - 1) <= tolerance + _HAIR
        is_off |= (np.abs(ratio * power - 1) <= tolerance + _HAIR) & ~is_delay
    is_left_to_neighbours = np.isnan(programmed) | (~kinds.is_sum & ~(np.abs(ratio - 1) < tolerance - _HAIR))
    sizes = np.abs(np.where(grid.reported == 0, np.nan, grid.reported))
    smallest, largest = np.fmin.reduce(sizes, axis=1), np.fmax.reduce(sizes, axis=1)
    is_far = largest >= (POWERS[0] * (1 - tolerance) - _HAIR) * smallest
    is_off |= kinds.is_last & _is_far_level(grid.reported, expected, largest)
    is_by_neighbours = (is_left_to_neighbours & is_weighed).any(axis=1) & is_far
    is_asked: Flags = (is_off & is_weighed).any(axis=1) | is_by_neighbours
    return is_asked


def _is_about(ratio: Floats, power: int) -> Flags:
    low, high = power / float(WIDE) * (1 - _HAIR), power * float(WIDE) * (1 + _HAIR)
    is_about: Flags = (ratio >= low) & (ratio <= high)
    return is_about


def _is_far_level(reported: Floats, expected: Floats, largest: Floats) -> Flags:
    """A level of nothing where there was much or much was asked, or one far from what its month was asked;
    the rest is told by its sizes.
    """
    is_much = (expected >= LARGE - _HAIR) | (largest >= LARGE - _HAIR)[:, np.newaxis]
    is_far = (np.abs(reported) * FAR * (1 - _HAIR) <= expected) | (
        np.abs(reported) >= FAR * (1 - _HAIR) * expected
    )
    is_far_level: Flags = ((reported == 0) & is_much) | (is_far & (expected >= LARGE - _HAIR))
    return is_far_level


def _beyond_the_year(grid: Grid, activities: list[PlannedActivity]) -> Flags:
    is_unasked = grid.is_changed & (grid.reported > 0) & ~(np.abs(grid.programmed) > 0)
    is_beyond = cast(Flags, is_unasked.any(axis=1))  # along one of two axes it gives no single truth
    totals = np.nansum(np.maximum(grid.reported, 0), axis=1)
    for line in np.flatnonzero(is_beyond):
        activity = activities[line]
        is_kind, target = (activity.aggregation, activity.direction) == ("sum", "higher"), activity.target
        is_beyond[line] = (
            is_kind and target is not None and target > 0 and totals[line] >= (1 - _HAIR) * float(target)
        )
    return is_beyond


def _running_total(grid: Grid) -> Flags:
    """Months that from one on never fall, where that one is as much as all before it, and that come to more
    than was asked to date.
    """
    count = len(grid.reported)
    last, total, is_tail, reported_count = (
        np.full(count, np.nan),
        np.zeros(count),
        np.zeros(count, bool),
        np.zeros(count, int),
    )
    expected, to_date = np.zeros(count), np.zeros(count)
    for month in range(1, 13):
        now, programmed = grid.reported[:, month], np.nan_to_num(grid.programmed[:, month])
        is_reported = ~np.isnan(now) & ((now != 0) | (reported_count > 0))
        is_tail = np.where(
            is_reported, (is_tail & ~(now < last)) | (now >= total - _HAIR * np.abs(total) - _HAIR), is_tail
        )
        expected, last = expected + programmed, np.where(is_reported, now, last)
        total, reported_count = total + np.where(is_reported, now, 0), reported_count + is_reported
        to_date = np.where(is_reported, expected, to_date)
    is_more = (to_date <= 0) | (total >= float(EXCESS) * to_date * (1 - _HAIR))
    return is_tail & (reported_count > 1) & is_more & grid.is_changed.any(axis=1)
