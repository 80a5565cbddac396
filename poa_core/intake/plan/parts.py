"""The files of a plan put together: each by its kind, and what was not handed over from the plan in force."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from poa_core.contract import PlanFile, PlanReading, Problem, Table
from poa_core.intake.plan.book import Half, halves
from poa_core.intake.plan.ceplan import Ceplan, open_ceplan, programme
from poa_core.intake.plan.kind import kind
from poa_core.intake.plan.known import activity_texts, key_texts, known_activities, known_processes
from poa_core.intake.plan.plan import Sheet, activity_sheet, combine, process_sheet
from poa_core.intake.plan.rules import FoldedKey, plan_key
from poa_core.intake.read import read
from poa_core.problems import error, has_errors, sort_and_limit

_NOTHING = PlanFile((), (), (), ())


@dataclass(frozen=True)
class Part:
    """One file: kind is processes, plan or ceplan where it is one of a plan's."""

    name: str
    kind: str | None
    table: Table | None
    problems: list[Problem]

    @property
    def required_table(self) -> Table:
        """The table, of parts that all have one: files of which one has none are never put together."""
        assert self.table is not None
        return self.table


def parts(files: Sequence[tuple[str, bytes]]) -> list[Part]:
    """The files (name, bytes); a workbook alone may hold both halves, whose parts are named after their
    sheets.
    """
    both = halves(files[0][1]) if len(files) == 1 else []
    if both:
        return [_sheet(files[0][0], half) for half in both]
    return [part(name, content) for name, content in files]


def _sheet(book: str, half: Half) -> Part:
    """One sheet of a workbook; what is told of the workbook's other sheets is not told of this one."""
    name = f"{book} › {half.sheet}"
    problems = [
        problem
        for p in half.problems
        for problem in _with_file_name(book if p.code == "hidden_sheets" else name, [p])
    ]
    return Part(name, half.kind, half.table, problems)


def part(name: str, content: bytes) -> Part:
    """A file from its bytes, every problem with its name in hints["file"]."""
    table, raw_problems = read(content, name)
    problems = _with_file_name(name, raw_problems)
    # The reader's own words for a file without headers speak of progress.
    problems = [error("not_a_plan_file", file=name) if p.code == "no_header" else p for p in problems]
    return Part(name, kind(table.header) if table else None, table, problems)


def _with_file_name(name: str, problems: Iterable[Problem]) -> list[Problem]:
    return [replace(p, hints=p.hints | {"file": name}) for p in problems]


def misfits(parts: list[Part], is_current: bool) -> list[Problem]:
    """Files that are none of a plan's, that are one twice, or that leave a half which no plan in force
    has.
    """
    if not parts:
        return [error("no_plan_file")]
    problems: list[Problem] = []
    part_by_half: dict[str, Part] = {}
    for file in (file for file in parts if file.table):
        half = "plan" if file.kind == "ceplan" else file.kind
        if half in ("plan", "processes") and part_by_half.setdefault(half, file) is not file:
            problems.append(error("same_plan_file", file=file.name, first=part_by_half[half].name))
        elif half == "progress":
            problems.append(error("progress_for_plan", file=file.name))
        elif half is None:
            problems.append(error("not_a_plan_file", file=file.name))
    if problems or is_current or not all(file.table for file in parts):
        return problems
    if "processes" not in part_by_half:
        return [error("processes_missing", file=part_by_half["plan"].name)]
    return (
        [] if "plan" in part_by_half else [error("activities_missing", file=part_by_half["processes"].name)]
    )


def combine_parts(parts: Mapping[str, Part], current: PlanFile | None, decimal: str | None) -> PlanReading:
    """What the parts (by kind) say, problems and all; current is there where a half of the plan is not."""
    heads, rows, sheet = (parts.get(name) for name in ("processes", "plan", "ceplan"))
    if sheet:
        return _ceplan(sheet, heads, current, decimal)
    if not rows:
        assert heads is not None and current is not None  # misfits: no half of the plan is missing
        return PlanReading(_heads_alone(process_sheet(heads.required_table, decimal, heads.name), current))
    codes = [record["code"] for record in current.activities] if current else []
    activities = activity_sheet(rows.required_table, decimal, rows.name, codes)
    return PlanReading(combine(_heads(heads, current, _plans(activities), decimal), activities))


def failed_reading(problems: list[Problem]) -> PlanReading:
    """Nothing but the problems."""
    return PlanReading(replace(_NOTHING, problems=sort_and_limit(problems)))


def _plans(sheet: Sheet) -> set[FoldedKey]:
    return {plan_key(read.record) for read in sheet.reads}


def _heads(
    heads: Part | None, current: PlanFile | None, plans: Collection[FoldedKey], decimal: str | None
) -> Sheet:
    """The heads that were handed over, else those of these plans in force."""
    if heads:
        return process_sheet(heads.required_table, decimal, heads.name)
    assert current is not None  # misfits: no half of the plan is missing
    return known_processes(current, plans)


def _heads_alone(heads: Sheet, current: PlanFile) -> PlanFile:
    activities = known_activities(current, _plans(heads))
    plans = _plans(activities)
    for head in heads.reads:
        if head.row.is_sound and plan_key(head.record) not in plans:
            head.row.fail("plan_without_activities", "proceso")
    return combine(heads, activities)


def _ceplan(sheet: Part, heads: Part | None, current: PlanFile | None, decimal: str | None) -> PlanReading:
    def read_heads() -> Sheet:
        return _heads(heads, current, plans, decimal)

    plans = {plan_key(record) for record in current.plans} if current else set()
    rows = open_ceplan(
        sheet.required_table, decimal, sheet.name, key_texts(read_heads()), activity_texts(current)
    )
    plans = _plans(programme(rows, "re"))
    now = combine(read_heads(), programme(rows, "re" if "re" in rows.programmes else "cs"))
    if rows.programmes != {"cs", "re"}:
        return PlanReading(now, None, rows.carries_progress)
    return _both(now, combine(read_heads(), programme(rows, "cs")), rows)


def _both(now: PlanFile, initial: PlanFile, rows: Ceplan) -> PlanReading:
    """Both programmes, refused where either is; the initial one's warnings are for a year that is past
    mending.
    """
    reported = {(p.code, p.row, p.column) for p in now.problems}
    more = [
        p for p in initial.problems if p.severity == "error" and (p.code, p.row, p.column) not in reported
    ]
    if has_errors([*now.problems, *more]):
        return failed_reading([*now.problems, *more])
    return PlanReading(now, replace(initial, problems=()), rows.carries_progress)
