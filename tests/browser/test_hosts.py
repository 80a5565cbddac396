"""The server answers under its own names and to its own pages alone: pages, files, saving, the socket."""

from http.client import HTTPConnection
from socket import create_connection
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pages.server import headers, hosts


def asked(address: str, method: str, path: str, **headers: str) -> int:
    """The server's answer to a request under these headers."""
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request(method, path, headers={name.capitalize(): value for name, value in headers.items()})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("path", ["/", "/poa/version", "/poa/style.css", "/_stcore/health"])
def test_a_name_that_is_not_the_servers_gets_no_page_and_no_file(address, path):
    assert asked(address, "GET", path) == 200
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[", "192.0.2.1"):
        assert asked(address, "GET", path, host=host) == 403, host


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "[::1]:8501", "127.0.0.1"])
def test_the_machine_s_own_names_are_answered(address, host):
    assert asked(address, "GET", "/poa/version", host=host) == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9", ""])
def test_what_another_page_sends_is_refused_for_reading_and_for_saving(address, origin):
    assert asked(address, "GET", "/poa/version", origin=origin) == 403
    assert asked(address, "PUT", "/_stcore/upload_file/x/y", origin=origin) == 403


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("evil.example", "http://evil.example"),
        ("", "http://evil.example"),
        ("evil.example", ""),
        ("", "null"),
    ],
)
def test_no_socket_is_opened_under_another_name_or_from_another_page(address, host, origin):
    port = urlsplit(address).port

    def opened(host: str, origin: str) -> None:
        with create_connection(("127.0.0.1", port)) as way:
            connect(
                f"ws://{host}/_stcore/stream", origin=origin, subprotocols=["streamlit"], sock=way
            ).close()

    opened(f"127.0.0.1:{port}", address)
    with pytest.raises(InvalidStatus) as refusal:
        opened(host or f"127.0.0.1:{port}", origin or address)
    assert refusal.value.response.status_code == 403


def test_names_are_allowed_by_the_setting_with_those_below_them_where_it_says_so(monkeypatch):
    monkeypatch.setattr(hosts.st.config, "get_option", lambda _: ["POA.eps.pe", "*.utility.pe"])
    assert all(map(hosts.is_ours, ("poa.eps.pe", "poa.eps.pe:443", "PoA.EPS.pe.", "a.utility.pe")))
    assert not any(map(hosts.is_ours, ("eps.pe", "utility.pe.evil.example", "xpoa.eps.pe", "evilutility.pe")))


def test_a_page_may_run_no_text_as_code_and_speak_to_no_other_host(address):
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", "/")
    policy = dict(
        part.split(" ", 1)
        for part in connection.getresponse().getheader("content-security-policy").split("; ")
    )
    connection.close()
    name = urlsplit(address).netloc
    assert policy["connect-src"].split() == ["'self'", f"ws://{name}", f"wss://{name}"]
    assert policy["form-action"] == policy["base-uri"] == policy["default-src"] == "'self'"
    assert "unsafe-eval" not in policy["script-src"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost; script-src *", "localhost *", "localhost:1 x", ""]
)
def test_a_host_that_is_no_name_of_ours_adds_nothing_to_what_a_page_may_do(host):
    assert "connect-src 'self';" in headers.policy_of(host)
