"""However a file is written, the same facts give the same typed values."""

import pytest
from bad_files import PLAN
from good_files import GOOD_FILES, VALUES

from poa_core.intake.check import progress_file


def test_the_kinds_are_many_and_distinct():
    assert len({file.name for file in GOOD_FILES}) == len(GOOD_FILES) >= 30
    assert len({(file.content, file.file_name) for file in GOOD_FILES}) == len(GOOD_FILES)


@pytest.mark.parametrize("file", GOOD_FILES, ids=lambda file: file.name)
def test_a_good_file_says_the_same_values(file):
    checked = progress_file(file.content, file.file_name, PLAN)
    assert [p.code for p in checked.problems] == list(file.notices)
    assert not checked.is_refused
    said = [(v.code, v.month, v.locality, v.reported, v.note) for v in checked.values]
    assert said == list(VALUES)
