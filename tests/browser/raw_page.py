"""A page without a browser: what anybody can send to the server, and what it answers."""

import socket
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


class Page:
    """A page without a browser, of whoever these cookies are."""

    def __init__(self, address: str, cookies: list | None = None, caller: str = "") -> None:
        self.address, self.cookies = address, {cookie["name"]: cookie["value"] for cookie in cookies or []}
        token = self.cookies.get("_streamlit_xsrf", "")
        self.socket = connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            origin=address,
            subprotocols=["streamlit", *([token] if token else [])],
            additional_headers={
                "Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items()),
                **({"X-Forwarded-For": caller} if caller else {}),
            },
            max_size=None,
        )
        self.session, self.elements = "", set()

    def run(self, page: str = "", query: str = "", **values: tuple[str, object]) -> "Page":
        """Have a page drawn; values are what its elements say, by their keys: a field's name, its content."""
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = query, page
        for key, (field, content) in values.items():
            [element] = [name for name in self.elements if name.endswith(f"-{key}")]
            if field == "json_trigger_value":  # as Streamlit's own page names a block's clicks
                element = f"$$STREAMLIT_INTERNAL_KEY_{element}__events"
            state = message.rerun_script.widget_states.widgets.add(id=element)
            if isinstance(content, list):
                getattr(state, field).data.extend(content)
            else:
                setattr(state, field, content)
        self.socket.send(message.SerializeToString())
        self.said, self.elements, self.blocks, self.kinds = [], set(), [], set()
        while True:
            forward = ForwardMsg.FromString(self.socket.recv(30))
            kind = forward.WhichOneof("type")
            self.kinds.add(kind)
            if kind == "new_session":
                self.session = forward.new_session.initialize.session_id
            if kind == "delta" and forward.delta.WhichOneof("type") == "new_element":
                self._note(forward.delta.new_element)
            if kind == "script_finished" and forward.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return self

    def _note(self, element) -> None:
        kind = element.WhichOneof("type")
        shown = getattr(element, kind)
        if getattr(shown, "id", ""):
            self.elements.add(shown.id)
        if kind == "alert":
            self.said.append(shown.body)
        if kind == "exception":
            self.said.append(shown.message)
        if kind == "bidi_component":
            self.blocks.append(shown.json)

    def hand_in(self, size: int, body: bytes | None = None) -> int:
        """The answer to a file of so many bytes, of which none is sent unless they are given."""
        where = urlsplit(self.address)
        token = self.cookies.get("_streamlit_xsrf", "")
        head = (
            f"PUT /_stcore/upload_file/{self.session}/one HTTP/1.1\r\nHost: {where.netloc}\r\n"
            f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {size}\r\n"
            f"X-Xsrftoken: {token}\r\nCookie: _streamlit_xsrf={token}\r\n\r\n"
        )
        with socket.create_connection((where.hostname, where.port), 30) as way:
            way.sendall(head.encode() + (body or b""))
            return int(way.recv(100).split()[1])


def part(size: int) -> bytes:
    """A file of so many bytes as a form sends it."""
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    return head + b"x" * size + b"\r\n--b--\r\n"
