"""Response headers: what the browser may load is what this server serves, and it is told nothing else."""

import re

from starlette.datastructures import Headers

from pages.server import hosts

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'{sockets}",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
NAME = re.compile(r"[\w.-]+(:\d+)?|\[[\da-f:]+\](:\d+)?", re.ASCII | re.IGNORECASE)
HEADERS = [(b"referrer-policy", b"same-origin"), (b"x-content-type-options", b"nosniff")]


class SafeHeaders:
    """Adds the headers to every answer; a picture named in data is never fetched from elsewhere."""

    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        async def with_headers(message) -> None:
            if message["type"] == "http.response.start":
                policy = (
                    b"content-security-policy",
                    policy_of(Headers(scope=scope).get("host", "")).encode(),
                )
                message["headers"] = [*message.get("headers", []), policy, *HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def policy_of(host: str) -> str:
    """What a page that came under this Host may do. Older Safari does not take 'self' for a web socket."""
    is_plain = NAME.fullmatch(host) and hosts.is_ours(host)
    return POLICY.format(sockets=f" ws://{host} wss://{host}" if is_plain else "")
