"""CEPLAN's sheet of an operating plan: what its column headers name."""

import re

_PHYSICAL = re.compile(r"f ?\( ?(cs|re|se) ?\)[ _.-]*(0?[1-9]|1[0-2])", re.IGNORECASE | re.ASCII)
_ANY = re.compile(r"[fm] ?\( ?(cs|re|se) ?\)[ _.-]*(0?[1-9]|1[0-2]|total|anual)?", re.IGNORECASE)
_LONGEST = 40


def ceplan_column(header: str) -> tuple[str, int] | None:
    """What a column of physical amounts holds, and its month 1-12; None for any other header.

    F(CS) 01 is the programme the year began with ("cs"), F(RE) 01 the reprogrammed one ("re") and F(SE) 01
    what was done ("se"); in any case and spacing, with or without the leading zero.
    """
    match = _PHYSICAL.fullmatch(_plain(header))
    return (match[1].lower(), int(match[2])) if match else None


def is_ceplan_header(header: str) -> bool:
    """True for any column of amounts in a CEPLAN sheet: physical or money (M), of a month or of the year."""
    return bool(_ANY.fullmatch(_plain(header)))


def _plain(header: str) -> str:
    return " ".join(header.split()) if len(header) <= _LONGEST else ""
