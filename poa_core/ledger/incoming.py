"""Values on their way into the engine: one table of columns, whatever holds them."""

from collections.abc import Sequence

import pyarrow as pa

from poa_core.contract import Value
from poa_core.value_columns import Columns

_TEXTS = ("code", "locality", "reported", "note", "cause", "measure")


def table(values: Sequence[Value]) -> pa.Table:
    """The columns of Value, by its names; a number as its text, which loses none of its digits."""
    if isinstance(values, Columns):
        return values.table.append_column("retracted", pa.repeat(False, len(values)))
    kinds = {name: pa.string() for name in _TEXTS} | {"row": pa.int32(), "month": pa.int32(), "retracted": pa.bool_()}
    return pa.table({name: pa.array(column, kinds[name]) for name, column in _of_values(values).items()})


def _of_values(values: Sequence[Value]) -> dict:
    plain = {name: [getattr(value, name) for value in values] for name in ("row", "code", "month", "locality", "retracted")}
    remarks = {name: [getattr(value, name) or None for value in values] for name in ("note", "cause", "measure")}
    return plain | {"reported": [None if value.reported is None else f"{value.reported:f}" for value in values]} | remarks
