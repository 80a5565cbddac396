"""A ledger of older code opens as it is; what newer code has added stays where it is on the way back."""

import dying

from poa_core.figures import metrics
from poa_core.ledger import invariants, uploads
from poa_core.ledger.file import database, snapshots
from poa_core.moment import now

LATER_TABLES = (
    "month_state",
    "confirmation",
    "person",
    "plan_archive",
    "local_rule",
    "joined_locality",
)  # what came after the first version


def facts(opened) -> tuple:
    with opened.cursor() as cursor:
        return snapshots.signature(cursor)


def outcome(opened) -> str:
    with opened.cursor() as cursor:
        return metrics.outcome(cursor, metrics.Scope(*dying.KEY, 9, now())).to_json()


def test_a_ledger_of_the_first_version_opens_with_the_same_facts_and_figures(place):
    opened = database.open_ledger(place)
    before, figures = facts(opened), outcome(opened)
    with opened.cursor() as cursor:
        for name in LATER_TABLES:
            cursor.execute(f"DROP TABLE {name}")
        macros = cursor.execute(
            "SELECT DISTINCT function_name, function_type FROM duckdb_functions() WHERE NOT internal"
        ).fetchall()
        for name, kind in macros:
            cursor.execute(f"DROP {'MACRO TABLE' if kind == 'table_macro' else 'MACRO'} IF EXISTS {name}")
    opened.close()
    reopened = database.open_ledger(place)
    assert facts(reopened) == before
    assert outcome(reopened) == figures
    with reopened.cursor() as cursor:
        invariants.enforce(cursor, invariants.Mark())
    reopened.close()


def test_what_newer_code_added_is_kept_and_copied_by_code_that_does_not_know_it(place):
    opened = database.open_ledger(place)
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE of_the_future AS SELECT 'kept' AS told")
    opened.close()
    back = database.open_ledger(place)
    uploads.accept(back, dying.handed(dying.value(3, "180000")))
    with back.cursor() as cursor:
        assert cursor.execute("FROM of_the_future").fetchall() == [("kept",)]
    back.close()
    copy = snapshots.connect(snapshots.list_snapshots(place)[0])
    assert copy.execute("FROM of_the_future").fetchall() == [("kept",)]
    copy.close()


def test_what_other_code_said_of_a_figure_is_replaced_by_what_this_code_says(place):
    opened = database.open_ledger(place)
    figures = outcome(opened)
    opened.close()
    dying.redefine(place)
    reopened = database.open_ledger(place)
    with reopened.cursor() as cursor:
        assert cursor.execute("SELECT needed_total(2, 1)").fetchone() != (0,)
    assert outcome(reopened) == figures
    reopened.close()


def test_a_ledger_of_this_code_is_opened_without_a_word_written(place):
    database.open_ledger(place).close()
    before = place.database.read_bytes()
    opened = database.open_ledger(place)
    assert not place.wal.exists() or not place.wal.stat().st_size
    opened.close()
    assert place.database.read_bytes() == before
