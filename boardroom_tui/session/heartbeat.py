"""A client's heartbeat: it keeps the connection alive, measures it, and notices its death."""

from boardroom_tui.protocol.limits import HEARTBEAT_SECONDS

ANSWER_SECONDS = 10.0
"""A ping after which nothing at all is received for so long has met a dead connection."""


class Heartbeat:
    """One ping at a time, the first at once; all times are monotonic seconds."""

    __slots__ = ("_heard_at", "_pinged_at", "_waiting")

    def __init__(self, monotonic: float) -> None:
        self._pinged_at = monotonic - HEARTBEAT_SECONDS
        self._heard_at = monotonic
        self._waiting = False

    def pinged(self, monotonic: float) -> None:
        """A ping was sent."""
        self._pinged_at = monotonic
        self._waiting = True

    def heard(self, monotonic: float) -> None:
        """Something was received: a slow answer behind other messages is no death."""
        self._heard_at = monotonic

    def answered(self, monotonic: float) -> float | None:
        """The round trip in ms of the ping that a pong answers; None if there was none."""
        if not self._waiting:
            return None
        self._waiting = False
        return (monotonic - self._pinged_at) * 1000

    def due(self, monotonic: float) -> bool:
        """Whether to send a ping."""
        return not self._waiting and self.seconds_left(monotonic) <= 0

    def dead(self, monotonic: float) -> bool:
        """Whether a ping was left without any sign of life."""
        return self._waiting and self.seconds_left(monotonic) <= 0

    def seconds_left(self, monotonic: float) -> float:
        """Seconds to the next ping, or until the one that was sent counts as unanswered."""
        if self._waiting:
            return max(self._pinged_at, self._heard_at) + ANSWER_SECONDS - monotonic
        return self._pinged_at + HEARTBEAT_SECONDS - monotonic
