"""The server: opens the ledger once, then serves pages/frame.py and what stands around it."""

import gc
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pages.server import health, incident, maintenance, self_check, watch
from pages.server.headers import SafeHeaders
from pages.server.hosts import KnownHosts
from pages.server.log_ins import LogIns
from pages.server.strangers import Strangers, take_short_messages
from pages.server.stylesheet import STYLE, Styled
from pages.shared import chart, download, login, session
from pages.shared.speech import NEVER_KEPT
from poa_core import config, logbook, private

private.create_privately()


@asynccontextmanager
async def lifespan(app):
    """Open the ledger, answer once so that all is imported, and leave that out of every later collection."""
    log = logbook.start_log(config.ledger_paths())
    take_short_messages()
    try:
        session.open_ledger()
        session.warm_up()
        logbook.log_server_start(log, session.version_now())
    except maintenance.FAULTS as fault:  # the pages say what is wrong and how to restore
        logbook.log_server_start(log, None, fault)
    gc.collect()
    gc.freeze()
    is_over = self_check.start()
    download.start()
    yield
    is_over.set()
    download.stop()
    session.close_ledger()
    log.info("stopped")
    logbook.stop_log(log)


async def version(request) -> PlainTextResponse:
    """The ledger's data version: what an open page compares with what it shows; another where its log-in is
    over.
    """
    data_version, digest = session.version_now(), request.query_params.get("login")
    if digest and (rules := login.settings()) and login.is_over(digest, rules):
        return PlainTextResponse("over", headers=NEVER_KEPT)
    return (
        PlainTextResponse(str(data_version), headers=NEVER_KEPT)
        if data_version is not None
        else PlainTextResponse("", 503)
    )


app = st.App(
    "pages/frame.py",
    lifespan=lifespan,
    on_script_error=incident.show_incident,
    routes=[
        Route(watch.VERSION, version),
        Route(health.ADDRESS, health.health),
        Route(chart.ADDRESS, chart.script),
        Route(download.OFFER, download.begin, methods=["POST"]),
        Route(download.FILE, download.fetch),
        Mount("/poa", StaticFiles(directory=STYLE.parent)),
    ],
    middleware=[
        Middleware(SafeHeaders),
        Middleware(KnownHosts),
        Middleware(LogIns),
        Middleware(Strangers),
        Middleware(GZipMiddleware, minimum_size=1024),
        Middleware(Styled),
    ],
)
