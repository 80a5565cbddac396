"""A session of the dashboard without a browser: Streamlit's own messages over its own web socket, as the page
sends them.
"""

import asyncio
import json
import time
from dataclasses import dataclass

import websockets
from load_page import Held, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

HOST = "127.0.0.1"
PATIENCE = 60  # seconds after which an answer that did not come is a fault
EDGE = "edge-of-a-part"
TRIGGERS = ("trigger_value", "json_trigger_value")
SELECTED = ("selectbox", "text_input")


class Broken(Exception):
    """The server did not answer as it answers a browser: what it did instead."""


@dataclass(frozen=True)
class Answer:
    """What one message led to: seconds on the clock when it was sent and when its script ended, messages and
    bytes that came.
    """

    sent: float
    done: float
    messages: int
    size: int

    @property
    def seconds(self) -> float:
        return self.done - self.sent


class Session:
    """One open tab. Whoever drives it asks for one thing at a time, as the page does."""

    def __init__(self, port: int) -> None:
        self.port, self.page = port, Page()
        self.set_to: dict[str, WidgetState] = {}
        self.cookie, self.messages, self.size = "", 0, 0
        self.line: tuple | None = None

    async def open(self, page: str = "", query: str = "") -> Answer:
        """Connect as a browser does, cookie and all, and open a page by its address."""
        _, headers, _ = await self._http("GET", "/_stcore/health")
        self.cookie = headers["set-cookie"].split(";")[0]
        self.socket = await websockets.connect(
            f"ws://{HOST}:{self.port}/_stcore/stream",
            subprotocols=["streamlit", self.token],
            max_size=None,
            compression=None,
            origin=f"http://{HOST}:{self.port}",
            additional_headers={"Cookie": self.cookie},
            ping_interval=None,
        )
        self.page.query = query
        return await self._ask(page_name=page)

    @property
    def token(self) -> str:
        """What Streamlit wants to be told against requests forged elsewhere."""
        return self.cookie.partition("=")[2]

    async def close(self) -> None:
        """As a tab is closed."""
        if self.line:
            self.line[1].close()
        await self.socket.close()

    async def version(self) -> str:
        """The data version as the page asks for it."""
        return (await self._http("GET", "/poa/version"))[2].decode()

    async def go(self, page: str) -> Answer:
        """A click on a page of the menu: what was set on the page left behind stays there."""
        script = self.page.pages[page]
        if script != self.page.script:
            self.page.query = ""
            self.set_to.clear()
        return await self._ask(page_script_hash=script)

    async def set(self, held: Held, **value) -> Answer:
        """Set a widget, or press a button: set(held, string_value="Puno"), set(held, trigger_value=True)."""
        return await self._send(WidgetState(id=held.widget.id, **value), held.fragment)

    async def act(self, key: str, event: str, value: str) -> Answer:
        """What a click in a component of ours asks for."""
        held = self.found("bidi_component", key)
        told = json.dumps([{"event": event, "value": value}])
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{held.widget.id}__events", json_trigger_value=told)
        return await self._send(state, held.fragment)

    async def upload(self, name: str, content: bytes) -> Answer:
        """Hand a file to the page's uploader: ask for its address, put the bytes there, set the widget."""
        held = self.found("file_uploader")
        asked = {"request_id": name, "file_names": [name], "session_id": self.page.session_id}
        await self.socket.send(BackMsg(file_urls_request=asked).SerializeToString())
        while (message := await self._next()).WhichOneof("type") != "file_urls_response":
            self.page.take(message)
        urls = message.file_urls_response.file_urls[0]
        head = (
            f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: '
            f"text/csv\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{EDGE}--\r\n".encode()
        headers = {
            "Cookie": self.cookie,
            "X-Xsrftoken": self.token,
            "Content-Type": f"multipart/form-data; boundary={EDGE}",
        }
        status, _, said = await self._http("PUT", urls.upload_url, body, headers)
        if status != 204:
            raise Broken(f"the upload was answered with {status}: {said[:200]!r}")
        state = WidgetState(id=held.widget.id)
        state.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(content), file_id=urls.file_id, file_urls=urls
        )
        return await self._send(state, held.fragment)

    def found(self, kind: str, key: str = "") -> Held:
        """The element of a kind whose key begins so. Raises Broken where the page has none."""
        held = self.page.found(kind, key)
        if held is None:
            raise Broken(
                f"no {kind} {key} on the page, but {sorted({h.key for h in self.page.held.values()})}"
            )
        return held

    async def _send(self, state: WidgetState, fragment: str) -> Answer:
        """A widget set stays set; a trigger is told once."""
        if state.WhichOneof("value") in TRIGGERS:
            return await self._ask(state, page_script_hash=self.page.script, fragment_id=fragment)
        self.set_to[state.id] = state
        return await self._ask(page_script_hash=self.page.script, fragment_id=fragment)

    async def _ask(self, *triggers: WidgetState, **asked: str) -> Answer:
        context = {
            "timezone": "America/Lima",
            "timezone_offset": 300,
            "locale": "es-PE",
            "color_scheme": "light",
            "url": f"http://{HOST}:{self.port}/",
        }
        message = BackMsg(
            rerun_script={
                **asked,
                "query_string": self.page.query,
                "context_info": context,
                "cached_message_hashes": list(self.page.large),
            }
        )
        standing = {held.widget.id for held in self.page.held.values() if hasattr(held.widget, "id")}
        self.set_to = {name: state for name, state in self.set_to.items() if name in standing}
        message.rerun_script.widget_states.widgets.extend([*self.set_to.values(), *triggers])
        sent, self.messages, self.size = time.perf_counter(), 0, 0
        await self.socket.send(message.SerializeToString())
        while not self.page.take(await self._next()):
            pass
        self._follow()
        return Answer(sent, time.perf_counter(), self.messages, self.size)

    def _follow(self) -> None:
        """A browser takes over what the server sets a widget to."""
        for held in self.page.held.values():
            if held.kind in SELECTED and held.widget.set_value:
                told = held.widget.raw_value if held.kind == "selectbox" else held.widget.value
                self.set_to[held.widget.id] = WidgetState(id=held.widget.id, string_value=told)

    async def _next(self) -> ForwardMsg:
        try:
            raw = await asyncio.wait_for(self.socket.recv(), PATIENCE)
        except (TimeoutError, websockets.ConnectionClosed) as gone:
            raise Broken(f"no answer: {gone!r}") from gone
        self.messages, self.size = self.messages + 1, self.size + len(raw)
        return ForwardMsg.FromString(raw)

    async def _http(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """One request on the tab's own connection, opened anew where the server has closed it.

        Returns status, headers with names in lower case, body. Raises Broken where no answer comes.
        """
        told = {"Host": f"{HOST}:{self.port}", "Content-Length": str(len(body)), **(headers or {})}
        asked = (
            "\r\n".join([f"{method} {path} HTTP/1.1", *map(": ".join, told.items()), "", ""]).encode() + body
        )
        for _ in range(2):
            reader, writer = self.line = self.line or await asyncio.open_connection(HOST, self.port)
            try:
                writer.write(asked)
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                self.line = None
                continue
            answered = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            return (
                int(head[0].split()[1]),
                answered,
                await reader.readexactly(int(answered.get("content-length", 0))),
            )
        raise Broken(f"no answer to {method} {path}")
