"""A screen that is painted as soon as all has been heard that changes on it.

Textual 8.2 has a timer paint it, in steps of a sixtieth of a second: a key that comes behind a
clock's second waits up to 17 ms for its echo, and each painting wakes the program twice more. What
is private to it is used as in painting.py.
"""

import asyncio
from time import monotonic

from textual import events
from textual.screen import Screen, ScreenResultType

LONGEST = 1 / 60
"""Seconds between two paintings, at most."""
_SHARE = 3
"""So many times what a painting takes is left for all else before the next."""


class PaintedAtOnce(Screen[ScreenResultType]):
    """Of many changes in a row not each is painted: there must be time for the keys."""

    _rests_until = 0.0
    _is_to_wake = False

    def on_idle(self, event: events.Idle) -> None:
        """Nothing more is to be heard; what is left to do then Textual does."""
        # Another version may know neither by this name.
        paint = getattr(self, "_on_timer_update", None)
        if paint is None or not getattr(self, "_dirty_widgets", ()):
            return
        began = monotonic()
        if began < self._rests_until:
            event.prevent_default()
            self._wake_in(self._rests_until - began)
            return
        paint()
        ended = monotonic()
        self._rests_until = ended + min(_SHARE * (ended - began), LONGEST)

    def _wake_in(self, seconds: float) -> None:
        if not self._is_to_wake:
            self._is_to_wake = True
            asyncio.get_running_loop().call_later(seconds, self._wake)

    def _wake(self) -> None:
        self._is_to_wake = False
        self.check_idle()
