"""Each HTML block read as the markup it is: what stands in it, and that text from data never becomes
markup.
"""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import book
import illustrated
import pandas as pd
import pytest
from illustrated import HOSTILE, ask
from vectors import INFORMAL, told, vector
from vectors import row as planned

import poa_core
from poa_core.blocks import indicator, overview, problem_list, rules
from poa_core.blocks.bar import bar
from poa_core.blocks.loading import upload
from poa_core.blocks.past import audit
from poa_core.blocks.past import months as month_blocks
from poa_core.blocks.past import uploads as history
from poa_core.contract import Problem, Value
from poa_core.figures import metrics
from poa_core.ledger.uploads import Submission
from poa_core.loading import effect
from poa_core.panels import responsibles, since
from poa_core.words.language import unit_in_sentence, words

ES, EN = words("es"), words("en")
NO_BREAK = "\u00a0"
STYLE = Path(poa_core.__file__).parent.parent / "pages" / "static" / "style.css"
TAGS = set(
    "a article b br button div h1 h2 header i li line nav ol p polyline s section small span strong sub "
    "sup svg table tbody td"
    " th thead tr ul".split()
)
ALMOST = planned("8.1", programmed={1: 10000, 12: 10000}, target=20000)
NEARLY = planned("8.2", programmed={1: 10000, 12: 10000}, target=20000)


class Seen(HTMLParser):
    """The tags, attributes and text of a markup as a browser takes them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.text = set(), [], ""
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def screen(opened, month: int, speak) -> dict[str, str]:
    """Every block that shows what is stored, by name."""
    plan, figures = illustrated.plan(opened), ask(opened, metrics.outcome, month)
    activities, cells = ask(opened, metrics.activities, month), ask(opened, metrics.cells, month)
    uploads, last = ask(opened, metrics.uploads, month), activities.iloc[-1]
    due, reporting = ask(opened, metrics.falling_due, month), ask(opened, metrics.reporting, month)
    values, told = (
        ask(opened, metrics.value_history, month, "5.3"),
        ask(opened, metrics.remarks_of, month, "1.2"),
    )
    own = cells[cells["code"] == last["code"]]
    return {
        "head": overview.head(plan, activities, False, "", speak),
        "outcome": overview.outcome(
            figures.iloc[0], ask(opened, metrics.outlook, month).iloc[0], month, speak
        ),
        "bars": bars(opened, month, speak),
        "few bars": overview.bars(
            activities.tail(3), pd.DataFrame({"key": [], "compliance": []}), pd.DataFrame(), [], month, speak
        ),
        "targets": overview.targets(activities, cells, speak),
        "process": overview.process(activities, cells, month, speak),
        "attention": overview.attention(activities, ask(opened, metrics.remarks, month), month, speak),
        "coming": overview.coming(
            due, reporting, ask(opened, metrics.reporting_by_month, month), uploads, month, False, speak
        ),
        "audit": audit.table(ask(opened, metrics.audit, month), speak),
        "months": month_blocks.table(ask(opened, metrics.months, 0), illustrated.LATER, 9, speak),
        "table": indicator.table(activities, cells, month, speak),
        "listing": indicator.listing(activities, last["code"], speak),
        "detail": indicator.detail(last, own, month, speak, beside=(activities.iloc[-2], None)),
        "captions": indicator.by_month_caption(last, speak) + indicator.cumulative_caption(last, speak),
        "values": indicator.history(values, told, speak),
        "uploads": history.uploads(uploads, speak),
        "upload": history.upload(uploads.iloc[0], speak),
        "rules": rules.rules(plan, activities, cells, figures, month, speak),
        "since": since.changes(
            illustrated.asking(opened), illustrated.scope(opened, month), speak, date(2010, 7, 31)
        ),
    }


def trial(opened, values, name="avance.csv", illustrative=True) -> dict[str, str]:
    """The blocks that show what a file would do."""
    key = illustrated.key(opened)
    foreseen = effect.foresee(
        opened, Submission(*key, name, b"x", "", tuple(values), illustrative), illustrated.LATER
    )
    with opened.cursor() as cursor:
        known = effect.knowledge(cursor, key, illustrated.LATER)
    unknown = Problem("error", "unknown_code", 4, "codigo", HOSTILE, {"nearest": HOSTILE})
    found = (Problem("warning", "totals_row", 3, HOSTILE, HOSTILE), unknown)
    return {
        "effect": upload.effect(foreseen, known, name, found, ES),
        "consequence": upload.consequence(foreseen, ES),
        "refused": upload.problems_panel(found, name, 2, ES),
        "saved": upload.saved(2, name, "8 oct 2010", ES),
        "refusal": upload.refusal("already_current", {"person": HOSTILE, "moment": "8 oct 2010"}, ES),
    }


def bars(opened, month, speak=ES, **filters) -> str:
    scope, rollups = illustrated.scope(opened, month, **filters), ask(opened, metrics.rollups, month)
    objectives, whole = (metrics.pick_rollup(rollups, scope, by) for by in ("objective", "plan"))
    activities = ask(opened, metrics.activities, month, **filters)
    return overview.bars(
        activities, objectives, whole, overview.counts(activities, None, speak), month, speak
    )


def rows_of(markup: str) -> dict[str, str]:
    """Each bar's row by its code."""
    rows = re.findall(r'<a class="bar-row".*?</a>', markup, re.DOTALL)
    return {re.search(r'class="code">([^<]+)', row)[1]: row for row in rows}


