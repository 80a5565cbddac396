"""One browser, one server and a few tabs for all browser tests of a worker, a ledger for each module."""

import find_browser
import pytest
from accounts import BOSS, CADASTRE, CHIEF, GUEST, enter, kept_accounts, name
from playwright.sync_api import expect, sync_playwright
from serving import FLAGS, KeptServer, Watched

from poa_core.words.language import LANGUAGES, words

FORGET = (
    "() => { if (location.protocol.startsWith('http')) { localStorage.clear(); sessionStorage.clear() } }"
)

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


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    kept = KeptServer(tmp_path_factory.mktemp("server"))
    yield kept
    kept.stop()


@pytest.fixture(scope="module")
def address(server, folder):
    """The module's dashboard: its tests leave one another's figures alone."""
    with server.serving(folder) as here:
        yield here


@pytest.fixture(scope="session")
def accounts_server(tmp_path_factory):
    """The server of a worker whose people log in, and their provider."""
    with kept_accounts(tmp_path_factory.mktemp("accounts")) as kept:
        yield kept


@pytest.fixture(scope="module")
def place(accounts_server, tmp_path_factory):
    """The module's dashboard with accounts: its address and the provider. Who may enter is said anew by each
    test that needs it.
    """
    kept, provider = accounts_server
    with kept.serving(tmp_path_factory.mktemp("ledger")) as here:
        yield here, provider


@pytest.fixture(scope="module")
def named(browser, place):
    """A leader of one division and a viewer, named by the administrator once for all who come as one of
    them.
    """
    page = browser.new_page(locale="es-PE")
    enter(page, place, BOSS)
    name(page, place, CHIEF, "leader", CADASTRE)
    name(page, place, GUEST, "viewer")
    page.close()


@pytest.fixture
def own_place(accounts_server, own_folder):
    """A dashboard with accounts for a test that changes what others would read."""
    kept, provider = accounts_server
    with kept.serving(own_folder) as here:
        yield here, provider


@pytest.fixture
def own_folder(tmp_path):
    return tmp_path


@pytest.fixture
def own_address(server, own_folder):
    """A dashboard for a test that changes what others would read."""
    with server.serving(own_folder) as here:
        yield here


class Tabs:
    """Tabs that are kept from test to test, each of a session of its own: a page that is opened in one that
    has drawn the dashboard before costs half as much.
    """

    def __init__(self, browser, address: str) -> None:
        self._browser = browser
        self._away = f"{address}/poa/health"  # of the same origin, and no page of the dashboard
        self._free: list = []

    def take(self, width: int, height: int, color_scheme: str):
        page = self._free.pop() if self._free else self._new()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        page.watched.forget()
        return page

    def give_back(self, page) -> None:
        """Leave nothing of the test in it; one that was closed is not taken again."""
        context = page.context
        if page.is_closed():
            context.close()
            return
        for other in context.pages:
            if other is not page:
                other.close()
        context.set_offline(False)
        context.clear_permissions()
        context.clear_cookies()
        page.unroute_all(behavior="ignoreErrors")
        page.evaluate(FORGET)
        page.goto(self._away)
        page.evaluate(FORGET)
        self._free.append(page)

    def _new(self):
        page = self._browser.new_context(locale="es-PE", reduced_motion="reduce").new_page()
        page.watched = Watched(page)
        return page


@pytest.fixture(scope="session")
def tabs(browser, server):
    return Tabs(browser, server.address)


@pytest.fixture
def tab(tabs):
    """Opens tabs of this test's own session: tab(), tab(width=390, height=844, color_scheme="dark")."""
    taken = []

    def new(width: int = 1280, height: int = 800, color_scheme: str = "light"):
        taken.append(tabs.take(width, height, color_scheme))
        return taken[-1]

    yield new
    for page in taken:
        tabs.give_back(page)
