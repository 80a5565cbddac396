"""The facts as rows: what the ledger decided to keep, written inside its transaction. Only the ledger calls
this.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from poa_core.contract import Key


def add_upload(
    cursor: duckdb.DuckDBPyConnection,
    kind: str,
    key: Key,
    file_name: str,
    content: bytes,
    person: str,
    when: datetime,
    reason: str | None,
    illustrative: bool,
    rows: int,
) -> int:
    """A file that was accepted, and its bytes unless another upload brought the same. Returns its id."""
    upload_id = _next(cursor, "upload", "upload_id")
    digest = hashlib.sha256(content).hexdigest()
    cursor.execute(
        "INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [upload_id, kind, *key, file_name, digest, person, when, reason, illustrative, rows],
    )
    if not cursor.execute("FROM original WHERE sha256 = ?", [digest]).fetchone():
        _insert(
            cursor,
            "INSERT INTO original FROM incoming",
            pa.table({"sha256": [digest], "content": pa.array([content], pa.large_binary())}),
        )
    return upload_id


def add_withdrawal(
    cursor: duckdb.DuckDBPyConnection, upload_id: int, person: str, when: datetime, reason: str | None
) -> None:
    cursor.execute("INSERT INTO withdrawal VALUES (?, ?, ?, ?)", [upload_id, person, when, reason])


def add_month_state(cursor: duckdb.DuckDBPyConnection, key: Key, month: int, closed: bool, person: str,
                    when: datetime, reason: str | None) -> None:  # fmt: skip
    """A month closed or reopened."""
    number = _next(cursor, "month_state", "change_id")
    cursor.execute(
        "INSERT INTO month_state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [number, *key, month, closed, person, when, reason],
    )


def add_plan_archive(
    cursor: duckdb.DuckDBPyConnection,
    key: Key,
    archived: bool,
    person: str,
    when: datetime,
    reason: str | None,
) -> None:
    """A plan archived or brought back."""
    number = _next(cursor, "plan_archive", "change_id")
    cursor.execute(
        "INSERT INTO plan_archive VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [number, *key, archived, person, when, reason],
    )


def add_person(
    cursor: duckdb.DuckDBPyConnection,
    address: str,
    role: str,
    divisions: str,
    active: bool,
    by: str,
    when: datetime,
) -> None:
    """What a person may do from now on."""
    number = _next(cursor, "person", "change_id")
    cursor.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)",
        [number, address, role, divisions, active, by, when],
    )


def add_ended_login(
    cursor: duckdb.DuckDBPyConnection,
    login: str | None,
    address: str,
    by: str,
    when: datetime,
    spared: str | None = None,
) -> None:
    """A log-in that is over; without one, all of an address that began until then, but the one spared."""
    cursor.execute("INSERT INTO ended_login VALUES (?, ?, ?, ?, ?)", [login, address, spared, by, when])


def add_login_identity(
    cursor: duckdb.DuckDBPyConnection,
    address: str,
    issuer: str | None,
    subject: str | None,
    by: str,
    when: datetime,
) -> None:
    """Which account an address means from now on; None: whichever logs in next."""
    number = _next(cursor, "login_identity", "change_id")
    cursor.execute(
        "INSERT INTO login_identity VALUES (?, ?, ?, ?, ?, ?)", [number, address, issuer, subject, by, when]
    )


def add_values(cursor: duckdb.DuckDBPyConnection, upload_id: int, key: Key, values: pa.Table) -> None:
    """An upload's values and remarks (incoming.table), in their order."""
    _insert(
        cursor,
        "INSERT INTO reported_value SELECT ?, ?, ?, ?, code, locality, month, CAST(reported AS "
        "DECIMAL(18, 6)), retracted, row "
        "FROM incoming WHERE reported IS NOT NULL OR retracted",
        values,
        [upload_id, *key],
    )
    if any(values[name].null_count < len(values) for name in ("note", "cause", "measure")):
        _insert(
            cursor,
            "INSERT INTO remark SELECT ?, ?, ?, ?, code, locality, month, note, cause, measure, row "
            "FROM incoming "
            "WHERE coalesce(note, cause, measure) IS NOT NULL",
            values,
            [upload_id, *key],
        )


def add_rows(cursor: duckdb.DuckDBPyConnection, table: str, rows: list[list[Any]]) -> None:
    """All rows in one statement: a row at a time costs a hundred times as much from a thousand on."""
    if not rows:
        return
    columns = [f"c{n}" for n in range(len(rows[0]))]
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    _insert(
        cursor, f"INSERT INTO {table} FROM incoming", pd.DataFrame(texts, columns=columns, dtype="object")
    )


def _insert(
    cursor: duckdb.DuckDBPyConnection,
    statement: str,
    rows: pa.Table | pd.DataFrame,
    parameters: Sequence[Any] = (),
) -> None:
    """A statement that takes its rows from `incoming`; a long text or file handed over as a parameter is
    copied several times.
    """
    cursor.register("incoming", rows)
    cursor.execute(statement, parameters)
    cursor.unregister("incoming")


def _next(cursor: duckdb.DuckDBPyConnection, table: str, number: str) -> int:
    [(following,)] = cursor.execute(f"SELECT coalesce(max({number}), 0) + 1 FROM {table}").fetchall()
    return int(following)
