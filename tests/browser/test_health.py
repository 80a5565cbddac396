"""What watches the server is told whether the ledger answers, and no more."""

import urllib.error
import urllib.request

from serving import dashboard


def asked(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"{address}/poa/health") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_server_whose_ledger_answers_is_well(address):
    assert asked(address) == (200, "ok")


def test_what_the_server_makes_no_other_account_may_read(address, folder):
    made = [folder / "snapshots", *(path for path in folder.rglob("*") if path.is_file())]
    assert {path.name for path in made} >= {"poa.duckdb", "poa.lock", "poa.holder.json", "snapshots"}
    assert not [path for path in made if path.stat().st_mode & 0o077 and path.name != "server.log"]


def test_a_server_that_shows_the_maintenance_page_is_not(tmp_path):
    (tmp_path / "poa.duckdb").write_bytes(b"not a database" * 100)
    with dashboard(tmp_path) as address:
        assert asked(address) == (503, "unavailable")
    assert "ERROR started without a ledger" in (tmp_path / "poa.log").read_text("utf-8")
