"""A second utility, by locality, with weights and a year of its own: every figure is the naive one, whatever
asks for it.
"""

import json
from datetime import datetime

import book
import naive
import naive_explain
import pytest
import second_utility
from comparing import differences, is_same, wrong_figures, wrong_roll_ups
from comparing_changes import wrong
from second_utility import FOUR

from poa_core.cli.main import main
from poa_core.config import LedgerPaths
from poa_core.figures import contributions, metrics
from poa_core.intake.progress import typed
from poa_core.ledger.file import database

NOW = datetime.max.replace(year=2100)  # of a year long over
PLAN, REPORTS = second_utility.plan(), second_utility.reports()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The ledger's file, loaded as people load it: two plan files, twenty progress files, one month typed."""
    folder = tmp_path_factory.mktemp("altiplano")
    files, file = second_utility.write(folder), folder / "poa.duckdb"
    written = folder / "octubre.csv"
    rows = [
        {"code": r.code, "locality": r.locality, "value": str(r.reported), "cause": "", "measure": ""}
        for r in second_utility.typed()
    ]
    written.write_bytes(typed.progress_csv(rows, second_utility.YEAR, 10))
    heads, activities = files["plan"]
    told = [
        "--processes",
        str(heads),
        "--plan",
        str(activities),
        "--progress",
        *map(str, [*files["progress"], written]),
    ]
    assert main(["load", *told, "--yes", "--database", str(file)]) == 0
    return file


@pytest.fixture(scope="module")
def opened(loaded):
    ledger = database.open_for_reading(LedgerPaths(loaded))
    yield ledger
    ledger.close()


@pytest.mark.parametrize(
    ("c", "place"), [*((c, None) for c in range(13)), *((10, place) for place in ("EPS", *FOUR)), (7, "Puno")]
)
def test_every_figure_at_every_cut_off_seen_from_every_locality_is_the_naive_one(opened, c, place):
    assert not wrong_figures(opened, PLAN, REPORTS, c, place, NOW)
    assert not wrong_roll_ups(opened, PLAN, REPORTS, c, place, NOW)


@pytest.mark.parametrize("c", (1, 6, 7, 10, 12))
def test_what_explains_its_figures_is_the_naive_explanation(opened, c):
    scope = book.scope(PLAN, c, NOW)
    with opened.cursor() as cursor:
        points, moved = (
            book.rows_of(question(cursor, scope))
            for question in (contributions.points, contributions.movement)
        )
        changed = book.rows_of(contributions.changes(cursor, scope, c - 1, scope.known_at))
    new, old = (naive_explain.members(PLAN, REPORTS, month) for month in (c, c - 1))
    assert not wrong({r["code"]: r["points"] for r in points}, naive_explain.points(new))
    assert not wrong({r["code"]: r["change"] for r in changed}, naive_explain.changes(old, old, new))
    assert {(r["month"], r["locality"]) for r in moved} == naive_explain.movement(PLAN, REPORTS, c).keys()


@pytest.fixture
def answered(loaded, capsys):
    def ask(*command):
        assert (
            main(
                [*command, "--year", str(second_utility.YEAR), "--format", "json", "--database", str(loaded)]
            )
            == 0
        )
        return json.loads(capsys.readouterr().out)

    return ask


def test_the_command_line_says_the_naive_figures_and_names_who_is_lacking(answered):
    rows = answered("compliance", "--month", "10")
    expected = [
        row
        | {
            "localities_missing": (row["localities_missing"] or "").split("|")
            if row["localities_missing"]
            else []
        }
        for row in naive.activities_to_date(PLAN, REPORTS, 10)
    ]
    listed = {row["code"]: (row.pop("localities_missing"), row["months_partial"]) for row in rows}
    assert listed == {row["code"]: (row.pop("localities_missing"), row["months_partial"]) for row in expected}
    assert listed["2.1"] == (["Azángaro"], 1) and listed["1.5"] == (["Juli"], 2)
    kept = [{name: row[name] for name in rows[0]} for row in expected]
    assert not [x for x in differences(rows, kept, "code") if not is_near(*x[-2:])]
    [plan] = answered("rollup", "--by", "plan", "--month", "10")
    assert is_near(plan["compliance"], naive.rollup(PLAN, REPORTS, 10, "plan")[0]["compliance"])
    assert is_near(
        answered("outcome", "--month", "10")["compliance"], naive.outcome(PLAN, REPORTS, 10)["compliance"]
    )


def is_near(actual, expected) -> bool:
    """The command line prints nine decimals."""
    return is_same(actual, expected) or (
        actual is not None and expected is not None and abs(actual - float(expected)) < 1e-8
    )


def test_november_and_december_are_overdue_and_figures_stand_at_october(opened):
    whole = book.scope(PLAN, 0, NOW)
    with opened.cursor() as cursor:
        assert (metrics.default_cutoff(cursor, whole), metrics.due_month(cursor, whole)) == (10, 12)
        late = metrics.overdue(cursor, whole.at(12), 10).iloc[0]
    lacking = [
        cell
        for cell in naive.cells(PLAN, REPORTS, 12)
        if cell["due_month"] in (11, 12) and cell["state"] in ("missing", "partial")
    ]
    assert (late["first_month"], late["last_month"], late["cells"]) == (11, 12, len(lacking))
    assert late["divisions"] == len(
        {a.responsible for a in PLAN.activities for cell in lacking if a.code == cell["code"]}
    )


def test_reporting_is_counted_once_however_it_is_asked_for(opened):
    whole = book.scope(PLAN, 0, NOW)
    with opened.cursor() as cursor:
        due = metrics.due_month(cursor, whole)
        months = metrics.months(cursor, whole)
        divisions = metrics.reporting(cursor, whole.at(due))
        by_month = metrics.reporting_by_month(cursor, whole.at(due))
    of_activities = by_month[by_month["position"] > 0]
    for name, asked in (("cells", "due"), ("cells_reported", "reported"), ("cells_partial", "partial")):
        told = [
            months[name].sum(),
            divisions[{"cells": "cells_due"}.get(name, name)].sum(),
            of_activities[asked].sum(),
        ]
        assert len(set(map(int, told))) == 1, (name, told)
    cells = naive.cells(PLAN, REPORTS, 12)
    assert months["cells_reported"].sum() == sum(
        cell["due_month"] is not None and cell["state"] not in ("missing", "partial") for cell in cells
    )
