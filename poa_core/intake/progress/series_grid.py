"""The lines of a long file (activity and locality) by months, over what the ledger has, as arrays."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from poa_core.contract import PlanKnowledge, PlannedActivity
from poa_core.value_columns import Columns

Floats = NDArray[np.float64]  # amounts
Flags = NDArray[np.bool_]
Places = NDArray[np.integer[Any]]  # of other arrays or lists

EXACT = 1e9  # below it a binary fraction tells any two numbers of six decimals apart
_PLACES = 14  # months at 1 to 12, with an empty one on either side


class Programme(NamedTuple):
    """A plan's activities and its outcome, and a row for each: what its months 1 to 12 are asked, NaN where
    nothing.

    Of a code that comes twice the later row counts.
    """

    code: Sequence[str]
    programmed: Floats


class EncodedNames(NamedTuple):
    """The different texts of a column, and which of them each of its cells is."""

    names: list[str]
    number: Places


class Lines(NamedTuple):
    """The different pairs of an activity and a locality, as the places of each among the names."""

    codes: list[str]
    localities: list[str]
    code: Places
    locality: Places

    def names(self) -> Iterator[tuple[str, str]]:
        return zip(
            map(self.codes.__getitem__, self.code),
            map(self.localities.__getitem__, self.locality),
            strict=True,
        )


class Grid(NamedTuple):
    """Lines (activity and locality) by months: what is reported once the file is in, what was before it, what
    is asked, NaN where nothing is.
    """

    reported: Floats
    previous: Floats
    programmed: Floats
    is_changed: Flags


def build_grid(
    values: Columns, knowledge: PlanKnowledge, programme: Programme
) -> tuple[Grid, Places, list[PlannedActivity]]:
    """The grid, which of its lines each value is in, and each line's activity."""
    code, locality = _encode(values, "code"), _encode(values, "locality")
    pairs = pa.array(code.number * len(locality.names) + locality.number).dictionary_encode()
    lines, number = (
        Lines(code.names, locality.names, *np.divmod(pairs.dictionary.to_numpy(), len(locality.names))),
        pairs.indices.to_numpy(),
    )
    activities = [knowledge.activities[name] for name in code.names]
    grid = _grid(values, number, lines, knowledge, _by_line(lines, activities, programme))
    return grid, number, [activities[index] for index in lines.code.tolist()]


def _encode(values: Columns, name: str) -> EncodedNames:
    column = values.table[name].combine_chunks()
    return EncodedNames(column.dictionary.to_pylist(), column.indices.to_numpy().astype(np.int64))


def _by_line(lines: Lines, activities: list[PlannedActivity], programme: Programme) -> Floats:
    """What each line is asked; what the whole is asked is asked of no part: only at home has an activity a
    programme.
    """
    localities, rows = (
        {name: index for index, name in enumerate(names)} for names in (lines.localities, programme.code)
    )
    home = np.array([localities.get(activity.locality, -1) for activity in activities])
    row = np.array([rows.get(name, -1) for name in lines.codes])
    is_asked = (home[lines.code] == lines.locality) & (row[lines.code] >= 0)
    programmed = np.full((len(lines.code), _PLACES), np.nan)
    programmed[is_asked, 1:13] = programme.programmed[row[lines.code][is_asked]]
    return programmed


def _grid(
    values: Columns, number: Places, lines: Lines, knowledge: PlanKnowledge, programmed: Floats
) -> Grid:
    previous = np.full(programmed.shape, np.nan)
    at = {line: index for index, line in enumerate(lines.names())} if knowledge.reported else {}
    for (code, month, locality), amount in knowledge.reported.items():
        if (line := at.get((code, locality))) is not None:
            previous[line, month] = amount
    month, amounts = values.table["month"].to_numpy(), values.table["reported"].cast(pa.float64()).to_numpy()
    reported, is_changed = previous.copy(), np.zeros(previous.shape, bool)
    is_changed[number, month] = (previous[number, month] != amounts) | (np.abs(amounts) >= EXACT)
    reported[number, month] = amounts
    return Grid(reported, previous, programmed, is_changed)
