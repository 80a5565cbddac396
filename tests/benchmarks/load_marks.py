"""Month files that can be told apart on the screen: each changes the outcome and two activities, and every
page shows which.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

PROGRESS = Path(__file__).resolve().parents[2] / "data" / "progress"
COLUMNS = ("codigo", "mes", "avance", "causa", "medida")
MONTHS = (9, 10)  # what each file sets; seen at the cut-offs of both
MOST = 50  # files that can be told apart
PROGRAMMED = {"4.1": 4575, "4.2": 4245}  # to September, and to October
OUTCOME = {9: 160_000, 10: 150_000}
DONE = {
    "4.1": {9: 250, 10: 20},
    "4.2": {9: 300, 10: 50},
}  # late with every file, so that their cause is shown

NAMED = re.compile(r"prueba-(\d{3})")
SAID = re.compile(r"en (?:<strong>)?S/\s(\d{3},\d{3})")
DRAWN = re.compile(r"\b(\d{6}\.37)\b")
ROW = (
    r'data-act="open:{code}"(?:(?!data-act="open:).)*?(?:class="value"|class="num '
    r'val"[^>]*|<span)>(\d+\.\d)\s%'
)
ROWS = {code: re.compile(ROW.format(code=re.escape(code)), re.DOTALL) for code in DONE}
TOTAL = re.compile(r"= ([\d,]+) ÷")
ROWS_IN = ("plan", "table", "list", "below")
NEWEST_FIRST = ("uploads", "values")  # lists of every file: the first is the one that counts


def before() -> bytes:
    """The year to September as it was illustrated, as a real file."""
    files = [path.read_text("utf-8").splitlines() for path in sorted(PROGRESS.glob("*.csv"))]
    rows = [row for lines in files for row in csv.DictReader(lines)]
    newest = {
        (row["codigo"], row["mes"]): row for row in rows
    }  # a later month's file corrects an earlier one's
    return _file(list(newest.values()))


def month(number: int) -> bytes:
    """The file of a number (below MOST): October, and a corrected September."""
    told = {"causa": f"prueba-{number:03d}", "medida": "Seguir"}
    rows = [
        {"codigo": "R1", "mes": f"2010-{m:02d}", "avance": f"{amount(m, number):.2f}", **told} for m in MONTHS
    ]
    rows += [{"codigo": code, "mes": f"2010-{m:02d}", "avance": str(_done(code, m, number)), **told}
             for code in DONE for m in MONTHS]  # fmt: skip
    rows += [{"codigo": code, "mes": "2010-10", "avance": f"{first + number / 100:.2f}"}
             for code, first in (("1.1", 29), ("1.2", 17.1))]  # fmt: skip
    return _file(rows)


def amount(month: int, number: int) -> float:
    """The outcome that a file reports for a month."""
    return OUTCOME[month] + 101 * number + 0.37


def seen(blocks: dict[str, dict], query: str) -> dict[str, set[int]]:
    """The numbers of the files whose figures each block shows. blocks: what Page.blocks gives; query: the
    address's.
    """
    cut = 9 if "corte=2010-09" in query else 10 if "corte=" not in query or "corte=2010-10" in query else None
    found = {}
    for key, data in blocks.items():
        text = data.get("html") or data.get("figure") or ""
        told = [("named", name) for name in NAMED.findall(text)][: 1 if key in NEWEST_FIRST else None]
        told += [("drawn", figure) for figure in DRAWN.findall(text)]
        if cut is not None:
            told += [("said", figure) for figure in SAID.findall(text)] + [
                ("total", figure) for figure in TOTAL.findall(text)
            ]
            told += [
                (code, figure)
                for code, row in ROWS.items()
                if key in ROWS_IN
                for figure in row.findall(text)[:1]
            ]
        numbers = {_numbers(cut)[sign] for sign in told if sign in _numbers(cut)}
        if numbers:
            found[key] = numbers
    return found


@lru_cache
def _numbers(cut: int | None) -> dict[tuple[str, str], int]:
    """Which file each sign on a page is of, at a cut-off."""
    signs = {("named", f"{n:03d}"): n for n in range(MOST)}
    signs |= {("drawn", f"{amount(m, n):.2f}"): n for n in range(MOST) for m in MONTHS}
    if cut is None:
        return signs
    for n in range(MOST):
        signs["said", f"{amount(cut, n):,.0f}"] = n
        for code, programmed in PROGRAMMED.items():
            done = _earlier()[code] + sum(_done(code, m, n) for m in MONTHS if m <= cut)
            signs["total", f"{done:,}"] = n  # the two activities' are apart: one is shown at a time
            signs[code, f"{round(100 * done / programmed, 1)}"] = n
    return signs


def _done(code: str, month: int, number: int) -> int:
    """October's is one more for each file: its percentages are apart at both cut-offs."""
    return DONE[code][month] + 5 * number + (number if month == 10 else 0)


@lru_cache
def _earlier() -> dict[str, int]:
    """What each activity had done by August."""
    rows = [
        row
        for row in csv.DictReader(before().decode().splitlines())
        if int(row["mes"][-2:]) < MONTHS[0] and row["avance"]
    ]
    return {code: sum(int(float(row["avance"])) for row in rows if row["codigo"] == code) for code in DONE}


def _file(rows: list[dict]) -> bytes:
    lines = [[row.get(name, "") for name in COLUMNS] for row in rows]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in [COLUMNS, *lines]).encode()
