"""A new plan beside what the ledger knows: localities of the same entity, the value that the year before
ended with.
"""

from datetime import datetime
from decimal import Decimal

import pytest

from poa_core.contract import MONTHS, Value
from poa_core.intake.check import plan_file, plan_files
from poa_core.ledger import uploads
from poa_core.ledger.file import database
from poa_core.loading import plan_trial
from poa_core.words.language import LANGUAGES, words
from poa_core.words.problems import sentence

HEADS = (
    "anio,entidad,proceso,objetivo_general,lider,codigo_resultado,resultado,unidad,linea_base,meta,regla,"
    "sentido,localidades\n"
)
HEAD = (
    "{year},{entity},{process},Equilibrio,,{code},Cartera morosa,{unit},{baseline},100000,ultimo,menor,"
    "{places}\n"
)
ROWS = (
    f"anio,entidad,proceso,codigo,objetivo,actividad,localidad,indicador,unidad,agregacion,sentido,meta,"
    f"{','.join(MONTHS)},responsable,"
    "participantes,observaciones,localidades\n"
)
ROW = (
    f"{{year}},{{entity}},{{process}},5.3,Detección,Visitas,{{own}},Visitas,Visitas,suma,mayor,300,"
    f"{'25,' * 12}Gerencia,,,{{listed}}\n"
)
SAID = {
    "year": 2010,
    "entity": "EPS Puno",
    "process": "Comercial",
    "code": "R1",
    "unit": "S/",
    "baseline": "187000",
    "own": "EPS",
    "places": "",
    "listed": "",
}
PLANNED, REPORTED = datetime(2010, 1, 2), datetime(2010, 12, 20)


def files(**said) -> tuple[bytes, bytes]:
    return (HEADS + HEAD.format(**SAID | said)).encode(), (ROWS + ROW.format(**SAID | said)).encode()


def accepted(opened, at: datetime = PLANNED, **said) -> None:
    heads, rows = files(**said)
    uploads.accept_plan(
        opened, plan_file(heads, rows), heads + rows, "plan.zip", "ana", at, "así se aprobó", snapshot=False
    )


@pytest.fixture
def opened():
    """2010's plan of one process, with Ilave in a list and Azángaro in the outcome's."""
    held = database.in_memory()
    accepted(held, listed="Ilave|Puno", places="Azángaro|Puno")
    yield held
    held.close()


def reported(opened, *values: tuple[int, str], locality: str = "EPS") -> None:
    told = [Value(n, "R1", month, locality, Decimal(amount)) for n, (month, amount) in enumerate(values, 2)]
    uploads.accept(
        opened,
        uploads.Submission(2010, "EPS Puno", "Comercial", "a.csv", repr(told).encode(), "ana", told),
        REPORTED,
        snapshot=False,
    )


def warned(opened, **said) -> list[tuple]:
    file = plan_trial.with_ledger_warnings(opened, plan_file(*files(**said)))
    assert not file.is_refused
    for problem in file.problems:
        assert problem.severity == "warning" and all(
            sentence(problem, words(language)) for language in LANGUAGES
        )
    return [
        (p.code, p.hints["file"], p.row, p.column, p.hints.get("nearest") or p.hints.get("last"))
        for p in file.problems
    ]


NEW = {"year": 2011}


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Ilabe", "Ilave"),
        ("AZANGARO", "Azángaro"),
        ("Ilave", None),
        ("Lampa", None),
        ("Toda la empresa", None),
    ],
)
def test_a_locality_that_is_likely_one_of_the_plans_of_the_entity_is_told(opened, name, nearest):
    found = [("locality_like_known", "plan.csv", 2, "localidad", nearest)] if nearest else []
    assert warned(opened, year=2011, own=name) == found
    assert (
        warned(opened, year=2010, process="Operaciones", own=name) == found
    )  # of another process of the entity
    assert warned(opened, own=name) == found  # of the plan in force
    assert warned(opened, year=2011, entity="EPS Juliaca", own=name) == []  # of nobody's


def test_of_two_known_localities_a_letter_apart_neither_is_told(opened):
    accepted(opened, process="Operaciones", own="Ilava")
    assert warned(opened, year=2011, own="Ilava") == warned(opened, year=2011, own="Ilave") == []


def test_a_locality_in_a_list_of_either_file_is_told_once(opened):
    assert warned(opened, year=2011, listed="Puno|Ilabe", places="Ilabe|Asángaro") == [
        ("locality_like_known", "processes.csv", 2, "localidades", "Ilave"),
        ("locality_like_known", "processes.csv", 2, "localidades", "Azángaro"),
    ]


def test_a_locality_of_a_version_that_was_replaced_is_known_no_more(opened):
    accepted(opened, datetime(2010, 3, 1), listed="Puno", places="Puno")
    assert warned(opened, year=2011, own="Ilabe") == []


@pytest.mark.parametrize(
    ("baseline", "last"), [("187000", "144250.6"), ("144250.61", "144250.6"), ("144250.60", None)]
)
def test_a_baseline_that_is_not_the_last_value_of_the_year_before_is_told(opened, baseline, last):
    accepted(opened, datetime(2010, 3, 1), listed="Ilave|Puno")
    reported(opened, (10, "150000"), (12, "144250.60"))
    assert warned(opened, year=2011, baseline=baseline) == (
        [("baseline_not_last", "processes.csv", 2, "linea_base", last)] if last else []
    )


def test_the_last_value_need_not_be_december_s_and_its_month_is_named(opened):
    accepted(opened, datetime(2010, 3, 1), listed="Ilave|Puno")
    reported(opened, (9, "159394"))
    [problem] = plan_trial.with_ledger_warnings(opened, plan_file(*files(year=2011))).problems
    assert "setiembre de 2010" in sentence(problem, words("es")) and "159,394" in sentence(
        problem, words("es")
    )


def test_without_a_value_or_of_another_outcome_or_process_nothing_is_said_of_the_baseline(opened):
    assert warned(opened, year=2011) == []
    accepted(opened, datetime(2010, 3, 1), listed="Ilave|Puno")
    reported(opened, (12, "144250.6"))
    for other in (
        {"code": "R2"},
        {"unit": "Usuarios"},
        {"process": "Operaciones"},
        {"entity": "EPS Juliaca"},
        {"year": 2012},
        {"year": 2010},
    ):
        assert warned(opened, **{"year": 2011} | other) == []


def test_a_baseline_that_stands_already_was_told_when_it_was_loaded(opened):
    accepted(opened, datetime(2010, 3, 1), listed="Ilave|Puno")
    reported(opened, (12, "144250.6"))
    accepted(opened, datetime(2010, 12, 28), year=2011)
    assert warned(opened, year=2011) == []
    assert [found[0] for found in warned(opened, year=2011, baseline="187001")] == ["baseline_not_last"]


def test_what_is_not_handed_in_is_not_told_again(opened):
    accepted(opened, datetime(2010, 2, 1), year=2011, own="Ilabe")
    current = plan_trial.in_force(opened, (2011, "EPS Puno", "Comercial"))
    heads, _ = files(year=2011)
    file = plan_files([("processes.csv", heads)], current).current
    assert [row for _, row in file.locations] == [2, None]
    accepted(opened, datetime(2010, 3, 1), year=2010, listed="Ilave|Puno")
    told = plan_trial.with_ledger_warnings(opened, file).problems
    assert not [p for p in told if p.code == "locality_like_known"]
