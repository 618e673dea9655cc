"""What one was told, newest last, and what of it one has not read yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from boardroom_tui.protocol.identifiers import Kind, key_in
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.attention.notices import AtDecision, News

KEPT = 200
"""So many are kept; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something one was told, and when."""

    number: int
    """Counts what was told, from 1."""
    news: News
    at: datetime
    is_read: bool = False
    is_kept: bool = False
    """Whether the user wants to read it later: that it is in sight does not end that."""


@dataclass(frozen=True, slots=True)
class History:
    """Everything one was told."""

    notices: tuple[Notice, ...] = ()
    told: int = 0

    @property
    def unread(self) -> int:
        """How many are not read yet."""
        return sum(not notice.is_read for notice in self.notices)

    def find(self, number: int) -> Notice | None:
        """The notice of this number, while it is kept."""
        return next((one for one in self.notices if one.number == number), None)

    def adding(self, news: News, at: datetime, *, seen: bool) -> "History":
        """One more; what concerns nobody in particular waits for nobody to read it.

        What is said again in the same words, as after a restart of the server, stands there once.
        """
        notice = Notice(self.told + 1, news, at, seen or news.concern is None)
        others = (one for one in self.notices if not _says_the_same(one.news, news))
        return History((*others, notice)[-KEPT:], notice.number)

    def reading(self, which: Callable[[Notice], bool] = lambda _: True) -> "History":
        """All are read, or those of which this holds; the same history where they were before."""
        if all(one.is_read or not which(one) for one in self.notices):
            return self
        read = tuple(
            replace(one, is_read=True) if not one.is_read and which(one) else one
            for one in self.notices
        )
        return replace(self, notices=read)

    def turning(self, number: int) -> "History":
        """This one is read, or is not after all."""
        turned = tuple(
            replace(one, is_read=not one.is_read, is_kept=one.is_read)
            if one.number == number
            else one
            for one in self.notices
        )
        return replace(self, notices=turned)

    def after(self, meeting: Meeting) -> "History":
        """Without a call to vote where one has voted, or where the vote is over."""

        def is_done(notice: Notice) -> bool:
            place, news = notice.news.place, notice.news
            if not isinstance(place, AtDecision) or not news.wants_vote:
                return False
            decisions = meeting.decisions
            view = decisions.get(key_in(decisions, Kind.DECISION, place.decision_id))
            return view is not None and (view.outcome is not None or view.own_vote is not None)

        return self.reading(is_done)


def _says_the_same(one: News, other: News) -> bool:
    return (one.title, one.message, one.place) == (other.title, other.message, other.place)
