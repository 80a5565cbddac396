"""Moments: UTC without zone in the ledger, Lima time (UTC-5, fixed) for people."""

from datetime import UTC, date, datetime, time, timedelta, timezone

LIMA = timezone(timedelta(hours=-5))


def now() -> datetime:
    """This instant, UTC without zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def to_lima(moment: datetime) -> datetime:
    """A stored moment as Lima's clock shows it, without zone."""
    return moment + LIMA.utcoffset(None)


def from_lima(moment: datetime) -> datetime:
    """A moment on Lima's clock as it is stored."""
    return moment - LIMA.utcoffset(None)


def end_of_day(day: date) -> datetime:
    """The last instant of a day in Lima, as it is stored."""
    return from_lima(datetime.combine(day, time.max))


def start_of_month(year: int, month: int) -> datetime:
    """The first instant of a month on Lima's clock; month 13 is January of the year after."""
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def parse(text: str) -> datetime:
    """An ISO date (the end of that day in Lima) or date and time (Lima's, unless it has a zone).

    Raises ValueError for anything else.
    """
    if len(text) == 10:
        return end_of_day(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return from_lima(moment)
    return moment.astimezone(UTC).replace(tzinfo=None)
