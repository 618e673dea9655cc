"""A client's own count of what its server still takes (CONTRACT.md, Rate limits).

The server counts a message when it comes, and that is before its answer does. So a token is spoken
for from the moment at which a message is sent, and taken when the answer is there: however long
the network takes, the server's buckets are never emptier than ours.
"""

from collections import Counter, deque
from collections.abc import Mapping

from boardroom_tui.protocol.limits import LIMITS, RATE_NAMES, Limit, Rate
from boardroom_tui.protocol.messages.connection import ConnectionReady
from boardroom_tui.session.rates import ROUNDING_SECONDS, Bucket, Buckets, Exceeded, counted_in

COUNTED_SECONDS = 10.0
"""What was sent so long ago has come, answered or not."""


class Allowance:
    """The connection's buckets and the user's, by the reference's limits or the server's own."""

    def __init__(self) -> None:
        self._limits: Mapping[Rate, Limit] = LIMITS
        self._connection = Buckets()
        self._user = Buckets()
        self._spoken_for: Counter[Bucket] = Counter()
        self._unanswered: deque[tuple[float, Rate | None]] = deque()
        """What is on its way and will have no answer, by when it was sent."""

    def connected(self, server: ConnectionReady.Data) -> None:
        """A connection's buckets are new; those of the user go on."""
        limits = dict(LIMITS)
        for name, told in (server.rate_limits or {}).items():
            if name in RATE_NAMES:
                limits[RATE_NAMES[name]] = Limit(told.limit, told.window)
        if limits != self._limits:
            self._limits = limits
            self._user = Buckets(limits)
        self._connection = Buckets(limits)
        self._spoken_for.clear()
        self._unanswered.clear()

    def exceeded(self, rate: Rate | None, monotonic: float) -> Exceeded | None:
        """The limit that one more message would be over now, with the longest wait.

        Whatever is no vote leaves room for votes in the connection's bucket.
        """
        while self._unanswered and monotonic - self._unanswered[0][0] >= COUNTED_SECONDS:
            self.count(self._unanswered.popleft()[1], monotonic)
        kept = Counter[Bucket]()
        if rate is not Rate.VOTE:
            kept[self._connection[Rate.CONNECTION]] = self._kept_for_votes()
        waits = [
            Exceeded(
                bucket.limit,
                bucket.wait(monotonic, spoken_for=self._spoken_for[bucket] + kept[bucket]),
            )
            for bucket in self._counted_in(rate)
        ]
        longest = max(waits, key=lambda exceeded: exceeded.wait, default=None)
        return None if longest is None or longest.wait <= ROUNDING_SECONDS else longest

    def speak_for(self, rate: Rate | None) -> None:
        """A message is on its way, for which there was room."""
        self._spoken_for.update(self._counted_in(rate))

    def release(self, rate: Rate | None) -> None:
        """A message that was on its way was not counted: the server refused it for its rate."""
        self._spoken_for.subtract(self._counted_in(rate))

    def count(self, rate: Rate | None, monotonic: float) -> None:
        """A message that was on its way has been counted, at the latest now."""
        self.release(rate)
        self._take(rate, monotonic)

    def spend(self, rate: Rate | None, monotonic: float) -> None:
        """A message is on its way of which no answer will say that it has come.

        A cursor's is counted at once: it has a bucket of its own, nobody misses it, and sixty a
        second cannot wait.
        """
        if rate is Rate.CURSOR:
            self._take(rate, monotonic)
            return
        self.speak_for(rate)
        self._unanswered.append((monotonic, rate))

    def _take(self, rate: Rate | None, monotonic: float) -> None:
        for bucket in self._counted_in(rate):
            bucket.take(monotonic)

    def _kept_for_votes(self) -> int:
        connection, votes = self._limits[Rate.CONNECTION], self._limits[Rate.VOTE]
        return min(votes.count, connection.count // 4)

    def _counted_in(self, rate: Rate | None) -> tuple[Bucket, ...]:
        return counted_in(rate, self._connection, self._user)
