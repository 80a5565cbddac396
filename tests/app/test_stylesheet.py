"""Which answers of the server name the stylesheet."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from pages.server.stylesheet import Styled, link

PAGE = "<html><body>POA</body></html>"
ANSWERS = {
    "/page": HTMLResponse(PAGE),
    "/report": HTMLResponse(PAGE, headers={"Content-Disposition": "attachment; filename=informe.html"}),
    "/gone": HTMLResponse(PAGE, 404),
    "/data": JSONResponse({"told": PAGE}),
}


SERVER = Styled(
    Starlette(routes=[Route(path, lambda request: ANSWERS[request.url.path]) for path in ANSWERS])
)


def answer(path: str, **headers: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(SERVER), base_url="http://127.0.0.1"
        ) as browser:
            return await browser.get(path, headers=headers)

    with ThreadPoolExecutor(1) as beside:  # a browser that is open has a loop of its own here
        return beside.submit(asyncio.run, asked()).result()


def test_a_page_names_the_stylesheet_once_and_is_as_long_as_it_says():
    page = answer("/page", accept="text/html")
    assert page.text == PAGE.replace("</body>", f"{link().decode()}</body>")
    assert int(page.headers["content-length"]) == len(page.content)


@pytest.mark.parametrize("path", ["/report", "/gone", "/data"])
def test_what_is_no_page_is_left_as_it_is(path):
    assert answer(path, accept="text/html").content == ANSWERS[path].body


def test_what_is_not_asked_for_as_a_page_is_left_as_it_is():
    assert answer("/page", accept="*/*").text == PAGE
