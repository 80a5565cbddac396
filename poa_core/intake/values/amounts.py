"""The number an entry reports, held against the unit of its activity."""

from decimal import Decimal

from poa_core.contract import PlannedActivity, Problem
from poa_core.intake.progress.entries import Entry, EntryContext
from poa_core.intake.values.numbers import SHOWN_LIMIT, Reading, round_to_ledger
from poa_core.problems import error, notice, warning


def amount(
    entry: Entry, activity: PlannedActivity | None, ground: EntryContext, problems: list[Problem]
) -> Decimal | None:
    """The number of an entry in its activity's unit, to six decimals; None where it has none."""
    reading, cell = entry.reading, (entry.row, entry.header, entry.reported)
    if reading is None:
        if entry.reported and not entry.is_taken_back:
            problems.append(notice("not_reported_mark", *cell))
        return None
    if reading.wrong:
        problems.append(error(reading.wrong, *cell))
    exact = reading.value(ground.decimal)
    if exact is None:
        return None
    value = round_to_ledger(exact)
    if value is None:
        problems.append(error("number_too_large", *cell, limit=SHOWN_LIMIT))
    elif value != exact:
        problems.append(notice("rounded", *cell, stored=f"{value:f}"))
    if activity and value is not None:
        problems += _against_unit(value, reading, activity, cell)
    return value


def is_percentage(unit: str) -> bool:
    return "%" in unit


def _against_unit(
    value: Decimal, reading: Reading, activity: PlannedActivity, cell: tuple[int, str, str]
) -> list[Problem]:
    problems = []
    has_percent_unit = is_percentage(activity.unit)
    if reading.is_percent and not has_percent_unit:
        problems.append(error("unexpected_percent", *cell, unit=activity.unit))
    if reading.is_money and has_percent_unit:
        problems.append(error("unexpected_money", *cell, unit=activity.unit))
    if value < 0 and not activity.can_be_negative:
        problems.append(error("negative_number", *cell, code=activity.code))
    if value > 100 and has_percent_unit:
        over = warning if activity.direction == "higher" else error
        name = "percentage_high" if activity.direction == "higher" else "percentage_impossible"
        problems.append(over(name, *cell, code=activity.code))
    return problems
