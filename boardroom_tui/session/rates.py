"""Token buckets whose capacity is the limit (CONTRACT.md, Rate limits)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boardroom_tui.protocol.limits import LIMITS, PER_USER, Limit, Rate

ROUNDING_SECONDS = 1e-9
"""Who comes back exactly when told to is not turned away over the last bit of a float."""


class Bucket:
    """A bucket that holds `limit.count` tokens and refills evenly over `limit.seconds`.

    All that changes is the time at which it will be full again: each token taken puts it off.
    """

    __slots__ = ("_full_at", "limit")

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._full_at = float("-inf")

    def wait(self, monotonic: float, *, spoken_for: int = 0) -> float:
        """Seconds until there is a token beside those that are spoken for; 0 if there is one."""
        return max(0.0, self._after(monotonic, 1 + spoken_for) - monotonic - self.limit.seconds)

    def take(self, monotonic: float) -> None:
        """Take a token, which must be there."""
        self._full_at = self._after(monotonic)

    def full(self, monotonic: float) -> bool:
        """Whether the bucket is as good as new."""
        return self._full_at <= monotonic

    def _after(self, monotonic: float, tokens: int = 1) -> float:
        """When the bucket would be full again if so many tokens were taken now."""
        return max(self._full_at, monotonic) + tokens * self.limit.seconds / self.limit.count


class Buckets:
    """One bucket for each rate: those of a connection, or those of a user."""

    __slots__ = ("_buckets",)

    def __init__(self, limits: Mapping[Rate, Limit] = LIMITS) -> None:
        self._buckets = {rate: Bucket(limit) for rate, limit in limits.items()}

    @property
    def limits(self) -> Mapping[Rate, Limit]:
        """What each bucket holds."""
        return {rate: bucket.limit for rate, bucket in self._buckets.items()}

    def __getitem__(self, rate: Rate) -> Bucket:
        return self._buckets[rate]

    def idle(self, monotonic: float) -> bool:
        """Whether all are full, so that nothing is lost by forgetting them."""
        return all(bucket.full(monotonic) for bucket in self._buckets.values())


def counted_in(rate: Rate | None, connections: Buckets, users: Buckets) -> tuple[Bucket, ...]:
    """The buckets that a message of this rate takes from (CONTRACT.md, Rate limits)."""
    match rate:
        case None:
            return ()
        case Rate.CURSOR | Rate.CONNECTION:
            return (connections[rate],)
        case _:
            own = users if rate in PER_USER else connections
            return (connections[Rate.CONNECTION], own[rate])


@dataclass(frozen=True, slots=True)
class Exceeded:
    """The limit that a message is over, and the seconds until it would not be."""

    limit: Limit
    wait: float


def take(buckets: Sequence[Bucket], monotonic: float) -> Exceeded | None:
    """Take a token from each bucket, or from none where one is empty.

    Where several are empty, the one with the longest wait is told.
    """
    emptiest = max(buckets, key=lambda bucket: bucket.wait(monotonic), default=None)
    if emptiest is None:
        return None
    wait = emptiest.wait(monotonic)
    if wait > ROUNDING_SECONDS:
        return Exceeded(emptiest.limit, wait)
    for bucket in buckets:
        bucket.take(monotonic)
    return None
