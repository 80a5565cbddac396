"""Lines on two logarithmic axes as an SVG written by hand: no library, and the same text for the same
figures.
"""

import math
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 84, 130, 56, 64
INKS = ("#1d4ed8", "#b45309", "#047857", "#7c3aed")
Points = list[tuple[float, float]]


def drawn(title: str, across: str, up: str, lines: dict[str, Points]) -> str:
    """The chart of some lines, each named at its end; every x and y is above zero."""
    xs, ys = ([point[axis] for points in lines.values() for point in points] for axis in (0, 1))
    x_ticks, y_ticks = _ticks(xs), _ticks(ys)

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * _share(value, x_ticks)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * _share(value, y_ticks)

    parts = [f'<text x="{LEFT}" y="28" font-size="17" font-weight="600">{escape(title)}</text>']
    for tick in x_ticks:
        parts += [
            _line(x(tick), TOP, x(tick), HEIGHT - BOTTOM),
            _text(x(tick), HEIGHT - BOTTOM + 20, _short(tick), "middle"),
        ]
    for tick in y_ticks:
        parts += [
            _line(LEFT, y(tick), WIDTH - RIGHT, y(tick)),
            _text(LEFT - 8, y(tick) + 4, _short(tick), "end"),
        ]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18, f"{across} (logarithmic)", "middle"))
    parts.append(
        f'<text transform="translate(20 {(TOP + HEIGHT - BOTTOM) / 2:.0f}) rotate(-90)" '
        f'text-anchor="middle">{escape(up)} (logarithmic)</text>'
    )
    ends = _apart({name: y(points[-1][1]) for name, points in lines.items()})
    for ink, (name, points) in zip(INKS, lines.items(), strict=False):
        path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="4" fill="{ink}"/>' for a, b in points]
        parts.append(
            f'<text x="{x(points[-1][0]) + 10:.1f}" y="{ends[name] + 4:.1f}" fill="{ink}" '
            f'font-weight="600">{escape(name)}</text>'
        )
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="13" fill="#1f2937">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _ticks(values: list[float]) -> list[float]:
    """Powers of ten around the values; one that is passed by a hair is the last."""
    low, high = math.floor(math.log10(min(values)) + 0.01), math.ceil(math.log10(max(values)) - 0.01)
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]


def _share(value: float, ticks: list[float]) -> float:
    return math.log10(value / ticks[0]) / math.log10(ticks[-1] / ticks[0])


def _apart(ends: dict[str, float], least: float = 17) -> dict[str, float]:
    """Heights of the names at the lines' ends, none over another."""
    placed, last = {}, -math.inf
    for name, height in sorted(ends.items(), key=lambda end: end[1]):
        last = placed[name] = max(height, last + least)
    return placed


def _short(value: float) -> str:
    return f"{value / 1e6:g} million" if value >= 1e6 else f"{value:,.0f}"


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#e5e7eb"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
