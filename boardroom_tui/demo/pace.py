"""The demo's own time: so many seconds in the script are so many less at a higher speed."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the meeting goes; at speed 1 a person can follow it."""

    speed: float = 1.0

    def real(self, seconds: float) -> float:
        """How long so many of the script's seconds take."""
        return seconds / self.speed

    async def wait(self, seconds: float) -> None:
        """Let so many of the script's seconds pass."""
        await asyncio.sleep(self.real(seconds))
