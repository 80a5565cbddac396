"""A month typed on the screen: what is wrong with it is told where it was typed."""

from decimal import Decimal

import pytest

from poa_core.contract import PlanKnowledge, PlannedActivity
from poa_core.intake.check import progress_file
from poa_core.intake.progress.typed import locate_problems, progress_csv
from poa_core.words.language import LANGUAGES, words
from poa_core.words.problems import sentence

PLAN = PlanKnowledge(
    2010,
    "EPS Puno",
    "Comercial",
    {
        "5.3": PlannedActivity(
            "5.3", "Detección", "Conexiones", "sum", "higher", "EPS", "", False, {3: Decimal(25)}
        ),
        "1.1": PlannedActivity("1.1", "Morosidad", "%", "mean", "lower", "EPS", ""),
    },
    frozenset({"EPS", "Puno"}),
)


def said(*rows: dict, language: str = "es") -> list[str]:
    """The sentences of what is typed for March."""
    content = progress_csv(rows, 2010, 3)
    return [
        sentence(problem, words(language))
        for problem in locate_problems(progress_file(content, "escrito.csv", PLAN).problems, content, PLAN)
    ]


def row(code: str, locality: str = "EPS", **told: str) -> dict:
    return {"code": code, "locality": locality, **told}


def test_a_problem_names_the_activity_and_the_field():
    [told] = said(row("1.1", cause="lluvias"), row("5.3", value="veinte"))
    assert told.startswith("5.3 Detección · Avance: “veinte” no es un número.")


def test_a_locality_of_its_own_is_named_too():
    [told] = said(row("5.3", "Puno", value="x"))
    assert told.startswith("5.3 Detección (Puno) · Avance:")


def test_another_row_is_named_by_its_activity():
    [told] = said(row("1.1", value="29.5"), row("5.3", value="20,5"))
    assert "(1.1 Morosidad)" in told and told.startswith("5.3 Detección · Avance:")


def test_a_question_is_placed_like_any_problem():
    [told] = said(row("1.1", value="30"), row("5.3", value="250"))
    assert told.startswith("5.3 Detección · Avance: Entre “250” y lo programado")


def test_what_is_wrong_with_the_whole_is_of_the_month_typed():
    assert said(row("1.1", value="n/a"))[0].startswith(
        "Todo el mes escrito: Lo escrito no informa ningún avance."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "rows",
    [
        [row("1.1", value="29.5"), row("5.3", value="20,5")],
        [row("5.3", value="1.525")],
        [row("1.1", value="n/a")],
        [row("5.3", value="20"), row("5.3", "Puno", value="20")],
        [row("5.3", value="2e3")],
        [row("5.3", value="#REF!")],
        [row("5.3", value="-3")],
        [row("1.1", value="300")],
        [row("5.3", value="x")],
    ],
)
def test_no_problem_of_a_typed_month_speaks_of_rows_columns_files_or_excel(rows, language):
    told = said(*rows, language=language)
    assert told
    for text in told:
        assert not any(
            word in text.lower().split()
            for word in ("fila", "columna", "archivo", "celda", "row", "column", "file", "cell")
        ), text
