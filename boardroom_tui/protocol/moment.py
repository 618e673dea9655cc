"""A moment on both clocks, given as an argument to whatever needs the time."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as a shell reads it."""

    wall: datetime
    """Aware, UTC: what is written and shown."""
    monotonic: float
    """Seconds from an arbitrary start: how long things take."""


def rfc_3339(time: datetime) -> str:
    """An aware time as text outside of a message's own fields: in UTC, ending in `Z`."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")
