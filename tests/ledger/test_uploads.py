"""The ledger keeps everything, stores whole files or nothing, and says what it will not take."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import sample_ledger
from columns_of import columns_of

from poa_core.contract import Value
from poa_core.figures import metrics
from poa_core.ledger import changes
from poa_core.ledger import current as standing
from poa_core.ledger import uploads as ledger
from poa_core.loading import files, seed
from poa_core.value_columns import Columns

KEY = (2010, "EPS Puno", "Gerencia Comercial")
LATER = datetime(2030, 1, 1)


@pytest.fixture
def opened(ledger):
    return sample_ledger.put_into(ledger)


@pytest.fixture
def empty(opened):
    ledger.withdraw_illustration(opened, KEY, "prueba")
    return opened


def submission(
    *values: Value,
    illustrative: bool = False,
    person: str = "ana",
    content: bytes = b"x",
    reason: str | None = "acta",
):
    return ledger.Submission(*KEY, "avance.csv", content, person, tuple(values), illustrative, reason)


def value(code: str, month: int, reported: str | None, locality: str = "EPS", row: int = 2, **more) -> Value:
    return Value(row, code, month, locality, None if reported is None else Decimal(reported), **more)


def current(book, known_at=LATER) -> dict:
    with book.cursor() as cursor:
        rows = cursor.execute(
            "SELECT code, month, locality, reported FROM current_value(?, ?, ?, ?)", [*KEY, known_at]
        ).fetchall()
    return {row[:3]: row[3] for row in rows}


def counts(book) -> tuple:
    with book.cursor() as cursor:
        return cursor.execute(
            "SELECT (SELECT count(*) FROM upload), (SELECT count(*) FROM reported_value)"
        ).fetchone()


def test_the_illustrative_year_is_accepted_on_the_8th_of_the_month_after(opened):
    with opened.cursor() as cursor:
        uploads = metrics.uploads(cursor, metrics.Scope(*KEY, 9, LATER))
    progress = uploads[uploads["kind"] == "progress"]
    assert list(progress["file_name"]) == [f"2010-0{m}.csv" for m in range(9, 0, -1)]
    lima = progress["accepted_at"] - timedelta(hours=5)
    assert [(d.day, d.month) for d in lima] == [(8, m) for m in range(10, 1, -1)]


def test_the_newest_accepted_value_wins_and_the_older_stays_in_the_ledger(empty):
    stored = counts(empty)[1]
    ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")))
    ledger.accept(empty, submission(value("2.1", 6, "2", "Puno")))
    assert current(empty)[("2.1", 6, "Puno")] == 2
    assert counts(empty)[1] == stored + 2


@pytest.mark.parametrize("values", [(), (value("2.1", 6, None, "Puno"),)])
def test_a_file_that_says_nothing_is_not_kept_and_leaves_the_illustration(opened, values):
    before = counts(opened)
    with pytest.raises(ledger.Refused, match="nothing_said"):
        ledger.accept(opened, submission(*values))
    assert counts(opened) == before
    assert current(opened)


def test_an_empty_cell_never_erases_and_keeps_its_cause(empty):
    ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")))
    ledger.accept(empty, submission(value("2.1", 6, None, "Puno", cause="falta firma")))
    assert current(empty)[("2.1", 6, "Puno")] == 1
    with empty.cursor() as cursor:
        told = metrics.remarks(cursor, metrics.Scope(*KEY, 12, LATER))
    assert list(told["cause"]) == ["falta firma"]


def test_a_file_with_only_a_measure_is_kept(empty):
    ledger.accept(empty, submission(value("2.1", 6, None, "Puno", measure="contratar"), person="rosa"))
    with empty.cursor() as cursor:
        told = metrics.remarks(cursor, metrics.Scope(*KEY, 12, LATER))
    assert list(told["measure"]) == ["contratar"]


def test_a_withdrawal_after_the_clock_went_back_takes_the_value_away_all_the_same(empty):
    before, ahead = datetime(2010, 7, 1), datetime(2010, 9, 1)
    ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")), before)
    wrong = ledger.accept(empty, submission(value("2.1", 6, "2", "Puno"), content=b"y"), ahead)
    ledger.withdraw(empty, wrong.upload_id, "ana", "era de otro mes", before)
    assert current(empty) == current(empty, datetime.max) == {("2.1", 6, "Puno"): Decimal(1)}


def test_a_value_taken_back_is_a_correction_of_its_own(empty):
    first = ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")))
    taken = ledger.accept(empty, submission(value("2.1", 6, None, "Puno", retracted=True)))
    assert current(empty) == {}
    assert current(empty, first.accepted_at) == {("2.1", 6, "Puno"): Decimal(1)}
    ledger.withdraw(empty, taken.upload_id, "ana")
    assert current(empty) == {("2.1", 6, "Puno"): Decimal(1)}


def test_a_file_whose_every_value_is_current_changes_nothing_and_says_who_loaded_it(empty):
    ledger.accept(empty, submission(value("2.1", 6, "1", "Puno"), person="rosa"))
    before = counts(empty)
    with pytest.raises(ledger.Refused) as refusal:
        ledger.accept(empty, submission(value("2.1", 6, "1.00", "Puno", row=9), content=b"other bytes"))
    assert refusal.value.code == "already_current"
    assert refusal.value.hints["person"] == "rosa"
    assert counts(empty) == before


def test_after_a_withdrawal_the_same_file_is_a_new_upload(empty):
    file = submission(value("2.1", 6, "1", "Puno"))
    first = ledger.accept(empty, file)
    ledger.withdraw(empty, first.upload_id, "ana", "mes equivocado")
    second = ledger.accept(empty, file)
    assert second.upload_id > first.upload_id
    assert current(empty) == {("2.1", 6, "Puno"): Decimal(1)}


def test_an_upload_is_withdrawn_once(empty):
    receipt = ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")))
    ledger.withdraw(empty, receipt.upload_id, "ana")
    with pytest.raises(ledger.Refused, match="already_withdrawn"):
        ledger.withdraw(empty, receipt.upload_id, "ana")
    with pytest.raises(ledger.Refused, match="unknown_upload"):
        ledger.withdraw(empty, 999, "ana")


def test_the_first_real_file_takes_the_illustration_away_in_the_same_transaction(opened):
    receipt = ledger.accept(opened, submission(value("R1", 1, "186000")))
    assert current(opened) == {("R1", 1, "EPS"): Decimal(186000)}
    moment_before = receipt.accepted_at - timedelta(microseconds=1)
    assert len(current(opened, moment_before)) == 49
    with opened.cursor() as cursor:
        assert standing.illustrative_uploads(cursor, KEY) == 0


def test_an_illustrative_file_is_refused_beside_real_values(empty):
    ledger.accept(empty, submission(value("R1", 1, "186000")))
    with pytest.raises(ledger.Refused, match="illustrative_beside_real"):
        ledger.accept(empty, submission(value("R1", 2, "184000"), illustrative=True))
    assert len(current(empty)) == 1


def test_a_month_holds_a_whole_value_or_local_ones_even_through_a_withdrawal(empty):
    ledger.accept(empty, submission(value("4.1", 3, "1500")))
    with pytest.raises(ledger.Refused, match="broken_invariant"):
        ledger.accept(empty, submission(value("4.1", 3, "700", "Puno")))
    taken = ledger.accept(empty, submission(value("4.1", 3, None, retracted=True)))
    ledger.accept(empty, submission(value("4.1", 3, "700", "Puno")))
    with pytest.raises(ledger.Refused, match="broken_invariant"):
        ledger.withdraw(empty, taken.upload_id, "ana")
    assert current(empty) == {("4.1", 3, "Puno"): Decimal(700)}


def test_what_was_previewed_on_an_older_ledger_is_looked_at_again(empty):
    seen = empty.version
    ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")))
    with pytest.raises(ledger.Refused, match="look_again"):
        ledger.accept(empty, submission(value("2.1", 6, "2", "Puno")), seen_version=seen)
    with pytest.raises(
        ledger.Refused, match="already_current"
    ):  # a double click, or the same month by two leaders
        ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")), seen_version=seen)
    assert current(empty)[("2.1", 6, "Puno")] == 1


class Stop(BaseException):
    """What a screen raises when its person leaves: no Exception."""


@pytest.mark.parametrize("nth", range(1, 12))
def test_a_save_stopped_at_any_statement_saves_nothing_and_the_next_one_is_whole(empty, nth):
    before, calls = (counts(empty), current(empty)), 0

    class Breaking:
        def __init__(self, cursor):
            self.cursor = cursor

        def execute(self, *arguments):
            nonlocal calls
            calls += 1
            if calls == nth and arguments[0] != "ROLLBACK":
                raise Stop
            self.cursor.execute(*arguments)
            return self

        def __getattr__(self, name):
            return getattr(self.cursor, name)

    original_cursor = empty.cursor

    @contextmanager
    def breaking():
        with original_cursor() as cursor:
            yield Breaking(cursor)

    empty.cursor = breaking
    with pytest.raises(Stop):
        ledger.accept(empty, submission(value("2.1", 6, "1", "Puno", cause="x")))
    empty.cursor = original_cursor
    assert (counts(empty), current(empty)) == before
    ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")))
    assert current(empty) == {("2.1", 6, "Puno"): Decimal(1)}


def test_the_original_bytes_come_back_as_they_came(empty):
    content = "codigo;mes;avance\r\n2.1;jun;1\r\n".encode("utf-16")
    receipt = ledger.accept(empty, submission(value("2.1", 6, "1", "Puno"), content=content))
    with empty.cursor() as cursor:
        assert metrics.original(cursor, receipt.upload_id) == content


def test_a_clock_set_back_does_not_put_a_new_value_behind_an_older_one(empty):
    first = ledger.accept(empty, submission(value("2.1", 6, "1", "Puno")))
    second = ledger.accept(empty, submission(value("2.1", 6, "2", "Puno")), at=datetime(2011, 1, 1))
    assert second.accepted_at >= first.accepted_at
    assert current(empty)[("2.1", 6, "Puno")] == 2


def test_loading_the_same_plan_again_makes_no_version(opened):
    plan, content = seed.read_plan(seed.SOURCE_DATA / "processes.csv", seed.SOURCE_DATA / "plan.csv")
    assert ledger.accept_plan(opened, plan, content, "plan.zip", "ana") == []
    changed = type(plan)(
        plan.plans,
        tuple(a | {"responsible": "Otra"} if a["code"] == "5.2" else a for a in plan.activities),
        plan.programme,
        (),
    )
    assert len(ledger.accept_plan(opened, changed, content, "plan.zip", "ana")) == 1


def test_every_reported_value_is_exact_to_six_decimals(empty):
    ledger.accept(empty, submission(value("1.1", 1, "33.333333")))
    assert current(empty)[("1.1", 1, "EPS")] == Decimal("33.333333")


def stored(book) -> tuple:
    """What the newest upload said, as the tables hold it."""
    with book.cursor() as cursor:
        newest = cursor.execute("SELECT max(upload_id) FROM upload").fetchone()[0]
        told, remarks = (
            cursor.execute(
                f"SELECT * EXCLUDE (upload_id) FROM {table} WHERE upload_id = ? ORDER BY ALL", [newest]
            ).fetchall()
            for table in ("reported_value", "remark")
        )
        count = cursor.execute("SELECT row_count FROM upload WHERE upload_id = ?", [newest]).fetchone()[0]
    return told, remarks, count


COLUMNS = columns_of(
    (2, 2, 3),
    ("5.3", "5.3", "R1"),
    (1, 2, 3),
    ("EPS",) * 3,
    ("12", "0.000001", "123456789012.123456"),
    (),
    ("", "lluvia", ""),
    (),
)


def test_columns_are_stored_as_the_rows_they_stand_for(empty):
    receipt = ledger.accept(empty, replace(submission(), values=COLUMNS))
    by_columns = stored(empty)
    assert (receipt.rows, len(by_columns[0]), len(by_columns[1])) == (2, 3, 1)
    assert [row[6] for row in by_columns[0]] == [
        Decimal("12"),
        Decimal("0.000001"),
        Decimal("123456789012.123456"),
    ]
    ledger.withdraw(empty, receipt.upload_id, "ana")
    ledger.accept(empty, submission(*COLUMNS))
    assert stored(empty) == by_columns


def test_columns_change_what_the_rows_they_stand_for_change(empty):
    ledger.accept(
        empty,
        submission(value("5.3", 1, "12", row=2), value("5.3", 2, "7", row=3), value("R1", 4, "1", row=4)),
    )
    with empty.cursor() as cursor:
        by_columns = changes.changes(cursor, replace(submission(), values=COLUMNS), LATER)
        by_rows = changes.changes(cursor, submission(*COLUMNS), LATER)
        fresh = changes.changes(cursor, replace(submission(), values=COLUMNS), LATER, fresh=True)
    assert tuple(by_columns) == tuple(by_rows) and by_columns[:2] == tuple(by_rows)[:2]
    assert by_columns.fates == [
        "unchanged",
        "corrected",
        "new",
    ] and by_columns.months_moved == by_rows.months_moved == {2, 3}
    assert by_columns.newest == by_rows.newest and by_columns.newest.person == "ana"
    assert fresh.count("new") == 3 and fresh.newest == changes.Known()
    with pytest.raises(ledger.Refused, match="reason_needed"):
        ledger.accept(empty, replace(submission(reason=None), values=COLUMNS))
    ledger.accept(empty, replace(submission(), values=COLUMNS))
    with pytest.raises(ledger.Refused, match="already_current"):
        ledger.accept(empty, replace(submission(), values=COLUMNS))


def test_a_plain_file_is_asked_about_as_one_read_row_by_row(empty):
    plain = b"codigo,mes,avance\n4.1,mar,15250\n1.1,mar,0\nR1,mar,17000\n5.3,mar,25\n"
    careful = plain.replace(b"R1,mar,17000", b'"R1",mar,17000')
    by_columns, by_rows = (
        files.read_progress(empty, content, "a.csv", KEY, LATER) for content in (plain, careful)
    )
    assert isinstance(by_columns.values, Columns) and isinstance(by_rows.values, tuple)
    assert by_columns.problems == by_rows.problems and len(by_columns.questions) >= 3


def test_the_illustration_that_goes_asks_nothing_of_a_real_file(opened):
    told = b"codigo,mes,avance\nR1,mar,17000\n"
    file = files.read_progress(opened, told, "a.csv", KEY, LATER)
    whole = files.read_progress(opened, told.replace(b"R1", b'"R1"'), "a.csv", KEY, LATER)
    illustrative = files.read_progress(
        opened, b"codigo,mes,avance,origen\nR1,mar,17000,ilustrativo\n", "a.csv", KEY, LATER
    )
    assert [q.code for q in file.questions] == [q.code for q in whole.questions] == ["off_by_power"]
    assert illustrative.questions


def test_an_upload_counts_the_values_it_corrected_of_those_that_stood_when_it_came(empty):
    first = ledger.accept(empty, submission(value("5.3", 1, "12", row=2), value("5.3", 2, "7", row=3)))
    second = ledger.accept(empty, submission(value("5.3", 1, "13", row=2), value("R1", 4, "1", row=3)))
    ledger.withdraw(empty, second.upload_id, "ana")
    third = ledger.accept(
        empty,
        submission(value("5.3", 1, "14", row=2), value("5.3", 2, "8", row=3), value("R1", 4, "2", row=4)),
    )
    with empty.cursor() as cursor:
        uploads = metrics.uploads(cursor, metrics.Scope(*KEY, 9, LATER)).set_index("upload_id")
    # The outcome of April was told before by an upload that no longer stood; what was withdrawn later keeps
    # its own count.
    assert [uploads.loc[receipt.upload_id, "corrections"] for receipt in (first, second, third)] == [0, 1, 2]
    assert uploads.loc[third.upload_id, ["value_count", "first_month", "last_month"]].tolist() == [3, 1, 4]
