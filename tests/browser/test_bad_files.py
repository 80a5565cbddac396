"""A bad file gets its sentences on the page, stores nothing, and leaves every figure as it was."""

import re

import pytest
from bad_files import BAD_FILES
from playwright.sync_api import expect
from serving import handed_in, opened, settled

from poa_core import moment as clock
from poa_core.blocks import problem_list
from poa_core.ledger.file import database
from poa_core.loading import seed
from poa_core.loading.files import read_progress
from poa_core.words.language import words

KEY = (2010, "EPS Puno", "Gerencia Comercial")
KINDS = 45


@pytest.fixture(scope="module")
def kinds():
    """(bad file, its errors) as the core finds them in the project's own plan."""
    book = database.in_memory()
    seed.first_load(book)
    read = [
        (kind, read_progress(book, kind.content, kind.file_name, KEY, clock.now())) for kind in BAD_FILES[::2]
    ]
    book.close()
    return [
        (kind, [p for p in file.problems if p.severity == "error"]) for kind, file in read if file.is_refused
    ][:KINDS]


def figures(page, address) -> list[str]:
    opened(page, address, "Cumplimiento del plan")
    return [
        *page.locator(".bar-row").all_inner_texts(),
        page.locator(".sentence").inner_text(),
        page.locator(".headline").inner_text(),
    ]


def test_each_of_forty_kinds_of_bad_file_is_answered_and_nothing_moves(tab, address, kinds):
    assert len(kinds) >= 40
    page = tab()
    before = figures(page, address)
    opened(page, f"{address}/cargar", "Elegir archivo")
    for kind, errors in kinds:
        file = {"name": kind.file_name, "mimeType": "text/csv", "buffer": kind.content}
        handed_in(page, file, page.get_by_text(re.compile("por corregir|dos maneras")).first)
        shown = " ".join(page.locator("table").inner_text().split()) if errors else ""
        for line in problem_list.lines(errors, words("es")):
            for told in line.values():
                assert " ".join(told.split()) in shown, (kind.name, told)
        assert page.get_by_role("button", name="Aceptar").count() == 0, kind.name
        page.get_by_role("button", name="Elegir otro archivo").click()
        expect(page.get_by_text("Qué necesita el archivo"), kind.name).to_be_visible()
        settled(page)
    assert figures(page, address) == before
    assert page.watched.faults == []
    opened(page, f"{address}/historial", "Historial de cargas")
    expect(page.get_by_role("row")).to_have_count(1 + 10)
