"""Who is asked too often says yes without reading: of honest values at most one in a hundred is asked
about.
"""

from collections import Counter
from pathlib import Path

import pytest
from bad_files import PLAN
from corpus import GOOD_BOOKS
from good_files import GOOD_FILES
from honest import AWKWARD, asked_in_vain, years_of_chance

import poa_core
from poa_core import moment as clock
from poa_core.intake.check import progress_file
from poa_core.ledger import uploads
from poa_core.ledger.file import database
from poa_core.loading import seed
from poa_core.loading.files import read_plan, read_progress

DATA = Path(poa_core.__file__).parent.parent / "data"
MOST = 0.01


@pytest.mark.parametrize("year", AWKWARD, ids=lambda year: year.name)
@pytest.mark.parametrize("together", [False, True], ids=["month by month", "in one file"])
def test_an_honest_year_that_looks_odd_is_asked_nothing(year, together):
    assert asked_in_vain((year,), together)[0] == Counter()


def test_beside_each_other_they_are_asked_nothing_either():
    assert asked_in_vain(AWKWARD)[0] == asked_in_vain(AWKWARD, together=True)[0] == Counter()


@pytest.mark.parametrize("together", [False, True], ids=["month by month", "in one file"])
def test_of_years_of_chance_at_most_one_value_in_a_hundred_is_asked_about(together):
    found, told = asked_in_vain(years_of_chance(2010, 1500), together)
    assert told > 15_000 and found.total() <= MOST * told, found


def test_the_good_files_and_the_illustrative_year_are_asked_nothing():
    assert not [p for file in GOOD_FILES for p in progress_file(file.content, file.file_name, PLAN).questions]
    assert not [
        p
        for case in GOOD_BOOKS
        for p in progress_file(case.content, case.file_name, case.plan, case.decimal).questions
    ]
    opened = database.in_memory()
    plan, content = read_plan(DATA / "processes.csv", DATA / "plan.csv")
    key = tuple(plan.plans[0][name] for name in ("year", "entity", "process"))
    uploads.accept_plan(
        opened, plan, content, "plan.zip", seed.SOURCE, seed.year_start(key[0]), snapshot=False
    )
    for path in [*sorted((DATA / "progress").glob("*.csv")), DATA / "try" / "2010-10.csv"]:
        file = read_progress(opened, path.read_bytes(), path.name, key, clock.now())
        assert not file.questions, path.name
        submission = uploads.Submission(
            *key, path.name, path.read_bytes(), "Gerencia", file.values, True, "corrige"
        )
        uploads.accept(opened, submission, seed.illustration_time(file, key[0]), snapshot=False)
    opened.close()
