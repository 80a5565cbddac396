"""Names of utilities and processes that the ledger knows in another spelling: asked about before a plan takes
them for new ones.
"""

from dataclasses import replace
from datetime import datetime

import duckdb

from poa_core.contract import PlanFile, PlanRecord, Problem
from poa_core.names import differ_only_in_spelling
from poa_core.problems import question

ASKED = (
    ("entity", "entidad", "similar_entity"),
    ("process", "proceso", "similar_process"),
)  # column of the ledger, of the file, question


def add_questions(cursor: duckdb.DuckDBPyConnection, file: PlanFile) -> PlanFile:
    """The file with what is to be asked of the names of its plans among its problems."""
    new_questions = [problem for plan in file.plans for problem in questions(cursor, plan)]
    return replace(file, problems=(*new_questions, *file.problems))


def to_confirm(file: PlanFile) -> tuple[Problem, ...]:
    """What a person must say yes to before the plan can be accepted."""
    return tuple(problem for problem in file.problems if problem.severity == "question")


def questions(cursor: duckdb.DuckDBPyConnection, plan: PlanRecord) -> tuple[Problem, ...]:
    """A question per name of the plan that no plan of the ledger has, archived or not, and one has but for
    its spelling.
    """
    rows = cursor.execute(
        "SELECT entity, process FROM known_plan(?, ?)", [datetime.max, datetime.max]
    ).fetchall()
    ledger_names = (
        dict(zip(("entity", "process"), map(sorted, map(set, zip(*rows, strict=True))), strict=True))
        if rows
        else {}
    )
    new_questions = []
    for name, column, code in ASKED:
        mine, others = plan[name], ledger_names.get(name, [])
        other = (
            None
            if mine in others
            else next((other for other in others if differ_only_in_spelling(mine, other)), None)
        )
        if other:
            new_questions.append(question(code, column=column, value=mine, other=other))
    return tuple(new_questions)
