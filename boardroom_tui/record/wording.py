"""Names, days and times as the minutes write them, in no language setting but their own."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from boardroom_tui.meeting.charter import Member
from boardroom_tui.record.account import Span
from boardroom_tui.record.markdown import escaped

_MONTHS = (
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


class Wording:
    """How one meeting's minutes write who and when; all times are UTC."""

    def __init__(self, members: Mapping[str, Member], begun: datetime) -> None:
        self._day = begun.astimezone(UTC).date()
        names = {user_id: escaped(member.name) for user_id, member in members.items()}
        seen = Counter(name.casefold() for name in names.values())
        self._names = {
            user_id: f"{name} ({escaped(user_id)})" if seen[name.casefold()] > 1 else name
            for user_id, name in names.items()
        }

    @property
    def day(self) -> str:
        """The day of the meeting: `15 January 2027`."""
        return _day(self._day)

    def name(self, user_id: str) -> str:
        """A member's name, with the id where two have the same."""
        return self._names.get(user_id) or escaped(user_id)

    def time(self, at: datetime) -> str:
        """`12:05`, with the day if it is not the meeting's."""
        moment = at.astimezone(UTC)
        clock = f"{moment.hour:02}:{moment.minute:02}"
        return clock if moment.date() == self._day else f"{_day(moment.date())} {clock}"

    def span(self, span: Span) -> str:
        """`12:05–12:30`, or `from 12:05` if it was not over."""
        if span.end is None:
            return f"from {self.time(span.start)}"
        return f"{self.time(span.start)}–{self.time(span.end)}"

    def spans(self, spans: Iterable[Span]) -> str:
        """`12:05–12:30, 12:41–13:42`."""
        return ", ".join(self.span(span) for span in spans)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def counted(count: int, one: str, many: str) -> str:
    """`1 member`, `3 members`."""
    return f"{count} {one if count == 1 else many}"
