"""Every code that can reach a person has its words in both languages, said of one and of many, and no code
among them.
"""

import re
from functools import cache

import pytest
from bad_files import BAD_FILES, PLAN
from handed_over import HEADS, read, rows_file
from plan_files import row as plan_row
from texts import CORE, PROBLEM_MAKERS, TEXTS, codes_given_to, placeholders

from poa_core.blocks import overview, problem_list
from poa_core.blocks.loading import upload
from poa_core.contract import AGGREGATIONS, COMBINATIONS, DIRECTIONS, Problem
from poa_core.intake.check import progress_file
from poa_core.ledger import invariants
from poa_core.ledger.changes import FATES
from poa_core.ledger.file import database
from poa_core.ledger.submission import Refused
from poa_core.words import plan_field, problems
from poa_core.words.language import LANGUAGES, words
from poa_core.words.refusals import sentence_hints

SPEAKERS = pytest.mark.parametrize("speak", [words(language) for language in LANGUAGES], ids=LANGUAGES)
MANY = 3
# Hints that count something; the others are filled with a name that is no word of either language.
COUNTS = {
    "count",
    "rows",
    "total",
    "due",
    "reported",
    "missing",
    "on_time",
    "late",
    "silent",
    "unexplained",
    "shown",
    "found",
    "expected",
    "zeros",
    "months",
    "size",
    "moved",
    "reports",
    "corrections",
    "objectives",
    "divisions",
    "row",
    "first_row",
    "position",
    "reporting",
    "gap",
}
NAME = "Ñuñoa"
# Ordinary words of English that are none of Spanish, and the codes' own words.
ENGLISH = set(
    """the of and is are was were not with without this that it its which from into than more less what
    when where who has have had been file row rows column month months value values upload uploads
    sheet cell sum mean last milestone higher lower better reported missing behind met due early
    target upcoming unknown reached missed secured needs record pace corrected withdrawn taken back
    closed reopened remark kind field before after reason locality weight baseline programmed
    threshold day yes one two only ledger rule plan_changed point comma""".split()
)
OTHERWISE_SAID = re.compile(
    r"--[a-z]+(?: \w+)?(?: o \w+)?|python -m poa_core \w+|data/\w+|\S+\.(?:csv|xlsx|py)|terminación "
    r"aside|Guardar como PDF|--decimal point o --decimal comma"
)
FILE_HEADERS = re.compile(
    r"\b(?:objetivo_general|codigo_resultado|linea_base|umbral_\w+|dia_de_reporte|meses_provisionales|poa_core)\b"
)
SINGULAR = set(
    (
        "mes is was has does goes takes holds says looks needs belongs comes becomes leaves administers "
        "repeats reports es más"
    ).split()
)


def filled(key: str, speak, count: int) -> str:
    """The sentence of a key, everything that it counts being so many."""
    return speak(key, **{name: count if name in COUNTS else NAME for name in placeholders(TEXTS["es"][key])})


def is_of(key: str, count: int) -> bool:
    """Whether a key is said of so many: of one or of many alone where it says so."""
    return not key.endswith("_many" if count == 1 else "_one") or key.split(".")[0] == "status_one"


def faults_of(text: str, language: str) -> list[str]:
    """What no person should be shown: a hint left open, a code, a word of the other language, one of a
    plural.
    """
    plain = FILE_HEADERS.sub("", OTHERWISE_SAID.sub("", re.sub(r"<[^>]*>|\*\*|~~", "", text)))
    found = re.findall(r"\{\w*\}?|\b[a-z]+_[a-z_]+\b", plain)
    if language == "es":
        found += [word for word in re.findall(r"[^\W\d_]+", plain.lower()) if word in ENGLISH]
    return found + [
        f"1 {word}"
        for word in re.findall(r"(?<![\d.,%])\b1[ \u00a0]([^\W\d_]+s)\b", plain)
        if word.lower() not in SINGULAR
    ]


@cache
def in_sql(pattern: str, file: str) -> frozenset[str]:
    return frozenset(re.findall(pattern, next(CORE.rglob(file)).read_text("utf-8")))


@cache
def keys_of_codes() -> dict[str, set[str]]:
    """The keys that the codes of each family must have."""
    refused = codes_given_to({"Refused"}) | codes_given_to({"_refused"})
    found = codes_given_to(PROBLEM_MAKERS) | codes_given_to({"Problem"}, position=1)
    rules = {*AGGREGATIONS.values(), *DIRECTIONS.values(), *COMBINATIONS.values()}
    judged = in_sql(r"(?:THEN|ELSE) '(\w+)'", "metrics.sql") - rules
    kinds = (in_sql(r"(?:THEN|ELSE) '(\w+)'", "audit.sql") - fields_of_a_plan()) | in_sql(
        r"(?:accepted_at|withdrawn_at), '(\w+)'", "audit.sql"
    )
    fields = in_sql(r"'field': '(\w+)'", "audit.sql") | {"programmed"}
    fields |= in_sql(r"(?:THEN|ELSE) '(\w+)'", "audit.sql") & fields_of_a_plan()
    statuses = set(overview.STATUSES)
    return {
        "problem": {f"problem.{code}" for code in found},
        "refusal": {f"{part}.{code}" for code in refused for part in ("refusal", "refusal_title")},
        "invariant": {f"invariant.{name}" for name, _ in invariants.invariants()},
        "audit kind": {f"audit.kind_{kind}" for kind in kinds},
        "audit field": {f"audit.field_{field}" for field in fields},
        "plan field": {f"plan.field_{field}" for field in fields_of_a_plan()},
        "field value": {f"rule.{code}" for code in rules},
        "status": {
            part + status
            for status in statuses
            for part in ("status.", "status_one.", "status_many.", "why.band_")
        },
        "roll-up's status": {f"status_whole.{status}" for status in statuses - {"early", "no_target"}},
        "judged": {
            next(
                (key for part in ("status", "state", "verdict") if (key := f"{part}.{code}") in TEXTS["es"]),
                f"status.{code}",
            )
            for code in judged
        },
        "verdict": {f"sentence.{code}" for code in judged if f"verdict.{code}" in TEXTS["es"]},
        "rule": {f"why.{rule}_{way}" for rule in AGGREGATIONS.values() for way in DIRECTIONS.values()}
        - {"why.milestone_lower"},
        "fate": {f"effect.{fate}_{form}" for fate in FATES for form in ("row", "one", "many")},
        "severity": {
            f"upload.{severity}_{form}" for severity in problem_list.SEVERITIES for form in ("one", "many")
        },
        "method": {
            f"outlook.{method}" for method in in_sql(r"SELECT \d(?: AS place)?, '(\w+)'", "outlook.sql")
        },
    }


