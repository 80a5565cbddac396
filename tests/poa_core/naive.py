"""Every figure a second time, in plain loops and exact fractions, to hold the SQL metrics against.

It shares nothing with the metrics layer but the definitions: obviously right comes before fast. Numbers
go in as Decimal and come out as Fraction or None; results are dicts with the command line's field names.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

WHOLE_UTILITY = "EPS"
TOLERANCE = Fraction(1, 10**9)
COUNTED = ("not_reported", "met", "at_risk", "behind")


@dataclass(frozen=True)
class Activity:
    """One row of the plan; programmed holds every cell the file gives, zeros included."""

    code: str
    objective: str
    aggregation: str
    direction: str
    unit: str
    target: Decimal | None
    programmed: dict[int, Decimal]
    provisional: frozenset[int] = frozenset()
    locality: str = WHOLE_UTILITY
    localities: tuple[str, ...] = ()
    responsible: str = ""
    weight: Decimal | None = None

    @property
    def adds_up(self) -> bool:
        return self.aggregation == "milestone" or (self.aggregation, self.direction) == ("sum", "higher")

    @property
    def adds_localities(self) -> bool:
        return self.aggregation in ("sum", "last") and "%" not in self.unit


@dataclass(frozen=True)
class Outcome:
    """What the whole process is for; given holds the months of the path that the plan states."""

    code: str
    baseline: Decimal
    target: Decimal
    direction: str
    given: dict[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    year: int
    entity: str
    process: str
    activities: tuple[Activity, ...]
    outcome: Outcome | None = None
    met: float = 0.95
    at_risk: float = 0.75


@dataclass(frozen=True)
class Report:
    """A current value: at most one per code, month and locality."""

    code: str
    month: int
    locality: str
    reported: Decimal


def cells(plan: Plan, reports, c: int) -> list[dict]:
    """Twelve rows per activity, in plan order; reported is the value that counts for the activity."""
    return [_cell(a, reports, c, m) for a in plan.activities for m in range(1, 13)]


def _cell(a: Activity, reports, c: int, m: int) -> dict:
    values = _values(a, reports, c)
    p = _programme(a).get(m)
    has_local = any(place != WHOLE_UTILITY for place in _told(reports, a.code, c).get(m, ()))
    return {
        "code": a.code,
        "month": m,
        "programmed": p,
        "reported": values.get(m),
        "is_provisional": p is not None and m in a.provisional,
        "due_month": None if p is None else _due_month(a, m),
        "state": _state(a, values, c, m),
        "is_partial": a.locality == WHOLE_UTILITY and has_local and m not in values,
    }


def _state(a: Activity, values: dict, c: int, m: int) -> str:
    value = values.get(m)
    if m not in _programme(a):
        return "unprogrammed" if value else "not_programmed"
    if value is not None:
        return "reported" if value else "zero"
    if _due_month(a, m) > c:
        return "upcoming"
    return "missing" if m in _missing(a, values, c) else "not_programmed"


def _programme(a: Activity) -> dict[int, Fraction]:
    """Programmed months in order; where work is added up, a programmed 0 is an empty cell."""
    keeps_zero = a.aggregation in ("mean", "last")
    return {m: Fraction(p) for m, p in sorted(a.programmed.items()) if p != 0 or keeps_zero}


def _due_month(a: Activity, m: int) -> int:
    quarter_end = {1: 3, 2: 3, 3: 3, 4: 6, 5: 6, 6: 6, 7: 9, 8: 9, 9: 9, 10: 12, 11: 12, 12: 12}
    return quarter_end[m] if m in a.provisional else m


def _due(a: Activity, c: int) -> dict[int, Fraction]:
    return {m: p for m, p in _programme(a).items() if _due_month(a, m) <= c}


def _told(reports, code: str, c: int) -> dict[int, dict[str, Fraction]]:
    """{month: {locality: value}} of one code up to c, in order of month."""
    told = {}
    for r in sorted(reports, key=lambda r: r.month):
        if r.code == code and r.month <= c:
            told.setdefault(r.month, {})[r.locality] = Fraction(r.reported)
    return told


def _values(a: Activity, reports, c: int) -> dict[int, Fraction]:
    """{month: value} that counts for the activity: its own locality's, or the local ones added."""
    told = _told(reports, a.code, c)
    seen = {place for places in told.values() for place in places if place != WHOLE_UTILITY}
    needed = set(a.localities) or seen
    values = {}
    for m, places in told.items():
        if a.locality in places:
            values[m] = places[a.locality]
        elif a.locality == WHOLE_UTILITY and a.adds_localities:
            if a.aggregation == "sum" or needed <= set(places):
                values[m] = sum(places.values())
    return values


