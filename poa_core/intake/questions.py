"""Values that may be right and look like a slip: a person says yes to each before the file is taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from poa_core.contract import PlanKnowledge, PlannedActivity, Problem, Value
from poa_core.intake.amounts import is_percentage
from poa_core.intake.ceplan import ceplan_column
from poa_core.intake.headers import canonical
from poa_core.intake.months import is_month_header, read_month
from poa_core.intake.numbers import plain
from poa_core.intake.problems import question

POWERS = (10, 100, 1000)
POWER_TOLERANCE = Decimal("0.2")
TOTAL_TOLERANCE = Decimal("0.05")
LARGE = 100  # from here on a value too small by a power is no ordinary delay, a repeated one no small count
FAR_FROM_ZERO = 5  # percentage points
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """One activity in one locality as it will stand: its months, and which values of the file change them.

    programmed is empty in a locality other than the activity's own: what the whole is asked is asked of no part.
    """

    activity: PlannedActivity
    programmed: Mapping[int, Decimal]
    reported: Mapping[int, Decimal]
    changed: tuple[Value, ...]


def questions(values: Sequence[Value], knowledge: PlanKnowledge, headers: Sequence[str]) -> list[Problem]:
    """What a person should confirm of a file without errors, by row; values equal to the ledger's are never asked again.

    headers: the file's own, among them the column of values, or one a month.
    """
    columns, found = _columns(headers, knowledge.year), []
    for line in _lines(values, knowledge):
        for value, code, hints in _doubts(line):
            found.append(question(code, value.row, columns.get(value.month), plain(value.reported), code=value.code, **hints))
    return sorted(found, key=lambda problem: problem.row)


def _columns(headers: Sequence[str], year: int) -> dict[int, str]:
    """The header over each month's values."""
    long = next((header for header in headers if canonical(header) == "avance"), None)
    if long:
        return dict.fromkeys(range(1, 13), long)
    done = {found[1]: header for header in headers if (found := ceplan_column(header)) and found[0] == "se"}
    return done or {read_month(header, year)[0]: header for header in headers if is_month_header(header)}


def _lines(values: Sequence[Value], knowledge: PlanKnowledge) -> Iterator[Line]:
    """Every line that the file changes, file over ledger."""
    standing: dict[tuple, dict[int, Decimal]] = {}
    for (code, month, locality), reported in knowledge.reported.items():
        standing.setdefault((code, locality), {})[month] = reported
    changed: dict[tuple, list[Value]] = {}
    for value in values:
        months = standing.setdefault((value.code, value.locality), {})
        if value.retracted:
            months.pop(value.month, None)
        elif value.reported is not None and value.reported != months.get(value.month):
            months[value.month] = value.reported
            changed.setdefault((value.code, value.locality), []).append(value)
    for (code, locality), told in changed.items():
        activity = knowledge.activities[code]
        programmed = activity.programmed if locality == activity.locality else {}
        in_order = tuple(sorted(told, key=lambda value: value.month))
        yield Line(activity, programmed, standing[code, locality], in_order)


def _doubts(line: Line) -> Iterable[tuple[Value, str, dict]]:
    """Each doubtful value, the code of the doubt and its hints."""
    yield from _running_total(line)
    yield from _beyond_the_year(line)
    repeating = None
    for value in line.changed:
        yield from _off_by_power(line, value)
        yield from _zero_among_percentages(line, value)
        if _repeats(line, value):
            # A figure that stays for months is asked about once a file, where it begins to repeat.
            if repeating != value.month - 1:
                yield value, "repeats_last_month", {"month": value.month - 1}
            repeating = value.month


def _running_total(line: Line) -> Iterable[tuple[Value, str, dict]]:
    months = sorted(month for month, reported in line.reported.items() if reported)
    if line.activity.aggregation != "sum" or len(months) < 2:
        return
    told = [line.reported[month] for month in months]
    asked = sum(amount for month, amount in line.programmed.items() if month <= months[-1])
    grows = all(one <= later for one, later in zip(told, told[1:], strict=False)) and told[0] < told[-1]
    # What the last month asks by itself explains a value as large as that.
    is_its_month = _fits(told[-1], line.programmed.get(months[-1], Decimal()))
    if grows and _fits(told[-1], asked) and not _fits(sum(told), asked) and not is_its_month:
        hints = {"last": plain(told[-1]), "programmed": plain(asked), "total": plain(sum(told))}
        yield max(line.changed, key=lambda value: value.row), "running_total", hints


def _fits(amount: Decimal, asked: Decimal) -> bool:
    return asked > 0 and abs(amount - asked) <= TOTAL_TOLERANCE * asked


def _beyond_the_year(line: Line) -> Iterable[tuple[Value, str, dict]]:
    """The first month without a programme that, alone or with those before it, passes what the whole year is asked."""
    activity, target = line.activity, line.activity.target
    if (activity.aggregation, activity.direction) != ("sum", "higher") or not target or target < 0:
        return
    for value in line.changed:
        to_date = sum(amount for month, amount in line.reported.items() if month <= value.month)
        if value.reported > 0 and to_date > target and not line.programmed.get(value.month):
            yield value, "beyond_the_year", {"month": value.month, "total": plain(to_date), "target": plain(target)}
            return


def _off_by_power(line: Line, value: Value) -> Iterable[tuple[Value, str, dict]]:
    aggregation, programmed = line.activity.aggregation, line.programmed.get(value.month)
    if aggregation == "milestone":
        return
    if programmed and (power := _power(line, value, programmed)):
        yield value, "off_by_power", {"reference": plain(programmed), "factor": power}
        return
    if programmed and (aggregation == "sum" or abs(value.reported / programmed - 1) <= POWER_TOLERANCE):
        return
    for month in _neighbours(line, value.month):
        if power := _power(line, value, line.reported[month]):
            yield value, "off_by_power_neighbour", {"reference": plain(line.reported[month]), "factor": power, "month": month}
            return


def _power(line: Line, value: Value, reference: Decimal) -> int | None:
    """The power of ten about which the value is larger or smaller than the reference, None where it is not."""
    ratio = value.reported / reference
    near = (power for power in POWERS if abs(ratio / power - 1) <= POWER_TOLERANCE)
    if larger := next(near, None):
        return larger
    if line.activity.aggregation == "sum" and abs(reference) < LARGE:
        return None  # one of ten done is an ordinary delay
    return next((power for power in POWERS if abs(ratio * power - 1) <= POWER_TOLERANCE), None)


def _neighbours(line: Line, month: int) -> list[int]:
    """The nearest months before and after that report something; a zero tells no size."""
    told = [other for other, reported in line.reported.items() if reported and other != month]
    before, after = sorted(other for other in told if other < month), sorted(other for other in told if other > month)
    return before[-1:] + after[:1]


def _repeats(line: Line, value: Value) -> bool:
    before, now = line.reported.get(value.month - 1), value.reported
    if before is None or not now or now == line.programmed.get(value.month):
        return False
    return _to_the_cent(before) == _to_the_cent(now) and (abs(now) >= LARGE or now != now.to_integral_value())


def _to_the_cent(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_EVEN)


def _zero_among_percentages(line: Line, value: Value) -> Iterable[tuple[Value, str, dict]]:
    if value.reported or not is_percentage(line.activity.unit):
        return
    others = [reported for month, reported in line.reported.items() if month != value.month]
    others = others or list(line.programmed.values())
    if others and min(others) >= FAR_FROM_ZERO:
        yield value, "zero_among_percentages", {"least": plain(min(others))}
