"""For whoever watches the server: whether the ledger answers."""

from starlette.responses import PlainTextResponse

from pages.server import maintenance
from pages.shared import session
from poa_core.ledger.reading import is_answering

ADDRESS = "/poa/health"


def health(request) -> PlainTextResponse:
    """200 ok, or 503 unavailable where pages show the maintenance page or the ledger does not answer."""
    try:
        well = is_answering(session.open_ledger())
    except maintenance.FAULTS:
        well = False
    return PlainTextResponse(
        "ok" if well else "unavailable", 200 if well else 503, headers={"cache-control": "no-store"}
    )
