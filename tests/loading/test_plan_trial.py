"""What a new version of a plan does to figures is said before it is accepted, at the cut-off that it leads
to; trying it stores nothing.
"""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import book
import pytest
from naive import Outcome
from vectors import every_month, row, told, vector

from poa_core.blocks.loading import plan as blocks
from poa_core.contract import PlanReading
from poa_core.figures import metrics
from poa_core.ledger import uploads as ledger_module
from poa_core.ledger.file import snapshots
from poa_core.loading import plan_trial
from poa_core.words.language import LANGUAGES, words

D = Decimal
NOW = datetime(2010, 4, 20, 15)
DONE, HALF = (row(code, programmed=every_month(10), target=120) for code in ("1", "2"))
PLAN = vector("", (DONE, HALF), ()).plan
WITH_OUTCOME = replace(PLAN, outcome=Outcome("R1", D(187000), D(137000), "lower"))
SILENT = row("4.7", "sum lower", programmed=every_month(20), target=240)
REPORTS = told("1", {1: 10, 2: 10, 3: 10}) + told("2", {1: 6, 2: 6, 3: 6})
ES = words("es")


def tried(ledger, new, plan=PLAN, reports=REPORTS) -> plan_trial.PlanTrial:
    book.accept_plan(book.emptied(ledger), plan)
    book.accept(
        ledger,
        plan,
        [book.value(n, r.code, r.month, r.reported, r.locality) for n, r in enumerate(reports, 2)],
        datetime(2010, 4, 5),
    )
    with ledger.cursor() as cursor:
        before = snapshots.signature(cursor)
    trial = plan_trial.foresee(ledger, PlanReading(book.plan_file(new)), NOW)
    with ledger.cursor() as cursor:
        assert snapshots.signature(cursor) == before
    return trial


def said(trial, speak=ES) -> str:
    markup = blocks.consequence(trial, PlanReading(trial.before), speak)
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def test_an_activity_that_joins_in_silence_takes_the_plan_down_and_is_named(ledger):
    trial = tried(ledger, replace(PLAN, activities=(DONE, HALF, SILENT)))
    assert [round(each.plan.iloc[0]["compliance"], 4) for each in (trial.was, trial.will)] == [0.8, 0.5333]
    assert trial.will.month == trial.was.month == trial.cutoff_before == 3
    text = said(trial)
    assert "80.0 % → 53.3 %" in text
    assert f"{ES('plan.joined_one')} 4.7 Actividad 4.7 — {ES('status.not_reported')}" in text
    assert ES("consequence.moves_many", count=0) not in text


def test_an_activity_that_leaves_is_named_with_what_no_longer_counts(ledger):
    text = said(tried(ledger, replace(PLAN, activities=(DONE,))))
    assert "80.0 % → 100.0 %" in text
    assert f"{ES('plan.gone_one')} 2 Actividad 2 60.0 % {ES('status.behind')}" in text


def test_an_activity_whose_programme_changes_is_told_before_and_after_with_its_status(ledger):
    lowered = replace(HALF, programmed=every_month(D("7.5")), target=D(90))
    trial = tried(ledger, replace(PLAN, activities=(DONE, lowered)))
    assert f"60.0 % → 80.0 % {ES('status.behind')} → {ES('status.at_risk')}" in said(trial)


def test_the_outcome_is_told_where_its_judgement_moves(ledger):
    reports = told("R1", {3: 180000})
    moved = replace(WITH_OUTCOME, outcome=Outcome("R1", D(187000), D(159000), "lower"))
    text = said(tried(ledger, moved, WITH_OUTCOME, reports))
    assert "56.0 % → 100.0 %" in text and f"{ES('status.behind')} → {ES('status.met')}" in text
    named = replace(WITH_OUTCOME, activities=(DONE, replace(HALF, responsible="Otra")))
    trial = tried(ledger, named, WITH_OUTCOME, reports)
    assert "56.0 %" not in said(trial) and ES("plan.same_figures") in said(trial)


def test_both_sides_stand_at_the_cut_off_the_new_version_leads_to(ledger):
    # Without the activity that was reported in March, January is the last month with a programmed value.
    trial = tried(ledger, replace(PLAN, activities=(HALF,)), reports=told("1", {3: 10}) + told("2", {1: 6}))
    assert (trial.cutoff_before, trial.was.month, trial.will.month) == (3, 1, 1)
    assert ES("consequence.cutoff", before="marzo", after="enero") in said(trial)


def test_what_is_foreseen_is_what_stands_once_it_is_accepted(ledger):
    new = replace(PLAN, activities=(DONE, HALF, SILENT))
    trial = tried(ledger, new)
    book.accept_plan(ledger, new, NOW)
    [now] = book.asked(
        ledger, lambda cursor, scope: metrics.rollup(cursor, scope, "plan"), book.scope(PLAN, 3, NOW)
    )
    assert now["compliance"] == pytest.approx(trial.will.plan.iloc[0]["compliance"])


@pytest.mark.parametrize("speak", map(words, LANGUAGES), ids=LANGUAGES)
def test_a_first_plan_one_that_is_refused_and_one_that_changes_nothing_have_no_figures_to_compare(
    ledger, speak
):
    book.emptied(ledger)
    first = plan_trial.foresee(ledger, PlanReading(book.plan_file(PLAN)), NOW)
    assert first.will is first.was is None and speak("plan.first") in blocks.consequence(
        first, PlanReading(book.plan_file(PLAN)), speak
    )
    assert tried(ledger, PLAN).will is None
    assert tried(ledger, replace(PLAN, activities=(DONE, replace(HALF, locality="Puno")))).will is None


def test_a_plan_undone_whole_is_accepted_anew_with_the_programme_it_began_with(ledger):
    lowered = replace(PLAN, activities=(DONE, replace(HALF, programmed=every_month(5), target=D(60))))
    versions = {"initial": book.plan_file(PLAN), "file": book.plan_file(lowered)}
    book.emptied(ledger)

    def both() -> list[int]:
        return ledger_module.accept_plan(
            ledger, versions["file"], b"x", "ceplan.csv", "ana", initial=versions["initial"]
        )

    for _ in range(2):
        ids = both()
        assert len(ids) == 2
        for upload in reversed(ids):
            ledger_module.withdraw(ledger, upload, "ana", "error")
