"""Running totals where each month's own work was asked for, told by their shape.

A total never falls, and what each month adds to the one before is spread over the months as the programme is
(evenly, where there is none), which the values themselves are not.
"""

from decimal import Decimal
from typing import NamedTuple

from poa_core.intake.progress.series import Doubt, MonthSeries
from poa_core.intake.values.numbers import short_text

EXCESS = Decimal("1.2")  # months that were asked no more than this much of are late work made up for
REACH = Decimal("1.5")  # of what was asked: steps that pass it are no steps of this programme
# By steps: how uneven they may be at most, of all that they come to, and how many times as uneven the values
# are at least.
# Months that never fall from the first to the fifth tell much by that alone.
SHAPE = {2: (Decimal("0.125"), 2), 3: (Decimal("0.25"), 2), 4: (Decimal("0.25"), 2)}
LONG_SHAPE = Decimal("0.4"), 1
BEYOND = 2  # times what they were asked, where the months before them were told alone
SLACK = Decimal("0.25")  # of what is asked of a month, for one step alone
LEAST = 10  # a last value below it says little where nothing is programmed


class Tail(NamedTuple):
    """The last months told, from the first that may be a total on; before: what the months before it add up
    to, and how many they are.

    programmed_steps, programmed_months: what the programme asks of each step and of each month alone, by
    turns of months where there is no programme.
    """

    values: list[Decimal]
    before: Decimal
    count_before: int
    programmed_steps: list[Decimal]
    programmed_months: list[Decimal]

    @property
    def steps(self) -> list[Decimal]:
        return [
            later - earlier for earlier, later in zip([self.before, *self.values], self.values, strict=False)
        ]


def running_total(line: MonthSeries) -> Doubt | None:
    """The last value of the file in months that look like running totals, the code of the doubt and its
    hints.
    """
    months = sorted(line.reported)
    while months and not line.reported[months[0]]:
        months.pop(0)
    if line.activity.aggregation != "sum" or len(months) < 2:
        return None
    first = len(months) - 1
    while first and 0 < line.reported[months[first - 1]] <= line.reported[months[first]]:
        first -= 1
    to_date = [amount for month, amount in line.programmed.items() if month <= months[-1]]
    has_programme = any(amount > 0 for amount in to_date)
    if has_programme and sum(line.reported.values()) < EXCESS * sum(to_date):
        return None
    for start in range(first, len(months)):
        tail = _tail(line, months, start, has_programme)
        changed = [value for value in line.changed if value.month >= months[start]]
        if changed and (_fits_programme(tail) if has_programme else _fits_before(tail)):
            hints = {
                "month": months[start],
                "last": short_text(tail.values[-1]),
                "step": short_text(tail.steps[-1]),
                "total": short_text(sum(line.reported.values(), Decimal())),
            }
            return max(changed, key=lambda value: value.row), "running_total", hints
    return None


def _tail(line: MonthSeries, months: list[int], start: int, has_programme: bool) -> Tail:
    by_month = line.programmed if has_programme else dict.fromkeys(range(1, 13), Decimal(1))
    since = [months[start - 1] if start else 0, *months[start:-1]]
    spans = zip(since, months[start:], strict=True)
    programmed_steps = [
        sum((by_month.get(month, Decimal()) for month in range(earlier + 1, later + 1)), Decimal())
        for earlier, later in spans
    ]
    programmed_months = [by_month.get(month, Decimal()) for month in months[start:]]
    before = sum((line.reported[month] for month in months[:start]), Decimal())
    return Tail(
        [line.reported[month] for month in months[start:]], before, start, programmed_steps, programmed_months
    )


def _fits_programme(tail: Tail) -> bool:
    """With months that come to more than was asked to date: steps of the programme's size and shape."""
    steps, programmed = sum(tail.steps, Decimal()), sum(tail.programmed_steps, Decimal())
    if len(tail.values) > 1:
        is_beyond = not tail.count_before or sum(tail.values) >= BEYOND * sum(tail.programmed_months)
        return 0 < steps <= REACH * programmed and is_beyond and _is_shape_of_totals(tail)
    # One value after two months or more, that is what they add up to and a month's work.
    return (
        tail.count_before > 1
        and tail.before > programmed > 0
        and abs(steps - programmed) <= SLACK * programmed
    )


def _fits_before(tail: Tail) -> bool:
    """With nothing programmed: steps as large as the months before, or, where all may be totals, a straight
    line from January on.
    """
    if tail.values[-1] < LEAST or tail.before < 0:
        return False
    if not tail.count_before:
        return len(tail.values) > 2 and _is_shape_of_totals(tail)
    expected = sum(tail.programmed_steps) * tail.before / tail.count_before
    is_as_before = 0 < expected <= REACH * sum(tail.steps) and sum(tail.steps) <= REACH * expected
    return is_as_before and tail.count_before > 1 and len(tail.values) > 1 and _is_shape_of_totals(tail)


def _is_shape_of_totals(tail: Tail) -> bool:
    steps = tail.steps
    if min(steps) < 0 or steps[0] == 0 or steps[0] == sum(steps):
        return False
    most, apart = SHAPE.get(len(steps), LONG_SHAPE)
    uneven = _unevenness(steps, tail.programmed_steps)
    return uneven <= most and (
        tail.count_before > 0 or _unevenness(tail.values, tail.programmed_months) >= apart * uneven
    )


def _unevenness(amounts: list[Decimal], programmed: list[Decimal]) -> Decimal:
    """How far amounts are from being spread as what is asked, over all that they come to: 0 where they are, 1
    where nothing is asked.
    """
    programmed_total, total = sum(programmed), sum(amounts)
    if not programmed_total or not total:
        return Decimal(1)
    return (
        sum(
            abs(amount - total * share / programmed_total)
            for amount, share in zip(amounts, programmed, strict=True)
        )
        / total
    )
