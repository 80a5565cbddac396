"""What explains a figure, a second time in plain loops and exact fractions: points, changes, needed averages, movement, origin of the gap."""

from fractions import Fraction

import naive
from naive import TOLERANCE, Plan


def members(plan: Plan, reports, c: int, **filters) -> dict[str, tuple[Fraction, Fraction]]:
    """{code: (weight, capped value)} of the activities due under the filters."""
    found = {}
    for a, row in zip(plan.activities, naive.activities_to_date(plan, reports, c), strict=True):
        if row["status"] in naive.COUNTED and all(getattr(a, name) == wanted for name, wanted in filters.items() if wanted is not None):
            value = row["compliance"] or Fraction(0)
            found[a.code] = Fraction(1) if a.weight is None else Fraction(a.weight), min(max(value, Fraction(0)), Fraction(1))
    return found


def compliance(found: dict) -> Fraction | None:
    """The roll-up of members; None without weight."""
    weight = sum(w for w, _ in found.values())
    return sum(w * x for w, x in found.values()) / weight if weight else None


def points(found: dict) -> dict[str, Fraction | None]:
    """What each takes away from 100 %."""
    weight = sum(w for w, _ in found.values())
    return {code: w * (1 - x) / weight if weight else None for code, (w, x) in found.items()}


def changes(old: dict, mid: dict, new: dict) -> dict[str | None, Fraction]:
    """What each explains of the change of compliance, the plan's own change under None; nothing where a side is not known."""
    c_old, c_mid, c_new = map(compliance, (old, mid, new))
    if None in (c_old, c_mid, c_new):
        return {}
    weight = sum(w for w, _ in new.values())
    told = {None: c_mid - c_old}
    for code, (w, x) in new.items():
        told[code] = w * (x - mid[code][1] if code in mid else x - c_mid) / weight
    for code, (w, x) in mid.items():
        if code not in new:
            told[code] = w * (c_mid - x) / weight
    return told


def needed_averages(plan: Plan, reports, c: int) -> dict[str, tuple[Fraction | None, str]]:
    """{code: (needed average, verdict)} of the means with a target and reports."""
    found = {}
    for a, row in zip(plan.activities, naive.activities_to_date(plan, reports, c), strict=True):
        v = row["reported_to_date"]
        if a.aggregation != "mean" or a.target is None or v is None or row["status"] == "not_reported":
            continue
        counted = naive._counted(a, naive._told_months(a, reports, c), c)
        left = [m for m in naive._programme(a) if naive._due_month(a, m) > c]
        gain, target, n = 1 if a.direction == "higher" else -1, Fraction(a.target), len(counted)
        needed = (target * (n + len(left)) - v * n) / len(left) if left else None
        found[a.code] = needed, _verdict(a, row, counted, needed, gain, target)
    return found


def _verdict(a, row, counted, needed, gain, target) -> str:
    if needed is None:
        if max(counted) < max(naive._programme(a)):
            return "unknown"
        return "reached" if gain * (row["reported_to_date"] - target) >= -TOLERANCE else "missed"
    if row["compliance"] is not None and row["compliance"] >= 1 - TOLERANCE:
        return "on_pace"
    best = max(gain * v for v in counted.values())
    if best >= gain * needed - TOLERANCE:
        return "reachable"
    return "too_early" if len(counted) < 3 else "needs_record"


def movement(plan: Plan, reports, c: int) -> dict[tuple[int, str | None], tuple]:
    """{(month, locality or None): (reported, change, path's change)} of the outcome."""
    o = plan.outcome
    values = {0: Fraction(o.baseline)} | naive._values(o.balance, reports, c)
    told, found = naive._told(reports, o.code, c), {}
    months = sorted(values)
    for before, m in zip(months, months[1:], strict=False):
        found[m, None] = values[m], values[m] - values[before], naive._path(o, m) - naive._path(o, before)
        here, there = told.get(m, {}), told.get(before, {})
        if o.balance.combines == "sum" and here.keys() == there.keys() and naive.WHOLE_UTILITY not in here:
            found |= {(m, place): (v, v - there[place], None) for place, v in here.items()}
    return found


def gap_origin(plan: Plan, reports, c: int) -> int | None:
    """The month from which the gap has never been under nine tenths of today's."""
    o, gain = plan.outcome, 1 if plan.outcome.direction == "lower" else -1
    gaps = {m: gain * (v - naive._path(o, m)) for m, v in sorted(naive._values(o.balance, reports, c).items())}
    if not gaps or list(gaps.values())[-1] <= TOLERANCE:
        return None
    today = list(gaps.values())[-1]
    for m in gaps:
        after = [gap for other, gap in gaps.items() if other >= m]
        if min(after) >= Fraction(9, 10) * today - TOLERANCE:
            return m if len(after) > 3 else None
    return None
