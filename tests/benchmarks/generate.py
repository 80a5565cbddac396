"""Makes utilities, plans and progress of any size, as files to load or as rows for the ledger's tables.

    python tests/benchmarks/generate.py FOLDER UTILITIES ACTIVITIES YEARS

Ten million rows of progress: 1000 utilities x 41 activities x 20 years (the outcome is a row more in
each plan, every month). The figures are made up by a seed and every row says so.
"""

import sys
from pathlib import Path

import duckdb

FIRST_YEAR = 2010
LEDGER_TABLES = ("upload", "original", "plan", "activity", "programme", "reported_value")
FILES = ("processes", "plan", "progress")


def generate(
    folder: Path, utilities: int, activities: int, years: int, months_per_activity: int = 12, seed: int = 2010
) -> None:
    """Write processes.csv, plan.csv and a long progress.csv (one row per plan, code and month).

    The first months_per_activity months are programmed and reported; values have two decimals and a
    point. Rows stand utility by utility, then year, code and month.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        describe(connection, utilities, activities, years, months_per_activity, seed)
        for name in FILES:
            connection.view(f"made_{name}_csv").to_csv(str(folder / f"{name}.csv"))


def relation(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    utilities: int,
    activities: int,
    years: int,
    months_per_activity: int = 12,
    seed: int = 2010,
) -> duckdb.DuckDBPyRelation:
    """The same rows in the engine, with the columns of one of LEDGER_TABLES, in the schema's order.

    `relation(connection, "reported_value", 1000, 41, 20).insert_into("reported_value")` adds
    row_count(1000, 41, 20) rows. Uploads are numbered from 1: one per plan, then one per plan's progress.
    """
    describe(connection, utilities, activities, years, months_per_activity, seed)
    return connection.view(f"made_{table}")


def fill(
    connection: duckdb.DuckDBPyConnection,
    utilities: int,
    activities: int,
    years: int,
    months_per_activity: int = 12,
    seed: int = 2010,
) -> None:
    """Fill every ledger table; the schema must be there and the tables empty."""
    for table in LEDGER_TABLES:
        rows = relation(connection, table, utilities, activities, years, months_per_activity, seed)
        rows.select(*connection.table(table).columns).insert_into(table)


def row_count(utilities: int, activities: int, years: int, months_per_activity: int = 12) -> int:
    return utilities * years * (activities + 1) * months_per_activity


def describe(
    connection: duckdb.DuckDBPyConnection, utilities: int, activities: int, years: int, months: int, seed: int
) -> None:
    """Set the sizes on this connection and build the views over them."""
    if min(utilities, activities, years) < 1 or not 1 <= months <= 12:
        raise ValueError("utilities, activities and years start at 1; months go from 1 to 12")
    connection.execute("SET VARIABLE utilities = $1", [utilities])
    connection.execute("SET VARIABLE activities = $1", [activities])
    connection.execute("SET VARIABLE years = $1", [years])
    connection.execute("SET VARIABLE months = $1", [months])
    connection.execute("SET VARIABLE seed = $1", [seed])
    connection.execute("SET VARIABLE first_year = $1", [FIRST_YEAR])
    connection.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


if __name__ == "__main__":
    generate(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
