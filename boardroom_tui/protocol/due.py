"""The day that somebody means by `Friday`, as far as one can tell."""

import re
from datetime import date, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = re.compile(
    r"(?:(?P<day>\d{1,2})\.?\s+(?P<month>[a-z]+)\.?|(?P<month_first>[a-z]+)\.?\s+(?P<day_second>\d{1,2}))"
    r"(?:,?\s+(?P<year>\d{4}))?"
)
_SHORTEST = 3
"""Letters that name a month or a weekday: `Fri`, `Sept`."""


def day_meant(words: str, said_on: date) -> date | None:
    """The day that `words` name, said on that day; None where it cannot be told.

    A weekday is the next one after that day, and a day without a year the next one from it on.
    """
    spoken = words.strip().casefold()
    if spoken in {"today", "tonight"}:
        return said_on
    if spoken == "tomorrow":
        return said_on + timedelta(days=1)
    weekday = _place(spoken, WEEKDAYS)
    if weekday is not None:
        return said_on + timedelta(days=(weekday - said_on.weekday() - 1) % 7 + 1)
    if _ISO.fullmatch(spoken):
        return _existing(*map(int, spoken.split("-")))
    return _day_of_month(spoken, said_on)


def day_in_words(day: date) -> str:
    """`4 December 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _day_of_month(spoken: str, said_on: date) -> date | None:
    found = _DAY.fullmatch(spoken)
    if found is None:
        return None
    month = _place(found["month"] or found["month_first"], MONTHS)
    if month is None:
        return None
    number = int(found["day"] or found["day_second"])
    if found["year"]:
        return _existing(int(found["year"]), month + 1, number)
    years = (said_on.year, said_on.year + 1)
    days = (_existing(year, month + 1, number) for year in years)
    return next((day for day in days if day is not None and day >= said_on), None)


def _place(spoken: str, names: tuple[str, ...]) -> int | None:
    """The place of a name that is written out or shortened."""
    spoken = spoken.rstrip(".")
    if len(spoken) < _SHORTEST:
        return None
    return next((at for at, name in enumerate(names) if name.casefold().startswith(spoken)), None)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
