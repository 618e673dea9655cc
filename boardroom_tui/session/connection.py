"""What a client shows of its connection."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from boardroom_tui.protocol.limits import Limit, Rate


class Phase(Enum):
    """Where a connection stands."""

    CONNECTING = "connecting"
    """An attempt runs: the socket opens, or `connection.ready` has not come yet."""
    READY = "ready"
    WAITING = "waiting"
    """Until the next attempt."""
    ENDED = "ended"
    """For good."""
    REPLAY = "replay"
    """There is none: a recorded meeting is played."""


@dataclass(frozen=True, slots=True)
class Held:
    """Requests that wait, in their order, because a rate limit would refuse them now."""

    rate: Rate | None
    """They count in this limit, maybe beside the connection's."""
    count: int
    """How many of those that were sent last."""
    until: datetime
    """When the first of them is sent, if not sooner."""
    limit: Limit | None
    """The limit that they wait for, where it is known."""


@dataclass(frozen=True, slots=True)
class TokenWanted:
    """The token ends, and where it came from there is no newer one: somebody has to give one."""

    ends_at: datetime | None
    """When it runs out; None if it has, and nothing goes on without a new one."""
    refusal: str | None = None
    """Why the one that was given last would not do, in words to show."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection as it stands; two that compare equal look the same."""

    phase: Phase
    since: datetime
    """When the phase began."""
    lost_at: datetime | None = None
    """When the last connection that was ready ended, while there is none."""
    attempt: int = 0
    """How many attempts in a row have failed."""
    next_attempt: datetime | None = None
    latency_ms: float | None = None
    """The last heartbeat's round trip, measured by the client's own clock."""
    waiting: int = 0
    """Messages, votes and the like that are not answered yet."""
    held: tuple[Held, ...] = ()
    """What is held back for the sake of the rate limits."""
    token_wanted: TokenWanted | None = None
    """Whether somebody has to give a new token."""
    reason: str | None = None
    """Why it waits, tries again or ended, in words to show."""
    code: int | None = None
    """The close code of the last connection that was lost, where there was one."""
    ignored: int = 0
    """Frames that were no message that this client knows."""
