"""One activity in one locality over the year, file over ledger: what its values are held against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from poa_core.contract import Hints, PlanKnowledge, PlannedActivity, Value

Doubt = tuple[Value, str, Hints]  # a value that looks like a slip, the code of the question, its hints


@dataclass(frozen=True)
class MonthSeries:
    """One activity in one locality as it will stand: its months, and which values of the file change them:
    each reports a number.

    programmed is empty in a locality other than the activity's own: what the whole is asked is asked of no
    part.
    """

    activity: PlannedActivity
    programmed: Mapping[int, Decimal]
    reported: Mapping[int, Decimal]
    changed: tuple[Value, ...]


def changed_series(values: Sequence[Value], knowledge: PlanKnowledge) -> Iterator[MonthSeries]:
    """Every line that the file changes, file over ledger."""
    standing: dict[tuple[str, str], dict[int, Decimal]] = {}
    for (code, month, locality), reported in knowledge.reported.items():
        standing.setdefault((code, locality), {})[month] = reported
    changed: dict[tuple[str, str], list[Value]] = {}
    for value in values:
        months = standing.setdefault((value.code, value.locality), {})
        if value.retracted:
            months.pop(value.month, None)
        elif value.reported is not None and value.reported != months.get(value.month):
            months[value.month] = value.reported
            changed.setdefault((value.code, value.locality), []).append(value)
    for (code, locality), line_values in changed.items():
        activity = knowledge.activities[code]
        programmed = activity.programmed if locality == activity.locality else {}
        in_order = tuple(sorted(line_values, key=lambda value: value.month))
        yield MonthSeries(activity, programmed, standing[code, locality], in_order)
