"""The address follows the choices, and a browser that is behind with it takes no choice back."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import session

FRAME = str(Path(__file__).resolve().parents[2] / "pages" / "frame.py")


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATA", str(tmp_path))
    session.open_ledger()
    yield AppTest.from_file(FRAME, default_timeout=60).run()
    session.close_ledger()


def address(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def come_with(app: AppTest, came: dict[str, str]) -> None:
    """What the browser sends next carries this address."""
    app.query_params.clear()
    app.query_params.update(came)


def cutoff(app: AppTest):
    return next(box for box in app.selectbox if box.key.startswith("filter cutoff"))


def chosen(app: AppTest, code: str) -> dict[str, str]:
    """The address after a cut-off is chosen."""
    cutoff(app).set_value(code).run()
    assert not app.exception
    return address(app)


def test_a_choice_made_while_the_browser_is_two_addresses_behind_is_kept(app):
    first = chosen(app, "2010-07")
    chosen(app, "2010-08")
    come_with(app, first)
    assert chosen(app, "2010-06") == {"corte": "2010-06"}
    assert cutoff(app).value == "2010-06"


def test_news_that_come_with_an_address_left_behind_take_no_choice_back(app):
    first = chosen(app, "2010-07")
    come_with(app, {})
    chosen(app, "2010-08")
    come_with(app, first)
    app.run()
    assert cutoff(app).value == "2010-08"
    assert address(app) == {"corte": "2010-08"}


def test_an_address_that_was_never_written_here_is_a_choice_from_outside(app):
    chosen(app, "2010-07")
    come_with(app, {"corte": "2010-03"})
    app.run()
    assert cutoff(app).value == "2010-03"


def test_a_page_come_back_to_shows_what_its_address_says(app):
    first = chosen(app, "2010-07")
    app.switch_page("indicators.py").run()
    chosen(app, "2010-08")
    app.switch_page("overview.py")
    come_with(app, first)
    app.run()
    assert cutoff(app).value == "2010-07"
