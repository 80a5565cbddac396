"""Text that a spreadsheet would run stays text."""

STARTERS = "=+-@\t\r"


def inert(value: object) -> object:
    """The value; text that begins like a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] and value[:1] in STARTERS else value
