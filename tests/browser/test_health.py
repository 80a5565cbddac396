"""What watches the server is told whether the ledger answers, and no more."""

import json
import urllib.error
import urllib.request

from playwright.sync_api import expect
from serving import SPANISH, accepted, dashboard, progress, tried


def asked(address: str, path: str = "/poa/health", **headers: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{address}{path}", headers=named)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_server_whose_ledger_answers_is_well(address):
    assert asked(address) == (200, "ok")


def test_this_machine_itself_is_told_the_condition_and_whoever_is_handed_on_is_not(address):
    code, text = asked(address, "/poa/health?full")
    full = json.loads(text)
    assert code == 200 and full["status"] == "ok" and full["troubles"] == []
    assert full["newest_copy"] and full["version"] == 10
    for name in ("X_Forwarded_For", "Forwarded", "X_Real_IP"):
        assert asked(address, "/poa/health?full", **{name: "127.0.0.1"}) == (200, "ok")


def test_a_file_gone_from_under_the_server_is_told_at_the_foot_and_beside_what_is_saved(
    tab, own_address, own_folder, tmp_path
):
    page = tab()
    (own_folder / "poa.duckdb").rename(own_folder / "moved.duckdb")
    tried(page, own_address, progress(tmp_path, "a.csv", "1.1,2010-01,31"))
    accepted(page, 1)
    expect(page.get_by_text(SPANISH("condition.file_gone"))).to_have_count(2)
    assert json.loads(asked(own_address, "/poa/health?full")[1])["troubles"] == ["file_gone"]
    assert page.watched.faults == []


def test_what_the_server_makes_no_other_account_may_read(address, folder):
    made = [folder / "snapshots", *(path for path in folder.rglob("*") if path.is_file())]
    assert {path.name for path in made} >= {"poa.duckdb", "poa.lock", "poa.holder.json", "snapshots"}
    assert not [path for path in made if path.stat().st_mode & 0o077 and path.name != "server.log"]


def test_a_server_that_shows_the_maintenance_page_is_not(tmp_path):
    (tmp_path / "poa.duckdb").write_bytes(b"not a database" * 100)
    with dashboard(tmp_path) as address:
        assert asked(address) == (503, "unavailable")
        told = json.loads(asked(address, "/poa/health?full")[1])
        assert told == {"status": "unavailable", "fault": "damaged"}
    assert "ERROR started without a ledger" in (tmp_path / "poa.log").read_text("utf-8")
