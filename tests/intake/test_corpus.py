"""Every file of the corpus ends as its sentence says, and no row of any file is lost on the way."""

from functools import cache

import pytest
from bad_files import PLAN
from corpus import CORPUS, NEW, is_accounted, told

from poa_core.intake.check import progress_file
from poa_core.intake.read import read
from poa_core.words.language import LANGUAGES, words


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
    assert is_accounted(checked(case), *read(case.content, case.file_name))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", NEW, ids=by_sentence)
def test_each_problem_is_told_in_both_languages(case, language):
    speak = words(language)
    for problem in checked(case).problems:
        sentence = speak(
            f"problem.{problem.code}",
            row=problem.row,
            column=problem.column,
            value=problem.value,
            **problem.hints,
        )
        assert "None" not in sentence and "{" not in sentence


def test_a_hostile_name_is_shown_plain():
    for name in ("../../etc/passwd", "a\x00b.xlsx", "\u202exslx.exe", "a" * 300):
        [problem] = progress_file(b"PK\x03\x04xl/", name, PLAN).problems
        assert (
            problem.hints["file"].isprintable()
            and len(problem.hints["file"]) <= 80
            and "/" not in problem.hints["file"]
        )
