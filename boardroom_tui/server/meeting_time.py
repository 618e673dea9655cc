"""The time in a meeting: the wall's clock, but it never goes back and never stands still.

Deadlines are moments on the wall's clock, which people see too. So a clock that is set forward is
followed, as after a machine has slept; one that is set back is not: what is on record has happened.
The meeting goes on from where it was by the clock that nobody sets, until the wall's has caught up.
"""

import logging
from datetime import datetime, timedelta

from boardroom_tui.protocol.moment import Moment
from boardroom_tui.server.logging import note

_UNNOTICED = timedelta(seconds=2)
"""So far the two clocks may differ without anybody having set one."""


class MeetingTime:
    """One meeting's time; `since` is when the last of its events happened, if there is one."""

    def __init__(self, meeting_id: str, since: datetime | None, now: Moment) -> None:
        self._meeting_id = meeting_id
        self._last = Moment(since or now.wall, now.monotonic)
        self._was_set_back = False

    def at(self, now: Moment) -> datetime:
        """The meeting's time at a moment on this machine's clocks; never before the last one."""
        passed = timedelta(seconds=now.monotonic - self._last.monotonic)
        due = self._last.wall + passed
        was_set_back = due - now.wall > _UNNOTICED
        if was_set_back and not self._was_set_back:
            seconds = round((due - now.wall).total_seconds())
            note("clock_set_back", logging.WARNING, meeting=self._meeting_id, seconds=seconds)
        self._was_set_back = was_set_back
        goes_on = was_set_back or now.wall < self._last.wall
        self._last = Moment(due if goes_on else now.wall, now.monotonic)
        return self._last.wall
