"""The report as a page: every figure it prints is the one of the frames, in both languages, and nothing in it
runs or calls out.
"""

import json
import re
from datetime import datetime
from html.parser import HTMLParser

import illustrated
import pandas as pd
import pytest
import reported
from illustrated import ask

from poa_core.blocks.bar import bands, rollup_figure
from poa_core.exports.report import page as report_page
from poa_core.figures import metrics
from poa_core.panels import report
from poa_core.words import outcome
from poa_core.words.language import ABSENT, words

ES, EN = words("es"), words("en")
VOID = {"meta", "br", "path", "circle", "use", "img", "link", "input"}


class Read(HTMLParser):
    """The page's sections as texts, its tables as rows of texts, its links and sources."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.tables, self.asked, self.tags = [], {}, {}, [], []
        self.feed(page)

    @property
    def section(self):
        return next((which for tag, which in reversed(self.open) if tag in ("section", "header")), "")

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.asked += [
            found[name]
            for name in ("src", "href", "action", "data")
            if found.get(name) and not found[name].startswith("#")
        ]
        if tag not in VOID:
            self.open.append((tag, found.get("id", "")))
        if tag == "tr":
            self.tables.setdefault(self.section, []).append([])
        elif tag in ("td", "th"):
            self.tables[self.section][-1].append("")

    def handle_endtag(self, tag):
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if {tag for tag, _ in self.open} & {"script", "style"}:
            return
        self.texts[self.section] = self.texts.get(self.section, "") + data
        if self.tables.get(self.section) and {tag for tag, _ in self.open} & {"td", "th"}:
            self.tables[self.section][-1][-1] += data


def read(opened, month, speak=ES, **more):
    return Read(reported.panel(report.body, opened, month, speak, **more))


def whole(month):
    """The plan's own roll-up."""
    return metrics.pick_rollup(
        ask(illustrated.year(), metrics.rollups, month), illustrated.scope(illustrated.year(), month), "plan"
    ).iloc[0]


def rows(page, section, code_at=0):
    """Code -> the cells of its row."""
    return {
        row[code_at].split()[0]: row
        for row in page.tables[section]
        if len(row) > code_at and re.match(r"\d\.\d", row[code_at])
    }


@pytest.mark.parametrize("speak", (ES, EN))
def test_every_activity_stands_under_its_objective_with_the_figures_of_the_screen(speak):
    page, frame = read(illustrated.year(), 9, speak), ask(illustrated.year(), metrics.activities, 9)
    remarks = ask(illustrated.year(), metrics.remarks, 9).set_index("code")
    found = rows(page, "activities")
    assert list(found) == list(frame["code"])
    for row in frame.to_dict("records"):
        told = found[row["code"]]
        assert told[2:7] == [
            speak.number(row["target"]),
            speak.number(row["programmed_to_date"]),
            speak.number(row["reported_to_date"]),
            speak.percent(row["compliance"], bands(row)),
            speak.percent(row["annual"]),
        ]
        assert told[7] == speak(f"status.{row['status']}")
        assert row["activity"] in told[1] and row["responsible"] in told[1]
        if row["code"] in remarks.index:
            assert remarks.loc[row["code"], "cause"] in told[1]
    groups = [row for row in page.tables["activities"] if len(row) == 3]
    rollups = metrics.pick_rollup(
        ask(illustrated.year(), metrics.rollups, 9), illustrated.scope(illustrated.year(), 9), "objective"
    )
    assert [row[1] for row in groups] == [rollup_figure(row, speak) for row in rollups.to_dict("records")]


@pytest.mark.parametrize("speak", (ES, EN))
def test_the_charts_values_stand_beside_it_month_by_month(speak):
    page = read(illustrated.year(), 9, speak)
    path, ahead = (
        ask(illustrated.year(), metrics.outcome_path, 9),
        ask(illustrated.year(), metrics.forecast, 9).set_index("month"),
    )
    told = page.tables["outcome"][1:]
    values = [path.set_index("month")[name] for name in ("programmed", "reported")] + [
        ahead[name] for name in ("expected", "low", "high")
    ]
    assert len(told) == len(values)
    for row, known in zip(told, values, strict=True):
        assert row[1:] == [
            speak.number(known[m], 0) if m in known and pd.notna(known[m]) else "" for m in range(13)
        ]


