"""Each chart read as the plain dict it is: what it marks, names, shades and never does."""

import json
import re
from copy import deepcopy

import book
import illustrated
import pandas as pd
import plotly.graph_objects as go
import pytest
from illustrated import ask
from vectors import ARREARS, every_month, row, told, vector, with_outcome

from poa_core import charts
from poa_core.charts import activity as activity_charts
from poa_core.charts import outcome as outcome_charts
from poa_core.figures import metrics
from poa_core.words.language import words

ES, EN = words("es"), words("en")
NO_BREAK = "\u00a0"
TENS = row("1", programmed=every_month(10), target=120)
NOTHING_AHEAD = pd.DataFrame({"month": [], "expected": [], "low": [], "high": []})
MONTHS = {
    ES: "Ene Feb Mar Abr May Jun Jul Ago Set Oct Nov Dic".split(),
    EN: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


def outcome_chart(opened, month, speak=ES, theme="light"):
    path, figures = ask(opened, metrics.outcome_path, month), ask(opened, metrics.outcome, month).iloc[0]
    return outcome_charts.outcome(
        path, figures, ask(opened, metrics.forecast, month), speak, charts.ink(theme)
    )


def of_activity(opened, code, month):
    activities, cells = ask(opened, metrics.activities, month), ask(opened, metrics.cells, month)
    return cells[cells["code"] == code], activities[activities["code"] == code].iloc[0]


def totals_chart(opened, code, month, speak=ES):
    return activity_charts.cumulative(*of_activity(opened, code, month), month, speak, charts.LIGHT)


def months_chart(opened, code, month, speak=ES):
    return activity_charts.by_month(*of_activity(opened, code, month), month, speak, charts.LIGHT)


def trace(figure, name):
    return next(t for t in figure["data"] if t.get("name") == name)


def area(figure, name):
    """The corners of a shaded area, months and amounts; None where it is not drawn."""
    drawn = next((shape for shape in figure["layout"]["shapes"] if shape["name"] == name), None)
    return drawn and [
        tuple(float(n) for n in corner.split(",")) for corner in drawn["path"].strip("MZ").split("L")
    ]


def labels(figure):
    """Text -> place of each label."""
    told = next((t for t in figure["data"] if "text" in t.get("mode", "")), None)
    return (
        {text: place for text, *place in zip(told["text"], told["x"], told["y"], strict=True) if text}
        if told
        else {}
    )


def drawn(figure):
    """Where the lines and points with a value stand."""
    return [(x, y) for t in figure["data"] for x, y in zip(t["x"], t["y"], strict=True) if y is not None]


def filled(ledger, reports, **outcome):
    """The outcome's frames of a plan of our own in June."""
    plan = with_outcome(**outcome)
    book.fill(ledger, plan, told("R1", reports))
    with ledger.cursor() as cursor:
        scope = book.scope(plan, 6)
        return metrics.outcome_path(cursor, scope), metrics.outcome(cursor, scope).iloc[0]


@pytest.mark.parametrize("month", (0, 1, 3, 9, 12))
def test_baseline_and_target_are_marked_and_labelled(month):
    figure = outcome_chart(illustrated.year(), month)
    told = next(t for t in figure["data"] if "text" in t["mode"])
    rings = [
        place
        for place, width in zip(
            zip(told["x"], told["y"], strict=True), told["marker"]["line"]["width"], strict=True
        )
        if width
    ]
    assert rings == [(0, 187000), (12, 137000)]
    told = {text: place for text, place in labels(figure).items() if "187,000" in text or "137,000" in text}
    assert sorted(told.values()) == [[0, 187000], [12, 137000]]
    assert all(f"S/{NO_BREAK}" in text for text in told)


@pytest.mark.parametrize("speak, assumed", ((ES, "recta supuesta"), (EN, "assumed line")))
def test_the_path_is_dashed_from_end_to_end_and_said_to_be_assumed(speak, assumed):
    figure = outcome_chart(illustrated.year(), 9, speak)
    path = trace(figure, speak("chart.programmed"))
    assert path["line"]["dash"] == "dash"
    assert path["x"] == list(range(13))
    assert path["y"][0] == 187000 and path["y"][6] == 162000 and path["y"][12] == 137000
    assert any(assumed in text for text in labels(figure))


def test_a_path_the_plan_gives_is_not_said_to_be_assumed(ledger):
    path, figures = filled(ledger, {6: 165000}, given={m: 187000 - 4000 * m for m in range(1, 12)})
    figure = outcome_charts.outcome(path, figures, NOTHING_AHEAD, ES, charts.LIGHT)
    assert not any("supuesta" in text for text in labels(figure))


def test_the_reported_line_is_whole_and_has_a_point_a_month():
    line = trace(outcome_chart(illustrated.year(), 9), "reportado")
    assert line["x"] == list(range(10))
    assert line["y"][9] == 159393.71
    assert "markers" in line["mode"] and not line["line"].get("dash")


@pytest.mark.parametrize("month", (1, 3, 9))
def test_the_gap_is_filled_up_to_the_last_report_and_no_further(month):
    months = [month for month, _ in area(outcome_chart(illustrated.year(), month), "gap")]
    assert (min(months), max(months)) == (0, month)


def test_the_gap_stops_at_the_last_report_where_the_cutoff_is_later():
    assert max(area(outcome_chart(illustrated.year(), 12), "gap"))[0] == 9


def test_the_gap_is_closed_by_its_amount_in_the_colour_of_the_status():
    figure = outcome_chart(illustrated.year(), 9)
    closing = next(shape for shape in figure["layout"]["shapes"] if shape["name"] == "closing")
    assert [closing[key] for key in ("x0", "x1", "y0", "y1")] == [9, 9, 149500, 159393.71]
    assert closing["line"]["color"] == charts.LIGHT.tone("behind")
    assert "<b>+9,894</b>" in labels(figure)


def test_a_gap_of_nothing_has_no_sign(ledger):
    path, figures = filled(ledger, {6: 161999.7})  # 162,000 is asked
    told = labels(outcome_charts.outcome(path, figures, NOTHING_AHEAD, ES, charts.LIGHT))
    assert "<b>0</b>" in told


@pytest.mark.parametrize(
    "opened, month", ((illustrated.plan_only, 0), (illustrated.plan_only, 9), (illustrated.year, 0))
)
def test_without_a_report_only_path_and_ends_are_drawn(opened, month):
    figure = outcome_chart(opened(), month)
    assert figure["layout"]["shapes"] == []
    assert [t.get("name") for t in figure["data"]] == ["programado", None]
    assert not any("+" in text or "−" in text for text in labels(figure))


@pytest.mark.parametrize("speak", (ES, EN))
def test_months_are_named_in_the_language_of_the_page(speak):
    outcome, drawings = outcome_chart(illustrated.year(), 9, speak), (totals_chart, months_chart)
    assert outcome["layout"]["xaxis"]["ticktext"][1:] == MONTHS[speak]
    assert [
        draw(illustrated.year(), "5.3", 9, speak)["layout"]["xaxis"]["ticktext"] for draw in drawings
    ] == [MONTHS[speak]] * 2
    hovered = trace(outcome, speak("chart.reported"))["text"]
    assert hovered[9].startswith("Setiembre" if speak is ES else "September")


@pytest.mark.parametrize("speak", (ES, EN))
def test_hover_shows_soles_with_two_decimals(speak):
    figure = outcome_chart(illustrated.year(), 9, speak)
    for name in ("chart.programmed", "chart.reported"):
        hovered = trace(figure, speak(name))
        assert "%{text}" in hovered["hovertemplate"]
        assert all(re.search(r": S/\u00a0[\d,]+\.\d\d$", text) for text in hovered["text"])
    assert trace(figure, speak("chart.reported"))["text"][9].endswith(f"S/{NO_BREAK}159,393.71")


def test_the_amounts_beside_the_axis_are_thousands():
    axis = outcome_chart(illustrated.year(), 9)["layout"]["yaxis"]
    assert [float(text) * 1000 for text in axis["ticktext"]] == axis["tickvals"]
    assert all(axis["range"][0] <= tick <= axis["range"][1] for tick in axis["tickvals"])


@pytest.mark.parametrize("reports", ({1: 199000, 2: 205000}, {1: 120000}, {6: 187000}, {6: -500}))
def test_whatever_is_reported_stays_inside_the_chart(ledger, reports):
    path, figures = filled(ledger, reports)
    figure = outcome_charts.outcome(path, figures, NOTHING_AHEAD, ES, charts.LIGHT)
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(low <= y <= high for _, y in [*drawn(figure), *(area(figure, "gap") or ())])


def test_a_sum_is_drawn_month_by_month_and_as_running_totals():
    months, totals = months_chart(illustrated.year(), "5.3", 9), totals_chart(illustrated.year(), "5.3", 9)
    assert trace(months, "reportado")["y"][3:6] == [18, 21, 19]
    assert trace(totals, "reportado")["y"][5:9] == [58, 58, 58, 58]
    assert trace(totals, "programado")["y"] == [0, 0, 0, 25, 50, 75, 75, 75, 100, 100, 100, 100]


def test_a_mean_is_drawn_month_by_month_in_lines():
    figure = months_chart(illustrated.year(), "1.1", 9)
    assert trace(figure, "programado")["y"] == [30] * 12
    assert trace(figure, "reportado")["y"][8] == 31
    assert {t["type"] for t in figure["data"]} == {"scatter"}


@pytest.mark.parametrize(
    "rule, does",
    (("sum lower", True), ("milestone higher", True), ("mean higher", False), ("last lower", False)),
)
def test_sums_and_milestones_accumulate_and_means_and_balances_do_not(rule, does):
    assert activity_charts.accumulates({"aggregation": rule.split()[0]}) is does


def test_a_silent_month_is_hatched_a_reported_zero_has_its_line_and_neither_is_the_other(ledger):
    plan = vector("", (TENS,), ()).plan
    book.fill(ledger, plan, told("1", {1: 12, 2: 0}))
    with ledger.cursor() as cursor:
        scope = book.scope(plan, 3)
        row, cells = metrics.activities(cursor, scope).iloc[0], metrics.cells(cursor, scope)
    figure = activity_charts.by_month(cells, row, 3, ES, charts.LIGHT)
    done, silent = trace(figure, "reportado"), trace(figure, "sin reporte")
    assert done["y"][:4] == [12, 0, None, None] and done["marker"]["line"]["width"] == 2
    assert [n for n, y in enumerate(silent["y"], 1) if y is not None] == [3] and silent["marker"]["pattern"][
        "shape"
    ]
    assert trace(figure, "programado")["y"][:4] == [10, 10, None, 10]
    heard = activity_charts.spoken_by_month(cells, row, 3, ES)
    assert (
        "enero: programado 10, reportado 12; febrero: programado 10, reportado 0; marzo: programado 10, "
        "reportado sin reporte"
    ) in heard


def test_the_pace_needed_is_drawn_from_what_is_reported_to_what_december_asks():
    ahead = trace(totals_chart(illustrated.year(), "5.3", 9), "ritmo necesario")
    assert ahead["x"] == [9, 10, 11, 12] and ahead["y"] == [58, 72, 86, 100]
    assert ahead["text"][-1].startswith("Diciembre: 100")


@pytest.mark.parametrize("code, month", (("5.3", 12), ("5.2", 9), ("5.1", 3), ("4.3", 2)))
def test_no_pace_is_drawn_where_there_is_none(code, month):
    assert "ritmo necesario" not in [t["name"] for t in totals_chart(illustrated.year(), code, month)["data"]]


@pytest.mark.parametrize("month", (0, 3, 9))
def test_nothing_is_drawn_as_reported_after_the_cutoff(month):
    figures = [months_chart(illustrated.year(), code, month) for code in ("1.1", "4.1", "5.3")]
    for figure in [*figures, totals_chart(illustrated.year(), "4.1", month)]:
        assert trace(figure, "reportado")["y"][month:] == [None] * (12 - month)


def test_a_month_without_a_report_is_a_break_and_not_a_zero(ledger):
    plan = vector("", (ARREARS,), ()).plan
    book.fill(ledger, plan, told("1.1", {1: 32, 3: 28}))
    with ledger.cursor() as cursor:
        scope = book.scope(plan, 3)
        row, cells = metrics.activities(cursor, scope).iloc[0], metrics.cells(cursor, scope)
    line = trace(activity_charts.by_month(cells, row, 3, ES, charts.LIGHT), "reportado")
    assert line["y"][:3] == [32, None, 28] and line["connectgaps"] is False


def test_what_is_counted_in_ones_has_no_ticks_between():
    assert months_chart(illustrated.year(), "5.1", 9)["layout"]["yaxis"]["tickvals"] == [0, 1]


def test_every_chart_is_one_that_plotly_takes_and_the_browser_can_be_sent():
    for opened, month in ((illustrated.year(), 9), (illustrated.year(), 12), (illustrated.plan_only(), 0)):
        figures = [
            outcome_chart(opened, month),
            *(months_chart(opened, code, month) for code in ("1.1", "5.1", "5.2", "5.3")),
            *(totals_chart(opened, code, month) for code in ("5.1", "5.2", "5.3")),
        ]
        for figure in figures:
            go.Figure(figure)
            json.dumps(figure, allow_nan=False)


def test_the_same_frames_give_the_same_chart_and_stay_as_they_were():
    path, figures = (
        ask(illustrated.year(), metrics.outcome_path, 9),
        ask(illustrated.year(), metrics.outcome, 9).iloc[0],
    )
    before = path.copy(), figures.copy()
    first = deepcopy(outcome_charts.outcome(path, figures, NOTHING_AHEAD, ES, charts.DARK))
    assert outcome_charts.outcome(path, figures, NOTHING_AHEAD, ES, charts.DARK) == first
    pd.testing.assert_frame_equal(path, before[0])
    pd.testing.assert_series_equal(figures, before[1])


def test_a_dark_page_gets_other_colours_and_the_same_data():
    light, dark = (outcome_chart(illustrated.year(), 9, theme=theme) for theme in ("light", "dark"))
    assert trace(light, "reportado")["line"]["color"] != trace(dark, "reportado")["line"]["color"]
    assert drawn(light) == drawn(dark)


@pytest.mark.parametrize("speak", (ES, EN))
def test_no_button_sends_a_chart_elsewhere_and_saving_it_is_allowed(speak):
    config = charts.config(speak)
    assert config["showSendToCloud"] is False
    assert (
        "sendDataToCloud" in config["modeBarButtonsToRemove"]
        and "toImage" not in config["modeBarButtonsToRemove"]
    )
    assert config["locale"] in config["locales"]
    assert config["locales"][config["locale"]]["dictionary"]["Zoom"] == speak("plotly.zoom")


@pytest.mark.parametrize("speak", (ES, EN))
def test_who_does_not_see_the_chart_hears_every_value(speak):
    path, figures = (
        ask(illustrated.year(), metrics.outcome_path, 9),
        ask(illustrated.year(), metrics.outcome, 9).iloc[0],
    )
    heard = outcome_charts.spoken(path, figures, NOTHING_AHEAD, "Frase.", speak)
    assert "Frase." in heard
    assert all(speak.amount(v, "S/") in heard for v in path["reported"].dropna())
    activity = ask(illustrated.year(), metrics.activities, 9).iloc[13]
    assert all(text in activity_charts.spoken(activity, 9, speak) for text in ("5.3", "58", "100"))


def test_text_from_data_draws_no_link_and_no_bold_in_a_chart():
    figures = [draw(illustrated.hostile(), "5.3", 9) for draw in (totals_chart, months_chart)] + [
        outcome_chart(illustrated.hostile(), 9)
    ]
    for figure in figures:
        texts = [text for t in figure["data"] for text in t.get("text", ())] + list(labels(figure))
        assert not [text for text in texts if re.search(r"<(?!/?b>|br>)", text) or '<b>"' in text]


def test_hover_over_an_activity_names_the_month_and_the_unit():
    hovered = trace(totals_chart(illustrated.year(), "5.3", 9), "reportado")["text"][5]
    assert re.fullmatch(r"[Jj]unio: 58(\.00)?\u00a0conexiones", hovered)


def test_the_forecast_goes_from_the_last_report_to_december_with_its_band_and_its_label():
    figure, ahead = outcome_chart(illustrated.year(), 9), ask(illustrated.year(), metrics.forecast, 9)
    line = trace(figure, "pronóstico")
    assert line["x"] == [9, 10, 11, 12]
    assert line["y"][-1] == ahead.iloc[-1]["expected"]
    edge = {amount for _, amount in area(figure, "banda de 80 %")}
    assert edge >= {round(amount, 2) for amount in (*ahead["low"], *ahead["high"])}
    said = next(text for text in labels(figure) if text.startswith("pronóstico"))
    assert ES.amount(ahead.iloc[-1]["expected"], "S/") in said


@pytest.mark.parametrize("month", [0, 3, 12])
def test_no_forecast_is_drawn_where_there_is_none(month):
    assert not [t for t in outcome_chart(illustrated.year(), month)["data"] if t.get("name") == "pronóstico"]
