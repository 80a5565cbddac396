"""Wide progress files, a row per activity and a column per month: which columns those are, and their
entries.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from poa_core.contract import PLAN_COLUMNS, PLAN_OPTIONAL, PROGRESS_BESIDE, PROGRESS_OPTIONAL, Problem, Table
from poa_core.intake.plan.ceplan_columns import ceplan_column, is_ceplan_header
from poa_core.intake.progress.entries import REMARKS, Entry, column, reading
from poa_core.intake.values.headers import canonical, locate
from poa_core.intake.values.months import NAMES, is_month_header, month_problem, read_month
from poa_core.names import nearest
from poa_core.problems import error

_MISSPELLED = 0.82
_OF_A_PLAN = {"agregacion", "sentido"}


def is_wide(table: Table) -> bool:
    """True for columns of months beside the code, and none for the month or its progress."""
    return not _is_long(table) and any(is_month_header(h) or _kind(h) == "se" for h in table.header)


def is_programme_only(table: Table) -> bool:
    """True for a file that tells what was programmed, and has no column for what was done."""
    kinds = set(map(_kind, table.header))
    names = set(map(canonical, table.header))
    return not _is_long(table) and "se" not in kinds and bool(names & _OF_A_PLAN or kinds & {"cs", "re"})


def _is_long(table: Table) -> bool:
    return bool({"mes", "avance"} & set(map(canonical, table.header)))


def _kind(header: str) -> str | None:
    kind_and_month = ceplan_column(header)
    return kind_and_month[0] if kind_and_month else None


def layout(
    table: Table, year: int, open_elsewhere: Mapping[int, tuple[int, ...]]
) -> tuple[dict[str, int], dict[int, int], list[Problem]]:
    """Where the known columns stand, where each month's does (1-12), and what is wrong with the headers.

    open_elsewhere: the months that have to be told with their year, each with the other years it is open in.
    """
    months, problems = _months(table, year, open_elsewhere)
    optional: tuple[str, ...] = PROGRESS_OPTIONAL
    beside: tuple[str, ...] = PROGRESS_BESIDE
    if any(_kind(header) in ("cs", "re") for header in table.header):
        # The plan and its progress in one sheet: what is noted there is noted of the plan.
        optional = tuple(name for name in optional if name != "observacion")
        beside += PLAN_COLUMNS + PLAN_OPTIONAL
    is_taken = [is_month_header(header) or is_ceplan_header(header) for header in table.header]
    rest = tuple("" if taken else header for taken, header in zip(is_taken, table.header, strict=True))
    columns, wrong = locate(replace(table, header=rest), ("codigo",), optional, beside)
    return columns, months, [*problems, *map(_misspelled, wrong)]


def _months(
    table: Table, year: int, open_elsewhere: Mapping[int, tuple[int, ...]]
) -> tuple[dict[int, int], list[Problem]]:
    months: dict[int, int] = {}
    problems: list[Problem] = []
    for index, header in enumerate(table.header):
        done = ceplan_column(header)
        text = header if is_month_header(header) else str(done[1]) if done and done[0] == "se" else None
        month, wrong = read_month(text, year, open_elsewhere) if text else (None, None)
        if text and wrong:
            problems.append(
                error(
                    wrong,
                    table.header_row,
                    header,
                    header,
                    **month_problem(text, year, open_elsewhere, wrong),
                )
            )
        elif month in months:
            problems.append(
                error("duplicate_column", table.header_row, header, first=table.header[months[month]])
            )
        elif month:
            months[month] = index
    return months, problems


def _misspelled(problem: Problem) -> Problem:
    """A column that would be left out and looks like a month is one misspelled: left out, its values would be
    lost.
    """
    month_name = (
        nearest(canonical(problem.column or ""), NAMES, _MISSPELLED)
        if problem.code == "ignored_column"
        else None
    )
    return (
        error("misspelled_column", problem.row, problem.column, nearest=month_name) if month_name else problem
    )


def entries(
    table: Table, columns: dict[str, int], months: dict[int, int]
) -> tuple[list[Entry], list[Problem]]:
    """One entry a filled month, at least one a row so that its code is checked, and remarks without their
    month.
    """
    filled: list[Entry] = []
    problems: list[Problem] = []
    texts = [column(table, columns, name) for name in ("codigo", "localidad", *REMARKS)]
    for (row, cells), code, locality, *remarks in zip(table.rows, *texts, strict=True):
        is_code_a_number = (row, columns["codigo"]) in table.numbers
        in_row = [
            Entry(
                row,
                code,
                str(month),
                locality,
                text,
                reading(text, (row, index) in table.numbers),
                "",
                "",
                "",
                table.header[index],
                is_code_a_number,
            )
            for month, index in months.items()
            if (text := cells[index].strip())
        ]
        reporting = [entry for entry in in_row if entry.says_something]
        if len(reporting) == 1:
            note, cause, measure = remarks
            in_row = [
                e._replace(note=note, cause=cause, measure=measure) if e.says_something else e for e in in_row
            ]
        else:
            problems += _of_no_month(table, columns, row, remarks, len(reporting))
        month, index = next(iter(months.items()))
        silent = Entry(
            row, code, str(month), locality, "", None, "", "", "", table.header[index], is_code_a_number
        )
        filled += in_row or [silent]
    return filled, problems


def _of_no_month(
    table: Table, columns: dict[str, int], row: int, remarks: list[str], count: int
) -> Iterator[Problem]:
    for name, text in zip(REMARKS, remarks, strict=True):
        if text:
            yield error("remark_of_which_month", row, table.header[columns[name]], text, count=count)
