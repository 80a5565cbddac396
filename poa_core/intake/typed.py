"""A month typed on the screen as the progress file it stands for."""

import csv
import io
from collections.abc import Iterable, Mapping

HEADER = ("codigo", "localidad", "mes", "avance", "causa", "medida")


def progress_csv(rows: Iterable[Mapping[str, object]], year: int, month: int) -> bytes:
    """The rows that say something (code, locality, and any of value, cause, measure as text) as a long file's bytes."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows:
        told = [_text(row.get(name)) for name in ("value", "cause", "measure")]
        if any(told):
            writer.writerow([row["code"], row["locality"], f"{year}-{month:02d}", *told])
    return written.getvalue().encode()


def says_nothing(content: bytes) -> bool:
    """Whether a typed file has no row below its header."""
    return content.count(b"\n") < 2


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
