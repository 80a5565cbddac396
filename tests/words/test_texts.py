"""Every sentence in every language, every key that is asked for, and figures as each language writes them."""

import ast
import re
from functools import cache
from itertools import product
from typing import NamedTuple

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes
from texts import CORE, PROBLEM_MAKERS, TEXTS, codes_given_to, placeholders

from poa_core.blocks.overview import STATUSES
from poa_core.words.language import LANGUAGES, without_negative_zero, words

ROOT = CORE.parent
SCRIPTS = [*CORE.rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "dashboard.py"]
TEMPLATES = [*CORE.rglob("*.html")]
ES, EN = words("es"), words("en")
SPEAKERS = {"words", "speak", "self", "speech"}
ANYTHING = "[a-z0-9_]+"
MARKS = ("**", "~~", "<b>", "</b>", "<br>")
NO_BREAK = "\u00a0"


class Asked(NamedTuple):
    """A call for a sentence: patterns its key fits, and the placeholders it gives (None: not known here)."""

    place: str
    patterns: list[str]
    given: set[str] | None


def joined(parts) -> list[str]:
    """Every way to put together parts that each may read in several ways, or in any where not known."""
    return ["".join(way) for way in product(*(part or [ANYTHING] for part in parts))]


def patterns(node, known: dict[str, list[str]]) -> list[str]:
    """What a Python expression for a key may read; nothing where it cannot be told."""
    match node:
        case ast.Constant(value=str(text)):
            return [re.escape(text)]
        case ast.JoinedStr(values=parts):
            return joined(patterns(part, known) for part in parts)
        case ast.FormattedValue(value=value):
            return patterns(value, known)
        case ast.IfExp(body=body, orelse=other):
            return patterns(body, known) + patterns(other, known)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return joined([patterns(left, known), patterns(right, known)])
        case ast.Name(id=name):
            return known.get(name, [])
    return []


def patterns_in_template(node) -> list[str]:
    """The same of an expression in a template."""
    match node:
        case nodes.Const():
            return [re.escape(str(node.value))]
        case nodes.Concat():
            return joined(patterns_in_template(part) for part in node.nodes)
        case nodes.Add():
            return joined([patterns_in_template(node.left), patterns_in_template(node.right)])
        case nodes.CondExpr():
            return patterns_in_template(node.expr1) + patterns_in_template(node.expr2)
    return []


def is_speaker(function: ast.expr) -> bool:
    """words(...), speak(...) or speech()(...)."""
    if isinstance(function, ast.Call):
        function = function.func
        return isinstance(function, ast.Name) and function.id in {"speech", "words"}
    return isinstance(function, ast.Name) and function.id in SPEAKERS


def assigned(tree: ast.AST) -> dict[str, list[str]]:
    """What each name may read that is given a text somewhere under the node."""
    known: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            known.setdefault(node.targets[0].id, []).extend(patterns(node.value, {}))
    return known


def asked_in_script(source: str, place: str) -> list[Asked]:
    found, tree = {}, ast.parse(source)
    # Inner functions come after the module: what a name reads is told by the nearest one around the call.
    for scope in (tree, *(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))):
        known = assigned(scope)
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and is_speaker(node.func) and node.args:
                names = {word.arg for word in node.keywords}
                read = patterns(node.args[0], known)
                found[node] = Asked(f"{place}:{node.lineno}", read, None if None in names else names)
    return [asked for asked in found.values() if asked.patterns]


def asked_in_template(source: str, place: str) -> list[Asked]:
    calls = jinja2.Environment().parse(source).find_all(nodes.Call)
    spoken = [call for call in calls if isinstance(call.node, nodes.Name) and call.node.name == "words"]
    asked = [
        Asked(
            f"{place}:{call.lineno}", patterns_in_template(call.args[0]), {word.key for word in call.kwargs}
        )
        for call in spoken
    ]
    return [each for each in asked if each.patterns]


@cache
def all_asked() -> list[Asked]:
    scripts = [asked for file in SCRIPTS for asked in asked_in_script(file.read_text("utf-8"), file.name)]
    return scripts + [
        asked for file in TEMPLATES for asked in asked_in_template(file.read_text("utf-8"), file.name)
    ]


def mentioned() -> set[str]:
    """Every pattern that any text in the code may read and that begins like a key."""
    read = {pattern for asked in all_asked() for pattern in asked.patterns}
    for file in SCRIPTS:
        read |= {p for node in ast.walk(ast.parse(file.read_text("utf-8"))) for p in patterns(node, {})}
    return {pattern for pattern in read if re.match(r"[a-z_]+\\\.", pattern)}


def fitting(pattern: str, texts) -> list[str]:
    return [key for key in texts if re.fullmatch(pattern, key)]


def both() -> list[tuple[str, str, str]]:
    """Each key with its sentence in Spanish and in English."""
    return [(key, text, TEXTS["en"].get(key, "")) for key, text in TEXTS["es"].items()]


def plain(sentence: str) -> str:
    """Without its placeholders and tags."""
    return re.sub(r"\{\w*\}|<\w*>", "", sentence)


