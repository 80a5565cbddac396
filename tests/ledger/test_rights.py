"""Who may do what: every role by every action, and that a refusal stores and tells nothing."""

import logging
from dataclasses import replace
from datetime import datetime

import book
import pytest
from book import LATER, value
from vectors import every_month, row, told, with_outcome

from poa_core.contract import PlanReading, Value
from poa_core.ledger import months, people, rights, uploads
from poa_core.ledger.file.database import count_version, in_memory, plan_version
from poa_core.ledger.plans import archiving
from poa_core.ledger.rights import ADMIN, CLOSE, LEADER, PEOPLE, PLAN, READ, REPORT, VIEWER, Person
from poa_core.ledger.submission import Refused, Submission
from poa_core.loading import effect, plan_trial
from poa_core.words.language import LANGUAGES, words
from poa_core.words.refusals import sentence_hints

OWN, OTHER = "Catastro", "Facturación"
TENS = every_month(10)
PLANNED = replace(
    with_outcome(),
    activities=(
        row("1", programmed=TENS, target=120, responsible=OWN),
        row("2", programmed=TENS, target=120, responsible=OTHER),
    ),
)
KEY = book.key(PLANNED)
BOSS, CHIEF, GUEST, GONE = "boss@eps.pe", "chief@eps.pe", "guest@eps.pe", "gone@eps.pe"
SINCE = datetime(2009, 12, 1)
FACTS = 7  # a plan, a report, five changes of people


@pytest.fixture(scope="module")
def kept():
    return in_memory()


@pytest.fixture
def shared(kept):
    """A ledger whose people log in: an admin, a leader of one division, a viewer, and one who left.

    It is filled anew where the test before changed it: a refusal does not.
    """
    with kept.cursor() as cursor:
        is_touched = count_version(cursor) != FACTS
    if is_touched:
        kept.is_shared = False
        book.fill(kept, PLANNED, told("1", {1: 5}))
        people.ensure_admin(kept, BOSS, SINCE)
        for person in (
            Person(CHIEF, LEADER, frozenset({OWN})),
            Person(GUEST, VIEWER),
            Person(GONE, ADMIN),
            Person(GONE, ADMIN, active=False),
        ):
            people.set_rights(kept, person, BOSS, SINCE)
    kept.is_shared = True
    return kept


def handed(person: str, *codes: str, month: int = 2, **more) -> Submission:
    values = tuple(value(n, code, month, 5) for n, code in enumerate(codes, 2))
    return Submission(*KEY, "avance.csv", b"x", person, values, **more)


def upload_of(opened, code: str) -> int:
    return uploads.accept(opened, handed(BOSS, code), LATER).upload_id


def report_own(opened, person):
    uploads.accept(opened, handed(person, "1"), LATER)


def report_other(opened, person):
    uploads.accept(opened, handed(person, "2"), LATER)


def report_outcome(opened, person):
    uploads.accept(opened, handed(person, "R1"), LATER)


def correct_own(opened, person):
    uploads.accept(opened, replace(handed(person, "1"), values=(value(2, "1", 1, 9),), reason="acta"), LATER)


def note_own(opened, person):
    uploads.accept(
        opened, replace(handed(person), values=(Value(2, "1", 1, "EPS", None, cause="faltó gente"),)), LATER
    )


def undo_own(opened, person):
    uploads.withdraw(opened, upload_of(opened, "1"), person, at=LATER)


def undo_other(opened, person):
    uploads.withdraw(opened, upload_of(opened, "2"), person, at=LATER)


def close(opened, person):
    months.close_month(opened, KEY, 1, person, at=LATER)


def reopen(opened, person):
    months.close_month(opened, KEY, 1, BOSS, at=LATER)
    months.reopen_month(opened, KEY, 1, person, "acta", at=LATER)