def _missing(a: Activity, values: dict, c: int) -> list[int]:
    """Due months without a report; none from the month the running total reaches the annual target."""
    unreported = [m for m in _due(a, c) if m not in values]
    if not a.adds_up or a.target is None:
        return unreported
    running = Fraction(0)
    for r, value in values.items():
        running += value
        if running >= Fraction(a.target) - TOLERANCE:
            return [m for m in unreported if _due_month(a, m) < r]
    return unreported


def activities_to_date(plan: Plan, reports, c: int, locality: str | None = None) -> list[dict]:
    """One row per activity, in plan order; with a locality, its own ones and what it told of the EPS's."""
    rows = []
    for a in plan.activities:
        if locality is None or a.locality == locality:
            rows.append(_row(plan, a, reports, c))
        elif a.locality == WHOLE_UTILITY and any(locality in p for p in _told(reports, a.code, c).values()):
            rows.append(_local_row(plan, a, reports, c, locality))
    return rows


def _row(plan: Plan, a: Activity, reports, c: int) -> dict:
    values, due = _values(a, reports, c), _due(a, c)
    p, v = _to_date(a, values, range(1, c + 1), c)
    is_silent = bool(due) and _is_silent(a, values, c)
    compliance = None if is_silent or not due else _compliance(a, v, p)
    status = _status(plan, a, values, c, is_silent, compliance)
    low, high = _interval(a, values, c, is_silent, compliance)
    verdict, required, best = _pace(a, values, c, status, compliance)
    return {
        "code": a.code,
        "aggregation": a.aggregation,
        "direction": a.direction,
        "programmed_to_date": p,
        "reported_to_date": v,
        "compliance": compliance,
        "compliance_low": low,
        "compliance_high": high,
        "annual": _annual(a, v, status, compliance),
        "status": status,
        "months_due": len(due),
        "months_reported": sum(m in values for m in due),
        "verdict": verdict,
        "required_pace": required,
        "best_month": best,
        "share": None,
    }


def _local_row(plan: Plan, a: Activity, reports, c: int, locality: str) -> dict:
    local = [places[locality] for places in _told(reports, a.code, c).values() if locality in places]
    row = _row(plan, a, reports, c)
    whole = row["reported_to_date"]
    v = {"sum": _total, "mean": _mean, "last": lambda told: told[-1]}[a.aggregation](local)
    part = v if a.aggregation == "sum" else _local_part(a, reports, c, locality)
    kept = {name: row[name] for name in ("code", "aggregation", "direction", "months_due", "months_reported")}
    share = part / whole if a.adds_localities and whole and part is not None else None
    return dict.fromkeys(row) | kept | {"reported_to_date": v, "share": share}


def _local_part(a: Activity, reports, c: int, locality: str) -> Fraction | None:
    """The locality's value in the month the whole balance is known for; its latest may be of another."""
    k = _last_month(a, _values(a, reports, c), range(1, c + 1), c)
    return _told(reports, a.code, c).get(k, {}).get(locality)


def _total(numbers) -> Fraction | None:
    numbers = list(numbers)
    return sum(numbers) if numbers else None


def _mean(numbers) -> Fraction | None:
    numbers = list(numbers)
    return sum(numbers) / Fraction(len(numbers)) if numbers else None


def _last_month(a: Activity, values: dict, months, c: int) -> int | None:
    """The last of these months with a value, from the first programmed month that is due."""
    first = min(_due(a, c), default=13)
    return max((m for m in months if m in values and m >= first), default=None)


def _to_date(a: Activity, values: dict, months, c: int) -> tuple[Fraction | None, Fraction | None]:
    """Programmed P and reported V of these months."""
    due = {m: p for m, p in _due(a, c).items() if m in months}
    both = [m for m in due if m in values]
    if a.aggregation == "mean":
        return _mean(due[m] for m in both), _mean(values[m] for m in both)
    if a.aggregation == "last":
        k = _last_month(a, values, months, c)
        if k is None:
            return None, None
        # The target of a balance stands until the next one, over a quarter's end too.
        return [p for m, p in _due(a, c).items() if m <= k][-1], values[k]
    v = _total(value for m, value in values.items() if m in months)
    return _total(due.values() if a.adds_up else (due[m] for m in both)), v


