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
    combination: str | None = None
    joined: dict[str, int] = field(default_factory=dict)  # a locality listed later: the month it is expected from

    @property
    def adds_up(self) -> bool:
        return self.aggregation == "milestone" or (self.aggregation, self.direction) == ("sum", "higher")

    @property
    def combines(self) -> str:
        """sum, mean or none: how local values make the utility's."""
        if self.combination:
            return self.combination
        may = self.aggregation in ("sum", "last") and "%" not in self.unit and (self.direction == "higher" or self.localities)
        return "sum" if may else "none"

    @property
    def allows_less(self) -> bool:
        return (self.aggregation, self.direction) == ("sum", "lower")


@dataclass(frozen=True)
class Outcome:
    """What the whole process is for; given holds the months of the path that the plan states."""

    code: str
    baseline: Decimal
    target: Decimal
    direction: str
    given: dict[int, Decimal] = field(default_factory=dict)
    localities: tuple[str, ...] = ()
    joined: dict[str, int] = field(default_factory=dict)

    @property
    def balance(self) -> Activity:
        """The outcome as the activity whose values it has."""
        return Activity(self.code, "", "last", self.direction, "S/", self.target, {}, localities=self.localities, joined=self.joined)


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
    told = _told_months(a, reports, c)
    p = _programme(a).get(m)
    here = told.get(m)
    state = _state(a, told, c, m)
    return {
        "code": a.code,
        "month": m,
        "programmed": p,
        "reported": here.value if here else None,
        "is_provisional": p is not None and m in a.provisional,
        "due_month": None if p is None else _due_month(a, m),
        "state": state,
        "is_partial": bool(here and here.lacking),
        "is_counted": m in _counted(a, told, c),
    }


@dataclass(frozen=True)
class Told:
    """What is told of one month: the utility's value, where there is one, and the expected localities that lack."""

    value: Fraction | None
    lacking: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.value is not None and not self.lacking


def _state(a: Activity, told: dict, c: int, m: int) -> str:
    here = told.get(m)
    if m not in _programme(a):
        return "unprogrammed" if here and here.value else "not_programmed"
    if m in _covered(a, told):
        return "covered"
    if here and here.lacking:
        return "partial"
    if here and here.value is not None:
        return "reported" if here.value else "zero"
    return "upcoming" if _due_month(a, m) > c else "missing"


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


def _told_months(a: Activity, reports, c: int) -> dict[int, Told]:
    """{month: what is told of it} up to c, by its own locality's value or by local ones as the plan combines them."""
    found, seen = {}, set()
    for m, places in _told(reports, a.code, c).items():
        local = {place: v for place, v in places.items() if place != a.locality}
        if a.locality in places:
            found[m] = Told(places[a.locality])
        elif a.combines != "none":
            seen |= set(local)
            listed = [place for place in a.localities if a.joined.get(place, 1) <= m]
            expected = listed or (sorted(seen) if a.aggregation == "last" else [])
            lacking = tuple(place for place in expected if place not in local)
            found[m] = Told(_combined(a, local, lacking), lacking)
    return found


def _combined(a: Activity, local: dict, lacking: tuple) -> Fraction | None:
    """The utility's value; a part is one only where months add up."""
    if lacking and (a.combines == "mean" or a.aggregation == "last"):
        return None
    return sum(local.values()) / (len(local) if a.combines == "mean" else 1)


def _values(a: Activity, reports, c: int) -> dict[int, Fraction]:
    """{month: the utility's value}, parts of a sum among them."""
    return {m: told.value for m, told in _told_months(a, reports, c).items() if told.value is not None}


def _needed(a: Activity) -> Fraction | None:
    """The annual target, or the programme's total that differs from it by under 0.1 %."""
    if a.target is None:
        return None
    target, total = Fraction(a.target), sum(_programme(a).values())
    return total if _programme(a) and abs(total - target) < abs(target) / 1000 else target