def replace_plan(opened, person):
    changed = replace(PLANNED, activities=tuple(replace(a, target=999) for a in PLANNED.activities))
    uploads.accept_plan(opened, book.plan_file(changed), b"plan", "plan.csv", person, LATER, "así se aprobó")


def undo_plan(opened, person):
    changed = replace(PLANNED, activities=tuple(replace(a, target=999) for a in PLANNED.activities))
    [version] = uploads.accept_plan(
        opened, book.plan_file(changed), b"plan", "plan.csv", BOSS, LATER, "así se aprobó"
    )
    uploads.withdraw(opened, version, person, "acta", LATER)


def archive(opened, person):
    archiving.archive(opened, KEY, person, "acta", LATER)


def bring_back(opened, person):
    archiving.archive(opened, KEY, BOSS, "acta", LATER)
    archiving.bring_back(opened, KEY, person, at=LATER)


def start_empty(opened, person):
    uploads.withdraw_illustration(opened, KEY, person, LATER)


def name_people(opened, person):
    people.set_rights(opened, Person("new@eps.pe", VIEWER), person, LATER)


def preview_own(opened, person):
    raise_refusal(effect.foresee(opened, handed(person, "1"), LATER))


def preview_other(opened, person):
    raise_refusal(effect.foresee(opened, handed(person, "2"), LATER))


def preview_plan(opened, person):
    plan_trial.foresee(opened, PlanReading(book.plan_file(PLANNED), None), LATER, person)


def read(opened, person):
    with opened.cursor() as cursor:
        rights.authorize(opened, cursor, person, READ)


def raise_refusal(foreseen: effect.Effect) -> None:
    if foreseen.refusal:
        assert foreseen.changes == () and foreseen.before is foreseen.after is None
        raise foreseen.refusal


YES = None
ALL, OF_ADMIN = (YES, YES, YES, "no_access"), (YES, "not_allowed", "not_allowed", "no_access")
# What each person is answered: admin, leader of one division, viewer, one whose right was taken away. None:
# it is done.
TABLE = {
    read: ALL,
    preview_own: (YES, YES, "not_allowed", "no_access"),
    preview_other: (YES, "not_own_division", "not_allowed", "no_access"),
    preview_plan: OF_ADMIN,
    report_own: (YES, YES, "not_allowed", "no_access"),
    report_other: (YES, "not_own_division", "not_allowed", "no_access"),
    report_outcome: (YES, "not_own_division", "not_allowed", "no_access"),
    correct_own: (YES, YES, "not_allowed", "no_access"),
    note_own: (YES, YES, "not_allowed", "no_access"),
    undo_own: (YES, YES, "not_allowed", "no_access"),
    undo_other: (YES, "not_own_upload", "not_allowed", "no_access"),
    close: OF_ADMIN,
    reopen: OF_ADMIN,
    replace_plan: OF_ADMIN,
    undo_plan: OF_ADMIN,
    archive: OF_ADMIN,
    bring_back: OF_ADMIN,
    start_empty: OF_ADMIN,
    name_people: OF_ADMIN,
}
CELLS = [
    (act, person, code)
    for act, codes in TABLE.items()
    for person, code in zip((BOSS, CHIEF, GUEST, GONE), codes, strict=True)
]


@pytest.mark.parametrize(("act", "person", "code"), CELLS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_each_person_may_do_what_the_table_says_and_no_more(shared, act, person, code):
    if code is None:
        act(shared, person)
        return
    with pytest.raises(Refused) as refused:
        act(shared, person)
    assert refused.value.code == code


@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.__name__)
def test_who_was_never_named_may_do_nothing(shared, act):
    with pytest.raises(Refused, match="no_access"):
        act(shared, "stranger@eps.pe")


@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.__name__)
def test_where_nobody_logs_in_one_person_may_do_all(shared, act):
    shared.is_shared = False
    act(shared, "Jefa de Catastro")


