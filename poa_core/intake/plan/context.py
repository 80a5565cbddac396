"""A plan held against what the ledger knows beside it: localities that are likely known ones, a baseline that
is not last year's end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from poa_core.contract import Key, PlanFile, PlanRecord, Problem
from poa_core.intake.values.numbers import short_text
from poa_core.names import misspelt_locality
from poa_core.problems import sort_and_limit, warning

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class PlanContext:
    """What stands beside one plan: the localities of all plans of its entity, in force now; the baseline in
    force, if there is one; the last month that its outcome was reported for in the year before, and its
    value.
    """

    localities: frozenset[str] = frozenset()
    baseline: Decimal | None = None
    last_month: int | None = None
    last_value: Decimal | None = None


def add_context_warnings(file: PlanFile, known: dict[Key, PlanContext]) -> PlanFile:
    """The file with warnings on its rows; known: what stands beside each of its plans, by year, entity and
    process.

    What is of the plan in force itself (rows without a number) was told when it was loaded.
    """
    told = {problem.hints["name"] for problem in file.problems if problem.code == "similar_locality"}
    places = (
        dict(zip(map(id, (*file.plans, *file.activities)), file.places, strict=True)) if file.places else {}
    )
    found: list[Problem] = []
    for record in (*file.plans, *file.activities):
        name, number = places.get(id(record), ("", None))
        own = known.get((record["year"], record["entity"], record["process"]))
        if own and number is not None:
            found += [
                replace(p, row=number, hints=p.hints | {"file": name})
                for p in (*_localities(record, own, told), *_baseline(record, own))
            ]
    return replace(file, problems=sort_and_limit([*file.problems, *found])) if found else file


def _localities(record: PlanRecord, own: PlanContext, told: set[str]) -> Iterator[Problem]:
    """Each name once, where it stands first."""
    named = [
        ("localidad", record.get("locality")),
        *(("localidades", name) for name in (record["localities"] or "").split("|")),
    ]
    for column, name in named:
        if (
            name
            and name not in own.localities
            and name not in told
            and (meant := misspelt_locality(name, own.localities))
        ):
            told.add(name)
            yield warning("locality_like_known", column=column, value=name, name=name, nearest=meant)


def _baseline(record: PlanRecord, own: PlanContext) -> Iterator[Problem]:
    baseline = record.get("baseline")
    if (
        baseline is None
        or own.last_value is None
        or baseline == own.baseline
        or abs(baseline - own.last_value) < _CENT
    ):
        return
    hints = {
        "month": own.last_month,
        "year": record["year"] - 1,
        "last": short_text(own.last_value),
        "code": record["outcome_code"],
    }
    yield warning(
        "baseline_not_last",
        column="linea_base",
        value=short_text(baseline),
        baseline=short_text(baseline),
        **hints,
    )
