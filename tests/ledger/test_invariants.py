"""What must be true of the ledger: each breach is named at once by the transaction that makes it, and by
verify ever after.
"""

import pytest

from poa_core.ledger import invariants
from poa_core.ledger.file import database
from poa_core.ledger.submission import Refused
from poa_core.loading import seed
from poa_core.words.language import LANGUAGES, words
from poa_core.words.refusals import sentence_hints

NEW = (
    "INSERT INTO upload SELECT 900, {kind}, 2010, 'EPS Puno', 'Gerencia Comercial', 'a', 'sum', 'ana', "
    "'2030-01-01', NULL, {made_up}, {rows};"
)
REAL = (
    NEW.format(kind="'progress'", made_up="FALSE", rows=1) + "INSERT INTO original VALUES ('sum', 'x'::BLOB);"
)
VALUE = (
    "INSERT INTO reported_value VALUES ({upload}, 2010, 'EPS Puno', 'Gerencia Comercial', {code}, {place}, "
    "{month}, {value}, {back}, {row});"
)


def value(upload=900, code="'1.1'", place="'EPS'", month=1, told="5", back="FALSE", row=2) -> str:
    return VALUE.format(upload=upload, code=code, place=place, month=month, value=told, back=back, row=row)


PLAN = NEW.format(kind="'plan'", made_up="FALSE", rows=1) + "INSERT INTO original VALUES ('sum', 'x'::BLOB);"
ACTIVITY = "INSERT INTO activity SELECT 900, * EXCLUDE (upload_id) REPLACE ({wrong}) FROM activity LIMIT 1;"
ARCHIVED = (
    "INSERT INTO plan_archive SELECT {number}, 2010, 'EPS Puno', 'Gerencia Comercial', {was}, 'ana', "
    "'2030-01-01', NULL FROM range(2);"
)
BREACHES = {
    "value_without_upload": value(901),
    "upload_without_original": NEW.format(kind="'progress'", made_up="TRUE", rows=1) + value(),
    "upload_numbered_twice": "INSERT INTO upload FROM upload LIMIT 1;",
    "row_count_differs": REAL + value(row=2) + value(month=2, row=3),
    "value_reported_twice_in_upload": REAL + value() + value(told="6"),
    "month_out_of_range": REAL + value(month=13),
    "retraction_with_value": REAL + value(back="TRUE"),
    "month_state_out_of_range": "INSERT INTO month_state "
    "VALUES (1, 2010, 'e', 'p', 0, TRUE, 'ana', '2030-01-01', NULL);",
    "month_state_numbered_twice": (
        "INSERT INTO month_state SELECT 1, 2010, 'e', 'p', range + 1, TRUE, 'ana', '2030-01-01', NULL FROM "
        "range(2);"
    ),
    "month_closed_or_reopened_twice_in_a_row": (
        "INSERT INTO month_state SELECT range, 2010, 'e', 'p', 1, TRUE, 'ana', '2030-01-01', NULL FROM "
        "range(2);"
    ),
    "plan_archive_numbered_twice": ARCHIVED.format(number="1", was="range = 0"),
    "plan_archived_or_brought_back_twice_in_a_row": ARCHIVED.format(number="range", was="TRUE"),
    "archived_without_plan": "INSERT INTO plan_archive "
    "VALUES (1, 2010, 'e', 'p', TRUE, 'ana', '2030-01-01', NULL);",
    "confirmation_without_upload": "INSERT INTO confirmation VALUES (901, 2, 'avance', 'off_by_power', '5');",
    "withdrawn_twice": "INSERT INTO withdrawal SELECT 2, 'ana', '2030-01-01', NULL FROM range(2);",
    "withdrawal_without_upload": "INSERT INTO withdrawal VALUES (901, 'ana', '2030-01-01', NULL);",
    "activity_without_plan": PLAN + ACTIVITY.format(wrong="position AS position"),
    "unknown_rule": PLAN + ACTIVITY.format(wrong="'median' AS aggregation"),
    "illustrative_beside_real": REAL + value(),
    "whole_and_local_in_one_month": REAL
    + value(code="'4.1'", place="'Puno'", month=6),  # a sum: its local values make one of the whole
}


@pytest.fixture(scope="module")
def opened():
    book = database.in_memory()
    seed.first_load(book)
    yield book
    book.close()


def test_every_invariant_has_its_breach():
    assert list(BREACHES) == [name for name, _ in invariants.invariants()]


@pytest.mark.parametrize("speak", map(words, LANGUAGES), ids=LANGUAGES)
@pytest.mark.parametrize("name", BREACHES)
def test_a_refused_file_is_told_in_words_what_would_no_longer_be_true(name, speak):
    refusal = Refused("broken_invariant", invariant=name)
    told = speak(f"refusal.{refusal.code}", **sentence_hints(refusal, speak))
    assert speak(f"invariant.{name}") in told
    assert "_" not in told and "{" not in told


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_named_by_the_transaction_that_makes_it_and_by_verify(opened, name):
    with opened.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        before = invariants.mark(cursor)
        cursor.execute(BREACHES[name])
        since, ever, later = (
            invariants.broken(cursor, mark) for mark in (before, invariants.Mark(), invariants.mark(cursor))
        )
        cursor.execute("ROLLBACK")
    assert name in since and set(since) <= set(ever) and set(later) <= set(since)


@pytest.mark.parametrize("month", [0, 13])
@pytest.mark.parametrize("table", ["programme", "reported_value"])
def test_no_month_before_january_or_after_december_is_kept(opened, table, month):
    copied = f"INSERT INTO {table} SELECT * REPLACE ({month} AS month, 900 AS upload_id) FROM {table} LIMIT 1"
    with opened.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        before = invariants.mark(cursor)
        cursor.execute(copied)
        broken = invariants.broken(cursor, before)
        cursor.execute("ROLLBACK")
    assert "month_out_of_range" in broken


def test_a_withdrawal_that_uncovers_a_breach_is_named_too(opened):
    # June of a sum stands for the whole utility; a locality told it before, and took it back in the upload
    # that is withdrawn.
    told = value(902, code="'4.1'", place="'Puno'", month=6)
    uploads = "".join(
        NEW.format(kind="'progress'", made_up="TRUE", rows=1).replace("900", str(number))
        for number in (902, 903)
    )
    with opened.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        cursor.execute(
            uploads
            + told
            + value(903, code="'4.1'", place="'Puno'", month=6, told="NULL", back="TRUE")
            + "INSERT INTO original VALUES ('sum', 'x'::BLOB);"
        )
        before = invariants.mark(cursor)
        assert invariants.broken(cursor) == []
        cursor.execute("INSERT INTO withdrawal VALUES (903, 'ana', '2030-01-02', NULL)")
        broken = invariants.broken(cursor, before)
        cursor.execute("ROLLBACK")
    assert broken == ["whole_and_local_in_one_month"]


def test_local_values_that_make_none_of_the_utility_may_stand_beside_it_and_no_others(opened):
    local = "INSERT INTO local_rule SELECT upload_id, year, entity, process, '4.1', 'none', NULL FROM plan;"
    with opened.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        cursor.execute(
            "UPDATE plan SET outcome_code = NULL, outcome = NULL, aggregation = NULL, direction = NULL, "
            "unit = NULL"
        )
        before = invariants.mark(cursor)
        cursor.execute(BREACHES["whole_and_local_in_one_month"])
        broken = invariants.broken(cursor, before)
        cursor.execute(local)
        allowed = invariants.broken(cursor, before)
        cursor.execute("ROLLBACK")
    assert set(broken) - set(allowed) == {"whole_and_local_in_one_month"}
