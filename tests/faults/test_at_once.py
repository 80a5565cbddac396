"""Many at once: one upload of two clicks, the second of two leaders is asked to look again, and nobody sees
half of anything.
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from dying import KEY, handed, signature, value

from poa_core.ledger import people, rights
from poa_core.ledger import uploads as ledger
from poa_core.ledger.file.database import plan_version
from poa_core.ledger.rights import Person
from poa_core.ledger.submission import Refused
from poa_core.loading import effect
from poa_core.moment import now

BOSS, CHIEF = "boss@eps.pe", "chief@eps.pe"


def at_once(*deeds) -> list:
    """What each answers, or the refusal it gets, begun in the same moment in threads of their own."""
    ready = threading.Barrier(len(deeds))

    def begun(deed):
        ready.wait()
        try:
            return deed()
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begun, deeds))


def uploads(opened) -> int:
    with opened.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM upload").fetchone()[0]


def test_a_double_click_is_one_upload(opened):
    before, file = uploads(opened), handed(value(2, "185000"))
    seen = effect.foresee(opened, file).seen_version
    said = at_once(
        *[lambda: ledger.accept(opened, file, seen_version=seen, seen_fingerprint=file.fingerprint)] * 2
    )
    assert "already_current" in said and uploads(opened) == before + 1


def test_of_two_leaders_with_the_same_month_the_second_is_asked_to_look_again(opened):
    before = uploads(opened)
    files = [handed(value(2, "185000")), replace(handed(value(2, "184000")), person="rosa")]
    seen = [effect.foresee(opened, file).seen_version for file in files]
    said = at_once(
        *[
            partial(ledger.accept, opened, file, seen_version=version)
            for file, version in zip(files, seen, strict=True)
        ]
    )
    assert "look_again" in said and uploads(opened) == before + 1
    [receipt] = [each for each in said if isinstance(each, ledger.Receipt)]
    with opened.cursor() as cursor:
        asked = (
            "SELECT uploaded_by, reported FROM upload JOIN reported_value USING (upload_id) WHERE upload_id "
            "= ?"
        )
        stored = cursor.execute(asked, [receipt.upload_id]).fetchall()
    assert stored in ([("ana", 185000)], [("rosa", 184000)])


def test_leaders_of_two_plans_do_not_wait_for_one_another_s_preview(opened):
    with opened.cursor() as cursor:
        seen = plan_version(cursor, (2010, "EPS Puno", "Otro proceso"))
        ledger.accept(opened, handed(value(2, "185000")))
        assert plan_version(cursor, (2010, "EPS Puno", "Otro proceso")) == seen


def test_twenty_who_read_during_uploads_see_each_of_them_whole_or_not_at_all(opened):
    halves, looks, done = [], [], threading.Event()

    def reading() -> None:
        while not done.is_set():
            with opened.cursor() as cursor:
                broken = cursor.execute(
                    """
                    SELECT u.upload_id, u.row_count, count(v.upload_id), any_value(o.sha256) FROM upload AS u
                    LEFT JOIN reported_value AS v USING (upload_id) LEFT JOIN original AS o USING (sha256)
                    WHERE kind = 'progress' AND NOT illustrative GROUP BY ALL
                    HAVING count(v.upload_id) <> u.row_count OR any_value(o.sha256) IS NULL
                    """
                ).fetchall()
                # The months of a file move together in every figure.
                asked = (
                    "SELECT month, reported FROM current_value(?, ?, ?, ?) WHERE code = 'R1' AND month IN "
                    "(2, 3)"
                )
                outcome = cursor.execute(asked, [*KEY, now()]).fetchall()
                halves.extend(
                    [*broken, *([outcome] if len({reported for _, reported in outcome}) > 1 else [])]
                )
            looks.append(1)

    readers = [threading.Thread(target=reading) for _ in range(20)]
    for reader in readers:
        reader.start()
    try:
        for number in range(8):
            amount = str(180000 - number)
            cells = [value(month, amount, row=month) for month in range(2, 10)]
            ledger.accept(opened, handed(*cells, content=amount.encode()), snapshot=number % 4 == 0)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert halves == [] and len(looks) > 20


def test_a_cursor_a_call_answers_each_thread_with_its_own_rows(opened):
    def asked(number: int) -> bool:
        with opened.cursor() as cursor:
            return (
                cursor.execute("SELECT ?::INTEGER FROM range(1000)", [number]).fetchall()
                == [(number,)] * 1000
            )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(asked, range(200)))


# Between the preview and the click
# ------------------------------------------------------------------------------------


@pytest.fixture
def shared(opened):
    people.ensure_admin(opened, BOSS)
    people.set_rights(opened, Person(CHIEF, rights.LEADER, frozenset({"Catastro", KEY[2]})), BOSS)
    opened.is_shared = True
    return opened


def by(person: str) -> ledger.Submission:
    return replace(handed(value(2, "185000")), person=person, session="this")


def test_a_right_taken_away_between_preview_and_acceptance_is_refused_logged_and_saves_nothing(
    shared, caplog
):
    file = by(CHIEF)
    foreseen = effect.foresee(shared, file)
    assert foreseen.refusal is None
    people.set_rights(shared, Person(CHIEF, rights.VIEWER), BOSS)
    before = signature(shared)
    with caplog.at_level(logging.WARNING, "poa"), pytest.raises(Refused, match="not_allowed"):
        ledger.accept(shared, file, seen_version=foreseen.seen_version, seen_fingerprint=file.fingerprint)
    assert {"person": CHIEF, "action": "report", "refused": "not_allowed"} in [
        getattr(record, "said", None) for record in caplog.records
    ]
    assert signature(shared) == before


def test_a_session_that_ended_between_preview_and_acceptance_saves_nothing(shared):
    foreseen, before = effect.foresee(shared, by(CHIEF)), signature(shared)
    with pytest.raises(Refused, match="not_previewed"):
        ledger.accept(
            shared,
            replace(by(CHIEF), session="another"),
            seen_version=foreseen.seen_version,
            seen_fingerprint=by(CHIEF).fingerprint,
        )
    assert signature(shared) == before


def test_a_division_given_to_another_between_preview_and_acceptance_is_refused(shared):
    file = replace(handed(value(1, "5", "5.2")), person=CHIEF)
    with shared.cursor() as cursor:
        owner = rights.divisions(cursor, KEY)["5.2"]
    people.set_rights(shared, Person(CHIEF, rights.LEADER, frozenset({owner})), BOSS)
    foreseen = effect.foresee(shared, file)
    assert foreseen.refusal is None
    people.set_rights(shared, Person(CHIEF, rights.LEADER, frozenset({"Otra"})), BOSS)
    before = signature(shared)
    with pytest.raises(Refused, match="not_own_division"):
        ledger.accept(shared, file, seen_version=foreseen.seen_version, seen_fingerprint=file.fingerprint)
    assert signature(shared) == before
