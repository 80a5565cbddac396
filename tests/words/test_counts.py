"""One is told as one: a count beside a plural has its own sentence for the singular."""

import re

import pytest

from poa_core.words.language import LANGUAGES, catalogue

BESIDE_A_PLURAL = re.compile(
    r"\{(count|rows|problems|due|found|months|missing|zeros)\} (?!más\b)[a-záéíóúñ]+s\b"
)
# Several are what these sentences are about; the outlook is told from three tests on.
SEVERAL = {"problem.several_plans", "cli.many_plans", "problem.zeros_as_targets",
           "outlook.no_change", "outlook.drift", "outlook.plan_shaped"}  # fmt: skip
OF_MORE = re.compile(r" (de|of) (the |los )?\{")  # "1 de 12 meses" counts the twelve


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_beside_a_plural_has_a_sentence_for_one(language):
    told = catalogue(language)
    plural = {
        key for key, text in told.items() if BESIDE_A_PLURAL.search(text) and not OF_MORE.search(text)
    } - SEVERAL
    assert plural
    assert not {
        key for key in plural if not key.endswith("_many") or key.removesuffix("_many") + "_one" not in told
    }
