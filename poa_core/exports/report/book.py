"""The month's report as a workbook: the frames of its page, values and no formulas, charts of the
spreadsheet's own.
"""

from math import ceil

import pandas as pd

from poa_core.blocks.bar import months_text, owner, short_name, shortfall
from poa_core.blocks.matrix import by_objective_and_quarter
from poa_core.blocks.overview import LATE, STATUSES
from poa_core.blocks.past import audit
from poa_core.exports import book as books
from poa_core.exports import matrix_book
from poa_core.exports.report import charts, parts
from poa_core.exports.report.frames import Frames
from poa_core.figures.frames import records
from poa_core.words import outcome
from poa_core.words.language import Words

Column = tuple[str, int, str]  # heading, width, style
HEADINGS, FIRST = 3, 4  # rows
LINE = 15  # points
RULES_WIDTH = 100
BY_WORDS = 1.2  # lines break between words, so that more of them are needed


def workbook(f: Frames, words: Words) -> bytes:
    """The file's bytes."""
    with books.new_workbook() as book:
        for write in (
            _summary,
            _activities,
            _divisions,
            _late,
            _outcome,
            _compliance,
            _matrix,
            _corrections,
            _rules,
        ):
            write(book, f, words)
    return book.bytes


def _table(book: books.Book, f: Frames, words: Words, name: str, columns: list[Column], rows: list[list]):
    """A sheet with its title, headings that stand still, and a row per list."""
    page = book.sheet(name)
    _title(book, page, f, words, name)
    for column, (heading, width, _) in enumerate(columns):
        page.set_column(column, column, width)
        book.put(page, HEADINGS, column, heading, "heading")
    page.set_row(HEADINGS, LINE * max(_lines(heading, width) for heading, width, _ in columns))
    for n, row in enumerate(rows, FIRST):
        page.set_row(
            n, LINE * max(_lines(value, width) for value, (_, width, _) in zip(row, columns, strict=True))
        )
        for column, (value, (_, _, style)) in enumerate(zip(row, columns, strict=True)):
            _cell(book, page, n, column, value, style, words)
    page.freeze_panes(FIRST, 0)
    page.repeat_rows(HEADINGS)
    return page


def _cell(book: books.Book, page, row: int, column: int, value: object, style: str, words: Words) -> None:
    """A value in its style; a status, of an activity or of a whole, as its word in its colour."""
    if style not in ("status", "status_whole"):
        book.put(page, row, column, value, style)
    elif pd.notna(value):
        book.put(
            page,
            row,
            column,
            words(f"{style}.{value}"),
            _format_name(book, value if value in books.TONES else "text", indent=1),
        )


def _lines(value: object, width: int) -> int:
    """How many lines a text takes in a column: not every program finds it out by itself."""
    if not isinstance(value, str) or len(value) <= width:
        return 1
    return ceil(len(value) * BY_WORDS / width)


def _title(book: books.Book, page, f: Frames, words: Words, name: str) -> None:
    head = parts.head(f, words)
    book.put(page, 0, 0, f"{head['title']} · {name}", "title")
    filters = (
        [words("report.filtered", what=", ".join(head["filters"]), count=head["count"])]
        if head["filters"]
        else []
    )
    book.put(page, 1, 0, " · ".join([head["place"], head["cut"], head["known"], *filters]), "quiet")
    if f.is_illustrative:
        book.put(page, 2, 0, words("head.illustrative"), "flag")


