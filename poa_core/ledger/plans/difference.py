"""What a new version of a plan changes, which of it has to be explained, and what it may not change."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from poa_core.contract import WHOLE_UTILITY, PlanFile, PlanRecord, Problem, combination_of
from poa_core.problems import error

# Without one of these as they were, what was reported no longer means what it meant.
MEASURE = frozenset(
    {"unit", "aggregation", "direction", "baseline", "target", "outcome_code", "combination", "localities"}
)
_KEY = ("year", "entity", "process")


@dataclass(frozen=True)
class Member:
    """An activity that joins or leaves with all of its months: how many values are reported of it, is any
    month past.
    """

    code: str
    activity: str
    reported: int
    is_past: bool = False


@dataclass(frozen=True)
class FieldChange:
    """One field of an activity, or of the plan's head (code None), by its column in the ledger."""

    code: str | None
    field: str
    before: object
    after: object
    needs_reason: bool


@dataclass(frozen=True)
class MonthChange:
    """What a month asks of an activity or of the outcome; None: nothing. The two may differ in being
    provisional alone.
    """

    code: str
    month: int
    before: Decimal | None
    after: Decimal | None
    is_past: bool
    was_provisional: bool = False
    is_provisional: bool = False


@dataclass(frozen=True)
class PlanDifference:
    """Everything that a version changes; refusals: why it cannot be accepted as it is.

    is_reordered: activities that stay follow one another in another order.
    """

    added: tuple[Member, ...] = ()
    dropped: tuple[Member, ...] = ()
    changed: tuple[FieldChange, ...] = ()
    head: tuple[FieldChange, ...] = ()
    months: tuple[MonthChange, ...] = ()
    refusals: tuple[Problem, ...] = ()
    is_reordered: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, field.name) for field in fields(self))

    @property
    def needs_reason(self) -> bool:
        return (
            any(member.reported for member in self.dropped)
            or any(member.is_past for member in self.added + self.dropped)
            or any(change.needs_reason for change in self.changed + self.head)
            or any(change.is_past for change in self.months)
        )


def difference(before: PlanFile | None, after: PlanFile, reported: Mapping[tuple[str, int, str], Decimal],
               past_months: set[int]) -> PlanDifference:  # fmt: skip
    """One plan's version against the one in force (None: there is none yet).

    reported: every current value by (code, month, locality); past_months: those past their reporting
    day. Raises ValueError where either holds more than one plan, or they are not the same one.
    """
    [new] = after.plans
    values = Counter(code for code, _, _ in reported)
    now = _activities(after)
    if before is None:
        return PlanDifference(_members(now, (), values, after, set()))
    [old] = before.plans
    if any(old[name] != new[name] for name in _KEY):
        raise ValueError("two plans, not two versions of one")
    was = _activities(before)
    stayed = [code for code in now if code in was]
    return PlanDifference(
        _members(now, was, values, after, past_months),
        _members(was, now, values, before, past_months),
        tuple(change for code in stayed for change in _fields(code, was[code], now[code], values[code])),
        tuple(_fields(None, old, new, values[old["outcome_code"]])),
        tuple(_months(before, after, [None, *stayed], past_months)),
        tuple(
            refusal
            for code, old, new in _pairs(stayed, was, now, before, after)
            for refusal in _refusals(old, new, reported, values[code])
        ),
        stayed != [code for code in was if code in now],
    )


def _activities(file: PlanFile) -> dict[str, PlanRecord]:
    return {record["code"]: record for record in file.activities}


def _members(
    these: dict[str, PlanRecord],
    others: Collection[str],
    values: Counter[str],
    file: PlanFile,
    past_months: set[int],
) -> tuple[Member, ...]:
    """Activities of one version that the other does not have."""
    past = {code for code, month in _programme(file) if month in past_months}
    return tuple(
        Member(code, record["activity"], values[code], code in past)
        for code, record in these.items()
        if code not in others
    )


