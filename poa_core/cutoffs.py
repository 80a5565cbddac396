"""A figure at every cut-off, asked once: to plan a question takes longer than to answer it for twelve months more."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class EveryCutoff:
    """The answers to one question at every cut-off. rows: those of all, each with its cutoff (0-12)."""

    rows: pd.DataFrame

    def at(self, month: int) -> pd.DataFrame:
        """The answer at one cut-off, as it would be had it been asked for alone."""
        rows = self.rows[self.rows["cutoff"] == month].drop(columns="cutoff").reset_index(drop=True)
        return pd.DataFrame({name: _alone(column) for name, column in rows.items()}, columns=rows.columns)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its texts as Python's own, None where there is none: of a few rows they are read faster than out of Arrow,
    and who reads them lets no other thread in between.
    """
    texts = {name: [text if isinstance(text, str) else None for text in column] for name, column in frame.items() if column.dtype == "str"}
    return frame.assign(**{name: pd.Series(told, dtype=object) for name, told in texts.items()})


def _alone(column: pd.Series) -> pd.Series:
    """The column typed by its own rows: those of other cut-offs may hold a nothing that these do not."""
    is_whole = column.dtype.kind in "iub" and not column.isna().any()
    return column.astype(getattr(column.dtype, "numpy_dtype", column.dtype)) if is_whole else column
