"""Values that may be right and look like a slip: a person says yes to each before the file is taken."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from poa_core.contract import PlanKnowledge, Problem, Value
from poa_core.intake.plan.ceplan_columns import ceplan_column
from poa_core.intake.progress.running import running_total
from poa_core.intake.progress.series import Doubt, MonthSeries, changed_series
from poa_core.intake.progress.shifted import Shift, shift
from poa_core.intake.progress.sizes import LARGE, off_by_size
from poa_core.intake.values.amounts import is_percentage
from poa_core.intake.values.headers import canonical
from poa_core.intake.values.months import is_month_header, read_month
from poa_core.intake.values.numbers import short_text
from poa_core.problems import question

FAR_FROM_ZERO = 5  # percentage points
_CENT = Decimal("0.01")


def questions(
    values: Sequence[Value], knowledge: PlanKnowledge, headers: Sequence[str], is_whole: bool = True
) -> list[Problem]:
    """What a person should confirm of a file without errors, by row; values equal to the ledger's are never
    asked again.

    headers: the file's own, among them the column of values, or one a month. is_whole: the values are all of
    the file's, so that what they look like together tells something.
    """
    columns, shifted = (
        _columns(headers, knowledge.year, "avance"),
        shift(values, knowledge) if is_whole else None,
    )
    problems = [*_shifted(shifted), *_not_begun(values, knowledge, _columns(headers, knowledge.year, "mes"))]
    for line in changed_series(values, knowledge):
        for value, code, hints in _doubts(line, shifted):
            problems.append(
                question(
                    code,
                    value.row,
                    columns.get(value.month),
                    short_text(value.amount),
                    code=value.code,
                    **hints,
                )
            )
    return sorted(problems, key=lambda problem: problem.row or 0)


def _columns(headers: Sequence[str], year: int, name: str) -> dict[int, str]:
    """The header over each month's values, of a long file that of the named column."""
    long = next((header for header in headers if canonical(header) == name), None)
    if long:
        return dict.fromkeys(range(1, 13), long)
    done = {
        column[1]: header for header in headers if (column := ceplan_column(header)) and column[0] == "se"
    }
    return done or {
        month: header
        for header in headers
        if is_month_header(header) and (month := read_month(header, year)[0])
    }


def _shifted(shifted: Shift | None) -> Iterator[Problem]:
    if shifted:
        yield question(
            "looks_like_another_month", month=shifted.month, other_month=shifted.other, count=shifted.alike
        )


def _not_begun(
    values: Sequence[Value], knowledge: PlanKnowledge, columns: dict[int, str]
) -> Iterator[Problem]:
    """The first value of each month that has not begun, of those that the ledger does not have."""
    first_rows: dict[int, int] = {}
    for value in values if knowledge.begun < 12 else ():
        key = value.code, value.month, value.locality
        if (
            value.month > knowledge.begun
            and value.reported is not None
            and value.reported != knowledge.reported.get(key)
        ):
            first_rows[value.month] = min(value.row, first_rows.get(value.month, value.row))
    for month, row in sorted(first_rows.items()):
        yield question("month_not_begun", row, columns.get(month), month=month, year=knowledge.year)


def _doubts(line: MonthSeries, shifted: Shift | None) -> Iterable[Doubt]:
    """Each doubtful value, the code of the doubt and its hints."""
    if total := running_total(line):
        yield total
    yield from _beyond_the_year(line)
    repeating = None
    for value in line.changed:
        if other := off_by_size(line, value):
            yield other
        yield from _zero_among_percentages(line, value)
        if _repeats(line, value):
            # A figure that stays for months is asked about once a file, where it begins to repeat.
            if repeating != value.month - 1 and not _is_of(shifted, value):
                yield value, "repeats_last_month", {"month": value.month - 1}
            repeating = value.month


def _is_of(shifted: Shift | None, value: Value) -> bool:
    """Whether the whole file is asked about for the same reason."""
    return shifted is not None and (value.month, value.month - 1) == (shifted.month, shifted.other)


def _beyond_the_year(line: MonthSeries) -> Iterable[Doubt]:
    """The first month without a programme that, alone or with those before it, passes what the whole year is
    asked.
    """
    activity, target = line.activity, line.activity.target
    if (activity.aggregation, activity.direction) != ("sum", "higher") or not target or target < 0:
        return
    for value in line.changed:
        amounts = (amount for month, amount in line.reported.items() if month <= value.month)
        to_date = sum(amounts, Decimal())
        if value.amount > 0 and to_date > target and not line.programmed.get(value.month):
            yield (
                value,
                "beyond_the_year",
                {"month": value.month, "total": short_text(to_date), "target": short_text(target)},
            )
            return


def _repeats(line: MonthSeries, value: Value) -> bool:
    before, now = line.reported.get(value.month - 1), value.reported
    if before is None or not now or now == line.programmed.get(value.month):
        return False
    return _to_the_cent(before) == _to_the_cent(now) and (abs(now) >= LARGE or now != now.to_integral_value())


def _to_the_cent(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_EVEN)


def _zero_among_percentages(line: MonthSeries, value: Value) -> Iterable[Doubt]:
    if value.reported or not is_percentage(line.activity.unit):
        return
    others = [reported for month, reported in line.reported.items() if month != value.month]
    others = others or list(line.programmed.values())
    if others and min(others) >= FAR_FROM_ZERO:
        yield value, "zero_among_percentages", {"least": short_text(min(others))}
