"""What a client shows of its connection."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Phase(Enum):
    """Where a connection stands."""

    CONNECTING = "connecting"
    """An attempt runs: the socket opens, or `connection.ready` has not come yet."""
    READY = "ready"
    WAITING = "waiting"
    """Until the next attempt."""
    ENDED = "ended"
    """For good."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection as it stands; two that compare equal look the same."""

    phase: Phase
    since: datetime
    """When the phase began."""
    attempt: int = 0
    """How many attempts in a row have failed."""
    next_attempt: datetime | None = None
    latency_ms: float | None = None
    """The last heartbeat's round trip, measured by the client's own clock."""
    waiting: int = 0
    """Messages, votes and the like that are not answered yet."""
    held_until: datetime | None = None
    """When requests that are over a rate limit are sent again; None if there are none."""
    reason: str | None = None
    """Why it waits or ended, in words to show."""
    code: int | None = None
    """The close code of the last connection that was lost, where there was one."""
    ignored: int = 0
    """Frames that were no message that this client knows."""
