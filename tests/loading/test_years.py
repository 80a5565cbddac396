"""A month belongs to one year: written without it where two plans have it open, it is refused; not begun, it
is asked about.
"""

from datetime import datetime

import pytest

from poa_core import moment as clock
from poa_core.contract import MONTHS
from poa_core.intake.check import plan_file
from poa_core.ledger import months as closing
from poa_core.ledger import uploads
from poa_core.ledger.file import database
from poa_core.loading import knowledge
from poa_core.loading.files import read_progress
from poa_core.loading.knowledge import months_begun
from poa_core.words.language import LANGUAGES, words
from poa_core.words.problems import sentence

ENTITY, PROCESS = "EPS Puno", "Comercial"
HEADS = (
    "anio,entidad,proceso,objetivo_general,lider,codigo_resultado,resultado,unidad,linea_base,meta,"
    "regla,sentido,dia_de_reporte\n"
    "{year},EPS Puno,{process},Equilibrio,,R1,Cartera morosa,S/,187000,137000,ultimo,menor,10\n"
)
ROWS = (
    f"anio,entidad,proceso,codigo,objetivo,actividad,localidad,indicador,unidad,agregacion,sentido,meta,"
    f"{','.join(MONTHS)},responsable,"
    f"participantes,observaciones\n{{year}},EPS Puno,{{process}},5.3,Detección,Visitas,EPS,Visitas,"
    f"Visitas,suma,mayor,300,{'25,' * 12}Gerencia,,\n"
)


def lima(*moment: int) -> datetime:
    """A moment on Lima's clock, as the ledger keeps it."""
    return clock.from_lima(datetime(*moment))


@pytest.fixture(scope="module")
def ledger_of_two_years():
    """2026's plan and 2027's, both accepted before 2027 began."""
    opened = database.in_memory()
    for year, process in ((2026, PROCESS), (2027, PROCESS), (2025, "Operaciones")):
        texts = [text.format(year=year, process=process).encode() for text in (HEADS, ROWS)]
        uploads.accept_plan(
            opened, plan_file(*texts), b"".join(texts), "plan.zip", "ana", lima(2026, 1, 2), snapshot=False
        )
    yield opened
    opened.close()


def told(opened, text: str, at: datetime, year: int = 2027, apart: bool = False):
    return read_progress(opened, text.encode(), "avance.csv", (year, ENTITY, PROCESS), at, apart=apart)


def problems(*given, **more) -> list[tuple]:
    return [(p.severity, p.code, p.row, p.column) for p in told(*given, **more).problems]


FIFTH = lima(2027, 1, 5, 9)
REFUSED = [("error", "month_without_year", 2, "mes")]


@pytest.mark.parametrize("month", ["dic", "12", "diciembre", "December", "DIC."])
def test_december_without_a_year_is_refused_while_december_of_the_year_before_is_open(
    ledger_of_two_years, month
):
    assert problems(ledger_of_two_years, f"codigo,mes,avance\n5.3,{month},25\n", FIFTH) == REFUSED
    [problem] = told(ledger_of_two_years, f"codigo,mes,avance\n5.3,{month},25\n", FIFTH).problems
    for language in LANGUAGES:
        said = sentence(problem, words(language))
        assert "2026" in said and "2027" in said and words(language).month(12) in said


def test_a_child_that_reads_the_file_refuses_it_too(ledger_of_two_years):
    assert problems(ledger_of_two_years, "codigo,mes,avance\n5.3,dic,25\n", FIFTH, apart=True) == REFUSED


@pytest.mark.parametrize("header", ["dic", "F(SE) 12"])
def test_a_column_of_december_without_a_year_is_refused_once(ledger_of_two_years, header):
    text = f"codigo,{header}\n5.3,25\nR1,150000\n"
    assert problems(ledger_of_two_years, text, FIFTH) == [("error", "month_without_year", 1, header)]
    assert [
        p[1]
        for p in problems(
            ledger_of_two_years, f"anio,{text.replace('5.3', '2027,5.3').replace('R1', ',R1')}", FIFTH
        )
    ] == ["month_not_begun"]


def test_january_without_a_year_is_refused_in_the_plan_of_the_year_before(ledger_of_two_years):
    assert problems(ledger_of_two_years, "codigo,mes,avance\n5.3,ene,25\n", FIFTH, year=2026) == REFUSED