def test_every_language_tells_the_same_keys():
    assert TEXTS["es"].keys() == TEXTS["en"].keys()


def test_a_sentence_takes_the_same_placeholders_in_every_language():
    assert not [key for key, es, en in both() if placeholders(es) != placeholders(en)]


def test_a_sentence_has_the_same_marks_in_every_language_and_closes_them():
    assert not [
        key
        for key, es, en in both()
        if [es.count(mark) for mark in MARKS] != [en.count(mark) for mark in MARKS]
    ]
    assert not [
        key
        for key, es, _ in both()
        if es.count("**") % 2 or es.count("~~") % 2 or es.count("<b>") != es.count("</b>")
    ]


def test_no_sentence_is_empty_or_left_in_spanish():
    assert not [key for key, es, en in both() if not es.strip() or not en.strip()]
    assert not [
        key for key, es, en in both() if es == en and len(re.findall(r"[a-záéíóúñ]{3,}", plain(es))) > 1
    ]


def test_every_key_that_is_asked_for_exists():
    missing = [(a.place, p) for a in all_asked() for p in a.patterns if not fitting(p, TEXTS["es"])]
    assert not missing


def test_every_sentence_is_given_its_placeholders():
    lacking = []
    for asked in all_asked():
        for key in {re.sub(r"\\", "", p) for p in asked.patterns} & TEXTS["es"].keys():
            if asked.given is not None and placeholders(TEXTS["es"][key]) - asked.given:
                lacking.append((asked.place, key))
    assert not lacking


def test_no_sentence_is_unused():
    used = {key for pattern in mentioned() for key in fitting(pattern, TEXTS["es"])}
    assert not sorted(TEXTS["es"].keys() - used)


@pytest.mark.parametrize(
    "source",
    [
        'words("no.such")',
        'speech()("no.such", a=1)',
        'speak(f"no.{code}")',
        'key = "no.such" if x else "page.title"\nwords(key)',
        'words("page.title" if x else "no.such")',
        'words("no." + code)',
    ],
)
def test_a_key_that_does_not_exist_would_be_seen(source):
    assert any(not fitting(p, TEXTS["es"]) for asked in asked_in_script(source, "") for p in asked.patterns)


def test_a_key_that_does_not_exist_would_be_seen_in_a_template():
    (asked,) = asked_in_template('{{ words("no." ~ code ~ ("_one" if x else "_many")) }}', "")
    assert len(asked.patterns) == 2
    assert not any(fitting(p, TEXTS["es"]) for p in asked.patterns)


def test_every_code_of_a_problem_has_its_sentence():
    codes = codes_given_to(PROBLEM_MAKERS) | codes_given_to({"Problem"}, position=1)
    assert len(codes) > 50
    assert not {code for code in codes if f"problem.{code}" not in TEXTS["es"]}


def test_every_refusal_has_its_sentence_and_its_title():
    codes = codes_given_to({"Refused"})
    assert codes
    assert (
        not {f"{part}.{code}" for code in codes for part in ("refusal", "refusal_title")} - TEXTS["es"].keys()
    )
    assert not {f"cli.{code}" for code in codes_given_to({"WrongUse"})} - TEXTS["es"].keys()


def test_every_status_state_and_verdict_of_the_metrics_has_its_words():
    sql = (CORE / "figures" / "metrics.sql").read_text("utf-8")
    emitted = set(re.findall(r"(?:THEN|ELSE) '(\w+)'", sql)) - {
        "sum",
        "none",
    }  # how local values are combined is no state
    told = {key.split(".")[1] for key in TEXTS["es"] if key.split(".")[0] in ("status", "state", "verdict")}
    told -= {"lacking", "whole_only", "whole_short"}  # of a locality
    assert emitted >= {"met", "missing", "needs_record"}
    assert emitted == told
    for part in ("status.", "status_one.", "status_many.", "why.band_"):
        assert not {part + status for status in STATUSES} - TEXTS["es"].keys()


@pytest.mark.parametrize("speak", (ES, EN))
def test_thousands_take_a_comma_and_decimals_a_point(speak):
    assert speak.number(187000, 2) == "187,000.00"
    assert speak.number(1525) == "1,525"
    assert speak.number(31.25) == "31.25"
    assert speak.number(4666.6667) == "4,666.67"
    assert speak.number(-3.5) == "-3.5"


@pytest.mark.parametrize("speak", (ES, EN), ids=LANGUAGES)
@given(
    st.floats(-0.6, 0.6) | st.sampled_from((-0.0, 0.0, -1e-12, -0.004, -0.00049, -0.5)),
    st.sampled_from((None, 0, 1, 2)),
)
def test_a_fall_too_small_to_print_has_no_sign(speak, tiny, decimals):
    printed = (
        speak.number(tiny, decimals),
        speak.exact(tiny),
        speak.percent(tiny, (0.75, 0.95)),
        speak.signed(tiny, decimals),
        *(speak.amount(tiny, unit, decimals) for unit in ("S/", "%", "Convenios", None)),
    )
    for text in printed:
        assert not re.search(r"[-−+]", text) or re.search(r"[1-9]", text), text