def _summary(book: books.Book, f: Frames, words: Words) -> None:
    """The outcome, the plan's figure and the count in each status."""
    rows = [(words("report.overdue"), f.overdue, "text")] if f.overdue else []
    rows += [
        (row["outcome"], outcome.strip_marks(outcome.outcome(row, f.scope.month, words)), "text")
        for row in records(f.outcome)
    ]
    for row in records(f.outcome):
        rows += [
            (words(key), row[name], "money" if row["unit"] == "S/" else "amount")
            for key, name in (
                ("report.baseline", "baseline"),
                ("report.target", "target"),
                ("report.fact_reported", "reported"),
                ("report.fact_path", "path"),
                ("report.fact_pace", "pace"),
                ("report.fact_required", "required_pace"),
            )
        ]
        rows += [(words("report.fact_compliance"), row["compliance"], "share")]
        rows += [
            (
                words("report.verdict"),
                words(f"verdict.{row['verdict']}") if pd.notna(row["verdict"]) else None,
                "text",
            )
        ]
    rows += [(words("report.fact_december"), row["expected"], "money") for row in records(f.outlook)]
    moved = parts.since(f, words)
    if moved["plan"]:
        rows += [
            (
                words("report.since", day=moved["day"]),
                " ".join(
                    filter(
                        None, (moved["plan"]["before"], "→", moved["plan"]["now"], moved["plan"]["change"])
                    )
                ),
                "text",
            )
        ]
    rollup_rows = [row for row in records(f.rollup) if row["status"] != "not_reported"]
    rows += [(words("bars.heading"), row["compliance"], "strong") for row in rollup_rows]
    counts = f.activities["status"].value_counts()
    rows += [
        (words(f"status.{status}"), int(counts[status]), "amount") for status in STATUSES if status in counts
    ]
    page = book.sheet(words("report.sheet_summary"))
    _title(book, page, f, words, words("report.sheet_summary"))
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 80)
    for n, (label, value, style) in enumerate(rows, FIRST):
        page.set_row(n, LINE * _lines(value, 80))
        book.put(page, n, 0, label, "quiet")
        book.put(page, n, 1, value, _format_name(book, style, align="left"))
    page.freeze_panes(FIRST, 0)


def _format_name(book: books.Book, name: str, **more: object) -> str:
    """The name of a format like another, with more to it."""
    base_format = (
        {"bold": True, "font_color": books.TONES[name]} if name in books.TONES else books.STYLES[name]
    )
    key = f"{name} {more}"
    if key not in book.formats:
        book.formats[key] = book.book.add_format(
            {"valign": "top", "font_name": "Calibri", **base_format, **more}
        )
    return key


def _activities(book: books.Book, f: Frames, words: Words) -> None:
    notes = {row["code"]: row for row in records(f.remarks)}
    columns = [
        (words(key), width, style)
        for key, width, style in (
            ("matrix.code", 6, "text"),
            ("report.objective_name", 20, "text"),
            ("attention.activity", 30, "text"),
            ("indicators.unit", 12, "text"),
            ("detail.locality", 8, "text"),
            ("attention.owner", 20, "text"),
            ("report.year_target", 10, "amount"),
            ("indicators.programmed", 11, "amount"),
            ("indicators.reported", 11, "amount"),
            ("attention.compliance", 10, "share"),
            ("matrix.of_year", 10, "share"),
            ("attention.status", 13, "status"),
            ("report.months", 24, "text"),
            ("report.cause", 24, "text"),
            ("report.measure", 24, "text"),
        )
    ]
    rows = [
        [
            row["code"],
            row["objective"],
            row["activity"],
            row["unit"],
            row["locality"],
            owner(row, words),
            row["target"],
            row["programmed_to_date"],
            row["reported_to_date"],
            row["compliance"],
            row["annual"],
            row["status"],
            months_text(row, words),
            notes.get(row["code"], {}).get("cause"),
            notes.get(row["code"], {}).get("measure"),
        ]
        for row in records(f.activities)
    ]
    page = _table(book, f, words, words("page.indicators"), columns, rows)
    page.freeze_panes(FIRST, 3)


def _divisions(book: books.Book, f: Frames, words: Words) -> None:
    columns = [
        (words(key), width, style)
        for key, width, style in (
            ("responsibles.division", 46, "text"),
            ("attention.compliance", 11, "share"),
            ("attention.status", 14, "status_whole"),
            ("report.count", 11, "amount"),
            ("report.due", 11, "amount"),
            ("report.late", 11, "amount"),
            ("report.silent", 11, "amount"),
        )
    ]
    rows = [
        [
            row["key"] if pd.notna(row["key"]) else words("common.nobody"),
            row["compliance"] if row["status"] != "not_reported" else None,
            row["status"],
            row["activities"],
            row["activities_due"],
            row["late"],
            row["silent"],
        ]
        for row in records(f.divisions.sort_values(["compliance", "position"]))
    ]
    _table(book, f, words, words("report.sheet_divisions"), columns, rows)


