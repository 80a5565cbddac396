"""One browser for all browser tests, a server for each module."""

import find_browser
import pytest
from playwright.sync_api import expect, sync_playwright
from serving import FLAGS, Watched, dashboard

from poa_core.words.language import LANGUAGES, words

expect.set_options(timeout=20_000)  # how long a busy machine may take, not a bound on speed


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find_browser.for_pages(), args=FLAGS)
        yield found
        found.close()


@pytest.fixture(params=LANGUAGES)
def say(request):
    """The words of each language in turn: what the screen says is looked up and not typed again."""
    return words(request.param)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ledger")


@pytest.fixture(scope="module")
def address(folder):
    """The module's dashboard: its tests leave one another's figures alone."""
    with dashboard(folder) as here:
        yield here


@pytest.fixture
def own_folder(tmp_path):
    return tmp_path


@pytest.fixture
def own_address(own_folder):
    """A dashboard for a test that changes what others would read."""
    with dashboard(own_folder) as here:
        yield here


@pytest.fixture
def tab(browser):
    """Opens tabs of this test's own session: tab(), tab(width=390, height=844, color_scheme="dark")."""
    contexts = []

    def new(width: int = 1280, height: int = 800, color_scheme: str = "light"):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=color_scheme, locale="es-PE"
        )
        contexts.append(context)
        page = context.new_page()
        page.watched = Watched(page)
        return page

    yield new
    for context in contexts:
        context.close()
