"""What a server counts while it runs: plain numbers, whether or not anybody asks for them.

Totals only: no user, no meeting and no decision has a number of its own, so that nothing here
tells who did what, nor when somebody voted in which secret ballot.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.messages.connection import Refused

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""From what a good disk takes for a commit to what a client would not wait for."""


class Durations:
    """How often something took how long, in seconds."""

    def __init__(self) -> None:
        self._counts = [0] * (len(_SECONDS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        """It took so long once more."""
        self._counts[bisect_left(_SECONDS, seconds)] += 1
        self.sum += seconds

    @property
    def at_most(self) -> Sequence[tuple[str, int]]:
        """How many took at most so long, from the shortest bound to `+Inf`."""
        bounds = (*(str(bound) for bound in _SECONDS), "+Inf")
        return list(zip(bounds, accumulate(self._counts), strict=True))


class Metrics:
    """The counts of one server since its start."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        """Messages that were acted on, by type."""
        self.sent: Counter[str] = Counter()
        """Messages on their way to clients, by type: one for each receiver."""
        self.refusals: Counter[str] = Counter()
        """Messages that were refused, by the error's code."""
        self.turned_away: Counter[CloseCode] = Counter()
        """Connections that were not let in."""
        self.ended: Counter[str] = Counter()
        """Connections that were in and ended, by the word that the log has for why."""
        self.cut = 0
        """Clients that were cut because they did not read."""
        self.commits = Durations()
        """The journal's writes to the disk."""
        self.failed_commits = 0
        self.lag = Durations()
        """By how much the event loop was late; measured only while somebody may ask."""

    def sending(self, message: ServerMessage, receivers: int = 1) -> None:
        """A message goes out to so many."""
        self.sent[message.type] += receivers
        if isinstance(message, Refused):
            self.refusals[message.data.code] += 1

    def committed(self, seconds: float, failed: bool) -> None:  # as it is told
        """The journal has written, or the disk has refused."""
        self.commits.add(seconds)
        self.failed_commits += failed
