"""A button that hands out a file, made when it is clicked and fetched at an address of its own.

Streamlit's deferred files are dropped by the next two runs of the page's script, and the news of another's
save, a filter or a slow line bring those about before the file is asked for. Here what a page offers lives as
long as its session, and what a click began is kept until it is fetched. What is printed has a queue of its
own: a browser that hangs keeps nobody waiting for anything else.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote
from weakref import WeakValueDictionary, ref

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.shared import login
from pages.shared.speech import NEVER_KEPT, answer_in_words, speech
from poa_core.exports.report import pdf
from poa_core.ledger.submission import Refused
from poa_core.logbook import log_access, log_incident
from poa_core.words.language import Words
from poa_core.words.refusals import sentence_hints

OFFER = "/poa/file/{token}"
FILE = OFFER + "/{number:int}"
AT_ONCE = 4  # files made at the same time, beside the one that is printed
A_MOMENT = 0.4  # seconds that an answer about a file waits for it to be made
log = logging.getLogger("poa")

SCRIPT = """
export default function({data, parentElement}) {
  let root = parentElement.querySelector(':scope > .poa-file');
  if (!root) {
    root = document.createElement('div');
    root.className = 'poa-file';
    const note = Object.assign(document.createElement('p'), {role: 'status'});
    root.append(document.createElement('button'), note);
    parentElement.appendChild(root);
  }
  const [button, note] = root.children;
  const say = (text, isFault) => {
    note.textContent = text || '';
    note.classList.toggle('fault', Boolean(isFault));
  };
  const ask = async (address, how) => {
    const answer = await fetch(address, {cache: 'no-store', ...how});
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  root.data = data;
  button.type = 'button';
  button.textContent = data.label;
  button.title = data.help;
  button.className = data.kind;
  button.onclick = async () => {
    if (root.isBusy) return;
    root.isBusy = true;
    button.setAttribute('aria-busy', 'true');
    try {
      let file = await ask(root.data.address, {method: 'POST'});
      while (file.wait) {
        say(file.text);
        await new Promise((over) => setTimeout(over, 250));
        file = await ask(file.address + '?state');
      }
      say(file.fault, true);
      if (file.address)
        Object.assign(document.createElement('a'), {href: file.address, download: ''}).click();
    } catch (gone) {
      say(root.data.failed, true);
    } finally {
      root.isBusy = false;
      button.removeAttribute('aria-busy');
    }
  };
}
"""

_mounted = st.components.v2.component("poa_file", js=SCRIPT, isolate_styles=False)


@dataclass(eq=False)
class _File:
    """A file under way or made, as it was offered when it was clicked."""

    number: int
    name: str
    mime: str
    make: Callable[[], bytes | str]
    is_printed: bool
    words: Words
    person: str  # empty where nobody logs in
    caller: str
    result: Future | None = None


@dataclass(eq=False)
class _Offer:
    """What the newest run of a page hands out under one key; the session holds it."""

    token: str
    file: _File | None = None  # of the last click
    make_file: Callable[[int], _File] | None = None


_offers: WeakValueDictionary[str, _Offer] = WeakValueDictionary()
_numbers = count(1)
_printing: list[_File] = []  # what is printed and what waits for it, in order
_makers: list[ThreadPoolExecutor] = []  # the one for what is printed last


def start() -> None:
    """Before the first file is asked for."""
    _makers[:] = ThreadPoolExecutor(AT_ONCE, "file"), ThreadPoolExecutor(1, "print")


def stop() -> None:
    """No file after this; a print under way is ended with its browser and its folder."""
    for maker in _makers:
        maker.shutdown(wait=False, cancel_futures=True)
    while _printing:  # one that still reads its figures starts a browser later
        pdf.end_all()
        wait([file.result for file in _printing if file.result], A_MOMENT)
    for maker in _makers:
        maker.shutdown()
    _makers.clear()


def button(
    label: str,
    make: Callable[[], bytes | str],
    *,
    name: str,
    mime: str,
    key: str,
    help: str = "",
    is_primary: bool = False,
    is_printed: bool = False,
    width: str = "stretch",
) -> None:
    """Offer a file: make is called in another thread, without a session, once for each click.

    It raises Refused or pdf.PrintFailed where there is none to be had; anything else is an incident.
    """
    speak, offers = speech(), st.session_state.setdefault("files", {})
    offer = offers.setdefault(key, _Offer(secrets.token_urlsafe(24)))
    who, caller = st.session_state.get("who"), login.caller()
    person = who.address if who else ""
    offer.make_file = lambda number: _File(number, name, mime, make, is_printed, speak, person, caller)
    _offers[offer.token] = offer
    data = {
        "label": label,
        "help": help,
        "kind": "primary" if is_primary else "",
        "address": OFFER.format(token=offer.token),
        "failed": speak("file.failed"),
    }
    _mounted(data=data, key=f"file_{key}", width=width)


async def begin(request: Request) -> Response:
    """POST: begin to make the file that is offered now."""
    offer = _offers.get(request.path_params["token"])
    if offer is None or offer.make_file is None or not _makers:
        return answer_in_words("file.failed", 404)
    offer.file = file = offer.make_file(next(_numbers))
    if file.is_printed:
        _printing.append(file)
    file.result = _makers[file.is_printed].submit(_make, ref(offer), file)
    file.result.add_done_callback(lambda _: _printing.remove(file) if file.is_printed else None)
    return await _state(offer.token, file)


async def fetch(request: Request) -> Response:
    """GET ?state: how far it is; GET: the file, once."""
    offer = _offers.get(request.path_params["token"])
    file = offer.file if offer else None
    if file is None or file.number != request.path_params["number"]:
        return answer_in_words("file.failed", 404)
    if "state" in request.query_params:
        return await _state(offer.token, file)
    if not file.result.done() or file.result.cancelled() or file.result.exception():
        return answer_in_words("file.failed", 404)
    offer.file = None
    log_access("download", person=file.person, caller=file.caller, file=file.name)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}", **NEVER_KEPT}
    return Response(file.result.result(), media_type=file.mime, headers=headers)


def _make(offer: ref, file: _File) -> bytes | str | None:
    """Not for somebody who has gone or has asked anew meanwhile."""
    asked = offer()
    return file.make() if asked is not None and asked.file is file else None


async def _state(token: str, file: _File) -> JSONResponse:
    """address where the file is; wait and what to say meanwhile; or the fault that there is none for."""
    answer: dict[str, object] = {"address": f"{OFFER.format(token=token)}/{file.number}"}
    try:
        await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(file.result)), A_MOMENT)
    except TimeoutError:
        ahead = _printing.index(file) if file in _printing else 0
        answer |= {"wait": True, "text": file.words("file.ahead" if ahead else "file.making", count=ahead)}
    except Refused as refusal:
        answer = {"fault": file.words(f"refusal.{refusal.code}", **sentence_hints(refusal, file.words))}
    except pdf.PrintFailed as failure:
        log.log(logging.ERROR, "not printed: %s", failure)
        answer = {"fault": file.words("file.not_printed")}
    except asyncio.CancelledError:  # the server stops
        answer = {"fault": file.words("file.failed")}
    except Exception as error:
        answer = {"fault": file.words("page.incident", code=log_incident(error))}
    return JSONResponse(answer, headers=NEVER_KEPT)
