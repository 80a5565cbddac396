"""A page is of one version as a whole, whatever is accepted while it is drawn; an answer is made once for all
who ask.
"""

import json
import threading
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import session
from pages.shared.answer_cache import once, size_in_bytes
from poa_core.figures.slices import EveryCutoff
from poa_core.ledger import uploads
from poa_core.panels import overview

FRAME = str(Path(__file__).resolve().parents[2] / "pages" / "frame.py")
KEY = (2010, "EPS Puno", "Gerencia Comercial")


@pytest.fixture
def opened(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATA", str(tmp_path))
    yield session.open_ledger()
    session.close_ledger()


def shown(app: AppTest) -> dict[str, dict]:
    """What each component of the page shows, by the key it has in the page."""
    return {
        found.proto.id.split("-", 2)[2]: json.loads(found.proto.json) for found in app.get("bidi_component")
    }


def test_what_is_accepted_while_a_page_is_drawn_is_on_all_of_it_or_on_none(opened, monkeypatch):
    process = overview.process

    def meanwhile(ask, scope, spoken):
        monkeypatch.setattr(overview, "process", process)
        uploads.withdraw_illustration(opened, KEY, "prueba")
        return process(ask, scope, spoken)

    monkeypatch.setattr(overview, "process", meanwhile)
    blocks = shown(AppTest.from_file(FRAME, default_timeout=60).run())
    assert blocks["version"]["version"] == str(opened.version)
    assert "illustrative" not in blocks
    assert "Aún no hay avance cargado" in blocks["outcome"]["html"]


def test_an_answer_is_made_once_for_all_who_ask_at_the_same_time():
    asked, made = threading.Event(), []

    @once(8)
    def answer(key):
        made.append(key)
        if len(made) > 1:
            asked.set()
        asked.wait(0.2)  # long enough for another to come in
        return key

    threads = [threading.Thread(target=answer, args=("a",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"]


def test_an_answer_that_fails_is_made_anew_for_the_next():
    made = []

    @once(8)
    def answer(key):
        made.append(key)
        if len(made) == 1:
            raise ValueError(key)
        return key

    with pytest.raises(ValueError):
        answer("a")
    assert answer("a") == "a"


def test_answers_are_kept_up_to_so_many_megabytes_and_the_least_asked_for_let_go():
    made = []

    @once(1)
    def answer(key):
        made.append(key)
        return key * 400_000

    for key in ("a", "b", "a", "c", "a", "b"):
        assert answer(key) == key * 400_000
    assert made == ["a", "b", "c", "b"]


def test_an_answer_larger_than_all_that_may_be_kept_is_given_and_not_kept():
    made = []

    @once(1)
    def answer(key):
        made.append(key)
        return pd.DataFrame({"figure": [0.0] * 200_000})

    assert [len(answer("a")), len(answer("a"))] == [200_000] * 2
    assert made == ["a", "a"]


def test_what_an_answer_takes_is_counted_with_all_that_it_holds():
    frame = pd.DataFrame({"figure": [0.0] * 1000, "text": ["a"] * 1000})
    assert 16_000 < size_in_bytes(frame) < 80_000
    assert size_in_bytes(EveryCutoff(frame)) > size_in_bytes(frame)
    assert size_in_bytes((frame, frame)) > 2 * size_in_bytes(frame)
    assert size_in_bytes("a" * 5000) > 5000
