"""What the server holds for whoever has not logged in: nothing that they send, and no more than so many of
their pages.
"""

import asyncio
import gc
from collections import Counter, deque
from contextlib import suppress

import anyio
import streamlit as st
import uvicorn
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.server import hosts, log_ins, maintenance
from pages.shared import session, uploads
from pages.shared.speech import answer_in_words
from poa_core.ledger import rights
from poa_core.ledger.submission import Refused
from poa_core.logbook import log_access, log_incident

STREAM, UPLOAD = "/_stcore/stream", "/_stcore/upload_file/"
PAGES = 200  # of strangers, open at once: the oldest makes room for one more
MESSAGE = 10_000  # bytes; a click on the entrance takes hundreds
# What the entrance says. A stranger's other messages are passed over: some have answers a hundred times as
# long.
HEARD = ("rerun_script", "app_heartbeat", "stop_script")
INBOUND = 1_000_000  # bytes of a message of anybody: a month typed in full takes a third of it
TRY_AGAIN = 1013  # the code a web socket is closed with


class Strangers:
    """Refuses files before a byte of them is read, and closes the oldest page of a stranger for a new one."""

    def __init__(self, app) -> None:
        self.app = app
        self.open: deque[_Stream] = deque()
        self.closing: set[asyncio.Task] = set()
        self.coming: dict[str, int] = {}  # session -> bytes of the files under way

    async def __call__(self, scope, receive, send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "websocket" and path.endswith(STREAM):
            if await anyio.to_thread.run_sync(_is_stranger, scope):
                await self._serve_stranger(scope, receive, send)
            else:
                await self.app(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "PUT" and UPLOAD in path:
            await self._take_file(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _serve_stranger(self, scope, receive, send) -> None:
        stream = _Stream(hosts.caller(scope), receive, send)
        self.open.append(stream)
        try:
            if len(self.open) > PAGES:
                self._make_room()
            await self.app(scope, stream.receive, stream.send)
        finally:
            with suppress(ValueError):  # closed to make room
                self.open.remove(stream)

    def _make_room(self) -> None:
        """Close the oldest page of the address that has most: one that floods closes its own.

        It is not waited for: who reads nothing would keep the newcomer out.
        """
        most, _ = Counter(stream.caller for stream in self.open).most_common(1)[0]
        oldest = next(stream for stream in self.open if stream.caller == most)
        self.open.remove(oldest)
        log_access("stranger_closed", is_refusal=True, caller=most, pages=PAGES)
        closing = asyncio.create_task(oldest.close())
        self.closing.add(closing)
        closing.add_done_callback(self.closing.discard)

    async def _take_file(self, scope, receive, send) -> None:
        session_id, length = scope["path"].split("/")[-2], Headers(scope=scope).get("content-length", "")
        size = int(length) if length.isdecimal() else 0
        if not size:
            await PlainTextResponse("", 411)(scope, receive, send)
        elif size > st.config.get_option("server.maxUploadSize") * 2**20:
            await self.app(scope, receive, send)  # Streamlit refuses it by its length
        elif not await anyio.to_thread.run_sync(_may_upload, session_id):
            log_access("upload", is_refusal=True, caller=hosts.caller(scope), refused="not_yours")
            await answer_in_words("file.not_yours", 403)(scope, receive, send)
        elif not uploads.has_room(st.runtime.get_instance().uploaded_file_mgr, session_id, size, self.coming):
            log_access("upload", is_refusal=True, caller=hosts.caller(scope), refused="no_room", bytes=size)
            await answer_in_words("file.no_room", 507)(scope, receive, send)
        else:
            self.coming[session_id] = self.coming.get(session_id, 0) + size
            try:
                await self.app(scope, receive, send)
            finally:
                self.coming[session_id] -= size
                if not self.coming[session_id]:
                    del self.coming[session_id]


class _Stream:
    """The web socket of a stranger's page: it takes short messages, and can be closed from elsewhere."""

    def __init__(self, caller: str, receive, send) -> None:
        self.caller = caller
        self._receive, self._send, self._is_closed = receive, send, False

    async def receive(self):
        while True:
            message = await self._receive()
            content = message.get("bytes") or b""
            if len(content) > MESSAGE or message.get("text") is not None:  # Streamlit's are never text
                await self.close()
                return {"type": "websocket.disconnect", "code": TRY_AGAIN}
            if not content or _kind(content) in HEARD:
                return message

    async def send(self, message) -> None:
        if not self._is_closed:
            await self._send(message)

    async def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            with suppress(Exception):  # whatever a socket answers that is gone already
                await self._send({"type": "websocket.close", "code": TRY_AGAIN})


def take_short_messages() -> None:
    """Have the web server take no longer message than INBOUND: it holds what has come of one before anybody
    can look at it, for 200 strangers too. Streamlit has one setting for what comes and what is sent, and what
    is sent is longer.
    """
    for settings in gc.get_objects():
        if isinstance(settings, uvicorn.Config):
            settings.ws_max_size = INBOUND


def _kind(content: bytes) -> str | None:
    """What a message asks for; of one that is none Streamlit says so itself."""
    try:
        return BackMsg.FromString(content).WhichOneof("type")
    except DecodeError:
        return HEARD[0]


def _is_stranger(scope) -> bool:
    """Whether people log in here and this one has not, or may not enter."""
    try:
        opened = session.open_ledger()
        if opened.is_shared:
            claims = log_ins.claims_of(HTTPConnection(scope).cookies)
            session.check_access(opened, str(claims.get("email")), claims, rights.READ)
    except maintenance.FAULTS:
        return False
    except Refused:
        return True
    except Exception as error:  # a ledger that answers nothing lets nobody in
        log_incident(error)
        return True
    return False


def _may_upload(session_id: str) -> bool:
    with suppress(Refused, *maintenance.FAULTS):
        return uploads.check(session_id)
    return False
