"""Long work on an event loop, done in stretches so short that nothing else waits to be noticed."""

import asyncio
import time
from collections.abc import Callable

SECONDS = 0.004
"""How long a stretch is; a key has to wait for a few of them at most."""


class Stretch:
    """What one task does in a row; where nothing makes it wait, it lets the others go first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` tells seconds."""
        self._clock = clock
        self._began = clock()

    async def pause_if_long(self) -> None:
        """Give the other tasks a turn if this one has gone on for long."""
        if self._clock() - self._began >= SECONDS:
            await asyncio.sleep(0)
            self._began = self._clock()
