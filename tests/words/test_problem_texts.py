"""Every code of a problem has a sentence, with the same placeholders in both languages."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import poa_core
from poa_core.words.language import catalogue

CORE = Path(poa_core.__file__).parent
ES, EN = (
    {
        key.removeprefix("problem."): text
        for key, text in catalogue(language).items()
        if key.startswith("problem.")
    }
    for language in ("es", "en")
)
EMITTERS = {"error", "question", "warning", "notice", "fail", "warn", "note"}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def strings_and_emitted() -> tuple[set[str], set[str]]:
    """Every text constant in the core, and those that name the code of a new problem of a file."""
    strings, emitted = set(), set()
    for file in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            if isinstance(node, ast.Call) and _name(node) in EMITTERS:
                emitted |= {code.value for code in node.args[:1] if isinstance(code, ast.Constant)}
    return strings, emitted


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def test_both_languages_tell_the_same_codes():
    assert ES.keys() == EN.keys()


@pytest.mark.parametrize("code", ES)
def test_both_languages_take_the_same_placeholders(code):
    assert placeholders(ES[code]) == placeholders(EN[code])


@pytest.mark.parametrize("code", ES)
def test_a_sentence_says_what_is_wrong_and_then_what_to_do(code):
    for sentence in (ES[code], EN[code]):
        assert sentence.count(". ") + sentence.count("; ") + sentence.count(": ") >= 1
        assert sentence[0].isupper() or sentence[0] in "“{"


def test_every_code_that_is_emitted_has_a_sentence():
    _, emitted = strings_and_emitted()
    assert emitted and not emitted - ES.keys()


def test_every_sentence_has_a_code_that_is_emitted():
    strings, _ = strings_and_emitted()
    assert not ES.keys() - strings