def _fields(code: str | None, was: PlanRecord, now: PlanRecord, values: int) -> Iterator[FieldChange]:
    for name in was:
        if name != "position" and was[name] != now[name]:
            yield FieldChange(code, name, was[name], now[name], name in MEASURE and values > 0)


def _months(
    before: PlanFile, after: PlanFile, stayed: list[str | None], past_months: set[int]
) -> Iterator[MonthChange]:
    was, now, nothing = _programme(before), _programme(after), (None, False)
    for code in stayed:
        for month in range(1, 13):
            old, new = was.get((code, month), nothing), now.get((code, month), nothing)
            if old != new:
                code_or_outcome = code or after.plans[0]["outcome_code"] or before.plans[0]["outcome_code"]
                yield MonthChange(
                    code_or_outcome, month, old[0], new[0], month in past_months, old[1], new[1]
                )


def _programme(file: PlanFile) -> dict[tuple[str | None, int], tuple[Decimal, bool]]:
    """What each month asks, and whether provisionally, by code (None: the outcome, whatever its code) and
    month.
    """
    [head] = file.plans
    return {
        (None if cell["code"] == head["outcome_code"] else cell["code"], cell["month"]):
        (cell["programmed"], cell["is_provisional"])
        for cell in file.programme
    }  # fmt: skip


def _pairs(
    stayed: list[str],
    was: dict[str, PlanRecord],
    now: dict[str, PlanRecord],
    before: PlanFile,
    after: PlanFile,
) -> Iterator[tuple[str, PlanRecord, PlanRecord]]:
    """Every activity that stays, and the outcome, as they were and as they are."""
    yield from ((code, was[code], now[code]) for code in stayed)
    old, new = (dict(file.plans[0]) for file in (before, after))
    if old["outcome_code"] and old["outcome_code"] == new["outcome_code"]:
        more = {"code": old["outcome_code"], "locality": WHOLE_UTILITY, "combination": None}
        yield old["outcome_code"], old | more, new | more


def _refusals(
    was: PlanRecord, now: PlanRecord, reported: Mapping[tuple[str, int, str], Decimal], values: int
) -> Iterator[Problem]:
    """Changes that what stands contradicts, or after which it would count nowhere."""
    hints = {"code": was["code"], "count": values}
    if values and was["locality"] == now["locality"] == WHOLE_UTILITY:
        yield from _local_refusals(was, now, reported)
    if values and was["locality"] != now["locality"]:
        yield error("locality_moved", before=was["locality"], after=now["locality"], **hints)
    if values and now["aggregation"] == "milestone" != was["aggregation"]:
        yield error("milestone_made", **hints)


def _local_refusals(
    was: PlanRecord, now: PlanRecord, reported: Mapping[tuple[str, int, str], Decimal]
) -> Iterator[Problem]:
    """A list or a way to combine that the values stored by locality contradict, with the months they stand
    in.
    """
    by_month: dict[int, set[str]] = {}
    for code, month, locality in reported:
        if code == was["code"]:
            by_month.setdefault(month, set()).add(locality)
    listed = set((now["localities"] or "").split("|")) - {""}
    gone = {
        locality
        for localities in by_month.values()
        for locality in localities - {WHOLE_UTILITY}
        if listed and locality not in listed
    }
    if gone and was["localities"] != now["localities"]:
        months = tuple(sorted(month for month, localities in by_month.items() if localities & gone))
        yield error("locality_unlisted", code=was["code"], localities=", ".join(sorted(gone)), months=months)
    before, after = combination_of(was), combination_of(now)
    if before == after:
        return
    if after == "none":
        lost = tuple(
            sorted(month for month, localities in by_month.items() if WHOLE_UTILITY not in localities)
        )
    else:
        lost = tuple(
            sorted(
                month
                for month, localities in by_month.items()
                if WHOLE_UTILITY in localities and len(localities) > 1
            )
        )
    if lost:
        yield error(
            "combination_contradicted" if after == "none" else "combination_of_both",
            code=was["code"],
            months=lost,
        )