def _covered(a: Activity, told: dict) -> set[int]:
    """Programmed months without a complete report that lack nothing, for what the year needs is reached."""
    if not a.adds_up or a.target is None or a.target <= 0:
        return set()
    running = Fraction(0)
    for r, here in told.items():
        running += here.value or 0
        if running >= _needed(a) - TOLERANCE:
            open_months = [m for m in _programme(a) if not (m in told and told[m].is_complete)]
            return {m for m in open_months if _due_month(a, m) >= r or a.aggregation == "milestone"}
    return set()


def _counted(a: Activity, told: dict, c: int) -> dict[int, Fraction]:
    """The values that V is made of."""
    due, programme = _due(a, c), _programme(a)
    first, counted = min(due, default=13), {}
    for m, here in told.items():
        if here.value is None:
            continue
        is_above = here.value > programme.get(m, 0) + TOLERANCE
        counts = {
            "mean": m in due and here.is_complete,
            "last": here.is_complete and m >= first,
        }.get(a.aggregation, True)
        if a.allows_less:
            counts = (m in due or m not in programme) and (here.is_complete or is_above)
        if counts:
            counted[m] = here.value
    return counted


def _missing(a: Activity, told: dict, c: int) -> list[int]:
    return [m for m in _due(a, c) if _state(a, told, c, m) == "missing"]


def _partial(a: Activity, told: dict, c: int) -> list[int]:
    return [m for m in _due(a, c) if _state(a, told, c, m) == "partial"]


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
    told, due = _told_months(a, reports, c), _due(a, c)
    p, v = _to_date(a, told, range(1, c + 1), c)
    is_silent = bool(due) and _is_silent(a, told, c)
    compliance = None if is_silent or not due else _compliance(a, v, p)
    status = _status(plan, a, told, c, is_silent, compliance)
    low, high = _interval(a, told, c, is_silent, compliance)
    verdict, required, best = _pace(a, told, c, status, compliance)
    partial, covered = _partial(a, told, c), _covered(a, told)
    return {
        "code": a.code,
        "aggregation": a.aggregation,
        "direction": a.direction,
        "programmed_to_date": p,
        "reported_to_date": v,
        "compliance": compliance,
        "compliance_low": low,
        "compliance_high": high,
        "annual": _annual(a, told, v, status),
        "status": status,
        "months_due": len(due),
        "months_reported": sum(m in covered or (m in told and told[m].is_complete) for m in due),
        "months_partial": len(partial),
        "localities_missing": "|".join(sorted({place for m in partial for place in told[m].lacking})) or None,
        "verdict": verdict,
        "required_pace": required,
        "best_month": best,
        "share": None,
    }


def _local_row(plan: Plan, a: Activity, reports, c: int, locality: str) -> dict:
    """The locality's own values, and its share of V where values add up; nothing of the utility's beside them."""
    local = {m: places[locality] for m, places in _told(reports, a.code, c).items() if locality in places}
    told = _told_months(a, reports, c)
    whole = _to_date(a, told, range(1, c + 1), c)[1]
    values = list(local.values())
    v = {"sum": _total, "mean": _mean, "last": lambda values: values[-1]}[a.aggregation](values)
    counted = _counted(a, told, c)
    months = list(counted)[-1:] if a.aggregation == "last" else counted
    part = _total(local[m] for m in months if m in local)
    share = part / whole if a.combines == "sum" and whole and part is not None else None
    nothing = dict.fromkeys(_row(plan, a, reports, c))
    kept = {"code": a.code, "aggregation": a.aggregation, "direction": a.direction, "reported_to_date": v, "share": share}
    return nothing | dict.fromkeys(("months_due", "months_reported", "months_partial"), 0) | kept


def _total(numbers) -> Fraction | None:
    numbers = list(numbers)
    return sum(numbers) if numbers else None


def _mean(numbers) -> Fraction | None:
    numbers = list(numbers)
    return sum(numbers) / Fraction(len(numbers)) if numbers else None