def value_of(row: str) -> str:
    return re.search(r'class="value">([^<]*)', row)[1]


def test_every_activity_has_a_bar_with_its_value_its_status_in_words_and_its_icon():
    activities, rows = ask(illustrated.year(), metrics.activities, 9), rows_of(bars(illustrated.year(), 9))
    assert list(rows) == list(activities["code"]) and len(rows) == 14
    for code, status in zip(activities["code"], activities["status"], strict=True):
        assert f'<i class="ic {status}" aria-hidden="true"></i>{ES("status." + status)}' in rows[code]
        assert f'class="bar {status} ' in rows[code]
        assert (
            f'href="/indicadores?actividad={code}"' in rows[code] and f'data-act="open:{code}"' in rows[code]
        )


def test_a_bar_is_as_long_as_its_compliance_and_stops_at_120_per_cent(ledger):
    plan = vector("", (ALMOST, INFORMAL), ()).plan
    book.fill(ledger, plan, told("8.1", {1: 5000}) + told("5.3", {4: 90}))
    with ledger.cursor() as cursor:
        half, beyond = (row for _, row in metrics.activities(cursor, book.scope(plan, 4)).iterrows())
    assert overview.bar(half, ES)["fill"] == f"{50 / 1.2:.2f}%"
    assert overview.bar(beyond, ES)["fill"] == "100.00%"
    assert overview.bar(beyond, ES)["value"] == f"360.0{NO_BREAK}%"


def test_silence_is_a_dash_and_a_dashed_outline_and_never_zero():
    silent = rows_of(bars(illustrated.year(), 9))["5.2"]
    assert value_of(silent) == "—"
    assert 'class="bar not_reported' in silent and 'class="fill"' not in silent
    (outline,) = re.findall(r"\.bar\.not_reported::before \{[^}]*\}", STYLE.read_text("utf-8"))
    assert "dashed" in outline


def test_what_is_not_due_has_no_percentage():
    row = rows_of(bars(illustrated.year(), 3))["3.2"]
    assert value_of(row) == "—" and "Aún no vence" in row and "--w:0.00%" in row


@pytest.mark.parametrize("month", (3, 6, 9, 12))
def test_a_whisker_stands_only_where_missing_months_could_change_the_figure(month):
    activities, rows = (
        ask(illustrated.year(), metrics.activities, month),
        rows_of(bars(illustrated.year(), month)),
    )
    with_whisker = {code for code, row in rows.items() if 'class="whisker"' in row}
    known = activities[activities["status"] != "not_reported"]
    open_ended = known[known["compliance_high"] > known["compliance_low"]]
    assert with_whisker == set(open_ended["code"])
    assert with_whisker <= set(activities[activities["months_missing"] > 0]["code"])
    assert (month < 9) or "5.3" in with_whisker


def test_the_plan_says_how_many_are_due_and_how_many_of_them_are_silent():
    seen = Seen(bars(illustrated.year(), 9)).text
    assert f"79.6{NO_BREAK}%" in seen
    assert "14 actividades a setiembre; 1 sin reporte cuenta 0" in seen
    assert re.search(r"7 cumplidas.*3 en riesgo.*3 atrasadas.*1 sin reporte", seen, re.DOTALL)


def test_filters_that_leave_nothing_say_so():
    assert "Ninguna actividad responde a estos filtros" in bars(illustrated.year(), 9, responsible="Nadie")


