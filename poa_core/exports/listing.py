"""Rows as a CSV file that Excel opens as it is: UTF-8 with its mark, nothing in it runs."""

import csv as writers
import io
from collections.abc import Iterable, Sequence

from poa_core.inert import inert_in_csv


def csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The file's bytes, every text in quotes; None is an empty cell."""
    written = io.StringIO()
    writer = writers.writer(written, lineterminator="\r\n", quoting=writers.QUOTE_NONNUMERIC)
    writer.writerow(headings)
    writer.writerows([["" if cell is None else inert_in_csv(cell) for cell in row] for row in rows])
    return written.getvalue().encode("utf-8-sig")
