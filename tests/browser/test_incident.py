"""An unexpected fault: the person gets a sentence and a code, the log what went wrong under that code."""

import re
import shutil

from playwright.sync_api import expect
from serving import ROOT, SPANISH, dashboard

FAULT = 'raise RuntimeError("SELECT secret FROM /srv/poa")\n'


def test_a_person_gets_a_code_and_no_more_and_the_log_what_it_stands_for(tab, tmp_path):
    house = tmp_path / "house"
    for folder in ("pages", "poa_core", ".streamlit"):
        shutil.copytree(ROOT / folder, house / folder)
    shutil.copytree(ROOT / "data", house / "data", ignore=shutil.ignore_patterns("snapshots", "poa.*"))
    shutil.copy(ROOT / "dashboard.py", house)
    (house / "pages" / "rules.py").write_text(FAULT, "utf-8")
    page = tab()
    with dashboard(tmp_path, root=house) as address:
        page.goto(f"{address}/como-se-calcula")
        told = page.get_by_test_id("stAlert")
        expect(told).to_be_visible(timeout=30_000)
        code = re.search(r"[0-9A-F]{6}", told.inner_text())[0]
        assert told.inner_text().strip() == SPANISH("page.incident", code=code)
        assert not re.search("secret|Traceback|RuntimeError", page.content())
    log = (tmp_path / "poa.log").read_text("utf-8")
    assert re.search(rf"Z ERROR incident {code}\n", log)
    assert "RuntimeError: SELECT secret FROM /srv/poa" in log
    assert re.search("INFO started: version [0-9]+ of the ledger", log)
    assert "INFO stopped" in log
