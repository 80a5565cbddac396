"""A frame of a few rows as plain Python has it: its texts, and its rows as dicts."""

from typing import Any

import pandas as pd


def python_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its texts as Python's own, None where there is none: of a few rows they are read faster
    than out of Arrow, and who reads them lets no other thread in between.
    """
    interned: dict[str, str] = {}  # thirteen cut-offs say the same text: it is kept once
    texts = {name: [interned.setdefault(text, text) if isinstance(text, str) else None for text in column]
             for name, column in frame.items() if column.dtype == "str"}  # fmt: skip
    return frame.assign(**{name: pd.Series(values, dtype=object) for name, values in texts.items()})


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts of Python's own values: pandas' to_dict("records") looks each column up once for
    every row.
    """
    columns = [frame[name].tolist() for name in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def text_or_empty(value: object) -> str:
    """A value of a frame as text; empty where it is absent."""
    return "" if value is None or pd.isna(value) else str(value)
