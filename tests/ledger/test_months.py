"""A correction says why; a closed month keeps its figures, and what changes it afterwards says why and is
listed.
"""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import sample_ledger

from poa_core import problems
from poa_core.contract import Value
from poa_core.figures import metrics
from poa_core.ledger import months as closing
from poa_core.ledger import uploads
from poa_core.loading import effect

KEY = (2010, "EPS Puno", "Gerencia Comercial")
LATER = datetime(2030, 1, 1)
YEAR_OVER = datetime(2011, 3, 1, 15)


@pytest.fixture
def book(ledger):
    opened = sample_ledger.put_into(ledger)
    uploads.withdraw_illustration(opened, KEY, "prueba", at=datetime(2010, 1, 1))  # as if it had never been
    return opened


def told(month: int, reported: str | None, code: str = "1.4", row: int = 2, **more) -> Value:
    return Value(row, code, month, "EPS", None if reported is None else Decimal(reported), **more)


def handed_in(*values: Value, reason: str | None = None, **more) -> uploads.Submission:
    return uploads.Submission(*KEY, "avance.csv", b"x", "ana", values, reason=reason, **more)


def refusal_of(act, *arguments, **more) -> uploads.Refused:
    with pytest.raises(uploads.Refused) as refused:
        act(*arguments, **more)
    return refused.value


def asked(book, question, *rest, month: int = 12, known_at=LATER):
    with book.cursor() as cursor:
        return question(cursor, metrics.Scope(*KEY, month, known_at), *rest)


def figures(book) -> list[str]:
    """Every figure of the plan, a text a row."""
    questions = (metrics.activities, metrics.rollups, metrics.outcome, metrics.cells)
    return [
        row for question in questions for row in sorted(map(str, asked(book, question).to_dict("records")))
    ]


def test_a_first_value_needs_no_reason_and_a_correction_does(book):
    uploads.accept(book, handed_in(told(7, "20")))
    refused = refusal_of(uploads.accept, book, handed_in(told(7, "19")))
    assert (refused.code, refused.hints) == ("reason_needed", {"count": 1})
    uploads.accept(book, handed_in(told(7, "19"), reason="acta del comité"))
    assert list(asked(book, metrics.value_history, "1.4")["reported"]) == [19, 20]


def test_taking_a_value_back_is_a_correction(book):
    uploads.accept(book, handed_in(told(7, "20")))
    assert refusal_of(uploads.accept, book, handed_in(told(7, None, retracted=True))).code == "reason_needed"


def test_a_cause_added_to_a_value_that_stays_is_no_correction_and_is_counted_as_a_remark(book):
    uploads.accept(book, handed_in(told(7, "20")))
    again = handed_in(told(7, "20", cause="falta firma"))
    assert [change.fate for change in effect.foresee(book, again, LATER).changes] == ["remark"]
    uploads.accept(book, again)


def test_values_that_look_wrong_wait_for_a_yes_and_the_yes_is_kept(book):
    doubt = (problems.question("off_by_power", 2, "avance", "200"),)
    refused = refusal_of(uploads.accept, book, handed_in(told(7, "200"), questions=doubt))
    assert (refused.code, refused.hints) == ("unconfirmed", {"count": 1})
    receipt = uploads.accept(book, handed_in(told(7, "200"), questions=doubt, confirmed=True))
    with book.cursor() as cursor:
        assert cursor.execute("FROM confirmation").fetchall() == [
            (receipt.upload_id, 2, "avance", "off_by_power", "200")
        ]


def test_closing_a_month_changes_no_figure(book):
    uploads.accept(book, handed_in(told(7, "20"), told(6, "160000", "R1", 3)))
    before = figures(book)
    closing.close_month(book, KEY, 7, "jefa")
    assert figures(book) == before


def test_a_closed_month_takes_neither_a_new_value_nor_a_correction_nor_an_undoing_without_a_reason(book):
    receipt = uploads.accept(book, handed_in(told(7, "20")))
    closing.close_month(book, KEY, 7, "jefa")
    for value in (told(7, "19"), told(7, "1", "5.2")):
        refused = refusal_of(uploads.accept, book, handed_in(value))
        assert (refused.code, refused.hints) == ("closed_month", {"months": (7,)})
    assert refusal_of(uploads.withdraw, book, receipt.upload_id, "ana").code == "closed_month"
    uploads.accept(book, handed_in(told(8, "1")))  # another month is open
    uploads.accept(book, handed_in(told(7, "20", cause="llegó tarde")))  # a cause changes no value
    uploads.accept(book, handed_in(told(7, "19"), reason="auditoría"))
    uploads.withdraw(book, receipt.upload_id, "ana", "auditoría")