@pytest.mark.parametrize("month", ["2026-12", "dic-26", "01/12/2026", "diciembre de 2026"])
def test_a_month_with_its_year_is_read_as_it_is_written(ledger_of_two_years, month):
    assert problems(ledger_of_two_years, f"codigo,mes,avance\n5.3,{month},25\n", FIFTH, year=2026) == []
    assert [p[1] for p in problems(ledger_of_two_years, f"codigo,mes,avance\n5.3,{month},25\n", FIFTH)] == [
        "wrong_year"
    ]


def test_a_file_that_names_its_year_need_not_repeat_it_in_the_month(ledger_of_two_years):
    assert (
        problems(
            ledger_of_two_years, "anio,codigo,mes,avance\n2026,5.3,dic,25\n,R1,dic,150000\n", FIFTH, year=2026
        )
        == []
    )
    assert problems(ledger_of_two_years, "anio,codigo,mes,avance\n,5.3,ene,25\n", FIFTH, year=2026)[0][
        :2
    ] == ("error", "month_without_year")


def test_where_the_other_year_s_month_has_not_begun_or_is_past_its_day_nothing_is_refused(
    ledger_of_two_years,
):
    assert (
        problems(ledger_of_two_years, "codigo,mes,avance\n5.3,dic,25\n", FIFTH, year=2026) == []
    )  # December 2027 has not begun
    for at, is_refused in (
        (lima(2027, 1, 10, 23, 59), True),
        (lima(2027, 1, 11), False),
    ):  # the tenth, that day included
        found = [p[1] for p in problems(ledger_of_two_years, "codigo,mes,avance\n5.3,dic,25\n", at)]
        assert found == (["month_without_year"] if is_refused else ["month_not_begun"])
    for at, is_refused in (
        (lima(2026, 12, 31, 23, 59), False),
        (lima(2027, 1, 1), True),
    ):  # January has begun in Lima, or not
        assert (
            bool(problems(ledger_of_two_years, "codigo,mes,avance\n5.3,ene,25\n", at, year=2026))
            == is_refused
        )


def test_another_process_and_a_month_closed_early_are_in_nobody_s_way(ledger_of_two_years):
    closing.close_month(ledger_of_two_years, (2026, ENTITY, PROCESS), 12, "ana", None, lima(2027, 1, 6))
    with ledger_of_two_years.cursor() as cursor:
        elsewhere = [
            knowledge.knowledge_without_programme(cursor, (2027, ENTITY, PROCESS), at).open_elsewhere
            for at in (FIFTH, lima(2027, 1, 7))
        ]
        assert elsewhere == [{12: (2026,)}, {}]
        assert knowledge.knowledge_without_programme(
            cursor, (2026, ENTITY, "Operaciones"), lima(2026, 1, 5)
        ).open_elsewhere == {12: (2025,)}
        assert (
            knowledge.knowledge_without_programme(
                cursor, (2026, ENTITY, PROCESS), lima(2026, 1, 5)
            ).open_elsewhere
            == {}
        )


@pytest.mark.parametrize(
    ("at", "months"),
    [
        (lima(2026, 12, 31, 23, 59), 0),
        (lima(2027, 1, 1), 1),
        (lima(2027, 9, 30, 23, 59), 9),
        (lima(2027, 10, 1), 10),
        (lima(2028, 1, 1), 12),
    ],
)
def test_a_month_begins_at_midnight_in_lima(at, months):
    assert months_begun(2027, at) == months


@pytest.mark.parametrize("quote", ["", '"'])  # by columns, and with care
def test_values_of_a_month_that_has_not_begun_are_asked_about_once_a_month(ledger_of_two_years, quote):
    text = (
        f"codigo,mes,avance\n5.3,2027-03,25\nR1,{quote}2027-04{quote},150000\n5.3,2027-04,26\n5.3,2027-05,"
        f"24\n"
    )
    assert problems(ledger_of_two_years, text, lima(2027, 3, 31, 23, 59)) == [
        ("question", "month_not_begun", 3, "mes"), ("question", "month_not_begun", 5, "mes"),
    ]  # fmt: skip
    assert problems(ledger_of_two_years, text, lima(2027, 5, 1)) == []


def test_a_remark_on_a_month_to_come_is_not_asked_about(ledger_of_two_years):
    text = "codigo,mes,avance,causa\n5.3,2027-04,,Se espera la licitación\n"
    assert problems(ledger_of_two_years, text, lima(2027, 3, 15)) == []
