"""Prints how often the forecast's 80 % band held on simulated years, and how its candidates compare; asserts
nothing.

    .venv/bin/python tests/benchmarks/forecast.py            # 1,000 years of each shape
    .venv/bin/python tests/benchmarks/forecast.py --years 40

The years are drawn by a fixed seed, laid into a ledger in memory and forecast by the very SQL of the screens,
at every cut-off from April to November.
"""

import argparse
import math
import random
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from poa_core.ledger.file import database

BASELINE, TARGET, SEED = 187_000, 137_000, 2010
S_PATH = {
    m: round(BASELINE + (TARGET - BASELINE) * (1 + math.tanh((m - 6.5) / 2.2)) / 2) for m in range(1, 12)
}


def straight(draw: random.Random) -> list[float]:
    """A steady fall, each month off it by chance alone."""
    fall = draw.uniform(1_500, 5_000)
    return [BASELINE - fall * m + draw.gauss(0, 1_500) for m in range(1, 13)]


def walk(draw: random.Random) -> list[float]:
    """Each month falls from the one before it by 3,000, give or take 2,000."""
    values = [BASELINE + draw.gauss(-3_000, 2_000)]
    while len(values) < 12:
        values.append(values[-1] + draw.gauss(-3_000, 2_000))
    return values


def stall(draw: random.Random) -> list[float]:
    """Nothing moves until a month between March and September; then it falls by 6,000 a month."""
    start = draw.randint(3, 9)
    return [BASELINE - 6_000 * max(0, m - start) + draw.gauss(0, 800) for m in range(1, 13)]


def seasonal(draw: random.Random) -> list[float]:
    """A steady fall with a wave of a year on it, its crest in any month."""
    fall, crest = draw.uniform(1_500, 5_000), draw.uniform(0, 12)
    wave = [6_000 * math.cos((m - crest) * math.pi / 6) for m in range(13)]
    return [BASELINE - fall * m + wave[m] - wave[0] + draw.gauss(0, 800) for m in range(1, 13)]


def planned(draw: random.Random) -> list[float]:
    """A share between 50 and 110 % of an S-shaped path that the plan gives."""
    share = draw.uniform(0.5, 1.1)
    path = [*S_PATH.values(), TARGET]
    return [BASELINE - share * (BASELINE - p) + draw.gauss(0, 800) for p in path]


SHAPES = {
    "straight fall, noise": straight,
    "random walk with drift": walk,
    "stall, then fall": stall,
    "fall with a season": seasonal,
    "S-shaped, path given": planned,
}


def simulated(years: int) -> pd.DataFrame:
    """One row per shape, number of the year and month: reported."""
    draw = random.Random(SEED)
    return pd.DataFrame(
        [
            (shape, str(number), month, round(max(value, 0), 2))
            for shape, drawn in SHAPES.items()
            for number in range(years)
            for month, value in enumerate(drawn(draw), 1)
        ],
        columns=["process", "entity", "month", "reported"],
    )


def lay(cursor: duckdb.DuckDBPyConnection, years: pd.DataFrame) -> None:
    """A plan of each year and its twelve reports, straight into an empty ledger's tables; `told` keeps the
    upload of each.
    """
    path = pd.DataFrame(S_PATH.items(), columns=["month", "programmed"])
    cursor.register("years", years)
    cursor.register("path", path)
    cursor.execute(
        f"""
        CREATE TEMP TABLE told AS
        SELECT *, dense_rank() OVER (ORDER BY process, entity)::INTEGER AS plan_id,
            plan_id + 1000000 AS progress_id FROM years;
        INSERT INTO upload BY NAME
        SELECT DISTINCT unnest([plan_id, progress_id]) AS upload_id, unnest(['plan', 'progress']) AS kind,
               2010 AS year, entity,
               process, 'x' AS file_name, 'x' AS sha256, 'x' AS uploaded_by,
                   TIMESTAMP '2010-01-01' AS accepted_at,
               FALSE AS illustrative, 0 AS row_count
        FROM told;
        INSERT INTO plan BY NAME
        SELECT DISTINCT plan_id AS upload_id, 2010 AS year, entity, process, 'R1' AS outcome_code,
            'x' AS outcome, 'S/' AS unit,
               {BASELINE} AS baseline, {TARGET} AS target, 'last' AS aggregation, 'lower' AS direction,
               0.95 AS met_threshold, 0.75 AS at_risk_threshold, 10 AS reporting_day
        FROM told;
        INSERT INTO programme BY NAME
        SELECT DISTINCT plan_id AS upload_id, 2010 AS year, entity, process, 'R1' AS code, path.month,
            programmed,
               FALSE AS is_provisional
        FROM told CROSS JOIN path WHERE process = 'S-shaped, path given';
        INSERT INTO reported_value BY NAME
        SELECT progress_id AS upload_id, 2010 AS year, entity, process, 'R1' AS code, 'EPS' AS locality,
            month, reported,
               FALSE AS retracted, month AS row_number
        FROM told;
        """
    )


