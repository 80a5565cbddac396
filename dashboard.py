"""The server: opens the ledger once, then serves pages/frame.py and what stands around it."""

import gc
import logging
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pages.shared import incident, maintenance, session
from pages.shared.headers import SafeHeaders

STATIC = Path(__file__).parent / "pages" / "shared" / "static"


@asynccontextmanager
async def lifespan(app):
    """Open the ledger, answer once so that everything is imported, and leave it out of every later collection."""
    try:
        session.open_ledger()
        session.warm_up()
    except maintenance.FAULTS as fault:  # the pages say what is wrong and how to restore
        logging.getLogger("poa").error(repr(fault))
    gc.collect()
    gc.freeze()
    yield
    session.close_ledger()


app = st.App(
    "pages/frame.py",
    lifespan=lifespan,
    on_script_error=incident.shown,
    routes=[Mount("/poa", StaticFiles(directory=STATIC))],
    middleware=[Middleware(GZipMiddleware, minimum_size=1024), Middleware(SafeHeaders)],
)