def test_the_sentence_the_verdict_and_the_outcomes_figures_are_the_screens():
    said = read(illustrated.year(), 9).texts["outcome"]
    row, december = (
        ask(illustrated.year(), metrics.outcome, 9).iloc[0],
        ask(illustrated.year(), metrics.outlook, 9).iloc[0],
    )
    facts = {
        "reported": ES.amount(row["reported"], "S/", 2),
        "path": ES.amount(row["path"], "S/", 2),
        "compliance": ES.percent(row["compliance"]),
        "pace": ES.amount(row["pace"], "S/"),
        "required": ES.amount(row["required_pace"], "S/"),
        "december": ES.amount(december["expected"], "S/"),
    }
    for name, figure in facts.items():
        assert ES(f"report.fact_{name}") + figure in said
    assert (
        ES(f"verdict.{row['verdict']}") in said and ES.amount(december["mean_absolute_error"], "S/") in said
    )
    assert all(outcome.strip_marks([sentence]) in said for sentence in outcome.outcome(row, 9, ES))


def test_the_plan_counts_each_status_and_says_between_what_its_figure_lies():
    said = read(illustrated.year(), 9).texts["plan"]
    row = whole(9)
    assert ES.percent(row["compliance"]) in said and ES.percent(row["high"]) in said
    for status, count in ask(illustrated.year(), metrics.activities, 9)["status"].value_counts().items():
        assert f"{count} {ES(('status_one.' if count == 1 else 'status_many.') + status)}" in said


def test_the_late_ones_are_ranked_silent_first_with_gap_owner_cause_and_measure():
    page, frame = (
        read(illustrated.year(), 9),
        ask(illustrated.year(), metrics.activities, 9).set_index("code"),
    )
    found = [row for row in page.tables["late"] if re.match(r"\d\.\d", row[1])]
    codes = [row[1].split()[0] for row in found]
    wanted = frame[frame["status"].isin(["not_reported", "behind", "at_risk"])]
    assert codes == list(wanted.assign(order=wanted["compliance"].fillna(-1)).sort_values("order").index)
    for code, row in zip(codes, found, strict=True):
        assert (row[0], row[2], row[4]) == (
            ES(f"status.{frame.loc[code, 'status']}"),
            ES.percent(frame.loc[code, "compliance"]),
            frame.loc[code, "responsible"],
        )
        assert row[3]
    assert ES("attention.no_cause") in dict(zip(codes, found, strict=True))["5.2"][5]


def test_each_division_stands_with_its_figure_what_is_late_and_what_is_silent():
    page = read(illustrated.year(), 9)
    rollups = metrics.pick_rollup(
        ask(illustrated.year(), metrics.rollups, 9), illustrated.scope(illustrated.year(), 9), "responsible"
    )
    told = {row[0]: row for row in page.tables["divisions"][1:]}
    assert set(told) == set(rollups["key"])
    for row in rollups.to_dict("records"):
        cells = told[row["key"]]
        assert cells[2] == rollup_figure(row, ES)
        assert cells[4:] == [
            ES("responsibles.of", count=row["activities_due"], due=row["activities"]),
            str(row["late"]),
            str(row["silent"]),
        ]


def test_what_falls_due_next_is_the_next_two_months_that_ask_for_something():
    due = ask(illustrated.year(), metrics.falling_due, 9)
    ahead = due[due["due_month"].isin(sorted(due["due_month"].unique())[:2])]
    told = [(row[1], row[3]) for row in read(illustrated.year(), 9).tables["coming"][1:]]
    assert told == [
        (row["code"], ES.amount(row["programmed"], row["unit"])) for row in ahead.to_dict("records")
    ]


def test_corrections_since_the_chosen_day_are_told_and_older_ones_are_not():
    page = read(illustrated.year(), 9)
    (correction,) = [row for row in page.tables["since"] if len(row) == 7 and row[3].startswith("4.1")]
    assert correction[4:6] == ["1,248", "1,300"]
    assert "Corrige junio" in correction[6]
    later = read(illustrated.year(), 9, since=datetime(2010, 9, 11))
    assert ES("report.no_corrections") in later.texts["since"]


