"""Column headers: which row holds them, which column each one names."""

from functools import lru_cache

from poa_core import contract
from poa_core.contract import Problem, Table
from poa_core.intake.plan.ceplan_columns import ceplan_column
from poa_core.intake.values.months import NAMES, is_month_header
from poa_core.names import fold, nearest
from poa_core.problems import error, notice

KNOWN = frozenset(
    contract.PROCESS_COLUMNS + contract.PROCESS_OPTIONAL + contract.PLAN_COLUMNS
    + contract.PLAN_OPTIONAL + contract.PROGRESS_COLUMNS + contract.PROGRESS_OPTIONAL
)  # fmt: skip
_OTHER_NUMBER = {"observaciones": "observacion", "observacion": "observaciones"}
_MISSPELLED = 0.82


@lru_cache(4096)
def canonical(header: str) -> str:
    """The Spanish column name a header stands for; its folded text where it stands for none."""
    name = fold(header)
    name = contract.ENGLISH.get(name, name)
    return contract.MONTHS[NAMES[name] - 1] if name in NAMES else name


def likeness(cells: list[str]) -> tuple[bool, int]:
    """How much a row looks like a header: has a code column, and how many names it holds.

    (False, 0) for fewer than two names or nothing but months, which a row of data may hold too.
    """
    names = {canonical(cell) for cell in cells} & KNOWN
    months = names & set(contract.MONTHS) | {
        cell for cell in cells if is_month_header(cell) or ceplan_column(cell)
    }
    columns = names - set(contract.MONTHS)
    count = len(columns) + len(months)
    return ("codigo" in names, count) if columns and count > 1 else (False, 0)


def locate(
    table: Table, required: tuple[str, ...], optional: tuple[str, ...], beside: tuple[str, ...] = ()
) -> tuple[dict[str, int], list[Problem]]:
    """Where each known column stands, and what is wrong with the headers; those beside are known and left."""
    names = required + optional
    columns: dict[str, int] = {}
    others: list[str] = []
    problems: list[Problem] = []
    for index, header in enumerate(table.header):
        name = _among(canonical(header), names)
        if name is None:
            others += [] if _among(canonical(header), beside) else [header]
        elif name in columns:
            first = table.header[columns[name]]
            problems.append(error("duplicate_column", table.header_row, header, first=first))
        else:
            columns[name] = index
    absent = set(names) - set(columns)
    for header in filter(None, others):
        problems.append(_unplaced(header, table.header_row, absent))
    likely_names = {p.hints.get("nearest") for p in problems}
    missing = [name for name in required if name in absent - likely_names]
    return columns, problems + [error("missing_column", table.header_row, name) for name in missing]


def _among(name: str, names: tuple[str, ...]) -> str | None:
    if name in names:
        return name
    return _OTHER_NUMBER[name] if _OTHER_NUMBER.get(name) in names else None


def _unplaced(header: str, row: int, absent: set[str]) -> Problem:
    # A misspelled `localidad`, left out, would turn local values into whole-utility ones.
    likely_name = nearest(canonical(header), absent, _MISSPELLED)
    if likely_name:
        return error("misspelled_column", row, header, nearest=likely_name)
    return notice("ignored_column", row, header)
