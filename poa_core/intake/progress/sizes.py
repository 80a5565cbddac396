"""Values of another size than their programme or their own line's months: a shifted decimal, thousands,
another unit, another figure.
"""

from decimal import Decimal

from poa_core.contract import Value
from poa_core.intake.progress.series import Doubt, MonthSeries
from poa_core.intake.values.amounts import is_percentage
from poa_core.intake.values.numbers import short_text

POWERS = (10, 100, 1000)
POWER_TOLERANCE = Decimal("0.2")
LARGE = 100  # from here on a value too small by a power is no ordinary delay, a repeated one no small count
WIDE = Decimal(
    2
    # months differ by as much at times: a thousand, or a hundred, is told this far off where the number
    # itself is telling
)
WORTH = 10  # from here on nobody does a thousand times as much
FAR = 10  # times
NEAR_PROGRAMME = 2  # times


def off_by_size(line: MonthSeries, value: Value) -> Doubt | None:
    """The value, the code of the doubt and its hints, where it has another size than what it is held
    against.
    """
    programmed = line.programmed.get(value.month)
    if line.activity.aggregation == "milestone":
        return None
    return (
        _from_programme(line, value, programmed)
        or _from_neighbours(line, value, programmed)
        or _from_last(line, value, programmed)
    )


def _from_programme(line: MonthSeries, value: Value, programmed: Decimal | None) -> Doubt | None:
    if programmed and (power := _power(line, value, programmed) or _thousand(value, programmed)):
        return value, "off_by_power", {"reference": short_text(programmed), "factor": power}
    return None


def _from_neighbours(line: MonthSeries, value: Value, programmed: Decimal | None) -> Doubt | None:
    if programmed and (
        line.activity.aggregation == "sum" or abs(value.amount / programmed - 1) <= POWER_TOLERANCE
    ):
        return None
    for month in _neighbours(line, value.month):
        reference = line.reported[month]
        if (
            power := _power(line, value, reference)
            or _thousand(value, reference)
            or _share(line, value, reference)
        ):
            return (
                value,
                "off_by_power_neighbour",
                {"reference": short_text(reference), "factor": power, "month": month},
            )
    return None


def _from_last(line: MonthSeries, value: Value, programmed: Decimal | None) -> Doubt | None:
    """A level far from the one before, or from what its month was asked where it is the first, and from its
    programme too.
    """
    if line.activity.aggregation != "last" or (not value.reported and is_percentage(line.activity.unit)):
        return None
    before = max(
        (month for month, amount in line.reported.items() if amount and month < value.month), default=None
    )
    reference = programmed if before is None else line.reported[before]
    if not reference or abs(reference) < LARGE or not _is_far(value.amount, reference):
        return None
    if programmed is not None and (
        _is_far(programmed, reference)
        if not value.reported
        else not _is_far(value.amount, programmed, NEAR_PROGRAMME)
    ):
        return None
    code, hints = ("far_from_programme", {}) if before is None else ("far_from_last", {"month": before})
    return value, code, {"reference": short_text(reference), **hints}


def _is_far(amount: Decimal, reference: Decimal, times: int = FAR) -> bool:
    return abs(amount) * times <= abs(reference) or abs(amount) >= times * abs(reference)


def _power(line: MonthSeries, value: Value, reference: Decimal) -> int | None:
    """The power of ten about which the value is larger or smaller than the reference, None where it is
    not.
    """
    ratio = value.amount / reference
    near = (power for power in POWERS if abs(ratio / power - 1) <= POWER_TOLERANCE)
    if larger := next(near, None):
        return larger
    if line.activity.aggregation == "sum" and abs(reference) < LARGE:
        return None  # one of ten done is an ordinary delay
    return next((power for power in POWERS if abs(ratio * power - 1) <= POWER_TOLERANCE), None)


def _thousand(value: Value, reference: Decimal) -> int | None:
    """1000 where the value is a fraction of about a thousandth of the reference, or about a thousand times as
    large.
    """
    amount = value.amount
    large, small = abs(reference), abs(amount)
    is_fraction = bool(small) and amount != amount.to_integral_value() and large >= 1
    is_multiple = large >= WORTH
    if (is_fraction and _is_about(large / small, 1000)) or (is_multiple and _is_about(small / large, 1000)):
        return 1000
    return None


def _share(line: MonthSeries, value: Value, reference: Decimal) -> int | None:
    """100 where a percentage is told as a share of one."""
    amount = value.amount
    is_share = is_percentage(line.activity.unit) and 0 < amount <= 1
    return 100 if is_share and _is_about(reference / amount, 100) else None


def _is_about(ratio: Decimal, power: int) -> bool:
    return power / WIDE <= ratio <= power * WIDE


def _neighbours(line: MonthSeries, month: int) -> list[int]:
    """The nearest months before and after that report something; a zero tells no size."""
    months = [other for other, reported in line.reported.items() if reported and other != month]
    before, after = (
        sorted(other for other in months if other < month),
        sorted(other for other in months if other > month),
    )
    return before[-1:] + after[:1]
