"""A save that an error breaks off at any statement or file: all of it or nothing, the turn given back, and
never a false yes.
"""

import errno
import os
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import duckdb
import dying
import pytest
from dying import handed, signature, signature_of, value

from poa_core.config import LedgerPaths
from poa_core.ledger import invariants, months, uploads
from poa_core.ledger.file import database, snapshots
from poa_core.ledger.submission import Refused


class Stopped(BaseException):
    """What Streamlit stops a script with, and a terminal a command: no Exception."""


ERRORS = {
    "the disk fails": lambda: duckdb.IOException("IO Error: Could not write file"),
    "the transaction is lost": lambda: duckdb.TransactionException(
        "TransactionContext Error: Failed to commit"
    ),
    "the script is stopped": Stopped,
}
NUMBERS = count(2)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("broken") / "ledger"
    folder.mkdir()
    dying.fill(folder)
    opened = database.open_ledger(LedgerPaths(folder / "poa.duckdb"))
    yield opened
    opened.close()


class Breaking(dying.Told):
    """A cursor whose statements are counted; the one that is meant raises before it is run."""

    def execute(self, statement: str, *rest):
        self.steps.at(statement)
        self.real.execute(statement, *rest)
        return self

    def cursor(self):
        return Breaking(self.real.cursor(), self.steps)

    def close(self) -> None:
        self.real.close()


class Statements:
    """The statements of a save as they come; at the nth the error is raised."""

    def __init__(self, nth: int = -1, error=None) -> None:
        self.nth, self.error, self.told = nth, error, []

    def at(self, statement: str) -> None:
        self.told.append(statement)
        if len(self.told) - 1 == self.nth and not statement.startswith("ROLLBACK"):
            raise self.error()


@contextmanager
def broken(opened, steps: Statements):
    real = opened.connection
    opened.connection = Breaking(real, steps)
    try:
        yield
    finally:
        opened.connection = real


def upload(opened, snapshot: bool = True) -> None:
    """One more correction, with everything that an upload may bring."""
    number = next(NUMBERS)
    asked = dying.Problem("question", "power_of_ten", 2, "avance", str(number))
    uploads.accept(
        opened,
        handed(value(2, str(100_000 + number), cause="lluvia"), content=b"%d" % number, questions=(asked,)),
        snapshot=snapshot,
    )


def withdrawal(opened) -> None:
    """Take back the newest that stands."""
    with opened.cursor() as cursor:
        standing = (
            "SELECT max(upload_id) FROM upload ANTI JOIN withdrawal USING (upload_id) WHERE kind = 'progress'"
        )
        newest = cursor.execute(standing).fetchone()[0]
    uploads.withdraw(opened, newest, "ana", "mes equivocado")


def month(opened) -> None:
    """Close a month that is open."""
    months.close_month(opened, dying.KEY, 1, "ana", "acta")


def prepared(act, opened) -> None:
    """What the act needs to be there."""
    if act is withdrawal:
        upload(opened, snapshot=False)
    if act is month:
        with suppress(Refused):  # it may be open
            months.reopen_month(opened, dying.KEY, 1, "ana", "acta")


def statements(act, opened) -> list[str]:
    prepared(act, opened)
    with broken(opened, steps := Statements()):
        act(opened)
    return steps.told


