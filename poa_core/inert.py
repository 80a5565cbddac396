"""Text that a spreadsheet would run stays text."""

import re

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}  # of a workbook that is written
STARTERS = "=+-@\t\r"
# Where another spreadsheet, by its own separator or at a line's end, would begin a cell that it runs.
_WITHIN = re.compile(r"([;,|\t\r\n]\s*)(?=[=@]|[+-](?![\s\d]))")


def inert(value: object) -> object:
    """The value; text that begins like a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] and value[:1] in STARTERS else value


def inert_in_csv(value: object) -> object:
    """The value; text gets an apostrophe wherever a reader with another separator would begin a formula."""
    return inert(_WITHIN.sub(r"\1'", value)) if isinstance(value, str) else value
