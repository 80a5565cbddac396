"""A difference of nothing is said to be none, and one of two percentages is said in points."""

import re
from datetime import date
from decimal import Decimal

import book
import illustrated
import pandas as pd
import pytest
from illustrated import asking
from vectors import every_month, row, told, vector, with_outcome

from poa_core.blocks import since as since_block
from poa_core.blocks.bar import bar, compliance_range
from poa_core.blocks.loading import upload
from poa_core.charts import LIGHT
from poa_core.charts import outcome as outcome_charts
from poa_core.contract import Value
from poa_core.exports.report import parts
from poa_core.figures import metrics
from poa_core.ledger.uploads import Submission
from poa_core.loading import effect
from poa_core.panels import since
from poa_core.words import explain, pace
from poa_core.words import outcome as sentences
from poa_core.words.language import LANGUAGES, words

ES, EN = words("es"), words("en")
SPEAKERS = pytest.mark.parametrize("speak", (ES, EN), ids=LANGUAGES)
YEAR = (2010, "EPS Puno", "Gerencia Comercial")


def plain(text: str) -> str:
    return " ".join(
        re.sub(r"<[^>]*>", " ", text).replace("\u00a0", " ").replace("**", "").replace("~~", "").split()
    )


def figures(opened, reports: dict, month: int, **outcome) -> pd.Series:
    plan = with_outcome(**outcome)
    book.fill(opened, plan, told("R1", reports))
    with opened.cursor() as cursor:
        return metrics.outcome(cursor, book.scope(plan, month)).iloc[0]


def said(row: pd.Series, month: int, speak=ES) -> str:
    return plain(" ".join(sentences.outcome(row, month, speak)))


# Percentages.


@pytest.mark.parametrize(
    "before, now, points",
    (
        ("74.0 %", "76.3 %", "+2.3 puntos"),
        ("76.3%", "74.0%", "−2.3 puntos"),
        ("76.3 %", "76.3 %", "sin cambio"),
        ("9.0 %", "10.0 %", "+1.0 punto"),
        ("-0.5 %", "0.5 %", "+1.0 punto"),
        ("1,048.0 %", "48.0 %", "−1,000.0 puntos"),
        ("—", "76.3 %", ""),
        ("76.3 %", "—", ""),
    ),
)
def test_two_percentages_differ_by_points_as_they_are_printed(before, now, points):
    assert ES.points(before, now) == points


def test_points_are_called_points_in_english_and_nothing_no_change():
    assert (EN.points("74.0%", "76.3%"), EN.points("76.3%", "76.3%")) == ("+2.3 points", "no change")


def test_a_fall_too_small_to_print_is_no_change():
    assert ES.points(ES.percent(0.76342), ES.percent(0.76338)) == "sin cambio"


def test_amounts_differ_by_an_amount_and_percentages_by_points():
    assert (
        plain(ES.difference(4093.4, "S/")) == "S/ 4,093"
        and plain(ES.difference(3, "Convenios")) == "3 convenios"
    )
    assert (
        ES.difference(2.3, "Promedio mensual %") == "2.3 puntos"
        and ES.difference(1, "%") == "1 punto"
        and EN.difference(1, "%") == "1 point"
    )


def test_an_indicator_in_per_cent_lacks_points(ledger):
    plan = vector("", (row("1.1", "mean lower", every_month(30), 30, unit="Promedio mensual %"),), ()).plan
    book.fill(ledger, plan, told("1.1", {1: 33}))
    (seen,) = book.asked(ledger, metrics.activities, book.scope(plan, 1))
    assert (
        plain(bar(seen, ES)["gap"]) == "3.0 puntos sobre 30 %"
        and plain(bar(seen, EN)["gap"]) == "3.0 points above 30%"
    )