ACTS = (upload, withdrawal, month)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        *((upload, error) for error in ERRORS),
        (withdrawal, "the script is stopped"),
        (month, "the disk fails"),
    ],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_a_save_that_breaks_off_at_any_statement_is_whole_or_not_there_and_the_next_one_works(
    opened, act, error
):
    told = statements(act, opened)
    begun, committed = told.index("BEGIN TRANSACTION"), told.index("COMMIT")
    for nth in range(len(told)):
        prepared(act, opened)
        before, copies = signature(opened), snapshots.list_snapshots(opened.paths)
        with broken(opened, steps := Statements(nth, ERRORS[error])):
            try:
                act(opened)
                is_said = True
            except (Refused, duckdb.Error, Stopped) as raised:
                is_said = False
                if nth <= committed and isinstance(raised, Refused):
                    assert raised.code == "not_saved", told[nth]
                assert not (nth > committed and getattr(raised, "code", "") == "not_saved"), told[nth]
        assert ("ROLLBACK" in steps.told) == (begun < nth <= committed), told[nth]
        is_saved = signature(opened) != before
        assert is_saved == (nth > committed), told[nth]
        assert not is_said or is_saved, told[nth]
        assert not opened.writer.locked(), told[nth]
        assert not list(opened.paths.snapshots.glob("*.part*")), told[nth]
        with opened.cursor() as cursor:
            invariants.enforce(cursor, invariants.Mark())
            assert opened.version == database.count_version(cursor), told[nth]
        assert snapshots.list_snapshots(opened.paths)[0] >= copies[0]
    prepared(act, opened)
    act(opened)
    assert signature_of(snapshots.list_snapshots(opened.paths)[0]) == signature(opened)


@pytest.mark.parametrize("name", ["replace", "unlink", "mkdir"])
def test_a_snapshot_that_breaks_off_at_a_file_leaves_the_save_said_and_the_older_copies(
    opened, name, monkeypatch
):
    before, version = snapshots.list_snapshots(opened.paths), opened.version
    where = os if name == "replace" else Path

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as breaking:
        breaking.setattr(where, name, full)
        upload(opened)
    assert opened.version == version + 1
    assert set(before[:9]) <= set(snapshots.list_snapshots(opened.paths))
    upload(opened)
    kept = snapshots.list_snapshots(opened.paths)
    assert (
        len(kept) == 10
        and signature_of(kept[0]) == signature(opened)
        and not list(opened.paths.snapshots.glob("*.part*"))
    )


class Swallowing(Breaking):
    """A transaction whose last error somebody swallowed: DuckDB then answers COMMIT with a yes and has stored
    nothing.
    """

    def execute(self, statement: str, *rest):
        if statement == "COMMIT":
            with pytest.raises(duckdb.Error):
                self.real.execute("SELECT error('swallowed')")
        return super().execute(statement, *rest)

    def cursor(self):
        return Swallowing(self.real.cursor(), self.steps)


class Spoiling(Breaking):
    """A transaction that stores something else than it was given."""

    spoiled = ""

    def execute(self, statement: str, *rest):
        if statement == "COMMIT":
            self.real.execute(self.spoiled)
        return super().execute(statement, *rest)

    def cursor(self):
        told = Spoiling(self.real.cursor(), self.steps)
        told.spoiled = self.spoiled
        return told


@pytest.mark.parametrize(
    "spoiled",
    [
        "UPDATE original SET content = 'other' WHERE {newest}",
        "UPDATE upload SET row_count = 7 WHERE {newest}",
        "DELETE FROM original WHERE {newest}",
    ],
)
def test_what_cannot_be_read_back_as_it_was_given_is_not_said_to_be_saved(opened, spoiled):
    upload(opened)
    newest, real = "sha256 = (SELECT arg_max(sha256, upload_id) FROM upload)", opened.connection
    opened.connection = Spoiling(real, Statements())
    opened.connection.spoiled = spoiled.format(newest=newest)
    try:
        with pytest.raises(Refused, match="not_confirmed"):
            upload(opened)
    finally:
        opened.connection = real
        with opened.cursor() as cursor:  # the tests that follow have a whole ledger again
            cursor.execute(
                f"UPDATE upload SET row_count = 1, sha256 = (SELECT any_value(sha256) FROM original) "
                f"WHERE {newest}"
            )


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_commit_after_a_swallowed_error_never_reads_as_saved(opened, act):
    prepared(act, opened)
    before, version, real = signature(opened), opened.version, opened.connection
    opened.connection = Swallowing(real, Statements())
    try:
        with pytest.raises(Refused, match="not_saved"):
            act(opened)
    finally:
        opened.connection = real
    assert (signature(opened), opened.version) == (before, version)
    act(opened)
    assert signature(opened) != before