def test_what_changes_a_closed_month_is_listed_until_it_is_reopened(book):
    uploads.accept(book, handed_in(told(7, "20")))
    closing.close_month(book, KEY, 7, "jefa")
    late = uploads.accept(book, handed_in(told(7, "19"), told(9, "3", row=3), reason="auditoría"))
    uploads.withdraw(book, late.upload_id, "ana", "no era")
    closing.reopen_month(book, KEY, 7, "jefa", "falta un acta")
    uploads.accept(book, handed_in(told(7, "18"), reason="acta"))
    trail = asked(book, metrics.audit)
    after_closing = trail[trail["is_after_closing"]]
    assert after_closing[["kind", "month", "before", "after", "reason"]].values.tolist() == [
        ["withdrawn", 7, "19.0", "20.0", "no era"],
        ["corrected", 7, "20.0", "19.0", "auditoría"],
    ]
    assert trail[trail["kind"].isin(["closed", "reopened"])][["kind", "person"]].values.tolist() == [
        ["reopened", "jefa"],
        ["closed", "jefa"],
    ]


def test_a_month_closes_once_reopens_with_a_reason_and_not_before_it_is_over(book):
    assert refusal_of(closing.reopen_month, book, KEY, 7, "jefa", "error").code == "not_closed"
    closing.close_month(book, KEY, 7, "jefa")
    assert refusal_of(closing.close_month, book, KEY, 7, "jefa").code == "already_closed"
    assert refusal_of(closing.reopen_month, book, KEY, 7, "jefa", "").code == "reason_for_reopening"
    closing.reopen_month(book, KEY, 7, "jefa", "error")
    closing.close_month(book, KEY, 7, "jefa")
    assert (
        refusal_of(closing.close_month, book, KEY, 12, "jefa", at=datetime(2011, 1, 1, 4, 59)).code
        == "month_not_over"
    )
    closing.close_month(book, KEY, 12, "jefa", at=datetime(2011, 1, 1, 5))  # midnight in Lima


def test_a_closed_month_is_open_no_longer_and_the_default_cut_off_follows(book):
    before_its_day = datetime(2010, 11, 5, 15)
    uploads.accept(book, handed_in(told(10, "1")), at=datetime(2010, 11, 3, 15))
    uploads.accept(book, handed_in(told(10, "151000", "R1")), at=datetime(2010, 11, 3, 16))
    uploads.accept(book, handed_in(told(7, "20")), at=datetime(2010, 8, 3, 15))
    assert asked(book, metrics.default_cutoff, known_at=before_its_day) == 7
    closing.close_month(book, KEY, 10, "jefa", at=datetime(2010, 11, 4, 15))
    assert asked(book, metrics.default_cutoff, known_at=before_its_day) == 10
    assert (
        asked(book, metrics.default_cutoff, known_at=datetime(2010, 11, 4, 14)) == 7
    )  # as it was known before


def test_a_month_closed_over_the_illustration_is_open_for_what_is_real(ledger):
    opened = sample_ledger.put_into(ledger)
    closing.close_month(opened, KEY, 9, "jefa")
    receipt = uploads.accept(opened, handed_in(told(9, "3")))
    months = asked(opened, metrics.months)
    assert receipt.rows == 1 and not months["is_closed"].any()


def test_two_leaders_on_one_month_the_second_looks_again_and_another_plan_is_no_reason_to(book):
    seen = effect.foresee(book, handed_in(told(7, "20")), YEAR_OVER).seen_version
    other = uploads.Submission(2011, "Otra", "Otro", "b.csv", b"y", "eva", (told(7, "1"),))
    uploads.accept(book, other)
    uploads.accept(book, handed_in(told(8, "1")), seen_version=seen)
    assert refusal_of(uploads.accept, book, handed_in(told(7, "20")), seen_version=seen).code == "look_again"


def test_closing_under_a_preview_asks_to_look_again(book):
    seen = effect.foresee(book, handed_in(told(7, "20")), YEAR_OVER).seen_version
    closing.close_month(book, KEY, 7, "jefa")
    assert (
        refusal_of(uploads.accept, book, handed_in(told(7, "20"), reason="x"), seen_version=seen).code
        == "look_again"
    )


def test_a_preview_says_which_closed_months_it_moves_and_whether_a_reason_is_due(book):
    assert not effect.foresee(book, handed_in(told(7, "20")), YEAR_OVER).needs_reason
    closing.close_month(book, KEY, 7, "jefa", at=YEAR_OVER - timedelta(hours=1))
    foreseen = effect.foresee(book, handed_in(told(7, "20"), told(8, "1", row=3)), YEAR_OVER)
    assert foreseen.closed_months == (7,) and foreseen.needs_reason
