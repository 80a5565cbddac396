"""Every kind of bad file is refused with its own problems, each told in both languages."""

import tomllib
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from bad_files import BAD_FILES, PLAN

import poa_core
from poa_core.intake.check import progress_file

TEXTS = Path(poa_core.__file__).parent / "words" / "texts"
LANGUAGES = ("es", "en")
SENTENCES = {
    language: tomllib.loads((TEXTS / f"problems.{language}.toml").read_text("utf-8"))["problem"]
    for language in LANGUAGES
}


@cache
def checked(file):
    return progress_file(file.content, file.file_name, PLAN, file.decimal)


def test_the_kinds_are_many_and_distinct():
    assert len({file.name for file in BAD_FILES}) == len(BAD_FILES) >= 60
    assert len({file.content for file in BAD_FILES}) == len(BAD_FILES)


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.name)
def test_a_bad_file_gives_exactly_its_problems(file):
    found = [(p.code, p.row, p.column, p.value) for p in checked(file).problems]
    # Problems of one row stand in the order in which they were met; between rows by row.
    assert sorted(found, key=str) == sorted(file.expected, key=str)


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.name)
def test_a_bad_file_is_refused(file):
    assert checked(file).is_refused


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.name)
def test_each_problem_has_a_sentence_in_both_languages(file):
    for problem, language in product(checked(file).problems, LANGUAGES):
        sentence = SENTENCES[language][problem.code].format(
            row=problem.row, column=problem.column, value=problem.value, **problem.hints
        )
        # A hint that was not filled in would show as None.
        assert "None" not in sentence
        assert sentence.endswith(".")


def test_problems_of_the_file_come_first_and_the_others_by_row():
    for file in BAD_FILES:
        rows = [p.row or 0 for p in checked(file).problems if p.code != "too_many_problems"]
        assert rows == sorted(rows), file.name


def test_a_problem_of_the_whole_file_names_it():
    [problem] = progress_file(b"", "../informes/avance\u202e de marzo.csv", PLAN).problems
    assert problem.hints["file"] == "avance de marzo.csv"


def test_beyond_the_limit_the_count_is_told():
    [*shown, last] = checked(BAD_FILES[-1]).problems
    # 600 unknown codes, the one mark for not reported that gives way to them.
    assert last.hints == {"shown": len(shown), "count": 601}