@pytest.mark.parametrize(
    "act", [report_other, close, replace_plan, name_people], ids=lambda act: act.__name__
)
def test_what_is_refused_leaves_the_ledger_as_it_was(shared, act):
    with shared.cursor() as cursor:
        before = count_version(cursor)
    with pytest.raises(Refused):
        act(shared, CHIEF)
    with shared.cursor() as cursor:
        assert count_version(cursor) == before == shared.version


def test_one_row_of_another_division_refuses_the_whole_file_and_is_named_by_its_row_alone(shared):
    with pytest.raises(Refused) as refused:
        uploads.accept(shared, handed(CHIEF, "1", "2", "1", "R1"), LATER)
    assert refused.value.hints["rows"] == (3, 5)
    for language in LANGUAGES:
        sentence = words(language)(
            "refusal.not_own_division", **sentence_hints(refused.value, words(language))
        )
        assert "3, 5" in sentence
        assert not [word for word in (OTHER, OWN, "avance.csv", "R1") if word in sentence]


def test_a_right_taken_away_is_gone_at_the_next_write(shared):
    report_own(shared, CHIEF)
    people.set_rights(shared, Person(CHIEF, VIEWER), BOSS, LATER)
    with pytest.raises(Refused, match="not_allowed"):
        uploads.accept(shared, handed(CHIEF, "1", month=3), LATER)


def test_a_leader_answers_for_what_the_plan_in_force_gives_their_division(shared):
    moved = replace(PLANNED, activities=tuple(replace(a, responsible=OWN) for a in PLANNED.activities))
    uploads.accept_plan(shared, book.plan_file(moved), b"plan", "plan.csv", BOSS, LATER, "así se aprobó")
    report_other(shared, CHIEF)


def test_the_leader_of_the_process_reports_its_outcome(shared):
    people.set_rights(shared, Person(CHIEF, LEADER, frozenset({KEY[2]})), BOSS, LATER)
    report_outcome(shared, CHIEF)


def test_an_address_is_one_however_it_is_written(shared):
    report_own(shared, " Chief@EPS.pe ")


@pytest.mark.parametrize("changed", [{"content": b"y"}, {"session": "another"}, {"file_name": "otro.csv"}])
def test_only_what_was_previewed_is_accepted(shared, changed):
    seen = replace(handed(CHIEF, "1"), session="this").fingerprint
    with pytest.raises(Refused, match="not_previewed"):
        uploads.accept(
            shared,
            replace(handed(CHIEF, "1"), **({"session": "this"} | changed)),
            LATER,
            seen_fingerprint=seen,
        )
    uploads.accept(shared, replace(handed(CHIEF, "1"), session="this"), LATER, seen_fingerprint=seen)


def test_the_first_administrator_comes_from_the_configuration_and_only_where_there_is_none():
    opened = in_memory()
    people.ensure_admin(opened, BOSS)
    people.ensure_admin(opened, "other@eps.pe")
    assert list(people.list_people(opened)["address"]) == [BOSS]


@pytest.mark.parametrize("address", ["", "jefatura", "['a@eps.pe']"])
def test_a_first_administrator_who_can_never_log_in_is_refused(address):
    opened = in_memory()
    with pytest.raises(Refused, match="bad_address"):
        people.ensure_admin(opened, address)
    assert people.list_people(opened).empty


@pytest.mark.parametrize("address", ["bo\u017f\u017f@eps.pe", "bo\u00df@eps.pe", "bos\uff53@eps.pe"])
def test_an_address_that_only_looks_like_another_is_nobodys(shared, address):
    with pytest.raises(Refused, match="no_access"):
        read(shared, address)


def test_a_leaders_first_real_value_does_not_take_every_divisions_illustration_away(shared):
    shared.is_shared = False
    book.accept_plan(book.emptied(shared), PLANNED)
    people.ensure_admin(shared, BOSS, SINCE)
    people.set_rights(shared, Person(CHIEF, LEADER, frozenset({OWN})), BOSS, SINCE)
    book.accept(shared, PLANNED, [value(2, "2", 1, 5)], illustrative=True)
    shared.is_shared = True
    with pytest.raises(Refused, match="illustration_first"):
        report_own(shared, CHIEF)
    report_own(shared, BOSS)


