"""A moment on both clocks, given as an argument to whatever needs the time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as a shell reads it."""

    wall: datetime
    """Aware, UTC: what is written and shown."""
    monotonic: float
    """Seconds from an arbitrary start: how long things take."""
