"""The whole dashboard as it was known on a past day: to the cent, said on every page, carried by links, not
to be changed.
"""

import json
import re
import subprocess
import sys
from datetime import date

from playwright.sync_api import expect
from serving import ROOT, in_english, in_spanish, link, opened

from poa_core import links

DAY = date(2010, 7, 31)
CORRECTED = "4.1"  # the activity whose June the illustrative file of July corrects, on 8 August


def portfolio(page, say) -> float:
    """The last point of the reported line."""
    return page.locator(".js-plotly-plot").evaluate(
        "(e, name) => e.data.find(t => t.name === name).y.at(-1)", say("chart.reported")
    )


@in_spanish
def test_the_past_is_seen_said_on_every_page_carried_by_links_and_not_changed(tab, address, say):
    page, bar = tab(), say("past.bar", day="").partition("**")[0].strip()
    opened(page, link(address, links.OVERVIEW, say, conocido=str(DAY)), bar)
    expect(page.locator(".past")).to_contain_text(say.day(DAY))
    june = portfolio(page, say)
    opened(page, link(address, links.OVERVIEW, say, corte="2010-06"), say("bars.heading"))
    assert june == portfolio(page, say)
    for place in (links.INDICATORS, links.HISTORY, links.RULES):
        opened(page, link(address, place, say, conocido=str(DAY)), bar)
    opened(page, link(address, links.UPLOAD, say, conocido=str(DAY)), say("past.no_change"))
    assert page.locator("input[type=file]").count() == 0
    page.get_by_role("link", name=say("page.indicators")).click()
    expect(page).to_have_url(re.compile(f"conocido={DAY}"))
    page.get_by_role("button", name=say("past.back")).click()
    expect(page.locator(".past")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("conocido"))
    assert page.watched.faults == []


@in_english
def test_before_and_after_a_correction_the_screen_and_the_command_line_say_the_same_figure(
    tab, address, folder, say
):
    page, told = tab(), []
    for day in (DAY, date(2010, 8, 31)):
        command = [
            sys.executable,
            "-m",
            "poa_core",
            "compliance",
            "--year",
            "2010",
            "--month",
            "6",
            "--known-at",
            str(day),
            "--format",
            "json",
            "--database",
            str(folder / "poa.duckdb"),
        ]
        rows = json.loads(
            subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        )
        reported = next(row["reported_to_date"] for row in rows if row["code"] == CORRECTED)
        opened(
            page,
            link(address, links.INDICATORS, say, actividad=CORRECTED, corte="2010-06", conocido=str(day)),
            say("why.heading"),
        )
        expect(page.locator(".why .formula")).to_contain_text(f"= {reported:,.10g} ÷")
        told.append(reported)
    assert told[0] != told[1]
