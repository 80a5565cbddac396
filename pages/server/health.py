"""For whoever watches the server: whether the ledger answers, and what its condition is."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from pages.server import hosts, log_ins, maintenance, watch
from pages.shared import session
from pages.shared.speech import NEVER_KEPT
from poa_core.ledger import rights
from poa_core.ledger.condition import condition
from poa_core.ledger.reading import is_answering
from poa_core.ledger.submission import Refused

ADDRESS = watch.HEALTH
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def health(request: Request) -> Response:
    """200 ok, or 503 unavailable where pages show the maintenance page or the ledger does not answer.

    With ?full, and asked by this machine itself or by an administrator who has logged in, as JSON: status,
    version, newest_copy, verified, troubles.
    """
    try:
        opened = session.open_ledger()
        well, fault = is_answering(opened), "not_answering"
    except maintenance.FAULTS as error:
        well, fault = False, maintenance.SAID[type(error)]
    code = 200 if well else 503
    if "full" in request.query_params and (is_from_here(request) or (well and _is_administrators(request))):
        return JSONResponse(
            _full(opened) if well else {"status": "unavailable", "fault": fault}, code, NEVER_KEPT
        )
    return PlainTextResponse("ok" if well else "unavailable", code, NEVER_KEPT)


def is_from_here(request: Request) -> bool:
    """Whether this machine itself asks, by a name of its own and not for somebody else."""
    peer = request.client.host if request.client else ""
    is_handed_on = any(name in request.headers for name in FORWARDED)
    return hosts.is_loopback(peer) and hosts.is_loopback(request.url.hostname or "") and not is_handed_on


def _is_administrators(request: Request) -> bool:
    claims = log_ins.claims_of(request.cookies)
    try:
        session.check_access(session.open_ledger(), str(claims.get("email")), claims, rights.PEOPLE)
    except Refused:
        return False
    return bool(claims)  # where nobody logs in there is no administrator either


def _full(opened) -> dict:
    seen = condition(opened)
    return {
        "status": "ok",
        "version": opened.version,
        "newest_copy": seen.newest_copy and f"{seen.newest_copy.isoformat()}Z",
        "verified": seen.verified and f"{seen.verified.isoformat()}Z",
        "troubles": list(seen.troubles),
    }