def test_an_outcome_in_per_cent_moves_and_lacks_points(ledger):
    row = figures(ledger, {1: 29, 3: 28, 5: 27}, 5, baseline=30, target=20)
    row["unit"] = "%"
    assert said(row, 5).startswith(
        "Cerró mayo en 27 %: 1.17 puntos sobre lo programado. Baja 0.6 puntos al mes; llegar a 20 % "
        "exige 1 punto al mes"
    )


# The outcome.


@SPEAKERS
def test_a_balance_that_stands_where_it_began_does_not_fall_by_zero(ledger, speak):
    told = said(figures(ledger, {1: 187000, 2: 187000, 3: "186999.5"}, 3), 3, speak)
    assert (
        ("Sigue sin cambio; llegar a" in told)
        if speak is ES
        else ("It stands without change; reaching" in told)
    )
    assert not re.search(r"S/ -?0\b", told)


@SPEAKERS
def test_where_no_month_improved_none_is_called_the_best(ledger, speak):
    told = said(figures(ledger, {1: 188000, 2: 189000, 3: 190000}, 3), 3, speak)
    assert ("ningún mes ha mejorado" in told) if speak is ES else ("no month has improved" in told)
    assert not re.search("mejor mes|best month|-", told)


def test_a_gap_of_less_than_is_printed_is_just_what_was_programmed(ledger):
    assert "justo lo programado" in said(figures(ledger, {6: "162000.4"}, 6), 6)
    assert "S/ 1 sobre lo programado" in said(figures(ledger, {6: "162000.6"}, 6), 6)


def test_what_misses_the_target_by_less_than_a_sol_is_said_to_the_cent(ledger):
    assert "a S/ 0.01 de la meta" in said(figures(ledger, {12: "137000.01"}, 12), 12)


def test_the_pace_that_is_needed_and_the_best_month_never_read_the_same_where_they_differ(ledger):
    row = figures(ledger, {1: 186000, 3: 179000, 5: 172000}, 5)
    row["best_month"] = row["required_pace"] - 0.2
    assert "exige S/ 5,000.00 al mes, más que su mejor mes (marzo, S/ 4,999.80)" in said(row, 5)


def test_a_band_too_narrow_to_print_is_not_drawn_beside_the_forecast():
    path, outcome, ahead = (
        illustrated.ask(illustrated.year(), question, 9)
        for question in (metrics.outcome_path, metrics.outcome, metrics.forecast)
    )
    ahead["low"], ahead["high"] = ahead["expected"] - 0.1, ahead["expected"] + 0.1
    drawn = outcome_charts.outcome(path, outcome.iloc[0], ahead, ES, LIGHT)
    assert not any("±" in text for trace in drawn["data"] for text in trace["text"])


# Work that is added up.


@SPEAKERS
def test_where_every_month_was_zero_none_is_called_the_best(ledger, speak):
    plan = vector("", (row("1", programmed=every_month(10), target=120),), ()).plan
    book.fill(ledger, plan, told("1", {1: 0, 2: 0, 3: 0}))
    scope = book.scope(plan, 3)
    with ledger.cursor() as cursor:
        activity, cells = metrics.activities(cursor, scope).iloc[0], metrics.cells(cursor, scope)
    told_of = plain(pace.sentence(activity, cells, 3, speak))
    assert (
        ("ningún mes pasó de cero" in told_of) if speak is ES else ("no month has been above zero" in told_of)
    )


def test_an_interval_whose_ends_read_the_same_is_none():
    assert compliance_range(0.93301, 0.93304, "at_risk", ES) == {"whisker": None, "interval": ""}


# What a file would change, and what changed since a day.


def consequence(opened, *values: Value) -> str:
    with opened.cursor() as cursor:
        known = effect.knowledge(cursor, YEAR, book.LATER)
    assert known.activities
    foreseen = effect.foresee(opened, Submission(*YEAR, "a.csv", b"x", "ana", values, True))
    return plain(upload.consequence(foreseen, ES))


