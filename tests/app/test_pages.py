"""Every page runs to its end, with illustrative progress and with none, in both languages."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import session
from poa_core import config
from poa_core.ledger import uploads
from poa_core.ledger.file.lock import hold_lock
from poa_core.words.language import LANGUAGES, words

FRAME = str(Path(__file__).resolve().parents[2] / "pages" / "frame.py")
KEY = (2010, "EPS Puno", "Gerencia Comercial")
SCRIPTS = ("overview", "indicators", "responsibles", "matrix", "upload", "history", "rules", "people")


@pytest.fixture(scope="module", params=["illustrative", "empty"])
def progress(request, tmp_path_factory):
    """A ledger for all its pages: they look and change nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POA_DATA", str(tmp_path_factory.mktemp(request.param)))
        opened = session.open_ledger()
        if request.param == "empty":
            uploads.withdraw_illustration(opened, KEY, "prueba")
        yield request.param
        session.close_ledger()


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_runs_to_its_end(progress, script, language):
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    if script != "overview":
        app.switch_page(f"{script}.py").run()
    assert not app.exception
    assert not app.error


def test_a_damaged_ledger_shows_the_maintenance_page_and_no_figure(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATA", str(tmp_path))
    (tmp_path / "poa.duckdb").write_bytes(b"not a database" * 100)
    app = AppTest.from_file(FRAME, default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == "El tablero está en mantenimiento"
    assert "DEPLOY.md, Restore" in app.warning[0].value
    assert "Traceback" not in app.warning[0].value and str(tmp_path) not in app.warning[0].value
    assert len(app.selectbox) == 0


def in_use(folder: Path) -> None:
    """The lock is another's for as long as the test runs."""
    HELD.enter_context(hold_lock(config.ledger_paths(), "another"))


def unwritable(folder: Path) -> None:
    (folder / "snapshots").write_bytes(b"a file where the folder should be")


def missing(folder: Path) -> None:
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "poa-20260101T000000000000.duckdb").write_bytes(b"a copy")


HELD = ExitStack()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", [in_use, unwritable, missing], ids=lambda fault: fault.__name__)
def test_a_ledger_that_does_not_open_is_told_why_and_shown_once_it_does(
    tmp_path, monkeypatch, fault, language
):
    monkeypatch.setenv("POA_DATA", str(tmp_path))
    with HELD:
        fault(tmp_path)
        app = AppTest.from_file(FRAME, default_timeout=60)
        app.query_params["lang"] = language
        app.run()
        assert not app.exception and not app.error and len(app.selectbox) == 0
        assert [told.value for told in app.warning] == [words(language)(f"maintenance.{fault.__name__}")]
        assert not (tmp_path / "poa.duckdb").exists()
    for there in (tmp_path / "snapshots").glob("*"):
        there.unlink()
    if fault is unwritable:
        (tmp_path / "snapshots").unlink()
    app.run()
    assert not app.exception and not app.warning and len(app.selectbox) > 0
    session.close_ledger()
