"""A dashboard with accounts, a provider of this machine, and people who log in to it."""

import re
from contextlib import contextmanager
from secrets import token_hex

import oidc
from playwright.sync_api import expect
from serving import ROOT, KeptServer, dashboard, free_port, opened, settled, written

from poa_core.words.language import words

ES = words("es")
BOSS, CHIEF, GUEST = "jefa@eps.pe", "catastro@eps.pe", "visita@eps.pe"
CADASTRE = "División de Catastro y Medición de Consumos"
DEPLOYED_SECRETS = re.search(
    r"<!-- accounts -->\n```toml\n(.*?)```", (ROOT / ".github" / "DEPLOY.md").read_text("utf-8"), re.DOTALL
)[1]
FIGURES = re.compile(r"159,394|79\.6|Catastro")


@contextmanager
def accounts(folder, **people):
    """A dashboard set up word for word as DEPLOY.md says, with a provider of this machine, and what else the
    section of people says. Yields its address and the provider.
    """
    port = free_port()
    with oidc.provider() as provider:
        secrets = secrets_file(folder, port, provider, **people)
        with dashboard(folder, secrets, port) as address:
            yield address, provider


@contextmanager
def kept_accounts(folder):
    """The same for one ledger after another: a kept server and the provider."""
    port = free_port()
    with oidc.provider() as provider:
        kept = KeptServer(folder, secrets_file(folder, port, provider), port)
        try:
            yield kept, provider
        finally:
            kept.stop()


def secrets_file(folder, port: int, provider, **people):
    written, secrets = DEPLOYED_SECRETS, folder / "secrets.toml"
    own = {
        "https://poa.eps.pe": f"http://127.0.0.1:{port}",
        "https://accounts.google.com": provider.address,
        "the client's id": oidc.CLIENT,
        "the client's secret": oidc.SECRET,
        "what step 2 printed": token_hex(32),
        "jefatura@eps.pe": BOSS,
    }
    for example, value in own.items():
        assert example in written
        written = written.replace(example, value)
    settings = "".join(f"{name} = {str(value).lower()}\n" for name, value in people.items())
    secrets.write_text(written + settings, "utf-8")
    secrets.chmod(0o600)
    return secrets


def log_in(page, place, who: str, heading: str | None = "Cumplimiento del plan", **claims) -> None:
    """Log in as somebody, and wait for the page that greets them."""
    address, provider = place
    provider.claims = {"email": who, "sub": who, **claims}
    page.goto(address)
    page.get_by_role("button", name=re.compile(f"{ES('gate.enter')}|{ES('gate.again')}")).click()
    if heading:
        expect(page.get_by_text(heading).first).to_be_visible(timeout=30_000)
        settled(page)


def enter(page, place, who: str) -> None:
    """Come as somebody who is logged in: the first time by logging in, then by the cookies of that time."""
    address, provider = place
    if who in provider.cookies:
        page.context.add_cookies(provider.cookies[who])
        opened(page, address, "Cumplimiento del plan")
    else:
        log_in(page, place, who)
        provider.cookies[who] = page.context.cookies()


def name(page, place, email: str, role: str, division: str | None = None, active: bool = True) -> None:
    """Say what somebody may do, as an administrator on the page of people."""
    page.goto(f"{place[0]}/personas")
    expect(page.get_by_text(ES("people.caption"))).to_be_visible(timeout=30_000)
    settled(page)
    row = page.get_by_role("link", name=ES("people.change_one", address=email), exact=True)
    if row.count():
        row.click()
        expect(page.get_by_role("heading", name=email)).to_be_visible()
        settled(page)
    else:
        written(page, ES("people.address"), email)
    page.get_by_text(ES(f"people.role_{role}")).click()
    settled(page)
    if division:
        page.get_by_test_id("stMain").get_by_test_id("stButtonGroup").get_by_text(
            division, exact=True
        ).click()
        settled(page)
    box = page.get_by_role("checkbox", name=ES("people.active"))
    if box.is_checked() != active:
        page.get_by_text(ES("people.active"), exact=True).click()
        settled(page)
    page.get_by_role("button", name=ES("people.put")).click()
    expect(page.locator(".panel").filter(has_text=ES("people.saved"))).to_contain_text(email)
    settled(page)


def is_shut(page) -> None:
    """No figure, division or page of the dashboard is told."""
    settled(page)
    assert not FIGURES.search(page.content())
    assert page.get_by_role("link", name="Resumen").count() == 0
