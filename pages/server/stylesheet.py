"""The stylesheet, named in the page the server sends: it is there before anything is drawn.

st.html would bring it by a script of Streamlit's that the browser asks for once the page is drawn: until that
came, on a slow line or a busy server, the page stood there in Streamlit's own look, its small print too pale
to be read.
"""

from pathlib import Path

STYLE = Path(__file__).parent.parent / "static" / "style.css"
END = b"</body>"  # behind the styles that Streamlit puts into the head, which ours change
# Not for Streamlit: its file as the browser has kept it, which says nothing of what is added here, and a
# compressed one.
WITHHELD = (b"if-none-match", b"if-modified-since", b"accept-encoding")


def link() -> bytes:
    """Its address changes with it, so that an update shows at once."""
    return f'<link rel="stylesheet" href="/poa/style.css?{STYLE.stat().st_mtime_ns}">'.encode()


class Styled:
    """Adds the link to every page asked for as such; all else passes."""

    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        request_headers = dict(scope.get("headers", []))
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or b"text/html" not in request_headers.get(b"accept", b"")
        ):
            await self.app(scope, receive, send)
            return
        started, body = None, b""

        async def with_link(message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start" and _is_page(message):
                started = message
            elif started and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await _send_styled(send, started, body)
            else:
                await send(message)

        headers = [(name, value) for name, value in scope["headers"] if name not in WITHHELD]
        await self.app({**scope, "headers": headers}, receive, with_link)


def _is_page(message) -> bool:
    """A report that is handed out as a file stands alone and is left as it is."""
    headers = {name.lower(): value for name, value in message["headers"]}
    return (
        message["status"] == 200
        and headers.get(b"content-type", b"").startswith(b"text/html")
        and b"content-disposition" not in headers
    )


async def _send_styled(send, started, body: bytes) -> None:
    styled = body.replace(END, link() + END, 1)
    headers = [(name, value) for name, value in started["headers"] if name != b"content-length"]
    await send({**started, "headers": [*headers, (b"content-length", str(len(styled)).encode())]})
    await send({"type": "http.response.body", "body": styled})