def test_a_status_that_changed_stands_before_beside_now():
    found = rows(read(illustrated.year(), 9, since=datetime(2010, 9, 11)), "since")
    assert found["2.1"][2:6] == [ES("status.met"), ES("status.behind"), ES.percent(1.0), ES.percent(1 / 3)]
    assert found["5.2"][2:6] == [ES("status.not_due"), ES("status.not_reported"), ABSENT, ABSENT]


def test_before_any_progress_it_says_so_and_shows_the_plan():
    page = read(illustrated.plan_only(), 0)
    assert ES("report.cut_none") in page.texts[""]
    assert ES("report.no_progress") in page.texts["late"]
    assert ES("coming.nobody") in page.texts["told"]
    assert {row[7] for row in rows(page, "activities").values()} == {ES("status.not_due")}
    assert not any("0.0" in cell for row in rows(page, "activities").values() for cell in row)


def test_a_plan_nobody_has_reported_on_is_not_late_in_any_month():
    page = read(illustrated.plan_only(), 9)
    assert ES("report.no_progress") in page.texts["late"] and "late" not in page.tables


def test_filters_are_said_and_the_outcome_stays_whole():
    page = read(illustrated.year(), 9, responsible="Gerencia Comercial")
    assert list(rows(page, "activities")) == list(
        ask(illustrated.year(), metrics.activities, 9, responsible="Gerencia Comercial")["code"]
    )
    assert "Gerencia Comercial (actividades: 8)" in page.texts[""]
    assert ES("outcome.whole") in page.texts["outcome"]


def test_a_localitys_report_shows_the_whole_utilitys_activities_without_a_compliance():
    page = read(illustrated.year(), 9, locality="Puno")
    frame = ask(illustrated.year(), metrics.activities, 9, locality="Puno")
    assert list(rows(page, "activities")) == list(frame["code"])


def test_illustrative_progress_is_flagged():
    assert ES("head.illustrative") in read(illustrated.year(), 9).texts[""]
    assert ES("head.illustrative") not in read(illustrated.plan_only(), 0).texts[""]


def test_every_status_is_a_word_beside_a_shape():
    page = read(illustrated.year(), 9)
    shapes = [found["href"] for tag, found in page.tags if tag == "use"]
    icons = report_page.document("", illustrated.scope(illustrated.year(), 9), ES)
    assert shapes and all(f'id="{shape.removeprefix("#")}"' in icons for shape in shapes)


@pytest.mark.parametrize("speak", (ES, EN))
def test_the_page_is_one_file_in_its_language_that_asks_for_nothing_and_uploads_nothing(speak):
    scope = illustrated.scope(illustrated.year(), 9)
    page = report_page.document(
        reported.panel(report.body, illustrated.year(), 9, speak), scope, speak, b"font"
    )
    written = page.split("<script>")[0] + page.rsplit("<script>", 1)[1]  # without the library
    assert f'<html lang="{speak.language}">' in page and "hyphens: auto" in page and "counter(page)" in page
    assert page.count("data:font/woff2;base64,Zm9udA==") == 1
    assert not Read(written).asked
    assert not re.findall(r"url\((?!data:)", written)
    chart = json.loads(re.search(r'id="figure">(.*?)</script>', page, re.DOTALL)[1])
    assert chart["config"]["showSendToCloud"] is False
    assert len(page.encode()) < 5_200_000


def test_text_from_data_stays_text():
    page = reported.panel(report.body, illustrated.hostile(), 10, ES)
    seen = Read(page)
    assert "img" not in {tag for tag, _ in seen.tags}
    assert [found for tag, found in seen.tags if tag == "script"] == [
        {"type": "application/json", "id": "figure"}
    ]
    assert not [name for _, found in seen.tags for name in found if name.startswith("on")]
    assert "&lt;script&gt;" in page
    assert "alert(2)" in seen.texts["activities"]


def test_the_preview_says_what_the_report_holds():
    told = reported.panel(report.preview, illustrated.year(), 9, ES)
    assert ES("report.holds_late", count=7, unexplained=1) in told
    assert ES.percent(whole(9)["compliance"]) in told
