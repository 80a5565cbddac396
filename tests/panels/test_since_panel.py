"""What changed since a day as people read it: tiles, statuses then and now, corrections, and the text for a
message.
"""

import re
from dataclasses import replace
from datetime import date

import book
import illustrated
import pytest
from illustrated import asking
from vectors import CAMPAIGN, told, with_outcome

from poa_core.panels import since
from poa_core.words.language import LANGUAGES, words

ES = words("es")
NO_BREAK = "\u00a0"
MEETING = date(2010, 9, 11)  # August stood by itself that day
BEFORE_THE_CORRECTION = date(2010, 7, 31)
CORRECTED = ("4.1", "junio", "1,248", "1,300")


def shown(month: int, day: date, speak=ES, opened=None, **filters) -> str:
    opened = opened or illustrated.year()
    return since.changes(asking(opened), illustrated.scope(opened, month, **filters), speak, day)


def rows(markup: str) -> dict[str, str]:
    """Each activity's row by its code."""
    found = re.findall(r"<tr><td><a href.*?</tr>", markup.split('class="stack corrected"')[0], re.DOTALL)
    return {re.search(r'class="mut">([\d.]+)', row)[1]: row for row in found}


def statuses(row: str) -> list[str]:
    return re.findall(r'class="ic (\w+)', row)


def copied(markup: str) -> list[str]:
    return re.search(r'data-copy="([^"]*)"', markup)[1].splitlines()


@pytest.mark.parametrize("speak", map(words, LANGUAGES), ids=LANGUAGES)
def test_a_changed_status_is_word_and_icon_then_and_now_with_both_figures(speak):
    row = rows(shown(9, MEETING, speak))["2.1"]
    assert statuses(row) == ["met", "behind"]
    assert speak("status.met") in row and speak("status.behind") in row
    assert row.index(speak.percent(1)) < row.index(speak.percent(1 / 3))


def test_those_that_changed_status_stand_first_and_the_others_say_theirs_once():
    found = rows(shown(9, MEETING))
    assert list(found)[:4] == ["1.4", "2.1", "5.2", "5.3"]
    assert statuses(found["1.1"]) == ["at_risk"]


def test_a_figure_that_stayed_is_told_once():
    row = rows(shown(9, MEETING))["4.3"]  # 100 % of two reports, then of three
    assert row.count("100.0") == 1


def test_the_outcome_and_the_plan_stand_then_and_now():
    markup = shown(9, MEETING)
    for before, now in (("163,678 (ago)", "159,394 (set)"), ("92.9", "79.6")):
        assert markup.index(before) < markup.index(now)


@pytest.mark.parametrize("opened, month", ((illustrated.plan_only, 0), (illustrated.year, 0)))
def test_silence_is_never_told_as_zero(opened, month):
    assert not re.search(rf">0(\.0)?{NO_BREAK}%", shown(month, MEETING, opened=opened()))


def test_new_reports_are_counted_by_activity_and_in_all_with_the_outcome():
    markup = shown(9, MEETING)
    assert re.search(r'data-label="Reportes nuevos">1<', rows(markup)["2.1"])
    assert "Reportes nuevos" not in rows(markup)["5.2"]
    assert '<b>8</b><span class="cap">reportes nuevos' in markup


def test_a_correction_shows_old_and_new():
    markup = shown(6, BEFORE_THE_CORRECTION)
    corrected = markup.split('class="stack corrected"')[1]
    assert all(text in corrected for text in CORRECTED)
    assert corrected.index("<s>1,248</s>") < corrected.index("1,300")
    assert '<b>1</b><span class="cap">corrección' in markup


@pytest.mark.parametrize("speak", map(words, LANGUAGES), ids=LANGUAGES)
def test_where_nothing_changed_one_sentence_says_so_on_the_screen_and_in_the_message(speak):
    day = date(2011, 6, 1)
    markup, nothing = shown(9, day, speak), speak("since.nothing", day=speak.day(day))
    assert nothing in markup and copied(markup)[-1] == nothing
    assert "<table" not in markup and "tiles" not in markup


def test_filters_choose_the_activities_and_their_corrections_and_leave_the_outcome_whole():
    markup = shown(9, MEETING, locality="Puno")
    assert list(rows(markup)) == ["2.1"] and "163,678" in markup
    elsewhere = shown(6, BEFORE_THE_CORRECTION, locality="Puno")
    assert "1,248" not in elsewhere


def test_the_message_says_it_in_plain_lines():
    lines = copied(shown(9, MEETING))
    assert lines[0].endswith("qué cambió desde el 11 set 2010 (avance ilustrativo)")
    assert lines[2].startswith(f"Cumplimiento del plan: 92.9{NO_BREAK}% → 79.6{NO_BREAK}%")
    assert lines[3] == f"Cartera morosa en promedio: S/{NO_BREAK}163,678 (ago) → S/{NO_BREAK}159,394 (set)"
    assert lines[4] == "4 cambiaron de estado, 8 reportes nuevos, 0 correcciones."
    assert f"Cumplida 100.0{NO_BREAK}% → Atrasada 33.3{NO_BREAK}%" in "\n".join(lines)
    assert "- 5.2 Campaña Regularización Conexiones Informales: Aún no vence → Sin reporte" in lines
    corrected = copied(shown(6, BEFORE_THE_CORRECTION))
    assert corrected[-2:] == [
        "Correcciones:",
        "- 4.1 Seguimiento a Conexiones Inactivas de agua potable, junio: 1,248 → 1,300",
    ]


def test_before_the_plan_was_there_its_activities_were_not(ledger):
    plan = replace(with_outcome(), activities=(CAMPAIGN,))
    book.fill(ledger, plan, told("R1", {1: 186000}))
    markup = since.changes(asking(ledger), book.scope(plan, 1), ES, date(2009, 12, 1))
    assert ES("since.cutoffs_first", now="enero") in markup
    assert ES("since.not_there") in markup