def _to_date(a: Activity, told: dict, months, c: int) -> tuple[Fraction | None, Fraction | None]:
    """Programmed P and reported V of these months."""
    due = {m: p for m, p in _due(a, c).items() if m in months}
    counted = {m: v for m, v in _counted(a, told, c).items() if m in months}
    if a.aggregation == "mean":
        return _mean(due[m] for m in counted), _mean(counted.values())
    if a.aggregation == "last":
        if not counted:
            return None, None
        k = max(counted)
        # The target of a balance stands until the next one, over a quarter's end too.
        return [p for m, p in _due(a, c).items() if m <= k][-1], counted[k]
    asked = due.values() if a.adds_up else (due[m] for m in counted if m in due)
    return _total(asked), _total(counted.values())


def _compliance(a: Activity, v: Fraction | None, p: Fraction | None) -> Fraction | None:
    if v is None or p is None:
        return None
    if a.aggregation == "milestone":
        return Fraction(v >= p - TOLERANCE)
    if a.direction == "lower":
        return Fraction(1) if v <= 0 else p / v
    return None if p == 0 else v / p


def _is_silent(a: Activity, told: dict, c: int) -> bool:
    due, counted = _due(a, c), _counted(a, told, c)
    if a.aggregation == "last":
        return not counted or max(due) - max(counted) > 2
    if a.adds_up:
        return not any(m in told for m in due) and not any(here.value for here in told.values())
    reported = [m for m in due if m in counted]
    return not reported or 2 * len(reported) < len(due)


def _status(plan: Plan, a: Activity, told: dict, c: int, is_silent: bool, compliance) -> str:
    if not _programme(a):
        return "no_target"
    if not _due(a, c):
        return "early" if any(here.value for here in told.values()) else "not_due"
    if is_silent:
        return "not_reported"
    if compliance is None:  # higher is better, and what is programmed so far is zero
        _, v = _to_date(a, told, range(1, c + 1), c)
        return "early" if v else "not_due"
    return _band(plan, compliance)


def _band(plan: Plan, compliance: Fraction) -> str:
    if compliance >= Fraction(str(plan.met)) - TOLERANCE:
        return "met"
    return "at_risk" if compliance >= Fraction(str(plan.at_risk)) - TOLERANCE else "behind"


def _interval(a: Activity, told: dict, c: int, is_silent: bool, compliance):
    """From as reported to all the missing months, and what partial ones lack, done in full."""
    if is_silent:
        return Fraction(0), Fraction(1)
    if compliance is None or not a.adds_up:
        return None, None
    p, v = _to_date(a, told, range(1, c + 1), c)
    programme = _programme(a)
    done = v + sum(programme[m] for m in _missing(a, told, c))
    done += sum(max(programme[m] - told[m].value, 0) for m in _partial(a, told, c))
    return compliance, _compliance(a, done, p)


def _annual(a: Activity, told: dict, v, status: str) -> Fraction | None:
    """Against the annual target by direction; of a yearly limit, how much of it is used."""
    if status == "not_reported" or a.target is None:
        return None
    target = Fraction(a.target)
    if a.allows_less:
        v = _total(here.value for here in told.values() if here.value is not None)
        return v / target if v is not None and target else None
    if v is None:
        return None
    if a.aggregation == "milestone":
        return Fraction(v >= target - TOLERANCE)
    if a.direction == "higher":
        return v / target if target else None
    return Fraction(1) if v <= 0 else target / v


def _pace(a: Activity, told: dict, c: int, status: str, compliance):
    """Verdict, required pace and best month of a sum that should be high; else nothing."""
    is_due = status in ("met", "at_risk", "behind")
    if (a.aggregation, a.direction) != ("sum", "higher") or a.target is None or not is_due:
        return None, None, None
    values = {m: here.value for m, here in told.items() if here.value is not None}
    target, v, best = _needed(a), sum(values.values()), max(values.values())
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
        told = _told_months(a, reports, c)
        for quarter in (1, 2, 3, 4):
            p, v = _to_date(a, told, range(3 * quarter - 2, 3 * quarter + 1), c)
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
    values = _values(o.balance, reports, c)
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
