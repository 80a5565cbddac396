"""What a progress file says of itself: for which plan it is, and whether it is illustrative."""

from poa_core.contract import PlanKnowledge, Problem, Table
from poa_core.intake.progress.entries import column
from poa_core.intake.values.headers import canonical
from poa_core.names import fold
from poa_core.problems import error

ILLUSTRATIVE = ("ilustrativo", "ilustrativa", "illustrative")


def is_illustrative(table: Table, columns: dict[str, int]) -> bool:
    """True where the first row says so; origin_problems makes sure that the others agree."""
    return any(fold(text) in ILLUSTRATIVE for text in column(table, columns, "origen")[:1])


def origin_problems(table: Table, columns: dict[str, int]) -> list[Problem]:
    """Words that are no origin, and the first row that says otherwise than the one at the top."""
    if "origen" not in columns:
        return []
    header = table.header[columns["origen"]]
    texts = column(table, columns, "origen")
    rows = [row for row, _ in table.rows]
    unknown = [
        error("unknown_origin", row, header, text)
        for row, text in zip(rows, texts, strict=True)
        if text and fold(text) not in ILLUSTRATIVE
    ]
    mixed = (
        error("mixed_origin", row, header, text or None, first_row=rows[0])
        for row, text in zip(rows, texts, strict=True)
        if bool(text) != bool(texts[0])
    )
    return unknown or [problem for problem in (next(mixed, None),) if problem]


def names_its_year(table: Table, year: int) -> bool:
    """Whether a column of the year says in any row that the file is of this one; other_plan_problems refuses
    any other.
    """
    indices = [index for index, header in enumerate(table.header) if canonical(header) == "anio"]
    return any(cells[index].strip() == str(year) for index in indices for _, cells in table.rows)


def other_plan_problems(table: Table, columns: dict[str, int], knowledge: PlanKnowledge) -> list[Problem]:
    """Rows whose year, entity or process is given and is not this plan's."""
    expected = {
        "anio": str(knowledge.year), "entidad": knowledge.entity, "proceso": knowledge.process
    }  # fmt: skip
    return [
        error("other_plan", row, table.header[columns[name]], text, expected=value)
        for name, value in expected.items()
        if name in columns
        for (row, _), text in zip(table.rows, column(table, columns, name), strict=True)
        if text and text != value and fold(text) != fold(value)
    ]
