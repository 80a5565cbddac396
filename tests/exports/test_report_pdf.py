"""The report on paper: printed by the machine's browser, with the figures of the frames, in bounded time."""

import io
import os
import select
import stat

import find_browser
import illustrated
import pypdf
import pytest
import reported
from illustrated import ask

from poa_core.exports.report import pdf
from poa_core.figures import metrics
from poa_core.panels import report
from poa_core.words.language import words


def a_program(folder, *lines):
    """A program that stands in the browser's place."""
    path = folder / "browser.sh"
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


@pytest.mark.parametrize("speak", (words("es"), words("en")))
def test_it_is_printed_on_a4_with_page_numbers_and_the_figures_of_the_frames(speak):
    made = reported.panel(report.pdf, illustrated.year(), 9, speak, b"", find_browser.installed())
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    told = [" ".join(page.extract_text().split()) for page in pages]
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {
        (595, 842)
    }
    assert all(f"{n} / {len(pages)}" in text for n, text in enumerate(told, 1))
    said, row = " ".join(told), ask(illustrated.year(), metrics.outcome, 9).iloc[0]
    for figure in (
        speak.amount(row["reported"], "S/", 2),
        speak.amount(row["required_pace"], "S/"),
        speak("report.since", day=speak.day(reported.SINCE)),
    ):
        assert " ".join(figure.split()) in said
    for activity in ask(illustrated.year(), metrics.activities, 9).to_dict("records"):
        assert activity["code"] in said
        if activity["status"] != "not_reported":
            assert " ".join(speak.percent(activity["compliance"], (0.75, 0.95)).split()) in said


def test_it_knows_its_language_and_is_tagged_for_a_screen_reader():
    made = pdf.print_pdf(
        '<html lang="es"><title>Informe</title><h1>Hola</h1></html>', find_browser.installed()
    )
    root = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("es", True)


def test_a_browser_that_hangs_is_ended_with_all_it_started(tmp_path):
    hanging = a_program(tmp_path, "sleep 1000 &", f"echo $! > {tmp_path}/child", "wait")
    with pytest.raises(pdf.PrintFailed):
        pdf.print_pdf("<html></html>", hanging, seconds=1)
    child = int((tmp_path / "child").read_text())
    assert _ends(child)


def _ends(process):
    """Whether a process is gone, or goes while we wait for it."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    return bool(select.select([watched], [], [], 20)[0])


@pytest.mark.parametrize(
    "lines",
    [("exit 1",), ("exit 0",), ('for a; do case $a in --print-to-pdf=*) echo no > "${a#*=}";; esac; done',)],
)
def test_a_browser_that_gives_no_pdf_is_said(tmp_path, lines):
    with pytest.raises(pdf.PrintFailed):
        pdf.print_pdf("<html></html>", a_program(tmp_path, *lines))


def test_a_browser_that_is_not_there_is_said():
    with pytest.raises(pdf.PrintFailed):
        pdf.print_pdf("<html></html>", "/nowhere/chrome")


def test_the_browser_is_the_one_named_else_one_of_the_machine(monkeypatch, tmp_path):
    assert pdf.browser() is not None
    named = a_program(tmp_path)
    monkeypatch.setenv("POA_BROWSER", named)
    assert pdf.browser() == named
    monkeypatch.setenv("POA_BROWSER", "/nowhere/chrome")  # whoever names one means that one
    assert pdf.browser() is None


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf.tempfile, "tempdir", str(tmp_path))
    pdf.print_pdf("<html></html>", find_browser.installed())
    assert list(tmp_path.iterdir()) == []
