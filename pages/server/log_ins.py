"""Log-in and log-out at their own addresses: what Streamlit does there and what it leaves open.

A log-out that another site's page asks for is refused, and one of ours ends the log-in here too. A token with
so many groups that browsers or proxies would drop its cookies gets a sentence instead of a page that goes
round in circles. Whoever asks too often waits.
"""

import json
import time
from collections import defaultdict, deque
from contextlib import suppress

import anyio
from starlette.datastructures import Headers
from starlette.requests import Request
from streamlit.web.server.starlette.starlette_auth_routes import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from pages.server import hosts, maintenance
from pages.shared import login, session
from pages.shared.speech import answer_in_words
from poa_core.ledger import rights
from poa_core.ledger.submission import Refused
from poa_core.logbook import log_access, log_incident

LOG_IN, LOG_OUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
A_MINUTE, AT_MOST = 60, 60  # seconds, and how often one address may ask within them
COOKIES = 7_000  # bytes; nginx takes 8 kB of a request's cookies, the language's and the form's among them
ELSEWHERE = ("cross-site", "same-site")


class LogIns:
    """Stands around the addresses of log-in; all else passes."""

    def __init__(self, app) -> None:
        self.app = app
        self.asked: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self.looked = 0.0  # when those that asked long ago were forgotten last

    async def __call__(self, scope, receive, send) -> None:
        path = scope.get("path", "") if scope["type"] == "http" else ""
        asked = next((address for address in (LOG_IN, CALLBACK) if path.endswith(address)), None)
        if asked and Headers(scope=scope).get("sec-fetch-dest", "document") != "document":
            await answer_in_words("page.foreign_host", 403)(scope, receive, send)  # another site's picture
        elif asked and self._is_too_often(asked, hosts.caller(scope)):
            log_access("log_in", is_refusal=True, caller=hosts.caller(scope), refused="too_often")
            await answer_in_words("gate.too_often", 429)(scope, receive, send)
        elif asked == CALLBACK:
            await self.app(scope, receive, _Bounded(scope, receive, send))
        elif path.endswith(LOG_OUT):
            if Headers(scope=scope).get("sec-fetch-site") in ELSEWHERE:
                log_access("log_out", is_refusal=True, caller=hosts.caller(scope), refused="foreign")
                await answer_in_words("gate.foreign_leave", 403)(scope, receive, send)
                return
            await anyio.to_thread.run_sync(_end, claims_of(Request(scope).cookies))
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_too_often(self, address: str, caller: str) -> bool:
        now = time.monotonic()
        if now > self.looked + A_MINUTE:
            self.looked = now
            for key in [key for key, times in self.asked.items() if times[-1] < now - A_MINUTE]:
                del self.asked[key]
        times = self.asked[address, caller]
        while times and times[0] < now - A_MINUTE:
            times.popleft()
        if len(times) >= AT_MOST:
            return True
        times.append(now)
        return False


class _Bounded:
    """Sends the callback's answer, or a sentence where its cookies are more than a request can carry."""

    def __init__(self, scope, receive, send) -> None:
        self.scope, self.receive, self.send, self.is_refused = scope, receive, send, False

    async def __call__(self, message) -> None:
        if message["type"] == "http.response.start":
            cookies = [
                value.partition(b";")[0] for name, value in message["headers"] if name == b"set-cookie"
            ]
            self.is_refused = sum(map(len, cookies)) > COOKIES
            if self.is_refused:
                log_access("log_in", is_refusal=True, caller=hosts.caller(self.scope), refused="too_large")
                await answer_in_words("gate.too_large", 400)(self.scope, self.receive, self.send)
        if not self.is_refused:
            await self.send(message)


def claims_of(cookies: dict[str, str]) -> dict:
    """What the log-in cookies of a request say; empty where they are none of ours."""
    with suppress(Exception):  # of a stranger: whatever they are, no log-in
        claims = json.loads(_get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME) or b"{}")
        return claims if isinstance(claims, dict) and claims.get("is_logged_in") else {}
    return {}


def _end(claims: dict) -> None:
    """Where it is the log-in of somebody who may enter: strangers add nothing to the ledger."""
    if not claims:
        return
    try:
        session.check_access(session.open_ledger(), str(claims.get("email")), claims, rights.READ)
        known = login.login_of(claims)
        login.end(session.open_ledger(), known, known.address)
    except (Refused, *maintenance.FAULTS):
        return
    except Exception as error:  # the browser's cookie goes all the same
        log_incident(error)