def test_no_minus_zero_is_remembered_from_one_figure_to_the_next():
    assert (ES.number(-0.0), ES.number(0.0), ES.number(-0.0)) == ("0", "0", "0")


@pytest.mark.parametrize(
    "value, printed",
    ((9894.29, "+9,894"), (-4093.4, "−4,093"), (0.4, "0"), (-0.4, "0"), (-0.0, "0"), (None, "—")),
)
def test_a_difference_carries_its_sign_and_none_carries_none(value, printed):
    assert ES.signed(value, 0) == EN.signed(value, 0) == printed


@pytest.mark.parametrize(
    "value, decimals, left",
    ((-0.0004, 3, 0), (-0.0006, 3, -0.0006), (-0.0, 2, 0), (0.0004, 3, 0.0004), (-4.0, 2, -4)),
)
def test_whoever_prints_a_number_themselves_gets_none_that_would_read_as_minus_nothing(value, decimals, left):
    assert without_negative_zero(value, decimals) == left
    assert not str(without_negative_zero(value, decimals)).startswith("-0.0") or left


def test_soles_are_joined_to_their_amount():
    assert ES.amount(187000, "S/", 2) == f"S/{NO_BREAK}187,000.00"
    assert EN.amount(159393.71, "S/") == f"S/{NO_BREAK}159,394"


def test_a_unit_is_joined_to_its_number():
    assert ES.amount(146, "Usuarios") == f"146{NO_BREAK}usuarios"
    assert ES.amount(4, "CAR") == f"4{NO_BREAK}CAR"
    assert ES.amount(31, "Promedio mensual %") == f"31{NO_BREAK}%"
    assert EN.amount(31, "Promedio mensual %") == "31%"


@pytest.mark.parametrize(
    "value, printed",
    (
        (1, "1 (convenios)"),
        (-1, "-1 (convenios)"),
        (1.004, "1 (convenios)"),
        (3, "3 convenios"),
        (0, "0 convenios"),
        (0.5, "0.5 convenios"),
        (1.5, "1.5 convenios"),
        (10, "10 convenios"),
        (1000, "1,000 convenios"),
    ),
)
def test_a_unit_is_never_inflected_and_stands_in_brackets_after_one(value, printed):
    assert (
        ES.amount(value, "Convenios").replace(NO_BREAK, " ")
        == EN.amount(value, "Convenios").replace(NO_BREAK, " ")
        == printed
    )
    assert ES.amount(1, "Convenios", 2).replace(NO_BREAK, " ") == "1.00 (convenios)"


@pytest.mark.parametrize(
    "unit, printed",
    (
        ("S/", "S/ 1"),
        ("S/.", "S/ 1"),
        ("%", "1 %"),
        ("Promedio mensual %", "1 %"),
        ("", "1"),
        (None, "1"),
        ("CAR", "1 (CAR)"),
        ("Miles S/.", "1 (miles S/)"),
    ),
)
def test_money_and_percentages_keep_their_form_after_one(unit, printed):
    assert ES.amount(1, unit).replace(NO_BREAK, " ") == printed


@pytest.mark.parametrize("speak, sign", ((ES, f"{NO_BREAK}%"), (EN, "%")), ids=LANGUAGES)
def test_a_percentage_is_never_rounded_up_across_a_band(speak, sign):
    assert speak.percent(0.9497) == f"95.0{sign}"
    assert speak.percent(0.9497, (0.75, 0.95)) == f"94.9{sign}"
    assert speak.percent(0.7499, (0.75, 0.95)) == f"74.9{sign}"
    assert speak.percent(0.95, (0.75, 0.95)) == f"95.0{sign}"
    # What the metrics take for 95 % reads 95 %.
    assert speak.percent(0.95 - 1e-12, (0.75, 0.95)) == f"95.0{sign}"


@given(st.floats(0, 2), st.sampled_from((0.5, 0.75, 0.9, 0.95)))
def test_what_is_printed_and_what_is_met_never_disagree(ratio, band):
    assert (float(EN.percent(ratio, (band,)).rstrip("%")) >= band * 100) == (ratio >= band - 1e-9)


@pytest.mark.parametrize("nothing", (None, float("nan"), float("inf")))
def test_what_is_absent_prints_as_a_dash_and_never_as_zero(nothing):
    assert (
        ES.number(nothing)
        == ES.percent(nothing)
        == ES.amount(nothing, "S/")
        == ES.amount(nothing, "%")
        == "—"
    )


def test_the_ninth_month_is_setiembre_in_peru():
    assert [ES.month(9, style) for style in ("long", "short", "initial")] == ["setiembre", "set", "S"]
    assert [EN.month(9, style) for style in ("long", "short", "initial")] == ["September", "Sep", "S"]
    assert not [key for key, text in TEXTS["es"].items() if "septiembre" in text.lower()]