@cache
def fields_of_a_plan() -> set[str]:
    """The columns of a plan's head and of its activities that a new version may change."""
    opened = database.in_memory()
    with opened.cursor() as cursor:
        rows = cursor.execute(
            "SELECT DISTINCT column_name FROM information_schema.columns WHERE table_name IN ('plan', "
            "'activity', 'local_rule')"
        ).fetchall()
    opened.close()
    return {name for (name,) in rows} - {"upload_id", "year", "entity", "process", "position", "code"}


@pytest.mark.parametrize("family", keys_of_codes())
def test_every_code_has_its_words(family):
    keys = keys_of_codes()[family]
    assert len(keys) > 2
    assert not [(language, key) for language in LANGUAGES for key in sorted(keys - TEXTS[language].keys())]


@SPEAKERS
@pytest.mark.parametrize("count", (1, MANY))
def test_no_sentence_shows_a_code_an_open_hint_the_other_language_or_one_of_a_plural(speak, count):
    wrong = {
        key: found
        for key in TEXTS["es"]
        if is_of(key, count) and (found := faults_of(filled(key, speak, count), speak.language))
    }
    assert not wrong


@SPEAKERS
@pytest.mark.parametrize("count", (1, MANY))
def test_every_problem_is_told_in_words_where_it_stands_and_how_to_mend_it(speak, count):
    for severity in problem_list.SEVERITIES:
        for key in sorted(keys_of_codes()["problem"]):
            names = placeholders(TEXTS["es"][key]) - {"row", "value", "column"}
            hints = {name: count if name in COUNTS | {"month"} else NAME for name in names}
            if key.removeprefix("problem.") in problems.OF_MONTHS:
                hints["months"] = [1] * count
            told = problems.sentence(
                Problem(severity, key.removeprefix("problem."), 2, "avance", NAME, hints), speak
            )
            assert not faults_of(told, speak.language), told


@SPEAKERS
@pytest.mark.parametrize("count", (1, MANY))
def test_every_refusal_is_told_in_words(speak, count):
    for key in sorted(keys_of_codes()["refusal"]):
        part, code = key.split(".")
        names = placeholders(TEXTS["es"][key])
        hints = {
            name: {
                "months": [1] * count,
                "rows": [2] * count,
                "files": [NAME] * count,
                "places": [NAME] * count,
                "month": 1,
                "moment": None,
                "invariant": "withdrawn_twice",
            }.get(name, count)
            for name in names
        }
        refusal = Refused(code, **hints)
        told = (
            speak(key, **sentence_hints(refusal, speak))
            if part == "refusal_title"
            else upload.refusal(code, sentence_hints(refusal, speak), speak)
        )
        assert not faults_of(told, speak.language), told


@SPEAKERS
def test_every_value_of_a_plan_s_field_is_told_in_words(speak):
    values = {
        "aggregation": AGGREGATIONS.values(),
        "direction": DIRECTIONS.values(),
        "combination": COMBINATIONS.values(),
        "localities": ("Puno|Juli",),
        "weight": (1.0,),
        "target": (1, None),
    }
    for field in fields_of_a_plan():
        for value in values.get(
            field, ("0.95",) if field in (*plan_field.SHARES, *plan_field.FIGURES) else (NAME, None)
        ):
            told = plan_field.field_text(field, value, speak)
            assert not faults_of(told, speak.language) and "|" not in told, (field, told)


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_no_bad_file_is_answered_with_a_code_or_in_the_other_language(bad):
    quoted = re.compile("“[^”]*”|" + "|".join(map(re.escape, filter(None, (bad.file_name,)))))
    for problem in progress_file(bad.content, bad.file_name, PLAN, bad.decimal).problems:
        for language in LANGUAGES:
            told = quoted.sub("", problems.remedy(problem, words(language)))
            assert not faults_of(told, language), told


@SPEAKERS
def test_a_plan_s_word_that_is_not_known_is_answered_with_those_that_are(speak):
    found = read(
        HEADS, rows_file(plan_row(rule="total"), plan_row("5.4", direction="arriba"))
    ).current.problems
    told = [problems.remedy(problem, speak) for problem in found]
    assert "suma, promedio, ultimo, hito." in told[0] and "mayor, menor." in told[1]
    assert not [fault for text in told for fault in faults_of(text, speak.language)]
