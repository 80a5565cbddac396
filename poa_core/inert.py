"""Text that a spreadsheet would run stays text."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}  # of a workbook that is written
STARTERS = "=+-@\t\r"


def inert(value: object) -> object:
    """The value; text that begins like a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] and value[:1] in STARTERS else value
