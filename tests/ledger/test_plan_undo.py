"""A version of a plan is taken back as any upload is, unless something that came later rests on it."""

from dataclasses import replace
from datetime import datetime

import book
import pytest
from book import value
from vectors import every_month, row, vector

from poa_core.contract import Value
from poa_core.figures import metrics
from poa_core.ledger import months, uploads
from poa_core.ledger.plans import undo as plan_undo
from poa_core.ledger.submission import Refused
from poa_core.words.language import LANGUAGES, words
from poa_core.words.refusals import sentence_hints

FIRST = vector(
    "",
    (
        row("1", programmed=every_month(10), target=120, localities=("Juli", "Puno")),
        row("2", programmed=every_month(5), target=60),
    ),
    (),
).plan
ADDED = row("4.7", "sum lower", programmed=every_month(20), target=240, localities=("Ilave", "Puno"))
SECOND = replace(FIRST, activities=(*FIRST.activities, ADDED))
KEY = book.key(FIRST)


def at(month: int, day: int = 1) -> datetime:
    return datetime(2010, month, day, 15)


@pytest.fixture
def kept(ledger):
    """A plan and its second version: their uploads are 1 and 2."""
    for plan, moment in ((FIRST, at(1)), (SECOND, at(3))):
        book.accept_plan(book.emptied(ledger) if plan is FIRST else ledger, plan, moment)
    return ledger


def undo(
    opened, upload_id: int, moment: datetime | None = None, reason: str | None = "error de digitación"
) -> None:
    uploads.withdraw(opened, upload_id, "ana", reason, moment or at(6))


def refused(opened, upload_id: int, **more) -> Refused:
    with pytest.raises(Refused) as refusal:
        undo(opened, upload_id, **more)
    for language in LANGUAGES:
        assert words(language)(
            f"refusal.{refusal.value.code}", **sentence_hints(refusal.value, words(language))
        )
    return refusal.value


def codes(opened, known_at: datetime = book.LATER) -> list[str]:
    return [row["code"] for row in book.asked(opened, metrics.activities, book.scope(FIRST, 5, known_at))]


def test_the_newest_version_is_taken_back_and_the_one_before_stands_again(kept):
    undo(kept, 2)
    assert codes(kept) == ["1", "2"]
    assert codes(kept, at(5)) == ["1", "2", "4.7"]  # what was known before it was taken back stays as it was
    [known] = book.asked(kept, metrics.plan, book.scope(FIRST, 0))
    assert (known["versions"], known["upload_id"]) == (1, 1)


def test_a_version_taken_back_is_in_the_history_with_who_and_why(kept):
    undo(kept, 2)
    newest, first = book.asked(kept, metrics.uploads, book.scope(FIRST, 0))
    assert (newest["upload_id"], newest["withdrawn_by"], newest["withdrawal_reason"]) == (
        2,
        "ana",
        "error de digitación",
    )
    assert first["withdrawn_at"] is None


def test_a_plan_is_not_taken_back_without_a_reason(kept):
    assert refused(kept, 2, reason=None).code == "plan_undo_reason"
    assert codes(kept) == ["1", "2", "4.7"]


def test_only_the_newest_standing_version_is_taken_back_and_the_newer_one_is_named(kept):
    refusal = refused(kept, 1)
    assert (refusal.code, refusal.hints["files"], refusal.hints["person"]) == (
        "newer_version",
        ("plan.csv",),
        book.PERSON,
    )
    undo(kept, 2)
    undo(kept, 1, at(7))
    with kept.cursor() as cursor:
        assert metrics.plans(cursor, book.LATER).empty
    assert refused(kept, 1).code == "already_withdrawn"


def test_a_plan_undone_whole_is_listed_with_who_took_it_back_until_it_is_accepted_anew(kept):
    undo(kept, 2)
    assert plan_undo.withdrawn_plans(kept, book.LATER) == []
    undo(kept, 1, at(7), "era de otra EPS")
    [gone] = plan_undo.withdrawn_plans(kept, book.LATER)
    assert [gone[name] for name in ("year", "entity", "withdrawn_by", "withdrawn_at", "reason")] == [
        2010,
        KEY[1],
        "ana",
        at(7),
        "era de otra EPS",
    ]
    assert plan_undo.withdrawn_plans(kept, at(6, 15)) == []
    book.accept_plan(kept, FIRST, at(8))
    assert plan_undo.withdrawn_plans(kept, book.LATER) == []


