"""Calling for the user: whether they are at the terminal, and what is done where they are not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from boardroom_tui.state.concern import Concern
from boardroom_tui.ui.attention.history import History, Notice
from boardroom_tui.ui.attention.notices import AtMessage, News
from boardroom_tui.ui.attention.notify import Notify
from boardroom_tui.ui.attention.sequences import (
    BELL,
    KEEP_TITLE,
    desktop,
    former_title,
    is_able,
    titled,
)

KEY_LASTS = timedelta(seconds=60)
"""So long after a key somebody is taken to look, where the terminal tells nothing of its focus."""
BETWEEN_CALLS = timedelta(seconds=3)
"""So much time lies between two calls, whatever others do: a flood rings once."""

_UNSEEN = frozenset({Concern.PRIVATE, Concern.REMINDER})
"""What a toast alone does not settle: there is something to read or to do."""

_DISCREET = {
    Concern.MENTION: "Somebody speaks to you.",
    Concern.PRIVATE: "Somebody wrote to you in private.",
    Concern.VOTE: "There is news of a vote.",
    Concern.REMINDER: "Your vote is missing.",
}
_ELSE = "There is something for you."


class Attention:
    """The user's attention, and the terminal that is asked to get it.

    `write` sends something to the terminal; it is called for nothing but these calls. Bell and
    desktop notifications come only while nobody looks; the title has its number all the time.
    """

    def __init__(
        self,
        notify: Notify,
        now: datetime,
        write: Callable[[str], object],
        *,
        environment: Mapping[str, str],
        zone: tzinfo | None = None,
    ) -> None:
        """`environment` tells of the terminal; `zone` is that of the quiet hours."""
        self.history = History()
        self._notify = notify
        self._write = write
        self._environment = environment
        self._zone = zone
        self._has_focus: bool | None = None
        """None until the terminal has told of its focus at all."""
        self._touched = now
        self._called: datetime | None = None
        self._wants_quiet: bool | None = None
        """What was asked for now, whatever the hour."""
        self._title: str | None = None

    def touch(self, now: datetime) -> None:
        """A key was pressed: somebody is here."""
        self._touched = now
        if self._has_focus is False:
            self._has_focus = True

    def focus(self, has_focus: bool) -> None:
        """The terminal got the focus, or lost it."""
        self._has_focus = has_focus

    def idle(self, now: datetime) -> timedelta:
        """How long no key was pressed."""
        return now - self._touched

    def is_here(self, now: datetime) -> bool:
        """Whether somebody looks at the terminal, as far as can be known."""
        if self._has_focus is None:
            return now - self._touched < KEY_LASTS
        return self._has_focus

    def is_quiet(self, now: datetime) -> bool:
        """Whether there is neither bell nor desktop notification now."""
        if self._wants_quiet is not None:
            return self._wants_quiet
        hours = self._notify.quiet
        return hours is not None and hours.covers(now, self._zone)

    def switch_quiet(self, now: datetime) -> bool:
        """Be quiet from now on, or no longer; whether it is quiet now."""
        self._wants_quiet = not self.is_quiet(now)
        return self._wants_quiet

    def note(self, news: News, meeting_title: str, now: datetime) -> None:
        """Keep what one is told, and call for whoever does not look and is concerned."""
        if news.concern not in self._notify.about:
            news = replace(news, concern=None)
        here = self.is_here(now)
        seen = here and news.concern not in _UNSEEN
        self.history = self.history.adding(news, now, seen=seen)
        if news.concern is None or here or self.is_quiet(now):
            return
        if self._called is not None and now - self._called < BETWEEN_CALLS:
            return
        self._called = now
        if self._notify.bell:
            self._write(BELL)
        if self._notify.desktop:
            call = desktop(meeting_title, _outside(news), self._environment)
            if call:
                self._write(call)

    def read(self, which: Callable[[Notice], bool]) -> None:
        """What this holds of is read."""
        self.history = self.history.reading(which)

    def read_seen(self, has_seen: Callable[[str], bool], now: datetime) -> None:
        """What was said is read once it was seen where it was said, by somebody who is here."""
        if self.history.unread and self.is_here(now):
            self.read(
                lambda one: (
                    not one.is_kept
                    and isinstance(one.news.place, AtMessage)
                    and has_seen(one.news.place.message_id)
                )
            )

    def turn(self, number: int | None) -> None:
        """The notice of this number is read, or is not after all; None: all are read."""
        self.history = self.history.reading() if number is None else self.history.turning(number)

    def show_title(self, meeting_title: str) -> None:
        """Give the terminal the meeting's title, with the number of what is not read yet."""
        if not self._notify.title or not meeting_title or not is_able(self._environment):
            return
        title = titled(meeting_title, self.history.unread)
        if title == self._title:
            return
        begin = KEEP_TITLE if self._title is None else ""
        self._title = title
        self._write(begin + title)

    def restore_title(self) -> None:
        """Give the terminal back the title it had."""
        if self._title is not None:
            self._title = None
            self._write(former_title())


def _outside(news: News) -> str:
    """What may be read outside of the program, where others may look on."""
    if not news.discreet:
        return f"{news.title}: {news.message}"
    return _ELSE if news.concern is None else _DISCREET.get(news.concern, _ELSE)
