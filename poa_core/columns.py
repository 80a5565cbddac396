"""The values of a long file as columns: a row at a time they cost many times as much to send, hold and store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from poa_core.contract import DECIMALS, Value

_STEP = Decimal(1).scaleb(-DECIMALS)


@dataclass(frozen=True)
class Columns(Sequence[Value]):
    """Values that each have a number, as columns of equal length; read one by one they are the Values they stand for.

    reported holds numbers as text: a point, at most twelve digits before it and six after. A column of remarks
    is empty where the file has none, a remark where its row has none.
    """

    row: tuple[int, ...]
    code: tuple[str, ...]
    month: tuple[int, ...]
    locality: tuple[str, ...]
    reported: tuple[str, ...]
    note: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(len(self))[place])
        remarks = ((column[place] or None) if column else None for column in (self.note, self.cause, self.measure))
        reported = exact(self.reported[place])
        return Value(self.row[place], self.code[place], self.month[place], self.locality[place], reported, False, *remarks)

    def __iter__(self) -> Iterator[Value]:
        return (self[place] for place in range(len(self)))

    @property
    def has_remarks(self) -> bool:
        return any(map(any, (self.note, self.cause, self.measure)))


def exact(text: str) -> Decimal:
    """The number of a text of Columns.reported as the ledger keeps it: six decimals, no zero below zero."""
    return Decimal(text).quantize(_STEP) + 0