def test_a_file_says_by_how_many_points_it_moves_the_plan_and_an_activity():
    shown = consequence(illustrated.year(), Value(2, "5.3", 9, "EPS", Decimal(25)))
    (before, after, points) = re.search(
        r"Cumplimiento del plan a setiembre ([\d.]+) % → ([\d.]+) % \+([\d.]+) puntos", shown
    ).groups()
    assert round(float(after) - float(before), 1) == float(points) > 0
    assert re.search(r"5\.3 .* 58\.0 % → \d+\.\d %.*\+\d+\.\d puntos", shown)


def test_a_file_that_leaves_the_plan_where_it_was_says_without_change():
    shown = consequence(illustrated.year(), Value(2, "5.3", 6, "EPS", Decimal("19.001")))
    assert re.search(r"Cumplimiento del plan a setiembre [\d.]+ % sin cambio", shown)
    assert "valor 58 conexiones, sin cambio" in shown and "→" not in shown


def test_a_month_with_the_balance_of_the_month_before_is_without_change():
    balance = illustrated.ask(illustrated.year(), metrics.outcome, 9).iloc[0]["reported"]
    assert re.search(
        r"set S/ 159,393.71 → octubre S/ 159,393.71, sin cambio",
        consequence(illustrated.year(), Value(2, "R1", 10, "EPS", Decimal(str(balance)))),
    )


def test_what_changed_says_points_and_what_stayed_says_so():
    markup = since.changes(
        asking(illustrated.year()), illustrated.scope(illustrated.year(), 9), ES, date(2010, 9, 11)
    )
    shown, copied = plain(markup), re.search(r'data-copy="([^"]*)"', markup)[1].replace("\u00a0", " ")
    assert (
        "92.9 % → 79.6 % −13.3 puntos" in shown
        and "Cumplimiento del plan: 92.9 % → 79.6 % (−13.3 puntos)" in copied
    )
    assert "Cumplida 100.0 % → Atrasada 33.3 % (−66.7 puntos)" in copied
    assert re.search(r"4\.3 .*? 100\.0 % sin cambio", shown)


def test_a_balance_that_was_told_again_is_without_change_on_screen_in_the_message_and_in_the_report(ledger):
    plan = with_outcome()
    book.fill(ledger, plan, told("R1", {5: 170000, 6: 170000}))
    with ledger.cursor() as cursor:
        row = metrics.outcome(cursor, book.scope(plan, 6)).iloc[0]
    moved = {
        "outcome": "Cartera",
        "unit": "S/",
        "new_reports": 1,
        "corrections": 0,
        "month_before": 5,
        "month_now": 6,
        "reported_before": row["reported"],
        "reported_now": row["reported"],
        "verdict_before": "needs_record",
        "verdict_now": "needs_record",
    }
    assert parts._outcome_moved(moved, ES)["change"] == "sin cambio"
    assert since_block._outcome(pd.DataFrame([moved]), ES)["change"] == "sin cambio"
    assert (
        plain(since_block._line("Cartera", "S/ 170,000 (may)", "S/ 170,000 (jun)", "sin cambio", ES))
        == "Cartera: S/ 170,000 (may) → S/ 170,000 (jun) (sin cambio)"
    )
    assert (
        plain(since_block._line("Plan", "92.9 %", "92.9 %", "sin cambio", ES)) == "Plan: 92.9 %, sin cambio"
    )


def test_a_target_and_a_total_that_differ_never_read_the_same(ledger):
    plan = vector("", (row("1", programmed={1: "100.001"}, target=100),), ()).plan
    book.fill(ledger, plan, told("1", {1: 100}))
    scope = book.scope(plan, 1)
    with ledger.cursor() as cursor:
        notes = explain.notes(metrics.activities(cursor, scope).iloc[0], metrics.cells(cursor, scope), 1, ES)
    assert notes == ["Los meses programados suman 100.001 y la meta anual dice 100; se conservan ambas."]
