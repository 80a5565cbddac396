"""Years that are right and look odd: what is asked about them is asked in vain."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from poa_core.contract import PlanKnowledge, PlannedActivity, Value
from poa_core.intake.progress.questions import questions

HEADERS = ("codigo", "mes", "avance")


@dataclass(frozen=True)
class Year:
    """An activity's year: what its months were asked (None: nothing) and what they brought (None: no report)."""

    name: str
    rule: str
    asked: tuple[float | None, ...]
    told: tuple[float | None, ...]
    unit: str = "Conexiones"
    direction: str = "higher"
    locality: str = "EPS"

    def activity(self, code: str) -> PlannedActivity:
        asked = _by_month(self.asked)
        target = sum(asked.values()) if self.rule == "sum" else asked.get(12)
        return PlannedActivity(code, self.name, self.unit, self.rule, self.direction, "EPS", "", False, asked, target)


def _by_month(amounts) -> dict[int, Decimal]:
    return {month: Decimal(str(amount)) for month, amount in enumerate(amounts, 1) if amount is not None}


N = None
NOTHING = (N,) * 12
# Made up after what leaders described; none of their values is a slip.
AWKWARD = (
    Year("connections that follow the season", "sum", (10, 10, 20, 30, 40, 50, 50, 40, 30, 20, 10, 10), (7, 9, 22, 26, 45, 47, 55, 38, 33, 15, 12, 4)),
    Year("a slow start and then what was missing", "sum", (25,) * 12, (3, 8, 12, 20, 34, 40, 45, 41, 38, 30, 20, 9)),
    Year("nothing until the contract is signed", "sum", (25,) * 12, (0, 0, 0, 0, 0, 40, 52, 58, 61, 47, 30, 12)),
    Year("connections that grow as their programme does", "sum", (10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54),
         (9, 15, 17, 24, 27, 29, 36, 37, 44, 45, 52, 50)),
    Year("connections that grow beyond a programme that grows", "sum", (10, 20, 30, 40, 50, 60, 60, 60, 60, 60, 60, 60),
         (14, 26, 41, 52, 66, 75, 78, 80, 77, 70, 74, 79)),
    Year("zeros among counts", "sum", (5,) * 12, (0, 6, 0, 0, 9, 12, 0, 4, 5, 0, 14, 8)),
    Year("two campaigns a year", "sum", (N, N, 130, N, N, N, N, N, 150, N, N, N), (0, 15, 112, 4, 0, 0, 0, 21, 119, 2, 0, 0)),
    Year("a campaign delivered early", "sum", (N, N, N, N, N, 130, N, N, N, N, N, N), (N, N, N, N, 38, 92, N, N, N, N, N, N)),
    Year("one report a quarter", "sum", (N, N, 1, N, N, 1, N, N, 1, N, N, 1), (N, N, 1, N, N, 1, N, N, 1, N, N, 1), "Doc"),
    Year("reports one by one", "sum", (1,) * 12, (1, 1, 0, 2, 1, 1, 1, 0, 2, 1, 1, 1), "Doc"),
    Year("complaints that rise in the rains", "sum", (40,) * 12, (62, 71, 58, 44, 31, 22, 19, 24, 27, 33, 45, 57), "Reclamos", "lower"),
    Year("money that comes in when it comes in", "sum", (1500,) * 12,
         (310.5, 1220.4, 880.15, 2410, 1650.3, 990, 1875.25, 3120.8, 640.1, 1310, 1720.6, 2890.45), "S/"),
    Year("a percentage that rises to its target", "mean", (60, 63, 66, 69, 72, 75, 78, 80, 82, 84, 85, 85),
         (51.2, 55.8, 61.3, 63, 68.4, 72.9, 74.1, 78.6, 81.2, 82.5, 84.9, 85.3), "%"),
    Year("a percentage that begins low", "mean", (5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90), (1.5, 6, 14, 24.5, 31, 48, 55, 61, 70, 78, 80, 88.5), "%"),
    Year("a share of losses that hardly moves", "mean", (44,) * 12, (45.1, 44.8, 45.3, 44.9, 44.2, 44.6, 43.9, 44.1, 43.7, 44.4, 43.8, 43.5), "%", "lower"),
    Year("a balance that falls", "last", (182833, 178667, 174500, 170333, 166167, 162000, 157833, 153667, 149500, 145333, 141167, 137000),
         (184200.5, 183950.25, 181426.93, 176300, 171020.4, 168111, 163420.75, 160244.1, 159394, 155812.3, 149900, 144250.6), "S/", "lower"),
    Year("a balance that halves when it is written off", "last", (120000,) * 6 + (50000,) * 6,
         (121500, 119800.5, 122300, 118250, 120900, 119400, 52800, 51100.4, 49750, 48800, 47200, 46900.1), "S/", "lower"),
    Year("files pending, cleared by the end of the year", "last", (90, 80, 70, 60, 50, 40, 30, 25, 20, 15, 10, 0),
         (96, 88, 79, 70, 66, 51, 38, 29, 22, 12, 5, 0), "Expedientes", "lower"),
    Year("connections in service", "last", tuple(range(12400, 13000, 50)), (12391, 12440, 12498, 12530, 12604, 12651, 12690, 12749, 12788, 12851, 12897, 12962)),
    Year("cuts in one town", "sum", NOTHING, (12, 31, 25, 44, 38, 17, 52, 29, 33, 41, 20, 36), locality="Puno"),
    Year("a small town's few connections", "sum", NOTHING, (0, 1, 3, 2, 0, 4, 1, 2, 5, 3, 0, 1), locality="Ilave"),
    Year("a town whose work began in May", "sum", NOTHING, (N, N, N, N, 6, 19, 28, 22, 31, 27, 24, 30), locality="Juli"),
    Year("a town's part of the portfolio", "last", NOTHING,
         (110400.2, 109800, 108150.6, 106900, 105320, 104870.3, 102000, 101450, 99870.5, 98200, 97640.1, 95300), "S/", "lower", "Puno"),
    Year("continuity in hours", "mean", (18,) * 12, (17.2, 16.9, 15.8, 16.4, 18.1, 19, 19.6, 20.3, 19.7, 18.2, 17.5, 16.8), "Horas"),
    Year("an approval", "milestone", (N, N, 1, N, N, N, N, N, N, N, N, N), (N, N, 0, 0, 1, N, N, N, N, N, N, N), "Directiva"),
)  # fmt: skip


