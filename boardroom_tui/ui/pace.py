"""How often a flood of news is drawn: so seldom that there is time for the keys, and for the news.

A drawing costs as much as hundreds of messages. So while a flood goes on, nothing is drawn until
three times as long as the last drawing took has been left for it; when it is over, at once. Of a
torrent, which nobody could read, hardly more than its end is drawn.
"""

import time
from collections.abc import Callable

FLOOD = 4
"""More news than this between two drawings is more than anybody reads one by one."""
TORRENT = 2_000
"""More news a second than this is gone from the screen before anybody has seen it."""
PAUSE = 0.1
"""Seconds between two drawings of a flood, at least."""
LONGEST = 0.5
"""Seconds until news is drawn, at most: one sees that a flood goes on."""
LOOK = 0.001
"""Seconds between two looks whether a flood is over, and a turn of the event loop at least."""
CALM = 3
"""Looks that find nothing new until it is over: so many turns a message takes from its socket."""
_RECKONED = 0.01
"""Seconds of news by which it is told how much comes, at least."""
_SHARE = 3
"""So many times what a drawing takes is left between two."""


class Pace:
    """A single piece of news is drawn at once, and many of them together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` tells seconds."""
        self._clock = clock
        self._taken = 0
        """News since the last drawing."""
        self._looked = 0
        """How many of them had come at the last look."""
        self._calm = 0
        """Looks since then that found nothing new."""
        self._first = clock()
        """When the first of them came."""
        self.floods = False
        """Whether the last drawing was of more than one reads one by one."""
        self._began = self._earliest = self._latest = clock()

    def take(self, news: int = 1) -> None:
        """There is so much news."""
        if not self._taken:
            self._first = self._clock()
        self._taken += news

    def draw(self) -> None:
        """All of it begins to be drawn."""
        self._began = self._clock()
        self.floods = self._taken > FLOOD
        self._earliest = self._latest = self._began + (PAUSE if self.floods else 0)
        self._taken = self._looked = 0

    def drawn(self) -> None:
        """The drawing is on the terminal; of a flood alone it matters how long that took."""
        now = self._clock()
        self._latest = min(now + _SHARE * (now - self._began), self._began + LONGEST)

    def wait(self) -> float:
        """The seconds until the next look whether to draw; 0 is to draw now."""
        now = self._clock()
        if now < self._earliest:
            return self._earliest - now
        self._calm = self._calm + 1 if self._taken == self._looked else 0
        self._looked = self._taken
        pours = self._taken > TORRENT * max(_RECKONED, now - self._first)
        latest = self._first + LONGEST if pours else self._latest
        goes_on = (pours or self.floods) and self._calm < CALM
        return min(LOOK, latest - now) if goes_on and now < latest else 0.0