def test_few_bars_say_more_of_each_of_them():
    some = rows_of(bars(illustrated.year(), 9, locality="Puno"))
    assert set(some) == {"2.1", "2.2"}
    assert "Gerencia Comercial" in some["2.1"] and f"faltan 2 de 3{NO_BREAK}convenios" in some["2.1"]


def asking(opened, activity, reports: dict, month: int, speak=ES) -> dict:
    """The bar of a plan's one activity."""
    plan = vector("", (activity,), ()).plan
    book.fill(opened, plan, told(activity.code, reports))
    return bar(book.asked(opened, metrics.activities, book.scope(plan, month))[0], speak)


@pytest.mark.parametrize(
    "done, gap",
    ((9, "falta 1 de 10 convenios"), (7, "faltan 3 de 10 convenios"), ("9.5", "faltan 0.5 de 10 convenios")),
)
def test_one_that_is_missing_is_said_of_one_and_more_of_many(ledger, done, gap):
    tens = planned("8.3", programmed={1: 10, 12: 10}, target=20, unit="Convenios")
    assert asking(ledger, tens, {1: done}, 1)["gap"].replace(NO_BREAK, " ") == gap


def test_a_unit_that_is_asked_once_stands_in_brackets(ledger):
    once = planned("8.4", "milestone higher", programmed={1: 1}, target=1, unit="Directiva")
    assert asking(ledger, once, {1: "0.5"}, 1)["gap"].replace(NO_BREAK, " ") == "faltan 0.5 de 1 (directiva)"
    assert asking(ledger, once, {}, 1)["gap"].replace(NO_BREAK, " ") == "1 (directiva) sin reporte"
    assert asking(ledger, once, {}, 1, EN)["gap"].replace(NO_BREAK, " ") == "1 (directiva) not reported"
    with illustrated.plan_only().cursor() as cursor:
        scope = illustrated.scope(illustrated.plan_only(), 0)
        shown = overview.targets(metrics.activities(cursor, scope), metrics.cells(cursor, scope), ES)
    assert re.search(r"<b>1</b> \(\w", shown) and not re.search(r"<b>1</b> \w", shown)


@pytest.mark.parametrize("speak", (ES, EN), ids=("es", "en"))
@pytest.mark.parametrize("month", (0, 3, 6, 9, 12))
def test_no_screen_says_one_of_a_unit_in_the_plural_or_a_minus_before_nothing(month, speak):
    units = {
        unit_in_sentence(unit) for unit in ask(illustrated.year(), metrics.activities, month)["unit"]
    } - {"%"}
    one = re.compile(rf"(?<![\d.,])1[ {NO_BREAK}](?:{'|'.join(map(re.escape, units))})\b")
    for name, markup in screen(illustrated.year(), month, speak).items():
        read = Seen(re.sub(r"<(?!/?(?:b|strong|span|sup)\b)[^>]*>", " · ", markup)).text
        assert not one.search(read), (name, one.search(read))
        assert not re.search(r"[-−]0(?:\.0+)?(?![\d.,])", read), name


def test_a_gap_too_small_to_print_is_none(ledger):
    tens = planned("8.3", programmed={1: 10, 12: 10}, target=20)
    assert asking(ledger, tens, {1: "9.996"}, 1)["gap"] == ""


def test_one_month_is_said_of_one(ledger):
    mean = planned("8.5", "mean higher", programmed=dict.fromkeys(range(1, 13), 50), target=50, unit="%")
    assert asking(ledger, mean, {1: 40}, 1)["months"] == "1 de 1 mes con reporte"
    assert asking(ledger, mean, {1: 40}, 2)["months"] == "1 de 2 meses con reporte"
    assert asking(ledger, mean, {}, 1)["gap"] == "1 de 1 mes sin reporte"
    assert asking(ledger, mean, {}, 1, EN)["gap"] == "1 of 1 month not reported"


def test_seen_from_a_locality_what_is_programmed_for_the_whole_shows_value_and_share_alone(ledger):
    plan = vector("", (ALMOST,), ()).plan
    book.fill(ledger, plan, told("8.1", {1: 6000}, "Puno") + told("8.1", {1: 2000}, "Juli"))
    with ledger.cursor() as cursor:
        scope = book.scope(plan, 1, locality="Puno")
        activities, rollups = metrics.activities(cursor, scope), metrics.rollups(cursor, scope)
    objectives, whole = (metrics.pick_rollup(rollups, scope, by) for by in ("objective", "plan"))
    row = rows_of(overview.bars(activities, objectives, whole, [], 1, ES))["8.1"]
    assert f"6,000{NO_BREAK}acción" in row and f"75.0{NO_BREAK}% de la EPS" in row
    assert "programada para toda la EPS" in row and 'class="bar ' not in row and 'class="st ' not in row