def asked_in_vain(years: tuple[Year, ...], together: bool = False) -> tuple[Counter, int]:
    """What is asked by code, and of how many values, where the years come a month at a time, or as one file."""
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {f"{n}": year.activity(f"{n}") for n, year in enumerate(years)}, frozenset({"EPS"}))
    found, told, reported = Counter(), 0, {}
    for values in _files(years, together):
        known = PlanKnowledge(plan.year, plan.entity, plan.process, plan.activities, plan.localities, dict(reported))
        found.update(problem.code for problem in questions(values, known, HEADERS))
        reported |= {(value.code, value.month, value.locality): value.reported for value in values}
        told += len(values)
    return found, told


def _files(years: tuple[Year, ...], together: bool) -> Iterator[list[Value]]:
    by_month = [[Value(n + 2, f"{n}", month, year.locality, amount) for n, year in enumerate(years)
                 if (amount := _by_month(year.told).get(month)) is not None] for month in range(1, 13)]  # fmt: skip
    yield from [[value for values in by_month for value in values]] if together else by_month


def years_of_chance(seed: int, count: int) -> tuple[Year, ...]:
    """Years drawn by a seed around programmes of every shape: never a slip, often early, late, uneven or beyond what was asked."""
    draw = random.Random(seed)
    shapes = {
        "flat": [1] * 12, "rising": list(range(3, 15)), "season": [1, 1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 1],
        "late": [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4], "campaigns": [0, 0, 4, 0, 0, 4, 0, 0, 4, 0, 0, 4],
    }  # fmt: skip
    years = []
    for number in range(count):
        name, size, rule = draw.choice(sorted(shapes)), draw.choice([1, 3, 12, 40, 250, 1500, 90000]), draw.choice(["sum", "sum", "sum", "mean", "last"])
        effort, noise, is_local = draw.uniform(0.4, 1.3), draw.choice([0.05, 0.2, 0.4]), draw.random() < 0.3
        start, catch_up = draw.choice([1, 1, 0.5, 0.2]), draw.choice([0, 0, 0.15])
        if rule == "sum":
            asked = [size * share or None for share in shapes[name]]
            told = [round(max(0, draw.gauss(1, noise)) * effort * (start if month < 3 else 1 + catch_up) * size * shapes[name][month],
                          2 if size > 1000 and number % 2 else 0) for month in range(12)]  # fmt: skip
        else:
            size = max(size, 40)
            goal, now = size * draw.uniform(0.6, 1.4), size * draw.uniform(0.8, 1.3)
            if rule == "mean":
                goal, now = draw.uniform(10, 95), draw.uniform(8, 95)
            asked = [round(now + (goal - now) * month / 12, 1) for month in range(1, 13)]
            told = [round(max(0.1, now + (goal - now) * effort * month / 12) * max(0.2, draw.gauss(1, noise / 4)), 2) for month in range(1, 13)]
        told = [None if draw.random() < 0.05 else amount for amount in told]
        unit = "%" if rule == "mean" else "S/" if number % 2 else "Conexiones"
        if rule == "mean":
            told = [None if amount is None else min(amount, 100) for amount in told]
        years.append(Year(name, rule, NOTHING if is_local else tuple(asked), tuple(told), unit, locality="Puno" if is_local else "EPS"))
    return tuple(years)
