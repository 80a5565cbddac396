"""CEPLAN's sheet of an operating plan: what its column headers name."""

import re

_PHYSICAL = re.compile(r"f ?\( ?(cs|re|se) ?\)[ _.-]*(0?[1-9]|1[0-2])", re.IGNORECASE | re.ASCII)
_LONGEST = 40


def ceplan_column(header: str) -> tuple[str, int] | None:
    """What a column of physical amounts holds, and its month 1-12; None for any other header.

    F(CS) 01 is the programme the year began with ("cs"), F(RE) 01 the reprogrammed one ("re") and F(SE) 01
    what was done ("se"); in any case and spacing, with or without the leading zero.
    """
    plain = " ".join(header.split())
    found = _PHYSICAL.fullmatch(plain) if len(plain) <= _LONGEST else None
    return (found[1].lower(), int(found[2])) if found else None
