"""A plan of many activities: one row per objective on the overview, and the whole list one click away."""

import re
from dataclasses import replace

import book
import pytest
from vectors import every_month, row, told, with_outcome

from poa_core.blocks.objective_rows import MANY
from poa_core.figures.metrics import Scope
from poa_core.ledger.file.database import in_memory
from poa_core.panels import overview
from poa_core.words.language import LANGUAGES, words

PER_OBJECTIVE = 20


SPANISH = words("es")


@pytest.fixture(scope="module")
def kept():
    return in_memory()


@pytest.fixture
def drawn(kept):
    """Draws a panel over a plan of so many activities, twenty to an objective, each half done but the first
    of all.
    """

    def draw(panel, count: int, month: int = 3, speak=SPANISH, reported: bool = True, **filters):
        activities = tuple(
            row(
                f"{n // PER_OBJECTIVE + 1}.{n % PER_OBJECTIVE + 1}",
                programmed=every_month(10),
                target=120,
                objective=f"Objetivo {n // PER_OBJECTIVE + 1}",
            )
            for n in range(count)
        )
        plan = replace(with_outcome(), activities=activities)
        values = [
            each
            for n, a in enumerate(activities)
            for each in told(a.code, dict.fromkeys((1, 2, 3), 10 if n == 0 else 5))
        ]
        book.fill(kept, plan, values if reported else ())
        scope = Scope(*book.key(plan), month, book.LATER, **filters)

        def ask(question, of, *rest):
            with kept.cursor() as cursor:
                return question(cursor, of, *rest)

        return panel(ask, scope, speak)

    return draw


def rows(markup: str) -> int:
    return markup.count('class="bar-row"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_activities_as_a_screen_shows_have_a_bar_each_and_more_a_bar_an_objective(drawn, language):
    speak = words(language)
    assert rows(drawn(overview.plan, MANY, speak=speak)) == MANY
    markup = drawn(overview.plan, MANY + 1, speak=speak)
    assert rows(markup) == 3
    assert speak("bars.folded") in markup
    assert speak("bars.folded_count", late=19, count=20) in markup
    assert re.findall(r'<span class="value">([\d.]+)', markup) == ["52.5", "50.0", "50.0"]
    assert 'data-act="filter:objective:2"' in markup and 'href="/?objetivo=2"' in markup


def test_an_objective_chosen_has_its_activities_again(drawn):
    assert rows(drawn(overview.plan, MANY + 1, objective="Objetivo 2")) == PER_OBJECTIVE


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_any_report_an_objective_shows_the_months_that_ask_something_of_it(drawn, language):
    speak = words(language)
    assert rows(drawn(overview.plan, MANY, reported=False, speak=speak)) == MANY
    markup = drawn(overview.plan, MANY + 1, reported=False, speak=speak)
    assert rows(markup) == 3
    assert (
        f"<b>1</b> {speak('bars.activities_one')}" in markup
        and f"<b>20</b> {speak('bars.activities_many')}" in markup
    )


@pytest.mark.parametrize(("late", "rest"), [(12, None), (13, "common.rest_one"), (15, "common.rest_many")])
def test_the_most_urgent_stand_open_and_the_rest_a_click_away(drawn, late, rest):
    markup = drawn(overview.attention, late + 1)
    assert markup.count('data-act="open:') == late
    open_part, _, folded = markup.partition("<details")
    assert open_part.count('data-act="open:') == min(late, 12)
    assert bool(folded) == bool(rest)
    if rest:
        assert words("es")(rest, count=late - 12) in folded