ANSWERS = """
WITH asked AS (
    SELECT DISTINCT t.process, t.entity, c.range::INTEGER AS cutoff
        FROM told AS t CROSS JOIN range(4, 12) AS c
    WHERE t.process = $1
), chosen AS (
    SELECT a.*, f.month, f.method, f.expected, f.low, f.high
    FROM asked AS a, LATERAL (FROM forecast(2010, a.entity, a.process, a.cutoff, TIMESTAMP '2011-06-30',
        'current')) AS f
), candidate AS (
    SELECT a.*, f.method, f.expected
    FROM asked AS a, LATERAL (FROM foreseen(2010, a.entity, a.process, a.cutoff, TIMESTAMP '2011-06-30',
        'current')) AS f
    WHERE f.is_ahead AND f.month = 12
), erred AS (
    SELECT c.process, c.entity, c.cutoff, c.method, abs(c.expected - t.reported) AS error
    FROM candidate AS c
    JOIN told AS t ON t.process = c.process AND t.entity = c.entity AND t.month = 12
), by_method AS (
    SELECT process, entity, cutoff, max(error) FILTER (WHERE method = 'no_change') AS no_change,
           max(error) FILTER (WHERE method = 'drift') AS drift,
               max(error) FILTER (WHERE method = 'plan_shaped') AS plan_shaped
    FROM erred GROUP BY process, entity, cutoff
), held AS (
    SELECT c.process, c.entity, c.cutoff,
           max(abs(c.expected - t.reported)) FILTER (WHERE c.month = 12) AS chosen,
           bool_or(t.reported BETWEEN c.low AND c.high) FILTER (WHERE c.month = 12) AS december_held,
           bool_or(t.reported BETWEEN c.low AND c.high) FILTER (WHERE c.month = c.cutoff + 1) AS next_held
    FROM chosen AS c
    JOIN told AS t USING (process, entity, month)
    GROUP BY c.process, c.entity, c.cutoff
)
SELECT CASE WHEN cutoff <= 5 THEN 'Apr-May' WHEN cutoff <= 8 THEN 'Jun-Aug' ELSE 'Sep-Nov' END AS cut_offs,
       count(*) AS n,
       avg(december_held::INTEGER) AS december, avg(next_held::INTEGER) AS next_month,
           avg(no_change) AS no_change,
       avg(drift) / avg(no_change) AS drift, avg(plan_shaped) / avg(no_change) AS plan_shaped,
           avg(chosen) / avg(no_change) AS chosen
FROM held JOIN by_method USING (process, entity, cutoff)
GROUP BY cut_offs ORDER BY cut_offs
"""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--years", type=int, default=1000)
    years = options.parse_args().years
    print(
        "| year's shape | cut-offs | forecasts | band held December | band held the next month | no "
        "change, S/ off in December "
        "| drift | plan-shaped | chosen |\n|---|---|---|---|---|---|---|---|---|"
    )
    with closing(database.in_memory()) as opened, opened.cursor() as cursor:
        lay(cursor, simulated(years))
        for shape in SHAPES:
            for cut_offs, n, december, next_month, no_change, *ratios in cursor.execute(
                ANSWERS, [shape]
            ).fetchall():
                shown = " | ".join("-" if ratio is None else f"{ratio:.2f}" for ratio in ratios)
                print(
                    f"| {shape} | {cut_offs} | {n:,} | {december:.0%} | {next_month:.0%} | "
                    f"{no_change:,.0f} | {shown} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