def _compliance(a: Activity, v: Fraction | None, p: Fraction | None) -> Fraction | None:
    if v is None or p is None:
        return None
    if a.aggregation == "milestone":
        return Fraction(v >= p - TOLERANCE)
    if a.direction == "lower":
        return Fraction(1) if v <= 0 else p / v
    return None if p == 0 else v / p


def _is_silent(a: Activity, values: dict, c: int) -> bool:
    due = _due(a, c)
    reported = [m for m in due if m in values]
    if a.aggregation == "last":
        k = _last_month(a, values, range(1, c + 1), c)
        return k is None or c - k > 2
    if a.aggregation == "mean":
        return 2 * len(reported) < len(due)
    if a.adds_up:
        return not reported and not any(values.values())
    return not reported


def _status(plan: Plan, a: Activity, values: dict, c: int, is_silent: bool, compliance) -> str:
    if not _programme(a):
        return "no_target"
    if not _due(a, c):
        return "early" if any(values.values()) else "not_due"
    if is_silent:
        return "not_reported"
    if compliance is None:  # higher is better, and what is programmed so far is zero
        _, v = _to_date(a, values, range(1, c + 1), c)
        return "early" if v else "not_due"
    return _band(plan, compliance)


def _band(plan: Plan, compliance: Fraction) -> str:
    if compliance >= Fraction(str(plan.met)) - TOLERANCE:
        return "met"
    return "at_risk" if compliance >= Fraction(str(plan.at_risk)) - TOLERANCE else "behind"


def _interval(a: Activity, values: dict, c: int, is_silent: bool, compliance):
    """From as reported to all the missing months done in full."""
    if is_silent:
        return Fraction(0), Fraction(1)
    if compliance is None or not a.adds_up:
        return None, None
    p, v = _to_date(a, values, range(1, c + 1), c)
    done = v + sum(_programme(a)[m] for m in _missing(a, values, c))
    return compliance, _compliance(a, done, p)


def _annual(a: Activity, v, status: str, compliance) -> Fraction | None:
    if status == "not_reported" or v is None or a.target is None:
        return None
    if a.aggregation == "milestone":
        return Fraction(v >= Fraction(a.target) - TOLERANCE)
    if a.adds_up:
        return v / Fraction(a.target) if a.target else None
    return compliance


def _pace(a: Activity, values: dict, c: int, status: str, compliance):
    """Verdict, required pace and best month of a sum that should be high; else nothing."""
    is_due = status in ("met", "at_risk", "behind")
    if (a.aggregation, a.direction) != ("sum", "higher") or a.target is None or not is_due:
        return None, None, None
    target, programmed = Fraction(a.target), sum(_programme(a).values())
    if abs(programmed - target) < target / 1000:
        target = programmed
    v, best = sum(values.values()), max(values.values())
    required = (target - v) / (12 - c) if c < 12 else None
    is_reached = v >= target - TOLERANCE
    return _verdict(c, True, is_reached, "secured", compliance, required, best, values), required, best


def _verdict(c, is_december_known, is_reached, reached_word, compliance, required, best, values) -> str:
    if c == 12 and not is_december_known:
        return "unknown"
    if c == 12:
        return "reached" if is_reached else "missed"
    if is_reached:
        return reached_word
    if compliance >= 1 - TOLERANCE:
        return "on_pace"
    if required <= best + TOLERANCE:
        return "reachable"
    return "too_early" if len(values) < 3 else "needs_record"


def quarters(plan: Plan, reports, c: int) -> list[dict]:
    """Four rows per activity; reported and compliance are None in a quarter without a report."""
    rows = []
    for a in plan.activities:
        values = _values(a, reports, c)
        for quarter in (1, 2, 3, 4):
            p, v = _to_date(a, values, range(3 * quarter - 2, 3 * quarter + 1), c)
            row = {"code": a.code, "quarter": quarter, "programmed": p, "reported": v}
            rows.append(row | {"compliance": _compliance(a, v, p)})
    return rows