def almost(ledger):
    """95 % and 75 % are the bands: 94.97 % is at risk and 74.99 % is behind."""
    plan = vector("", (ALMOST, NEARLY), ()).plan
    book.fill(ledger, plan, told("8.1", {1: 9497}) + told("8.2", {1: 7499}))
    with ledger.cursor() as cursor:
        scope = book.scope(plan, 1)
        return (
            plan,
            metrics.activities(cursor, scope),
            metrics.cells(cursor, scope),
            metrics.rollups(cursor, scope),
            scope,
        )


def test_one_decimal_never_crosses_a_band(ledger):
    plan, activities, cells, rollups, scope = almost(ledger)
    objectives, whole = (metrics.pick_rollup(rollups, scope, by) for by in ("objective", "plan"))
    first, second = (cells[cells["code"] == code] for code in ("8.1", "8.2"))
    shown = {
        "bars": overview.bars(activities, objectives, whole, [], 1, ES),
        "table": indicator.table(activities, cells, 1, ES),
        "listing": indicator.listing(activities, "8.1", ES),
        "detail": indicator.detail(activities.iloc[0], first, 1, ES)
        + indicator.detail(activities.iloc[1], second, 1, ES),
        "attention": overview.attention(activities, pd.DataFrame({"code": []}), 1, ES),
    }
    for name, markup in shown.items():
        assert f"94.9{NO_BREAK}%" in markup and f"74.9{NO_BREAK}%" in markup, name
        assert not re.search(r">(95\.0|75\.0)", Seen(markup).text), name
    assert f">95.0{NO_BREAK}%" not in shown["bars"] + shown["table"] + shown["listing"] + shown["attention"]


def test_one_decimal_never_crosses_a_band_in_what_a_file_would_change(ledger):
    almost(ledger)
    corrected = (Value(2, "8.1", 1, "EPS", Decimal(9300)),)
    shown = trial(ledger, corrected, illustrative=False)["consequence"]
    assert f"94.9{NO_BREAK}% → 93.0{NO_BREAK}%" in shown


def test_before_any_report_the_plan_shows_its_months_and_no_percentage():
    activities, cells = (
        ask(illustrated.plan_only(), question, 0) for question in (metrics.activities, metrics.cells)
    )
    markup = overview.targets(activities, cells, ES)
    rows = rows_of(markup)
    squares = {code: re.findall(r'<i class="([^"]*)">', row) for code, row in rows.items()}
    assert len(rows) == 14 and all(len(months) == 12 for months in squares.values())
    assert [n for n, kind in enumerate(squares["5.3"], 1) if "on" in kind] == [4, 5, 6, 9]
    assert [n for n, kind in enumerate(squares["5.3"], 1) if "prov" in kind] == [9]
    assert not re.search(
        r"\d\u00a0%", Seen(markup).text.replace(f"30{NO_BREAK}%", "").replace(f"17{NO_BREAK}%", "")
    )
    assert "abril, mayo, junio, setiembre" in rows["5.3"]


def test_what_needs_attention_is_ranked_silent_first_then_the_furthest_behind():
    activities, remarks = (
        ask(illustrated.year(), metrics.activities, 9),
        ask(illustrated.year(), metrics.remarks, 9),
    )
    markup = overview.attention(activities, remarks, 9, ES)
    assert re.findall(r'data-act="open:([\d.]+)"', markup) == [
        "5.2",
        "2.1",
        "5.3",
        "4.2",
        "4.1",
        "1.4",
        "1.1",
    ]
    assert f"faltan 42 de 100{NO_BREAK}conexiones" in Seen(markup).text
    assert "Sin causa anotada" in markup and "Los dos convenios siguen en revisión legal" in markup


def test_what_falls_due_next_is_named_with_its_month_amount_and_division():
    opened = illustrated.year()
    due, reporting, uploads = (
        ask(opened, question, 9) for question in (metrics.falling_due, metrics.reporting, metrics.uploads)
    )
    by_month = ask(opened, metrics.reporting_by_month, 9)
    seen = Seen(overview.coming(due, reporting, by_month, uploads, 9, False, ES)).text
    assert "Vence en octubre" in seen and "Y en noviembre" in seen
    assert "14 de 15 reportados, 13 a tiempo" in seen and "5 de 6 reportados, 5 a tiempo" in seen
    assert f"130{NO_BREAK}usuarios" in seen and "División de Catastro y Medición de Consumos" in seen
    assert "2010-09.csv, Datos ilustrativos" in seen