def test_the_only_version_stays_while_progress_rests_on_it_and_the_files_are_named(kept):
    undo(kept, 2)
    book.accept(kept, FIRST, [value(2, "2", 1, 5)], at(6, 2))
    second = book.accept(kept, FIRST, [value(2, "2", 2, 5)], at(6, 3))
    refusal = refused(kept, 1)
    assert (refusal.code, refusal.hints) == (
        "plan_with_progress",
        {"count": 2, "files": ("avance.csv", "avance.csv")},
    )
    undo(kept, second)
    undo(kept, second - 1)
    undo(kept, 1)


def test_the_only_version_stays_while_a_month_closed_on_it_is_closed(kept):
    undo(kept, 2)
    months.close_month(kept, KEY, 1, "ana", at=at(6, 2))
    refusal = refused(kept, 1, moment=at(7))
    assert (refusal.code, refusal.hints["months"]) == ("plan_with_closed_months", (1,))
    months.reopen_month(kept, KEY, 1, "ana", "acta", at=at(7, 2))
    undo(kept, 1, at(7, 3))


def test_a_closed_month_stays_closed_over_the_version_before(kept):
    months.close_month(kept, KEY, 1, "ana", at=at(4))
    undo(kept, 2)
    with kept.cursor() as cursor:
        assert metrics.months(cursor, book.scope(FIRST, 0)).set_index("month").loc[1, "is_closed"]


@pytest.mark.parametrize(
    ("told", "places"),
    [
        ([value(2, "4.7", 1, 3, "Puno")], ("4.7 (Puno)",)),
        ([value(2, "4.7", 1, 3, "Puno"), value(3, "4.7", 1, 3, "Ilave")], ("4.7 (Ilave, Puno)",)),
        ([value(2, "2", 1, 3, "Ilave")], ("2 (Ilave)",)),  # a locality that only the second version names
        ([Value(2, "4.7", 1, "EPS", None, note="sin medidor")], ("4.7",)),
    ],
)
def test_a_version_stays_while_what_came_later_is_of_what_only_it_has(kept, told, places):
    upload = book.accept(kept, SECOND, told, at(4))
    refusal = refused(kept, 2)
    assert (refusal.code, refusal.hints["places"], refusal.hints["files"]) == (
        "plan_relied_on",
        places,
        ("avance.csv",),
    )
    assert codes(kept) == ["1", "2", "4.7"]
    undo(kept, upload)
    undo(kept, 2)


def test_what_both_versions_have_is_no_hindrance(kept):
    book.accept(kept, SECOND, [value(2, "1", 1, 9, "Puno"), value(3, "2", 1, 4)], at(4))
    undo(kept, 2)
    assert codes(kept) == ["1", "2"]


def test_values_older_than_the_version_that_took_their_code_up_again_do_not_rest_on_it(kept):
    book.accept(kept, SECOND, [value(2, "4.7", 1, 3)], at(4))
    book.accept_plan(kept, FIRST, at(5))
    again = book.accept_plan(kept, SECOND, at(6))
    undo(kept, *again, at(7))
    assert codes(kept) == ["1", "2"]


def test_values_that_would_count_nowhere_by_the_version_before_hold_it(kept):
    moved = replace(
        SECOND, activities=(FIRST.activities[0], replace(FIRST.activities[1], locality="Puno"), ADDED)
    )
    [third] = book.accept_plan(kept, moved, at(4))
    upload = book.accept(kept, moved, [value(2, "2", 3, 4, "Puno")], at(5))
    assert refused(kept, third).hints["places"] == ("2 (Puno)",)
    undo(kept, upload)
    undo(kept, third)


def test_after_a_version_is_taken_back_the_next_is_held_against_what_stands(kept):
    undo(kept, 2)
    [third] = book.accept_plan(kept, replace(FIRST, activities=FIRST.activities[:1]), at(7))
    trail = book.asked(kept, metrics.audit, book.scope(FIRST, 12))
    told = {
        (row["kind"], row["code"], row["field"], row["before"], row["after"], row["reason"])
        for row in trail
        if row["month"] == 0
    }
    undone, accepted = "error de digitación", "así lo aprobó el directorio"
    assert ("plan_withdrawn", None, None, None, None, undone) in told
    assert {
        ("plan_changed", "4.7", "target", None, "240.0", accepted),
        ("plan_changed", "4.7", "target", "240.0", None, undone),
    } <= told
    assert {row["code"] for row in trail if row["upload_id"] == third and row["code"]} == {"2"}


def test_taking_a_version_back_after_a_month_was_closed_is_listed_as_a_change_after_closing(kept):
    months.close_month(kept, KEY, 1, "ana", at=at(4))
    undo(kept, 2)
    after = [row for row in book.asked(kept, metrics.audit, book.scope(FIRST, 12)) if row["is_after_closing"]]
    assert [(row["code"], row["month"], row["before"], row["after"]) for row in after] == [
        ("4.7", 1, "20.0", None)
    ]