def rollup(plan: Plan, reports, c: int, by: str, locality: str | None = None) -> list[dict]:
    """One row per plan, objective, responsible or locality, in order of appearance."""
    groups = {}
    activities = {a.code: a for a in plan.activities}
    for row in activities_to_date(plan, reports, c, locality):
        a = activities[row["code"]]
        key = plan.process if by == "plan" else getattr(a, by)
        counted = groups.setdefault(key, [])
        if row["status"] in COUNTED:
            counted.append((Fraction(1) if a.weight is None else Fraction(a.weight), row))
    return [_rolled_up(key, counted) for key, counted in groups.items()]


def _rolled_up(key: str, counted: list) -> dict:
    return {
        "key": key,
        "compliance": _weighted([(w, row["compliance"] or Fraction(0)) for w, row in counted]),
        "low": _weighted([(w, _bound(row, "compliance_low")) for w, row in counted]),
        "high": _weighted([(w, _bound(row, "compliance_high")) for w, row in counted]),
        "activities_due": len(counted),
        "silent": sum(row["status"] == "not_reported" for _, row in counted),
    }


def _bound(row: dict, name: str) -> Fraction:
    return row["compliance"] if row[name] is None else row[name]


def _weighted(weighted: list) -> Fraction | None:
    """Mean of what lies within 0 and 1, by weight; None where there is no weight."""
    weight = sum(w for w, _ in weighted)
    return sum(w * min(max(x, Fraction(0)), Fraction(1)) for w, x in weighted) / weight if weight else None


def outcome(plan: Plan, reports, c: int) -> dict | None:
    """The outcome at its last month reported; None where the plan has no outcome."""
    o = plan.outcome
    if o is None:
        return None
    names = "month_reported reported path compliance progress expected_progress required_pace pace"
    row = {"code": o.code, "baseline": Fraction(o.baseline), "target": Fraction(o.target)}
    row |= dict.fromkeys(names.split() + ["best_month", "verdict"])
    balance = Activity(o.code, "", "last", o.direction, "S/", o.target, {})
    values = _values(balance, reports, c)
    if values:
        row |= _outcome_at(o, values, max(values), c)
    row["status"] = _outcome_status(plan, row, c)
    if row["status"] == "not_reported":
        row["compliance"] = None
    return row


def _outcome_at(o: Outcome, values: dict, k: int, c: int) -> dict:
    b, t, v, p = Fraction(o.baseline), Fraction(o.target), values[k], _path(o, k)
    gain = 1 if o.direction == "higher" else -1
    is_past = gain * (v - p) >= -TOLERANCE
    compliance = Fraction(is_past) if abs(b - p) <= TOLERANCE else (b - v) / (b - p)
    required = gain * (t - v) / (12 - k) if c < 12 else None
    best = _best_step(b, values, gain)
    is_reached = gain * (v - t) >= -TOLERANCE
    return {
        "month_reported": k,
        "reported": v,
        "path": p,
        "compliance": compliance,
        "progress": (b - v) / (b - t),
        "expected_progress": (b - p) / (b - t),
        "required_pace": required,
        "pace": gain * (v - b) / k,
        "best_month": best,
        "verdict": _verdict(c, k == 12, is_reached, "at_target", compliance, required, best, values),
    }


def _path(o: Outcome, k: int) -> Fraction:
    """A straight line between the months that are known: b at 0, the given ones, t at 12."""
    known = {0: o.baseline, 12: o.target} | o.given
    before, after = max(m for m in known if m <= k), min(m for m in known if m >= k)
    start, end = Fraction(known[before]), Fraction(known[after])
    return start if before == after else start + (end - start) * (k - before) / (after - before)


def _best_step(b: Fraction, values: dict, gain: int) -> Fraction:
    """Greatest improvement per month between consecutive reports, b standing at month 0."""
    points = [(0, b), *sorted(values.items())]
    return max(gain * (v - u) / (n - m) for (m, u), (n, v) in zip(points, points[1:]))


def _outcome_status(plan: Plan, row: dict, c: int) -> str:
    if c == 0:
        return "not_due"
    if row["month_reported"] is None or c - row["month_reported"] > 2:
        return "not_reported"
    if row["expected_progress"] < Fraction(1, 4) - TOLERANCE:
        return "too_early"
    return _band(plan, row["compliance"])
