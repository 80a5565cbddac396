"""Who may speak to this server: a browser that came to it by a name of its own, from a page of its own.

Another site can make a name of its own point to this machine, or have its page send requests here: by either
it would read and save as the person at the screen. Streamlit looks at neither for a page or a file.
"""

import ipaddress
from fnmatch import fnmatch
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers

from pages.shared.speech import answer_in_words


class KnownHosts:
    """Refuses what is asked under another name (Host), or by another site's page (Origin), with 403."""

    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if is_ours(host) and origin in (None, f"http://{host}", f"https://{host}"):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await answer_in_words("page.foreign_host", 403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})


def is_ours(host: str) -> bool:
    """Whether a Host names this machine to itself, or is among server.allowedHosts; ports do not matter."""
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    allowed = st.config.get_option("server.allowedHosts")
    return is_loopback(name) or any(name and fnmatch(name, pattern.strip().lower()) for pattern in allowed)


def is_loopback(name: str) -> bool:
    """Whether a name or an address means the machine itself."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def caller(scope) -> str:
    """The address that asks: behind a proxy of this machine the one that it names. uvicorn believes no other
    proxy.
    """
    return (scope.get("client") or ("",))[0]