def _late(book: books.Book, f: Frames, words: Words) -> None:
    columns = [
        (words(key), width, style)
        for key, width, style in (
            ("attention.status", 13, "status"),
            ("matrix.code", 6, "text"),
            ("attention.activity", 30, "text"),
            ("attention.compliance", 10, "share"),
            ("report.gap", 20, "text"),
            ("attention.owner", 22, "text"),
            ("report.cause", 28, "text"),
            ("report.measure", 28, "text"),
        )
    ]
    late_rows = {row["code"]: row for row in records(f.activities[f.activities["status"].isin(LATE)])}
    rows = [
        [
            row["status"],
            row["code"],
            row["activity"],
            late_rows[row["code"]]["compliance"],
            shortfall(late_rows[row["code"]], words),
            row["owner"],
            row["cause"] or words("attention.no_cause"),
            row["measure"],
        ]
        for row in parts.late_activities(f, words)
    ]
    _table(book, f, words, words("report.sheet_late"), columns, rows)


def _outcome(book: books.Book, f: Frames, words: Words) -> None:
    """Month by month, with the spreadsheet's own line chart."""
    if f.outcome.empty:
        return
    style = "money" if f.outcome.iloc[0]["unit"] == "S/" else "amount"
    columns = [(words("detail.month"), 18, "text"), *((words(key).capitalize(), 16, style) for key in (
        "chart.programmed", "chart.reported", "chart.forecast", "report.low", "report.high"))]  # fmt: skip
    months = f.path.merge(f.forecast[["month", "expected", "low", "high"]], on="month", how="left")
    rows = [
        [
            words.month(int(row["month"])).capitalize() if row["month"] else words("chart.before_year_long"),
            row["programmed"],
            row["reported"],
            row["expected"],
            row["low"],
            row["high"],
        ]
        for row in records(months)
    ]
    page = _table(book, f, words, words("report.sheet_outcome"), columns, rows)
    drawn = [value for row in rows for value in row[1:] if pd.notna(value)]
    charts.lines(book.book, page, FIRST, drawn, f.outcome.iloc[0]["outcome"])


def _compliance(book: books.Book, f: Frames, words: Words) -> None:
    """Each indicator's compliance, with the spreadsheet's own bar chart."""
    columns = [
        (words("matrix.indicator"), 46, "text"),
        (words("attention.compliance"), 12, "share"),
        (words("attention.status"), 14, "status"),
    ]
    rows = [
        [f"{row['code']} {short_name(row)}", row["compliance"], row["status"]]
        for row in records(f.activities)
    ]
    page = _table(book, f, words, words("report.sheet_compliance"), columns, rows)
    charts.bars(book.book, page, FIRST, list(f.activities["status"]), words("attention.compliance"))


def _matrix(book: books.Book, f: Frames, words: Words) -> None:
    matrix_book.write(
        book,
        book.sheet(words("page.matrix"), paper=8),
        f.plan,
        by_objective_and_quarter(f.activities, f.cells, f.quarters),
        f.source,
        f.is_illustrative,
        f.scope.month,
        words,
    )


def _corrections(book: books.Book, f: Frames, words: Words) -> None:
    headings, rows = audit.export(f.corrections, words)
    widths = (18, 18, 13, 8, 6, 10, 12, 12, 12, 34, 18, 10)
    _table(
        book,
        f,
        words,
        words("report.sheet_corrections"),
        [(h, w, "text") for h, w in zip(headings, widths, strict=True)],
        [[str(value) for value in row] for row in rows],
    )


def _rules(book: books.Book, f: Frames, words: Words) -> None:
    page = book.sheet(words("report.sheet_rules"))
    _title(book, page, f, words, words("page.rules"))
    page.set_column(0, 0, RULES_WIDTH)
    row = FIRST
    for heading, sentences in parts.rule_sections(f, words):
        book.put(page, row, 0, heading, "group")
        for n, sentence in enumerate(sentences, 1):
            page.set_row(row + n, LINE * _lines(sentence, RULES_WIDTH))
            book.put(page, row + n, 0, outcome.strip_marks([sentence.removeprefix("= ")]), "text")
        row += len(sentences) + 1
    page.freeze_panes(FIRST, 0)
