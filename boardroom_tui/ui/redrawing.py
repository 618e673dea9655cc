"""When the meeting is drawn: once for all that has changed, and a second that is over behind it."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App

from boardroom_tui.ui.pace import Pace


class Redrawing:
    """Calls what draws the meeting, and what shows that time has passed."""

    def __init__(
        self, app: App[Any], draw: Callable[[], object], pass_time: Callable[[], object]
    ) -> None:
        self._app = app
        self._draw = draw
        self._pass_time = pass_time
        self._pace = Pace()
        self._is_due = False
        """Whether something has changed that is not drawn."""
        self._is_late = False
        """Whether a second is over that is shown once all is drawn that waits."""

    def take(self, news: int) -> None:
        """So much has come, of which something may change."""
        self._pace.take(news)

    def soon(self) -> None:
        """Draw once, however much has changed until then."""
        if not self._is_due:
            self._is_due = True
            self._in_time()

    def second(self) -> None:
        """A second is over; in the middle of a torrent nothing is drawn for it, nor packed."""
        self._is_late = self._is_due
        if not self._is_late:
            self._pass_time()

    def _in_time(self) -> None:
        wait = self._pace.wait()
        if wait:
            # Not a timer of Textual's, which is a task of its own.
            asyncio.get_running_loop().call_later(wait, self._in_time)
        else:
            self._app.call_later(self._now)

    def _now(self) -> None:
        self._is_due = False
        self._pace.draw()
        if self._pace.floods:
            self._app.call_after_refresh(self._pace.drawn)
        if self._is_late:
            self._is_late = False
            self._app.call_after_refresh(self._pass_time)
        self._draw()
