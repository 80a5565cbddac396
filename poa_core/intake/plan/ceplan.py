"""CEPLAN's sheet of a plan: a row per activity, the programme it began with, the one in force and what was
done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from poa_core.contract import (
    MONTHS,
    PLAN_COLUMNS,
    PLAN_OPTIONAL,
    PROGRESS_BESIDE,
    PROGRESS_OPTIONAL,
    Problem,
    Table,
)
from poa_core.intake.plan.ceplan_columns import ceplan_column, is_ceplan_header
from poa_core.intake.plan.known import NUMERIC
from poa_core.intake.plan.plan import Sheet, activities_of
from poa_core.intake.plan.row import Row, open_rows, resolve_codes
from poa_core.intake.values.headers import canonical
from poa_core.problems import error

KEY = ("anio", "entidad", "proceso")
_AMOUNTS = tuple(f"{kind}_{month}" for kind in ("cs", "re", "se") for month in range(1, 13))
_OTHERS = tuple(name for name in PLAN_COLUMNS + PLAN_OPTIONAL if name not in ("codigo", *MONTHS))


@dataclass(frozen=True)
class Ceplan:
    """The sheet's rows as they stand, its programmes (cs, re), and what is wrong with it as a whole.

    key holds year, entity and process where the sheet lacks them; activity_texts what the ledger's plan
    says of each code in the columns that the sheet lacks.
    """

    rows: list[Row]
    problems: list[Problem]
    programmes: frozenset[str]
    key: dict[str, str]
    activity_texts: dict[str, dict[str, str]]

    @property
    def carries_progress(self) -> bool:
        return any(row.text(name) for row in self.rows for name in _AMOUNTS if name.startswith("se_"))


def open_ceplan(table: Table, decimal: str | None, file: str, key: dict[str, str] | None,
                activity_texts: dict[str, dict[str, str]]) -> Ceplan:  # fmt: skip
    """The sheet opened; key and activity_texts as the ledger or a processes file tells them, key None where
    neither does.
    """
    renamed = [_name(header) for header in table.header]
    pairs = list(zip(renamed, table.header, strict=True))
    originals, first_originals = dict(pairs), dict(reversed(pairs))
    beside = PROGRESS_BESIDE + PROGRESS_OPTIONAL
    numeric = (*NUMERIC, *_AMOUNTS)
    rows, problems = open_rows(
        replace(table, header=tuple(renamed)),
        ("codigo",),
        (*_OTHERS, *_AMOUNTS),
        numeric,
        decimal,
        file,
        beside,
    )
    problems = [_in_own_words(problem, originals, first_originals) for problem in problems]
    resolve_codes(rows, [texts["codigo"] for texts in activity_texts.values()])
    headers = {name: originals[header] for name, header in rows[0].headers.items()} if rows else {}
    for row in rows:
        row.headers = headers
    if key is None:
        lacking = set(KEY) - set(map(canonical, table.header)) - {p.column for p in problems}
        problems += [
            error("missing_column", table.header_row, name, file=file) for name in KEY if name in lacking
        ]
    programmes = {column[0] for header in table.header if (column := ceplan_column(header))} - {"se"}
    return Ceplan(rows, problems, frozenset(programmes), key or {}, activity_texts)


def programme(sheet: Ceplan, kind: str) -> Sheet:
    """The activities with one of the sheet's programmes; a row that tells none in re is as it began."""
    rows = [_row(row, "cs" if kind == "re" and not _tells(row, "re") else kind, sheet) for row in sheet.rows]
    activities = activities_of(rows, list(sheet.problems))
    for row in rows:
        row.problems = [_undeclared(problem, row) for problem in row.problems]
    return activities


def _name(header: str) -> str:
    """re_3 for F(RE) 03; nothing for amounts of money and totals, which are left alone."""
    if column := ceplan_column(header):
        return f"{column[0]}_{column[1]}"
    return "" if is_ceplan_header(header) else header


def _in_own_words(
    problem: Problem, originals: Mapping[str, str], first_originals: Mapping[str, str]
) -> Problem:
    hints = {
        name: first_originals.get(hint, hint) if name == "first" else hint
        for name, hint in problem.hints.items()
    }
    column = None if problem.column is None else originals.get(problem.column, problem.column)
    return replace(problem, column=column, hints=hints)


def _tells(row: Row, kind: str) -> bool:
    return any(row.text(f"{kind}_{month}") for month in range(1, 13))


def _row(row: Row, kind: str, sheet: Ceplan) -> Row:
    """The row with the columns of a plan file: months from one programme, what the sheet lacks from the
    ledger's plan.
    """
    columns = {name: f"{kind}_{month}" for month, name in enumerate(MONTHS, 1)}
    texts = {name: text for name, text in row.texts.items() if name not in _AMOUNTS}
    texts |= {name: row.texts.get(column, "") for name, column in columns.items()}
    plan_texts = sheet.key | sheet.activity_texts.get((row.text("codigo") or "").casefold(), {})
    lacking = {name: text for name, text in plan_texts.items() if name not in row.headers}
    if "meses_provisionales" in lacking:
        still = [
            name for name in lacking["meses_provisionales"].split("|") if texts.get(name, "").strip("0.,")
        ]
        lacking["meses_provisionales"] = "|".join(still)
    headers = row.headers | {
        name: row.headers[column] for name, column in columns.items() if column in row.headers
    }
    stored = (
        row.stored
        | {name for name, column in columns.items() if column in row.stored}
        | NUMERIC & lacking.keys()
    )
    return Row(
        row.file, row.number, row.decimal, headers, texts | lacking, frozenset(stored), list(row.problems)
    )


def _undeclared(problem: Problem, row: Row) -> Problem:
    """An empty cell of a column that the sheet does not have is something nobody declared."""
    if problem.code != "missing_cell" or problem.column in row.headers.values():
        return problem
    return replace(problem, code="not_declared", hints=problem.hints | {"code": row.text("codigo") or "?"})
