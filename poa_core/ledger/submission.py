"""What a person hands in, what the ledger answers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from poa_core.contract import Key, Problem, Value
from poa_core.value_columns import Columns


class Refused(Exception):
    """The ledger does not take it; code and hints say why, the texts put it into words."""

    def __init__(self, code: str, **hints: object) -> None:
        super().__init__(code)
        self.code = code
        self.hints = hints


@dataclass(frozen=True)
class Submission:
    """One file for one plan, as a person hands it in.

    questions are the values that looked wrong; confirmed says that the person looked and they are right.
    """

    year: int
    entity: str
    process: str
    file_name: str
    content: bytes
    person: str
    values: Sequence[Value]
    illustrative: bool = False
    reason: str | None = None
    questions: tuple[Problem, ...] = ()
    confirmed: bool = False
    session: str = ""  # whose preview it is: the session, and who is logged in

    @property
    def fingerprint(self) -> str:
        """Of the bytes and of whose preview it is: what was previewed is what is accepted."""
        return hashlib.sha256(
            b"\0".join((self.content, self.file_name.encode(), self.session.encode()))
        ).hexdigest()

    @property
    def row_count(self) -> int:
        """How many rows of the file say something."""
        values = self.values
        return (
            values.row_count
            if isinstance(values, Columns)
            else len({value.row for value in values if value.says_something})
        )

    @property
    def key(self) -> Key:
        return self.year, self.entity, self.process


@dataclass(frozen=True)
class Receipt:
    """What was stored, read back after the commit."""

    upload_id: int
    rows: int
    accepted_at: datetime
