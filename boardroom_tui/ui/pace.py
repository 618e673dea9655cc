"""How often a flood of news is drawn: so seldom that there is time for the keys."""

import time
from collections.abc import Callable

FLOOD = 4
"""More news than this between two drawings is more than anybody reads one by one."""
PAUSE = 0.1
"""Seconds between two drawings of a flood."""


class Pace:
    """A single piece of news is drawn at once, and many of them together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` tells seconds."""
        self._clock = clock
        self._taken = 0
        self._next = clock()

    def take(self) -> None:
        """There is news."""
        self._taken += 1

    def draw(self) -> None:
        """All of it is drawn."""
        self._next = self._clock() + (PAUSE if self._taken > FLOOD else 0)
        self._taken = 0

    @property
    def pause(self) -> float:
        """The seconds until news may be drawn."""
        return max(0.0, self._next - self._clock())
