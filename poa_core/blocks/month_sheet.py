"""A month's sheet as texts: what it asks of each activity and what was last told."""

import pandas as pd

from poa_core.words import Words, in_sentence

SHOWN = ("code", "activity", "locality", "unit", "programmed", "last")


def rows(sheet: pd.DataFrame, month: int, words: Words) -> list[dict[str, str]]:
    """One dict of texts per row of metrics.month_sheet; last says its month where it is another."""
    return [{"code": row["code"], "activity": row["activity"], "locality": row["locality"], "unit": in_sentence(row["unit"]),
             "programmed": words.number(row["programmed"]) if pd.notna(row["programmed"]) else "",
             "last": _last(row, month, words)} for row in sheet.to_dict("records")]  # fmt: skip


def _last(row: dict, month: int, words: Words) -> str:
    if pd.isna(row["last_reported"]):
        return ""
    value = words.exact(row["last_reported"])
    return f"{value} ({words.month(int(row['last_month']), 'short')})"
