"""A file whose values of one month are those that a neighbouring month already has: the month may be written
wrongly.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from poa_core.contract import PlanKnowledge, Value

ENOUGH = 3  # values alike, for it to be no chance
NEARLY = Decimal("0.005")  # of the other month's value
EXACTLY = 2  # of so many alike one at least is so to the cent
OTHERWISE = 10  # of so many one may be another
TELLING = 10  # a whole number below it is alike by chance
CENT = Decimal("0.01")


class Shift(NamedTuple):
    """The month that the file says, the one whose values they are, and how many are alike."""

    month: int
    other: int
    alike: int


def shift(values: Sequence[Value], knowledge: PlanKnowledge) -> Shift | None:
    """The month of a file that looks most like a neighbour's; the ledger's values are compared, and only
    those that the file changes.
    """
    alike: dict[tuple[int, int], int] = {}
    exact: dict[tuple[int, int], int] = {}
    unlike: dict[tuple[int, int], int] = {}
    for value in values if knowledge.reported else ():
        if (
            value.reported is None
            or knowledge.reported.get((value.code, value.month, value.locality)) == value.reported
        ):
            continue
        for other in (value.month - 1, value.month + 1):
            reported = knowledge.reported.get((value.code, other, value.locality))
            if reported is None:
                continue
            pair, apart = (value.month, other), abs(value.reported - reported)
            if apart > NEARLY * abs(reported):
                unlike[pair] = unlike.get(pair, 0) + 1
            elif is_distinctive(value, knowledge):
                alike[pair] = alike.get(pair, 0) + 1
                exact[pair] = exact.get(pair, 0) + (apart < CENT)
    candidates = [
        Shift(*pair, count)
        for pair, count in alike.items()
        if count >= ENOUGH and exact[pair] * EXACTLY >= count and unlike.get(pair, 0) * OTHERWISE <= count
    ]
    return max(candidates, key=lambda candidate: (candidate.alike, -candidate.other), default=None)


def is_distinctive(value: Value, knowledge: PlanKnowledge) -> bool:
    """Whether a value like its neighbour says something: a small count does not, nor one that does what its
    month is asked.
    """
    activity, amount = knowledge.activities[value.code], value.amount
    is_as_asked = value.locality == activity.locality and amount == activity.programmed.get(value.month)
    return (
        not is_as_asked
        and activity.aggregation != "milestone"
        and (abs(amount) >= TELLING or amount != amount.to_integral_value())
    )
