"""Names, days and times as the minutes write them, in no language setting but their own."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from boardroom_tui.meeting.charter import Member
from boardroom_tui.protocol.due import day_in_words, day_meant
from boardroom_tui.protocol.marks import Mark, meant
from boardroom_tui.protocol.text import clean
from boardroom_tui.record.account import Span


class Wording:
    """How one meeting's minutes write who and when; all times are UTC."""

    def __init__(self, members: Mapping[str, Member], begun: datetime) -> None:
        self._day = begun.astimezone(UTC).date()
        names = {user_id: clean(member.name).strip() for user_id, member in members.items()}
        seen = Counter(name.casefold() for name in names.values())
        self._names = {
            user_id: f"{name} ({user_id})" if seen[name.casefold()] > 1 else name
            for user_id, name in names.items()
        }

    @property
    def day(self) -> str:
        """The day of the meeting: `15 January 2027`."""
        return day_in_words(self._day)

    def name(self, user_id: str) -> str:
        """A member's name, with the id where two have the same."""
        return self._names.get(user_id, user_id)

    def names(self, user_ids: Iterable[str]) -> str:
        """Members' names, separated by commas."""
        return ", ".join(map(self.name, user_ids))

    def time(self, at: datetime) -> str:
        """`12:05`, with the day if it is not the meeting's."""
        moment = at.astimezone(UTC)
        clock = f"{moment.hour:02}:{moment.minute:02}"
        return clock if moment.date() == self._day else f"{day_in_words(moment.date())} {clock}"

    def span(self, span: Span) -> str:
        """`12:05–12:30`, or `from 12:05` if it was not over."""
        if span.end is None:
            return f"from {self.time(span.start)}"
        return f"{self.time(span.start)}–{self.time(span.end)}"

    def spans(self, spans: Iterable[Span]) -> str:
        """`12:05–12:30, 12:41–13:42`."""
        return ", ".join(self.span(span) for span in spans)

    def assignees(self, mark: Mark) -> str:
        """Whose action it is: members by their names, others as they were called."""
        found = ((called, meant(called, self._names.items())) for called in mark.assignees)
        return ", ".join(called if who is None else self.name(who) for called, who in found)

    def due(self, mark: Mark, said_at: datetime) -> str:
        """When an action is due: in the words that were used, with the date where it is clear."""
        if mark.due is None:
            return ""
        day = day_meant(mark.due, said_at.astimezone(UTC).date())
        words = "" if day is None else day_in_words(day)
        return mark.due if words in mark.due else f"{mark.due} ({words})"


def counted(count: int, one: str, many: str) -> str:
    """`1 member`, `3 members`."""
    return f"{count} {one if count == 1 else many}"
