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


def add_context_warnings(file: PlanFile, contexts: dict[Key, PlanContext]) -> PlanFile:
    """The file with warnings on its rows; contexts: what stands beside each of its plans, by year, entity and
    process.

    What is of the plan in force itself (rows without a number) was told when it was loaded.
    """
    warned = {problem.hints["name"] for problem in file.problems if problem.code == "similar_locality"}
    locations = (
        dict(zip(map(id, (*file.plans, *file.activities)), file.locations, strict=True))
        if file.locations
        else {}
    )
    warnings: list[Problem] = []
    for record in (*file.plans, *file.activities):
        name, number = locations.get(id(record), ("", None))
        context = contexts.get((record["year"], record["entity"], record["process"]))
        if context and number is not None:
            warnings += [
                replace(p, row=number, hints=p.hints | {"file": name})
                for p in (*_localities(record, context, warned), *_baseline(record, context))
            ]
    return replace(file, problems=sort_and_limit([*file.problems, *warnings])) if warnings else file


def _localities(record: PlanRecord, context: PlanContext, warned: set[str]) -> Iterator[Problem]:
    """Each name once, where it stands first."""
    named = [
        ("localidad", record.get("locality")),
        *(("localidades", name) for name in (record["localities"] or "").split("|")),
    ]
    for column, name in named:
        if (
            name
            and name not in context.localities
            and name not in warned
            and (nearest := misspelt_locality(name, context.localities))
        ):
            warned.add(name)
            yield warning("locality_like_known", column=column, value=name, name=name, nearest=nearest)


def _baseline(record: PlanRecord, context: PlanContext) -> Iterator[Problem]:
    baseline = record.get("baseline")
    if (
        baseline is None
        or context.last_value is None
        or baseline == context.baseline
        or abs(baseline - context.last_value) < _CENT
    ):
        return
    hints = {
        "month": context.last_month,
        "year": record["year"] - 1,
        "last": short_text(context.last_value),
        "code": record["outcome_code"],
    }
    yield warning(
        "baseline_not_last",
        column="linea_base",
        value=short_text(baseline),
        baseline=short_text(baseline),
        **hints,
    )