def test_the_last_administrator_stays(shared):
    for person in (Person(BOSS, VIEWER), Person(BOSS, ADMIN, active=False)):
        with pytest.raises(Refused, match="last_admin"):
            people.set_rights(shared, person, BOSS, LATER)
    with shared.cursor() as cursor:
        assert rights.find(cursor, BOSS).may(PEOPLE)


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (Person("nobody", VIEWER), "bad_address"),
        (Person("a|b@eps.pe", VIEWER), "bad_address"),
        (Person("a@eps.pe", "king"), "unknown_role"),
        (Person("a@eps.pe", LEADER), "leader_without_division"),
        (Person(GUEST, VIEWER), "unchanged_person"),
        (Person("ana\u200b@eps.pe", VIEWER), "bad_address"),
        (Person("bo\u017f\u017f@eps.pe", ADMIN), "bad_address"),
        (Person("ana@eps..pe", VIEWER), "bad_address"),
        (Person("a@eps.pe", LEADER, frozenset({"A|B"})), "bad_division"),
    ],
)
def test_a_person_who_cannot_be_is_refused(shared, person, code):
    with pytest.raises(Refused, match=code):
        people.set_rights(shared, person, BOSS, LATER)


def test_every_change_of_a_person_is_kept_with_who_said_it_and_when(shared):
    people.set_rights(shared, Person(GUEST, LEADER, frozenset({OWN, OTHER})), BOSS, LATER)
    newest = people.changes(shared).iloc[0]
    assert (newest["address"], newest["role"], newest["divisions"], newest["changed_by"]) == (
        GUEST,
        LEADER,
        f"{OWN}|{OTHER}",
        BOSS,
    )
    assert len(people.changes(shared)) == 6 and len(people.list_people(shared)) == 4


def test_a_change_of_people_is_news_to_every_open_page_and_none_to_a_plan(shared):
    with shared.cursor() as cursor:
        version, own = shared.version, plan_version(cursor, KEY)
        people.set_rights(shared, Person(GUEST, ADMIN), BOSS, LATER)
        assert shared.version == version + 1 and plan_version(cursor, KEY) == own


def test_every_refusal_of_a_right_is_logged_with_who_and_what(shared, caplog):
    with caplog.at_level(logging.INFO, "poa"), pytest.raises(Refused):
        close(shared, CHIEF)
    assert caplog.records[-1].said == {"person": CHIEF, "action": CLOSE, "refused": "not_allowed"}
    with caplog.at_level(logging.INFO, "poa"):
        report_own(shared, CHIEF)
    assert caplog.records[-1].said == {"person": CHIEF, "action": REPORT}


def test_no_role_may_do_more_than_the_ones_above_it():
    assert rights.MAY[VIEWER] < rights.MAY[LEADER] < rights.MAY[ADMIN] == {READ, REPORT, CLOSE, PLAN, PEOPLE}


def test_an_upload_that_holds_only_another_divisions_note_is_not_a_leaders_to_take_back(shared):
    note = Value(2, "2", 2, "EPS", None, cause="lluvias")
    number = uploads.accept(shared, Submission(*KEY, "notas.csv", b"x", BOSS, (note,)), LATER).upload_id
    with pytest.raises(Refused, match="not_own_upload"):
        uploads.withdraw(shared, number, CHIEF, "no era", LATER)


@pytest.mark.parametrize("role", [VIEWER, ADMIN])
def test_divisions_are_a_leaders_alone(shared, role):
    people.set_rights(shared, Person("nueva@eps.pe", role, frozenset({OWN})), BOSS, LATER)
    with shared.cursor() as cursor:
        assert rights.find(cursor, "nueva@eps.pe").divisions == frozenset()
