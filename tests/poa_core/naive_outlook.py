"""The forecast a second time, in plain loops and exact fractions; only the band's root and t are floats."""

import math
from fractions import Fraction
from functools import cache

from naive import TOLERANCE, Outcome, Plan, _path, _values


def outlook(plan: Plan, reports, c: int) -> dict | None:
    """{reason, method, mean_absolute_error, error_count, months: {month: (expected, low, high)}}."""
    o = plan.outcome
    if o is None:
        return None
    told = _values(o.balance, reports, c)
    if c == 12 or len(told) < 4:
        reason = "at_december" if c == 12 else "too_early"
        return {"reason": reason, "method": None, "mean_absolute_error": None, "error_count": None, "months": {}}
    errors = {name: _errors(o, told, name) for name in _candidates(o)}
    # min takes the first of equals, and the candidates stand in their order.
    method = min(errors, key=lambda name: sum(map(abs, errors[name])))
    mean = sum(map(abs, errors[method])) / Fraction(len(errors[method]))
    months = {m: _banded(o, told, m, method, errors[method]) for m in range(max(told) + 1, 13)}
    return {"reason": None, "method": method, "mean_absolute_error": mean, "error_count": len(errors[method]), "months": months}


def _candidates(o: Outcome) -> list[str]:
    return ["no_change", "drift"] + (["plan_shaped"] if any(m < 12 for m in o.given) else [])


def _errors(o: Outcome, told: dict, method: str) -> list[Fraction]:
    """Each report less what the report before it would have foreseen."""
    months = sorted(told)
    return [told[after] - _foreseen(o, told[before], before, after, method) for before, after in zip(months, months[1:])]


def _foreseen(o: Outcome, v: Fraction, k: int, month: int, method: str) -> Fraction:
    b = Fraction(o.baseline)
    if method == "no_change":
        return v
    if method == "drift":
        return v + (month - k) * (v - b) / k
    p = _path(o, k)
    if abs(b - p) > TOLERANCE:
        return b - (b - v) / (b - p) * (b - _path(o, month))
    is_at_or_past = v >= p - TOLERANCE if o.direction == "higher" else v <= p + TOLERANCE
    return _path(o, month) if is_at_or_past else b


def _banded(o: Outcome, told: dict, month: int, method: str, errors: list) -> tuple:
    k = max(told)
    expected = _foreseen(o, told[k], k, month, method)
    s = math.sqrt(sum(e * e for e in errors) / Fraction(len(errors)))
    if s == 0:
        return expected, None, None
    h = month - k
    half = student_t(len(errors)) * s * math.sqrt(h * (1 + h / k))
    return expected, float(expected) - half, float(expected) + half


@cache
def student_t(degrees: int) -> float:
    """The point with 90 % of Student's t below it: the density added up by Simpson's rule, the point found by halving."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(degrees * math.pi)

    def density(x: float) -> float:
        return scale * (1 + x * x / degrees) ** (-(degrees + 1) / 2)

    def below(x: float, parts: int = 400) -> float:
        step = x / parts
        inner = sum((4 if n % 2 else 2) * density(n * step) for n in range(1, parts))
        return 0.5 + step / 3 * (density(0) + inner + density(x))

    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < 0.9 else (low, middle)
    return low
