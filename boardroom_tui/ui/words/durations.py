"""Lengths of time and times of day, as the screen writes them."""

from datetime import datetime, timedelta, tzinfo

_MINUTE = 60
_HOUR = 3_600


def counted(length: timedelta) -> str:
    """A length that is counted to the second: `12:04`, from an hour on `1:02:04`."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, _HOUR)
    minutes, seconds = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def lasting(length: timedelta) -> str:
    """A length that goes on and is no hurry, in full minutes: `12 min`, `1 h 05`."""
    hours, minutes = divmod(max(0, length // timedelta(minutes=1)), 60)
    return f"{hours} h {minutes:02}" if hours else f"{minutes} min"


def rounded(length: timedelta) -> str:
    """A length that is over: `9 min`, below a minute `40 s`, from an hour on `1 h 05`."""
    seconds = max(0, round(length.total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE:02}"


def time_of_day(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """When something was: `14:02`, on another day `3 Nov`; `zone` None is this machine's."""
    there, here = moment.astimezone(zone), now.astimezone(zone)
    if there.date() == here.date():
        return f"{there:%H:%M}"
    return f"{there.day} {there:%b}"
