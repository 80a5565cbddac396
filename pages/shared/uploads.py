"""Who may hand files to the server, and how much of them it holds: Streamlit asks neither, and keeps whatever
comes for a session in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

OF_ONE, OF_ALL = 60_000_000, 300_000_000  # bytes held for a session, and for all of them


@dataclass(eq=False)
class _Uploader:
    """Asks whether the person of a session still may; the session holds it."""

    check: Callable[[], None]


_uploaders: WeakValueDictionary[str, _Uploader] = WeakValueDictionary()


def allow(session_id: str, check: Callable[[], None]) -> None:
    """From here on the session may hand in files, for as long as check raises nothing."""
    uploader = st.session_state["uploader"] = _Uploader(check)
    _uploaders[session_id] = uploader


def forbid() -> None:
    """The session of this run may hand in nothing."""
    st.session_state["uploader"] = None


def check(session_id: str) -> bool:
    """Whether a session may hand in a file now. Raises what its own check does."""
    uploader = _uploaders.get(session_id)
    if uploader is not None:
        uploader.check()
    return uploader is not None


def has_room(manager: MemoryUploadedFileManager, session_id: str, size: int, coming: dict[str, int]) -> bool:
    """Whether size bytes more can be held beside those coming (by session); the session's own oldest files
    are let go for them first.
    """
    kept = {name: dict(files) for name, files in list(manager.file_storage.items())}
    own = {name: len(file.data) for name, file in kept.pop(session_id, {}).items()}
    others = sum(len(file.data) for files in kept.values() for file in files.values())
    wanted = size + coming.get(session_id, 0)
    if wanted > OF_ONE or others + sum(coming.values()) + size > OF_ALL:
        return False
    held = sum(own.values())
    while own and held + wanted > OF_ONE:
        oldest = next(iter(own))
        held -= own.pop(oldest)
        manager.remove_file(session_id, oldest)
    return others + held + sum(coming.values()) + size <= OF_ALL
