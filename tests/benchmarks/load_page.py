"""A page as it stands in a browser, put together from Streamlit's messages; and what on it should not be
there.
"""

import json
from dataclasses import dataclass

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

KEPT_FOR = 2  # runs that a browser keeps a large message for
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass(frozen=True)
class Held:
    """An element as it stands on the page, and the run and fragment that put it there."""

    element: Element
    run: str
    fragment: str

    @property
    def kind(self) -> str:
        """selectbox, bidi_component, button, ..."""
        return self.element.WhichOneof("type")

    @property
    def widget(self):
        """The message of its kind, with an id where it is a widget."""
        return getattr(self.element, self.kind)

    @property
    def key(self) -> str:
        """The key the page gave it; empty without one."""
        return (getattr(self.widget, "id", "").split("-", 2) + ["", ""])[2]


class Page:
    """What stands on the page, and where it is."""

    def __init__(self) -> None:
        self.held: dict[tuple[int, ...], Held] = {}
        self.pages: dict[str, str] = {}
        self.session_id = self.script = self.query = self.run = ""
        self.fragments: tuple[str, ...] = ()
        self.runs, self.large = 0, {}

    def take(self, message: ForwardMsg) -> bool:
        """Put one message on the page. Returns whether the script has come to its end."""
        kind, path = message.WhichOneof("type"), tuple(message.metadata.delta_path)
        if kind == "ref_hash":
            message, kind = self.large[message.ref_hash][0], "delta"
        elif message.metadata.cacheable:
            self.large[message.hash] = message, self.runs
        if kind == "new_session":
            told = message.new_session
            self.session_id, self.run = (
                told.initialize.session_id or self.session_id,
                message.metadata.run.script_run_id,
            )
            self.fragments = tuple(message.metadata.run.fragment_ids)
            if not self.fragments:
                self.script = told.page_script_hash
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.held[path] = Held(message.delta.new_element, self.run, message.delta.fragment_id)
        elif kind == "script_finished" and message.script_finished in DONE:
            self._clear()
            return True
        return False

    def found(self, kind: str, key: str = "") -> Held | None:
        """The first element of a kind whose key begins so; None where the page has none."""
        return next(
            (held for held in self.held.values() if held.kind == kind and held.key.startswith(key)), None
        )

    def every(self, kind: str) -> list[Held]:
        """Every element of a kind."""
        return [held for held in self.held.values() if held.kind == kind]

    def blocks(self) -> dict[str, dict]:
        """What our components show, by their keys."""
        return {held.key: json.loads(held.widget.json) for held in self.every("bidi_component")}

    def faults(self) -> list[str]:
        """What no page may show: an exception, or a sentence about one."""
        told = [
            held.element.alert.body
            for held in self.every("alert")
            if held.element.alert.format == Alert.ERROR
        ]
        return told + [held.element.exception.message for held in self.every("exception")]

    def _clear(self) -> None:
        """The end of a run takes away what it did not draw again, and large messages kept for long."""

        def stays(held: Held) -> bool:
            return held.run == self.run or (bool(self.fragments) and held.fragment not in self.fragments)

        self.held = {path: held for path, held in self.held.items() if stays(held)}
        self.runs += 1
        self.large = {hashed: kept for hashed, kept in self.large.items() if self.runs - kept[1] <= KEPT_FOR}