def test_the_four_indicators_of_the_process_stand_with_target_and_status():
    activities, cells = (
        ask(illustrated.year(), question, 9) for question in (metrics.activities, metrics.cells)
    )
    seen = Seen(overview.process(activities, cells, 9, ES)).text
    for text in (
        "Eficiencia de Cobranza",
        "Nivel de Morosidad",
        f"32.7{NO_BREAK}%",
        f"meta 30{NO_BREAK}%",
        "146",
        "de 260",
    ):
        assert text in seen


def test_a_leader_is_not_named_beside_illustrative_figures():
    plan, activities = illustrated.plan(illustrated.year()), ask(illustrated.year(), metrics.activities, 9)
    assert plan["leader"] not in overview.head(plan, activities, True, "", ES)
    assert plan["leader"] in overview.head(plan, activities, False, "", ES)


def test_a_file_shows_old_and_new_value_of_what_it_corrects():
    seen = trial(
        illustrated.year(), [Value(2, "5.3", 6, "EPS", Decimal(25)), Value(3, "5.3", 9, "EPS", Decimal(25))]
    )
    changed = Seen(seen["effect"]).text
    assert "<s>19</s>" in seen["effect"] and "25" in changed
    assert "Corregido: 1 valor" in changed and "Nuevo: 1 valor" in changed
    moves = Seen(seen["consequence"]).text
    assert f"58.0{NO_BREAK}% → 89.0{NO_BREAK}%" in moves and "Atrasada" in moves and "En riesgo" in moves


def test_the_rules_are_told_with_the_numbers_of_the_plan():
    text = Seen(screen(illustrated.year(), 9, ES)["rules"]).text
    for number in (
        f"S/{NO_BREAK}187,000",
        f"S/{NO_BREAK}137,000",
        f"S/{NO_BREAK}4,167",
        f"95.0{NO_BREAK}%",
        "día 10",
    ):
        assert number in text


@pytest.mark.parametrize("speak", (ES, EN))
@pytest.mark.parametrize("month", (0, 9))
def test_text_from_data_never_becomes_markup(month, speak):
    shown = screen(illustrated.hostile(), month, speak)
    if month:
        values = [
            Value(2, "1.2", 10, "EPS", Decimal(18)),
            Value(3, "5.3", 9, "EPS", Decimal(25), note=HOSTILE),
        ]
        shown |= trial(illustrated.hostile(), values, f"{HOSTILE}.csv")
    for name, markup in shown.items():
        seen = Seen(markup)
        assert not seen.tags - TAGS, name
        assert not [a for a, _ in seen.attributes if a.startswith("on")], name
        assert not [v for a, v in seen.attributes if a in ("href", "src") and not v.startswith("/")], name
    assert "<script>alert(1)</script>" in Seen(shown["bars"]).text
    assert "![x](http://elsewhere.example/p.png)" in Seen(shown["table"]).text


def test_a_hostile_name_stays_whole_in_its_attribute():
    titles = [value for name, value in Seen(bars(illustrated.hostile(), 9)).attributes if name == "title"]
    assert any('"onload="alert(2)"' in title for title in titles)


@pytest.mark.parametrize("speak", (ES, EN))
@pytest.mark.parametrize("opened", (illustrated.year, illustrated.plan_only))
@pytest.mark.parametrize("month", (0, 3, 9, 12))
def test_what_is_absent_never_reads_nan_or_none(opened, month, speak):
    for name, markup in screen(opened(), month, speak).items():
        seen = Seen(markup)
        read = (
            f"{seen.text} "
            f"{' '.join(str(value) for attribute, value in seen.attributes if attribute != 'class')}"
        )
        assert not re.search(r"\b(nan|NaN|None|NaT|<NA>|inf)\b", read), name


def test_an_activity_nobody_answers_for_says_so(ledger):
    plan = vector("", (planned("8.1", programmed={1: 100}, target=100, responsible=""), NEARLY), ()).plan
    book.fill_from_files(ledger, plan, told("8.1", {1: 10}))
    with ledger.cursor() as cursor:
        activities = metrics.activities(cursor, book.scope(plan, 1))
    assert "Sin responsable" in overview.attention(activities, pd.DataFrame({"code": []}), 1, ES)


