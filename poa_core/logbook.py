"""The logs beside the ledger, never larger than a limit: poa.log has starts, stops and incidents with their
code, access.log who did and was refused what (JSON lines, as a syslog takes them).

What repeats within a minute is counted and not written again: whoever sends the same refusal or fault
thousands of times fills nothing.
"""

import json
import logging
import re
import secrets
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from textwrap import indent
from typing import Any

from poa_core.config import LedgerPaths

SIZE, KEPT = 2_000_000, 4  # bytes of a file, and how many older ones stay
FORM, MOMENT = "%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S"
A_MINUTE, DIFFERENT = 60, 1_000  # seconds within which a record repeats, how many are told apart in them
# Control characters, and those that turn the direction of what follows: a terminal would obey them.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
IN_TRACEBACK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

log = logging.getLogger("poa")
access = logging.getLogger("poa.access")


class _Lines(logging.Formatter):
    """UTC, and one line a record: a name with a line break in it cannot pass for a record of its own."""

    converter = staticmethod(time.gmtime)

    def formatMessage(self, record: logging.LogRecord) -> str:
        return CONTROL.sub(_escape, super().formatMessage(record)) + _times(record)

    def formatException(self, ei: Any) -> str:
        """Indented, so that no line of a fault's own text passes for a record."""
        return indent(IN_TRACEBACK.sub(_escape, super().formatException(ei)), "    ")


class _JsonLines(logging.Formatter):
    """The same as one JSON object a line: at, level, event and what the record says of it."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": f"{self.formatTime(record, MOMENT)}Z",
            "level": record.levelname.lower(),
        }
        said |= {"event": record.getMessage(), **getattr(record, "said", {})}
        if more := getattr(record, "more", 0):
            said["more_within_a_minute"] = more
        return CONTROL.sub(_escape, json.dumps(said, ensure_ascii=False, default=str))


@dataclass
class _Repeat:
    """A record that was written, until when it is only counted, and how often it came since."""

    record: logging.LogRecord
    until: float
    more: int = 0


class _Counting(logging.Handler):
    """Hands records on, the same one once a minute; how often it came since follows when the minute is over,
    with the next record or at the end.
    """

    def __init__(self, handlers: list[logging.Handler]) -> None:
        super().__init__()
        self.handlers = handlers
        self.repeats: dict[tuple[int, str, str, str], _Repeat] = {}

    def emit(self, record: logging.LogRecord) -> None:
        now = time.monotonic()
        self._tell(now)
        fault = repr(record.exc_info[1]) if record.exc_info else ""
        said = json.dumps(getattr(record, "said", None), default=str)
        key = (record.levelno, record.getMessage(), said, fault)
        if key not in self.repeats and len(self.repeats) >= DIFFERENT:
            key = (record.levelno, record.msg, "others", "")
        repeat = self.repeats.get(key)
        if repeat is not None:
            repeat.more += 1
            return
        self.repeats[key] = _Repeat(record, now + A_MINUTE)
        self._hand_on(record)

    def close(self) -> None:
        self._tell(float("inf"))
        for handler in self.handlers:
            handler.close()
        super().close()

    def _tell(self, now: float) -> None:
        for key, repeat in [pair for pair in self.repeats.items() if pair[1].until <= now]:
            del self.repeats[key]
            if repeat.more:
                again = logging.makeLogRecord(repeat.record.__dict__ | {"exc_info": None, "exc_text": None})
                again.created, again.more = time.time(), repeat.more
                self._hand_on(again)

    def _hand_on(self, record: logging.LogRecord) -> None:
        for handler in self.handlers:
            handler.handle(record)


def log_server_start(log: logging.Logger, version: int | None, fault: Exception | None = None) -> None:
    """The server answers: with this version of the ledger, or without one."""
    if fault is None:
        log.info("started: version %s of the ledger", version)
    else:
        log.log(logging.ERROR, "started without a ledger: %r", fault)


_incidents: dict[tuple[object, ...], tuple[str, float]] = {}
_guard = threading.Lock()


def log_incident(error: BaseException) -> str:
    """Write a fault and where it came from under a code, the same one once a minute. Returns the code, which
    is all that a person is shown.
    """
    trace, places = error.__traceback__, []
    while trace is not None:
        places.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    fault, now = (type(error), *places), time.monotonic()
    with _guard:
        for known in [known for known, (_, until) in _incidents.items() if until <= now]:
            del _incidents[known]
        code, until = _incidents.get(fault, ("", 0))
        if code:
            log.log(logging.ERROR, "incident %s again", code)
            return code
        code = secrets.token_hex(3).upper()
        _incidents[fault] = code, now + A_MINUTE
    log.log(logging.ERROR, "incident %s", code, exc_info=error)
    return code


def log_access(event: str, is_refusal: bool = False, **said: object) -> None:
    """Who did or was refused what: a right, a log-in, a file. Into access.log."""
    access.log(logging.WARNING if is_refusal else logging.INFO, "%s", event, extra={"said": said})


def start_log(paths: LedgerPaths) -> logging.Logger:
    """Write the logs of this process: to the ledger's files where that can be, and what is no access to the
    error output too. Returns the log of what is no access.
    """
    stop_log(log)
    _incidents.clear()
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    accesses: list[logging.Handler] = []
    try:
        paths.log.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(_file(paths.log))
        accesses.append(_file(paths.access_log))
    except OSError:  # a folder that takes no file: the page says so, and the error output has the log
        accesses.append(logging.StreamHandler(sys.stderr))
    for logger, own, form in ((log, handlers, _Lines(FORM, MOMENT)), (access, accesses, _JsonLines())):
        for handler in own:
            handler.setFormatter(form)
        logger.addHandler(_Counting(own))
        logger.setLevel(logging.INFO)
        logger.propagate = False
    if len(handlers) == 1:
        log.log(logging.WARNING, "no log file: %s", paths.log)
    return log


def append(paths: LedgerPaths, text: str) -> None:
    """A record of a command that is no server: it stands in the log where that can be written."""
    with suppress(OSError):
        handler = _file(paths.log)
        handler.setFormatter(_Lines(FORM, MOMENT))
        handler.handle(logging.makeLogRecord({"levelname": "INFO", "msg": text, "name": "poa"}))
        handler.close()


def stop_log(log: logging.Logger) -> None:
    """Let go of what keep opened; no record after."""
    for logger in (log, access):
        for handler in [handler for handler in logger.handlers if isinstance(handler, _Counting)]:
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = True


def _file(path: Path) -> RotatingFileHandler:
    errors = "backslashreplace"  # half a character has no bytes
    return RotatingFileHandler(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", errors=errors)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _times(record: logging.LogRecord) -> str:
    more = getattr(record, "more", 0)
    return f" ({more} more within a minute)" if more else ""
