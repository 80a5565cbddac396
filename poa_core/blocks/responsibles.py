"""Who answers: divisions x months, and the localities, as tables whose cells are links."""

import pandas as pd

from poa_core import links
from poa_core.blocks.bar import bands, rollup_figure, width
from poa_core.blocks.markup import render
from poa_core.figures.frames import records
from poa_core.words.language import ABSENT, Words

SHOWN_ON_A_PHONE = 4  # months, the newest ones
WHOLE = object()  # the plan itself among its divisions: None is the one of whatever nobody answers for


def divisions(
    ranked: pd.DataFrame,
    by_month: pd.DataFrame,
    reporting: pd.DataFrame,
    reported: pd.DataFrame,
    codes: dict[str, str],
    chosen: str | None,
    cutoff: int,
    words: Words,
) -> str:
    """A row per division: its compliance at each month up to the cut-off, what is late, how it reports.

    ranked: roll-ups by division in the order shown; by_month: the same at each cutoff, and the plan's own;
    reporting, reported: metrics.reporting and reporting_by_month at the month that reporting is seen at.
    """
    reporting_rows = {row["responsible"]: row for row in records(reporting)}
    cells = {
        (row["cutoff"], WHOLE if row["is_all_responsibles"] else row["key"]): row for row in records(by_month)
    }
    lacking = {
        (row["month"], row["responsible"]): row
        for row in records(reported)
        if row["missing"] and row["position"] > 0
    }
    rows = [
        _bar_row(row, codes, chosen, "responsible", "responde", words)
        | {
            "months": _months(row["key"], cells, words, lacking),
            **_reporting(reporting_rows.get(row["key"]), words),
        }
        for row in records(ranked)
    ]
    return render(
        "divisions.html",
        words=words,
        rows=rows,
        whole=_months(WHOLE, cells, words),
        names=[
            (words.month(m, "short").capitalize(), not cutoff - SHOWN_ON_A_PHONE < m <= cutoff)
            for m in range(1, 13)
        ],
        month=words.month(cutoff) if cutoff else "",
    )


def localities(
    ranked: pd.DataFrame, codes: dict[str, str], chosen: str | None, cutoff: int, words: Words
) -> str:
    """A row per locality: compliance, what is late, what is silent."""
    rows = [_bar_row(row, codes, chosen, "locality", "localidad", words) for row in records(ranked)]
    for row in rows:
        row["name"] = words("responsibles.whole_utility") if row["name"] == "EPS" else row["name"]
    return render("places.html", words=words, rows=rows, month=words.month(cutoff) if cutoff else "")


def _bar_row(
    row: dict, codes: dict[str, str], chosen: str | None, key: str, parameter: str, words: Words
) -> dict:
    """A division or locality with its bar; a click filters by it."""
    name, code = row["key"], codes.get(row["key"])
    return {
        "name": name or words("common.nobody"),
        "code": code,
        "chosen": name == chosen and chosen is not None,
        "key": key,
        "href": links.address(links.RESPONSIBLES, **{parameter: code or ""}),
        "status": row["status"],
        "value": rollup_figure(row, words),
        "fill": width(row["compliance"]),
        "late": int(row["late"]),
        "silent": int(row["silent"]),
        "activities": int(row["activities"]),
    }


def _months(division: object, cells: dict, words: Words, lacking: dict | None = None) -> list[dict | None]:
    """Twelve cells: what the division had reached by each month, and what that month still lacks; None after
    the cut-off.
    """
    drawn, latest = [], max((month for month, _ in cells), default=0)
    for month in range(1, 13):
        row = cells.get((month, division))
        if row is None:
            drawn.append(None)
            continue
        status_text = words(
            "responsibles.cell",
            month=words.month(month),
            figure=rollup_figure(row, words),
            status=words(f"status_whole.{row['status']}"),
        )
        lacks = (lacking or {}).get((month, division))
        if lacks:
            status_text += ". " + words(
                "responsibles.cell_partial"
                if lacks["missing"] == lacks["partial"]
                else "responsibles.cell_missing",
                codes=lacks["missing_codes"],
            )
        drawn.append(
            {
                "lacks": ""
                if not lacks
                else "partial"
                if lacks["missing"] == lacks["partial"]
                else "not_reported",
                "old": month <= latest - SHOWN_ON_A_PHONE,
                "status": row["status"],
                "said": status_text,
                "value": ABSENT
                if pd.isna(row["compliance"]) or row["status"] == "not_reported"
                else words.percent(row["compliance"], bands(row)).rstrip("%\u00a0"),
            }
        )
    return drawn


def _reporting(row: dict | None, words: Words) -> dict:
    if row is None or not row["cells_due"]:
        return {"reported": ABSENT, "on_time": ABSENT, "missing": "", "last": ABSENT}
    of = {"due": int(row["cells_due"])}
    return {"reported": words("responsibles.of", count=int(row["cells_reported"]), **of),
            "on_time": words("responsibles.of", count=int(row["cells_on_time"]), **of),
            "missing": row["missing_codes"] if row["missing"] else "",
            "last": words.day(row["last_report"]) if pd.notna(row["last_report"]) else ABSENT}  # fmt: skip
