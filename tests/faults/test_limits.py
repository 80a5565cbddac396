"""What the database may do and hold: fixed statements, bound values, no other file, so much memory, decimals
to the digit.
"""

import ast
import re
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import dying
import pytest
from dying import KEY, handed, value

import poa_core
from poa_core.config import SNAPSHOTS_KEPT, LedgerPaths
from poa_core.ledger import uploads
from poa_core.ledger.file import database, snapshots

CORE = Path(poa_core.__file__).parent
STATEMENT = ("SELECT ", "FROM ", "INSERT ", "ATTACH ", "COPY ", "WITH ", "DETACH ", "SET ")
CHANGING = re.compile(
    r"\bUPDATE\s+\w+\s+SET|\bDELETE\s+FROM|\bTRUNCATE\b|\bDROP\s|\bALTER\s+TABLE|\bMERGE\s+INTO"
)
# The names that stand in a statement between its fixed parts: lists of columns, tables and question marks of
# ours.
OF_OURS = {
    "CUT",
    "EVERY_CUT",
    "KEY",
    "macro",
    "marks",
    "of_each",
    "_PROGRAMME",
    "months",
    "query",
    "columns",
    "table",
    "number",
    "name",
    "chosen",
    "order",
    "source",
    "_quoted(part)",
    "f'coalesce(sum({SUMS[name]}), 0)' if name in SUMS else '0'",
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("limits")
    dying.fill(folder)
    opened = database.open_ledger(LedgerPaths(folder / "poa.duckdb"))
    yield opened
    opened.close()


def formatted_into_statements() -> dict[str, str]:
    """Each expression that is formatted into a text that begins as a statement, with where it stands."""
    found = {}
    for file in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.JoinedStr)
                and isinstance(node.values[0], ast.Constant)
                and node.values[0].value.lstrip().startswith(STATEMENT)
            ):
                found |= {
                    ast.unparse(part.value): f"{file.name}:{node.lineno}"
                    for part in node.values
                    if isinstance(part, ast.FormattedValue)
                }
    return found


def test_only_names_of_ours_are_formatted_into_a_statement_and_values_are_bound():
    found = formatted_into_statements()
    assert "CUT" in found
    assert {told: where for told, where in found.items() if told not in OF_OURS} == {}


def test_facts_are_added_and_never_changed_or_taken_away():
    texts = {
        str(file.relative_to(CORE)): file.read_text("utf-8")
        for file in (*CORE.rglob("*.py"), *CORE.rglob("*.sql"))
    }
    assert "INSERT INTO" in texts["ledger/facts.py"]
    assert not {name for name, text in texts.items() if CHANGING.search(text)}


def test_a_text_that_looks_like_a_statement_is_kept_as_the_text_it_is(opened):
    hostile = "'); DROP TABLE upload; --"
    submission = uploads.Submission(
        *KEY, hostile, b"x", hostile, (value(2, "185000", cause=hostile),), reason=hostile
    )
    receipt = uploads.accept(opened, submission)
    with opened.cursor() as cursor:
        asked = (
            "SELECT file_name, uploaded_by, reason, cause FROM upload JOIN remark USING (upload_id) WHERE "
            "upload_id = ?"
        )
        kept = cursor.execute(asked, [receipt.upload_id])
        assert kept.fetchone() == (hostile,) * 4


def test_memory_and_temporary_files_are_limited_and_the_limit_holds(opened):
    with opened.cursor() as cursor:
        names = ("memory_limit", "max_temp_directory_size", "threads")
        assert [cursor.execute("SELECT current_setting(?)", [name]).fetchone()[0] for name in names] == [
            "953.6 MiB",
            "1.8 GiB",
            1,
        ]
        with pytest.raises(duckdb.OutOfMemoryException):
            cursor.execute("SELECT list(repeat('x', 1000) || range) FROM range(10000000)").fetchone()
        assert cursor.execute("SELECT count(*) > 0 FROM upload").fetchone() == (True,)


def test_whoever_asks_has_one_thread_in_the_file_in_a_copy_and_in_memory(opened):
    with closing(database.open_for_reading(opened.paths)) as copy, closing(database.in_memory()) as trial:
        for each in (opened, copy, trial):
            with each.cursor() as cursor:
                assert cursor.execute("SELECT current_setting('threads')").fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH '{elsewhere}'",
        "COPY upload TO '{elsewhere}'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SET allowed_directories = ['/']",
        "SET temp_directory = '{elsewhere}'",
    ],
)
def test_no_statement_reads_or_writes_elsewhere_or_loosens_that(opened, statement, tmp_path):
    with opened.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement.format(elsewhere=tmp_path / "elsewhere"))
    assert not list(tmp_path.iterdir())


def test_no_more_copies_are_kept_than_the_limit(opened):
    for number in range(3):
        uploads.accept(opened, handed(value(3, str(180_000 + number)), content=str(number).encode()))
    assert len(snapshots.list_snapshots(opened.paths)) == SNAPSHOTS_KEPT


def test_every_amount_is_stored_as_a_decimal_and_none_that_is_not_finite(opened):
    amounts = {"baseline", "target", "programmed", "reported", "own_funding", "external_funding"}
    with opened.cursor() as cursor:
        types = dict(
            cursor.execute(
                "SELECT DISTINCT column_name, data_type FROM duckdb_columns() WHERE NOT internal"
            ).fetchall()
        )
        assert {name: types[name] for name in amounts} == dict.fromkeys(amounts, "DECIMAL(18,6)")
        before = cursor.execute("SELECT count(*) FROM upload").fetchone()
    for never in ("NaN", "Infinity", "-Infinity", "sNaN"):
        with pytest.raises(Exception):  # noqa: B017  whatever it is, nothing is stored
            uploads.accept(opened, handed(value(4, never), content=never.encode()))
    uploads.accept(opened, handed(value(4, "0.000001"), content=b"least"))
    with opened.cursor() as cursor:
        assert cursor.execute("SELECT count(*) - 1 FROM upload").fetchone() == before
        stored = cursor.execute(
            "SELECT reported FROM current_value(?, ?, ?, now()::TIMESTAMP) WHERE month = 4", [*KEY]
        ).fetchone()
    assert stored == (Decimal("0.000001"),)
