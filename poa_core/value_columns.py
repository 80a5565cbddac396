"""The values of a long file as columns: a row at a time they cost many times as much to hold and to store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from poa_core.contract import DECIMALS, Value

WORDS = pa.dictionary(pa.int32(), pa.string())  # texts that come again and again, each kept once
SCHEMA = pa.schema(
    [
        ("row", pa.int32()),
        ("code", WORDS),
        ("month", pa.int32()),
        ("locality", WORDS),
        ("reported", pa.string()),
        ("note", pa.string()),
        ("cause", pa.string()),
        ("measure", pa.string()),
    ]
)
_TEXTS = ("code", "locality", "reported", "note", "cause", "measure")  # of a Value
_AT_ONCE = 1000  # rows made Values of
_STEP = Decimal(1).scaleb(-DECIMALS)


@dataclass(frozen=True, eq=False)
class Columns(Sequence[Value]):
    """Values that each have a number, as a table of SCHEMA; read one by one they are the Values they stand
    for.

    reported holds numbers as text: a point, at most twelve digits before it and six after. A remark is null
    where there is none.
    """

    table: pa.Table

    @property
    def row_count(self) -> int:
        """How many rows of the file they come from: a wide one says several in a row."""
        return len(pc.unique(self.table["row"]))

    def at(self, indices: Sequence[int] | NDArray[np.integer[Any]]) -> "Columns":
        """Those at these indices alone."""
        return Columns(self.table.take(pa.array(indices, pa.int64())))

    def column(self, name: str) -> list[Any]:
        """One column as plain Python has it."""
        return _to_list(self.table[name])

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, index: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(len(self))[index])
        return next(_values(self.table.slice(range(len(self))[index], 1)))

    def __iter__(self) -> Iterator[Value]:
        return (
            value
            for start in range(0, len(self), _AT_ONCE)
            for value in _values(self.table.slice(start, _AT_ONCE))
        )


def _to_list(column: pa.ChunkedArray) -> list[Any]:
    """Words are made texts first: one by one out of their dictionary they take forty times as long."""
    listed: list[Any] = (column.cast(pa.string()) if column.type == WORDS else column).to_pylist()
    return listed


def _values(table: pa.Table) -> Iterator[Value]:
    for row, code, month, locality, reported, *remarks in zip(*map(_to_list, table.columns), strict=True):
        yield Value(row, code, month, locality, exact(reported), False, *remarks)


def exact(text: str) -> Decimal:
    """The number of a text of Columns.reported as the ledger keeps it: six decimals, no zero below zero."""
    return Decimal(text).quantize(_STEP) + 0


def as_table(values: Sequence[Value]) -> pa.Table:
    """The columns of Value, by its names; a number as its text, which loses none of its digits."""
    if isinstance(values, Columns):
        return values.table.append_column("retracted", pa.repeat(False, len(values)))
    kinds = {name: pa.string() for name in _TEXTS} | {
        "row": pa.int32(),
        "month": pa.int32(),
        "retracted": pa.bool_(),
    }
    return pa.table({name: pa.array(column, kinds[name]) for name, column in _of_values(values).items()})


def _of_values(values: Sequence[Value]) -> dict[str, list[Any]]:
    plain: dict[str, list[Any]] = {
        name: [getattr(value, name) for value in values]
        for name in ("row", "code", "month", "locality", "retracted")
    }
    remarks = {
        name: [getattr(value, name) or None for value in values] for name in ("note", "cause", "measure")
    }
    return (
        plain
        | {"reported": [None if value.reported is None else f"{value.reported:f}" for value in values]}
        | remarks
    )
