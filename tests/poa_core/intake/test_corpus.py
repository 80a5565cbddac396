"""Every file of the corpus ends as its sentence says, and no row of any file is lost on the way."""

from functools import cache

import pytest
from corpus import CORPUS, NEW, told

from poa_core.intake.check import progress_file
from poa_core.intake.read import read

LEFT_OUT = {"totals_row", "repeated_header"}


@cache
def checked(case):
    return progress_file(case.content, case.file_name, case.plan, case.decimal)


def by_sentence(case) -> str:
    return case.outcome


def test_the_corpus_is_large_and_says_each_outcome_once():
    assert len(NEW) >= 110
    assert sum(case.content.startswith(b"PK") for case in NEW) >= 45
    assert len({case.outcome for case in CORPUS}) == len(CORPUS)
    assert all(case.outcome.endswith(".") for case in CORPUS)


@pytest.mark.parametrize("case", NEW, ids=by_sentence)
def test_a_file_says_exactly_its_values(case):
    said = [] if checked(case).is_refused else [told(value) for value in checked(case).values]
    assert said == list(case.says)


@pytest.mark.parametrize("case", NEW, ids=by_sentence)
def test_a_file_has_exactly_its_problems(case):
    found = [(p.code, p.row, p.column) for p in checked(case).problems]
    assert sorted(found, key=str) == sorted(case.problems, key=str)
    assert checked(case).is_refused == (not case.says)


@pytest.mark.parametrize("case", CORPUS, ids=by_sentence)
def test_rows_in_are_rows_stored_or_refused(case):
    file = checked(case)
    table, problems = read(case.content, case.file_name)
    wrong = [p for p in (*file.problems, *problems) if p.severity == "error"]
    if table is None or any(p.row in (None, table.header_row) for p in wrong) or len(wrong) >= 499:
        assert file.is_refused
        return
    in_file = {row for row, _ in table.rows} | {p.row for p in problems if p.code in LEFT_OUT or p.severity == "error"}
    said, refused = {value.row for value in file.values}, {p.row for p in wrong}
    left_out = {p.row for p in problems if p.code in LEFT_OUT}
    assert said | refused | left_out <= in_file
    assert file.needs_decimal or len(in_file - said - refused - left_out) == file.empty_rows
