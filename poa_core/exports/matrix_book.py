"""The plan's matrix as a workbook: the sheet of the document, on A3, with values and no formulas."""

import pandas as pd

from poa_core.blocks.bar import owner
from poa_core.blocks.matrix import QUARTERS, by_objective_and_quarter
from poa_core.exports import book as books
from poa_core.words.language import ABSENT, Words

FIRST = (
    "attention.activity",
    "detail.locality",
    "matrix.indicator",
    "indicators.unit",
    "indicators.target",
    "matrix.kind",
)
LAST = (
    "matrix.to_date",
    "attention.compliance",
    "attention.status",
    "matrix.of_year",
    "detail.owner",
    "detail.participants",
    "matrix.own",
    "matrix.external",
    "matrix.notes",
)
WIDTHS = (5, 34, 8, 17, 12, 8, 11, *(6, 6, 6, 7, 8) * 4, 9, 9, 12, 9, 22, 22, 11, 11, 34)
MONEY = (33, 34)  # the columns of funding, left out where no activity has any
TOP, MONTHS = 4, 7  # the first row of headings; the first month's column


def workbook(
    plan: pd.Series,
    activities: pd.DataFrame,
    cells: pd.DataFrame,
    quarters: pd.DataFrame,
    source: str,
    illustrative: bool,
    cutoff: int,
    words: Words,
) -> bytes:
    """The file's bytes: frames as the screen has them."""
    with books.new_workbook() as book:
        page = book.sheet(words("page.matrix"), paper=8)
        write(
            book,
            page,
            plan,
            by_objective_and_quarter(activities, cells, quarters),
            source,
            illustrative,
            cutoff,
            words,
        )
    return book.bytes


def write(
    book: books.Book,
    page,
    plan: pd.Series,
    groups: list,
    source: str,
    illustrative: bool,
    cutoff: int,
    words: Words,
) -> None:
    """The whole sheet into a page of a workbook. groups: blocks.matrix.sheet."""
    book.put(page, 0, 0, words("head.title", year=plan["year"]), "title")
    book.put(page, 1, 0, f"{plan['entity']} · {plan['process']}", "quiet")
    book.put(
        page,
        2,
        0,
        words("matrix.heading", month=words.month(cutoff)) if cutoff else words("matrix.heading_empty"),
        "quiet",
    )
    if illustrative:
        book.put(page, 3, 0, words("head.illustrative"), "flag")
    _headings(book, page, words)
    page.hide_gridlines(0)  # and so they are printed
    row = TOP + 2
    for number, name, members in groups:
        book.put(page, row, 0, f"{number} · {name}", "group")
        row += 1
        for activity, of_quarters in members:
            _activity(book, page, row, activity, of_quarters, words)
            row += 2
    if not any(
        pd.notna(activity[name])
        for _, _, members in groups
        for activity, _ in members
        for name in ("own_funding", "external_funding")
    ):
        page.set_column(*MONEY, 0, None, {"hidden": True})
    book.put(page, row + 1, 0, source, "quiet")
    book.put(page, row + 2, 0, words("matrix.legend"), "quiet")


def _headings(book: books.Book, page, words: Words) -> None:
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    book.merge(page, (TOP, 0, TOP + 1, 0), words("matrix.code"), "heading")
    for column, key in enumerate(FIRST, 1):
        book.merge(page, (TOP, column, TOP + 1, column), words(key), "heading")
    for n, name in enumerate(QUARTERS):
        first = MONTHS + n * 5
        book.merge(page, (TOP, first, TOP, first + 4), words("matrix.quarter", name=name), "middle")
        labels = [words.month(m, "short").capitalize() for m in range(n * 3 + 1, n * 3 + 4)]
        for column, label in enumerate([*labels, words("matrix.total"), "%"], first):
            book.put(page, TOP + 1, column, label, "middle")
    for column, key in enumerate(LAST, MONTHS + 20):
        book.merge(page, (TOP, column, TOP + 1, column), words(key), "heading")
    page.freeze_panes(TOP + 2, 2)
    page.repeat_rows(TOP, TOP + 1)


def _reported_cell(month: dict) -> tuple[object, str]:
    """What a month's cell holds, and its style: silence is a dash, a part has its star, what is covered needs
    nothing.
    """
    state, value = month["state"], month["reported"]
    if state == "missing":
        return ABSENT, "missing"
    if state == "partial":
        return (value, "partial") if pd.notna(value) else ("*", "missing")
    if state == "covered" and pd.isna(value):
        return "✓", "covered"
    return value, "reported"


def _activity(book: books.Book, page, row: int, activity: dict, quarters: list[dict], words: Words) -> None:
    """Two rows: programmed above reported; what belongs to both stands over both."""

    def over(column: int, value: object, style: str) -> None:
        book.merge(page, (row, column, row + 1, column), value, style)

    longest = max(
        len(str(activity[name] or "")) / WIDTHS[column]
        for column, name in ((1, "activity"), (32, "participants"), (35, "notes"))
    )
    for line in (row, row + 1):  # a cell over two rows does not make them higher by itself
        page.set_row(line, 15 * max(1, (longest + 1) / 2))
    for column, name in enumerate(("code", "activity", "locality", "indicator", "unit")):
        over(column, activity[name], "text")
    over(5, activity["target"], "amount")
    book.put(page, row, 6, words("indicators.programmed"), "quiet")
    book.put(page, row + 1, 6, words("indicators.reported"), "quiet")
    for n, quarter in enumerate(quarters):
        first = MONTHS + n * 5
        for column, month in enumerate(quarter["months"], first):
            book.put(
                page, row, column, month["programmed"], "provisional" if month["is_provisional"] else "amount"
            )
            book.put(page, row + 1, column, *_reported_cell(month))
            if month["localities_missing"]:
                page.write_comment(
                    row + 1, column, words("matrix.lacking", localities=month["localities_missing"])
                )
        book.put(page, row, first + 3, quarter["programmed"], "amount")
        book.put(page, row + 1, first + 3, quarter["reported"], "reported")
        over(first + 4, quarter["compliance"], "share")
    status = activity["status"] if pd.notna(activity["status"]) else None
    status_text = words(f"status.{status}") if status else words("bars.whole_utility")
    cells = (
        (activity["reported_to_date"], "reported"),
        (activity["compliance"], "strong"),
        (status_text, status if status in books.TONES else "text"),
        (activity["annual"], "share"),
        (owner(activity, words), "text"),
        (activity["participants"], "text"),
        (activity["own_funding"], "money"),
        (activity["external_funding"], "money"),
        (activity["notes"], "text"),
    )
    for column, (value, style) in enumerate(cells, MONTHS + 20):
        over(column, value, style)