def test_what_nobody_answers_for_is_not_taken_for_the_whole_plan(ledger):
    plan = vector("", (planned("8.1", programmed={1: 100}, target=100, responsible=""), NEARLY), ()).plan
    book.fill_from_files(ledger, plan, [*told("8.1", {1: 10}), *told("8.2", {1: 10000})])
    markup = responsibles.divisions(illustrated.asking(ledger), book.scope(plan, 1), ES)
    shown = [re.findall(r'class="sr">(?:Enero|enero): ([\d.]+)', row) for row in markup.split("<tr")[2:]]
    assert [figures for figures in shown if figures] == [["10.0"], ["100.0"], ["55.0"]]
    assert "Sin responsable" in markup


def test_the_same_frames_give_the_same_markup_and_stay_as_they_were():
    opened = illustrated.year()
    assert screen(opened, 9, ES) == screen(opened, 9, ES)
    activities, cells = (ask(opened, question, 9) for question in (metrics.activities, metrics.cells))
    before = activities.copy(), cells.copy()
    overview.targets(activities, cells, ES)
    overview.process(activities, cells, 9, ES)
    overview.attention(activities, ask(opened, metrics.remarks, 9), 9, ES)
    indicator.table(activities, cells, 9, ES)
    pd.testing.assert_frame_equal(activities, before[0])
    pd.testing.assert_frame_equal(cells, before[1])


def test_problems_that_say_the_same_stand_in_one_line_with_their_rows():
    same = [Problem("error", "unknown_origin", row, "origen", "ilustr") for row in (4, 5, 6, 9)]
    other = Problem("error", "unknown_origin", 7, "origen", "otro")
    [(severity, count, lines)] = problem_list.by_severity([*same, other], ES)
    assert (severity, count) == ("error", 5)
    assert [(line["where"], line["value"]) for line in lines] == [
        ("Filas 4–6, 9, columna origen", "ilustr"),
        ("Fila 7, columna origen", "otro"),
    ]


def test_the_same_of_two_columns_or_two_files_is_told_of_each():
    columns = [Problem("error", "missing_cell", 2, column) for column in ("meta", "unidad")]
    files = [
        Problem("error", "missing_cell", row, "meta", hints={"file": name})
        for name in ("a.csv", "b.csv")
        for row in (2, 3)
    ]
    assert [line["where"] for line in problem_list.lines(columns, EN)] == [
        "Row 2, column meta",
        "Row 2, column unidad",
    ]
    assert [line["where"] for line in problem_list.lines(files, ES, names_file=True)] == [
        "a.csv · Filas 2–3, columna meta", "b.csv · Filas 2–3, columna meta",
    ]  # fmt: skip


def test_a_long_list_of_rows_is_cut_and_says_how_many_it_leaves_out():
    assert problem_list.row_ranges([1, 3, 5, 7, 9, 11], ES) == "1, 3, 5, 7, 9, 11"
    assert problem_list.row_ranges([1, 3, 5, 7, 9, 11, 13, 14], ES) == "1, 3, 5, 7, 9, 11 y 2 más"
    assert problem_list.row_ranges([*range(4, 1001)], EN) == "4–1000"


def test_values_that_differ_under_the_same_words_are_named_three_at_most():
    found = [
        Problem("error", "missing_column", row, "meta", value)
        for row, value in ((2, "a"), (3, "b"), (4, "a"), (5, "c"), (6, "d"))
    ]
    assert problem_list.lines(found, ES)[0]["value"] == "a, b, c…"


def test_a_reported_value_is_never_taken_for_a_compliance():
    told = [
        Value(2, "1.1", 9, "EPS", Decimal(31)),
        Value(3, "5.3", 6, "EPS", Decimal(25)),
    ]  # one month of nine, one of four
    seen = trial(illustrated.year(), told, illustrative=False)["consequence"]
    compliance, value = seen.split(ES("consequence.value"))
    assert ES("consequence.compliance") in compliance
    assert f"— → 25.0{NO_BREAK}%" in Seen(compliance).text and "1.1" not in Seen(compliance).text
    assert f"valor — → 31{NO_BREAK}%" in Seen(value).text and "5.3" not in Seen(value).text


def test_a_first_real_file_for_a_month_that_asks_for_nothing_leads_back_to_the_start_of_the_year():
    seen = trial(illustrated.year(), [Value(2, "5.3", 10, "EPS", Decimal(20))], illustrative=False)[
        "consequence"
    ]
    assert ES("consequence.cutoff", before="setiembre", after=ES("common.start")) in Seen(seen).text
