"""Columns from plain Python, as the reader of plain files makes them."""

from collections.abc import Sequence

import pyarrow as pa

from poa_core.value_columns import SCHEMA, WORDS, Columns


def columns_of(*told: Sequence) -> Columns:
    """Its columns in the order of SCHEMA; one of remarks may be empty or left out."""
    made = {}
    for field, column in zip(SCHEMA, [*told, *[()] * (len(SCHEMA) - len(told))], strict=True):
        if field.type == WORDS:
            made[field.name] = pa.array(column, pa.string()).dictionary_encode()
        else:
            made[field.name] = pa.array([value or None for value in column] or [None] * len(told[0]), field.type)
    return Columns(pa.table(made, schema=SCHEMA))
