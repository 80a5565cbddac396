"""Before log-in nothing is kept: files, messages, pages without end, log-ins without end; and other sites log
nobody out.
"""

from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from accounts import BOSS, ES, GUEST, enter, is_shut, log_in, name
from playwright.sync_api import expect
from raw_page import Page, part
from serving import opened
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from websockets.exceptions import ConnectionClosed

from pages.server import log_ins, strangers
from pages.shared import uploads

ALMOST_ALL = 9_000_000


def test_a_file_of_somebody_not_logged_in_is_refused_before_a_byte_of_it_is_read(place):
    page = Page(place[0]).run()
    assert page.session
    assert page.hand_in(ALMOST_ALL) == 403
    page.session = "none"
    assert page.hand_in(ALMOST_ALL) == 403


def test_a_file_of_a_viewer_is_refused_and_an_administrators_is_taken_until_the_right_ends(tab, place):
    boss, guest = tab(), tab()
    enter(boss, place, BOSS)
    name(boss, place, GUEST, "viewer")
    enter(guest, place, GUEST)
    assert Page(place[0], guest.context.cookies()).run().hand_in(ALMOST_ALL) == 403
    page, body = Page(place[0], boss.context.cookies()).run(), part(1_000)
    assert page.hand_in(len(body), body) == 204
    boss.get_by_role("button", name=ES("gate.leave")).click()
    expect(boss.get_by_text(ES("gate.text"))).to_be_visible(timeout=30_000)
    assert page.hand_in(ALMOST_ALL) == 403
    place[1].cookies.clear()


def test_the_oldest_page_of_a_stranger_makes_room_and_no_new_one_is_refused(tab, place):
    page = tab()
    log_in(page, place, BOSS)
    first, *others = [Page(place[0]) for _ in range(strangers.PAGES)]
    first.run()
    new = Page(place[0])
    with pytest.raises(ConnectionClosed):
        first.socket.recv(30)
        first.run()
    assert new.run().session and others[0].run().session
    for stranger in (new, *others):
        stranger.socket.close()
    page.reload()  # who is logged in was never counted among them
    expect(page.get_by_text("Cumplimiento del plan").first).to_be_visible()


def test_who_floods_the_entrance_closes_their_own_pages_and_keeps_nobody_out(place):
    honest = Page(place[0], caller="192.0.2.20").run()
    flood = [Page(place[0], caller="192.0.2.21") for _ in range(strangers.PAGES + 5)]
    assert honest.run().session and Page(place[0], caller="192.0.2.22").run().session
    with pytest.raises(ConnectionClosed):
        flood[0].run()
    for page in flood:
        page.socket.close()


def test_a_message_of_text_closes_a_strangers_page(place):
    page = Page(place[0]).run()
    page.socket.send("text")
    with pytest.raises(ConnectionClosed):
        while True:
            page.socket.recv(30)


def test_a_long_message_of_a_stranger_closes_their_page(place):
    page = Page(place[0]).run()
    page.socket.send(b"\0" * (strangers.MESSAGE + 1))
    with pytest.raises(ConnectionClosed):
        while True:
            page.socket.recv(30)


def test_the_beginning_of_a_message_too_long_closes_anybodys_page(place):
    page = Page(place[0]).run()
    head = b"\x82\xff" + (strangers.INBOUND + 1).to_bytes(8, "big") + bytes(4)
    page.socket.socket.sendall(head)  # and nothing of what it announces
    with pytest.raises(ConnectionClosed):
        while True:
            page.socket.recv(30)


def test_what_the_entrance_never_asks_gets_no_answer(place):
    page, message = Page(place[0]).run(), BackMsg()
    message.file_urls_request.request_id = "r"
    message.file_urls_request.file_names.extend(["a"] * 1_000)
    page.socket.send(message.SerializeToString())
    assert page.run().session and "file_urls_response" not in page.kinds


def test_files_under_way_of_others_let_go_of_none_of_ones_own():
    kept = MemoryUploadedFileManager("/here")
    kept.add_file("mine", UploadedFileRec("first", "a.csv", "text/csv", b"x" * 9_000_000))

    def has_room(session: str, size: int, **coming: int) -> bool:
        return uploads.has_room(kept, session, size, coming)

    assert has_room("mine", 1_000, **{f"other{n}": 10_000_000 for n in range(6)})
    assert not has_room("other", 10_000_000, other=uploads.OF_ONE - 1_000_000)
    assert not has_room("mine", 1_000, **{f"other{n}": 10_000_000 for n in range(30)})
    assert kept.get_files("mine", ["first"])
    assert has_room("mine", uploads.OF_ONE - 1_000)
    assert not kept.get_files("mine", ["first"])


def answer(address: str, path: str, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path, headers={key.replace("_", "-"): text for key, text in headers.items()})
    response = connection.getresponse()
    said = response.status, response.read().decode()
    connection.close()
    return said


def test_log_ins_are_counted_by_the_address_that_asks_and_one_that_a_proxy_here_names(place):
    def ask(caller: str) -> int:
        return answer(place[0], log_ins.LOG_IN, X_Forwarded_For=caller)[0]

    assert {ask("192.0.2.7") for _ in range(log_ins.AT_MOST)} == {302}
    status, said = answer(place[0], log_ins.LOG_IN, X_Forwarded_For="192.0.2.7")
    assert status == 429 and ES("gate.too_often") in said
    assert ask("192.0.2.8") == 302


def test_pictures_on_another_sites_page_use_up_nobodys_log_ins(place):
    for _ in range(log_ins.AT_MOST):
        asked = answer(place[0], log_ins.LOG_IN, X_Forwarded_For="192.0.2.9", Sec_Fetch_Dest="image")
        assert asked[0] == 403
    assert answer(place[0], log_ins.LOG_IN, X_Forwarded_For="192.0.2.9", Sec_Fetch_Dest="document")[0] == 302


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_page_logs_nobody_out(tab, place, site):
    page = tab()
    log_in(page, place, BOSS)
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    status, said = answer(place[0], log_ins.LOG_OUT, Sec_Fetch_Site=site, Cookie=cookies)
    assert status == 403 and ES("gate.foreign_leave") in said
    opened(page, place[0], "Cumplimiento del plan")


def test_the_address_of_the_log_out_ends_the_log_in_on_the_server(tab, place):
    page = tab()
    log_in(page, place, BOSS)
    kept = page.context.cookies()
    page.goto(place[0] + log_ins.LOG_OUT)
    expect(page.get_by_text(ES("gate.text"))).to_be_visible(timeout=30_000)
    page.context.add_cookies(kept)
    opened(page, place[0], ES("gate.ended"))
    is_shut(page)


def test_a_token_with_too_many_groups_gets_a_sentence_and_no_cookie(tab, place):
    page = tab()
    groups = [str(uuid4()) for _ in range(250)]
    log_in(page, place, BOSS, heading=None, groups=groups)
    expect(page.get_by_text(ES("gate.too_large"))).to_be_visible(timeout=30_000)
    assert not [cookie for cookie in page.context.cookies() if "user" in cookie["name"]]
    opened(page, place[0], ES("gate.heading"))
