"""The sample: the plan of data/ with its illustrative year; it leaves the selectors once somebody brings a
plan of their own.
"""

from datetime import datetime

import duckdb

from poa_core.contract import Key
from poa_core.ledger import facts

ILLUSTRATOR = "Datos ilustrativos"
SOURCE = "Plan de la fuente"
SYSTEM = "Tablero"
REASON = "Llegó el primer plan propio: el de muestra deja el selector."


def archive_sample(cursor: duckdb.DuckDBPyConnection, key: Key, person: str, at: datetime) -> None:
    """Within the transaction that accepted a plan: of another key than the sample's, and by a person, it
    archives the sample.

    Once: whoever brought the sample back keeps it.
    """
    if person == SOURCE:
        return
    samples = cursor.execute(
        """
        SELECT DISTINCT year, entity, process FROM upload WHERE kind = 'plan' AND uploaded_by = ?
        EXCEPT SELECT year, entity, process FROM plan_archive
        INTERSECT SELECT year, entity, process FROM known_plan(?, ?)
        """,
        [SOURCE, datetime.max, datetime.max],
    ).fetchall()
    for sample in samples if tuple(key) not in samples else ():
        facts.add_plan_archive(cursor, sample, True, SYSTEM, at, REASON)
