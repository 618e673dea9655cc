"""What matters only now: sent as soon as it may be, and forgotten with the connection.

Of updates that follow each other fast, as a cursor's, only the newest is sent, at the pace that
their type declares; the last one always is.
"""

from collections.abc import Hashable

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.session.allowance import Allowance


def update_of(message: ClientMessage) -> Hashable | None:
    """What two messages have in common of which only the newer matters; None: each one does."""
    if message.pace is None:
        return None
    return (message.type, *(getattr(message.data, field) for field in message.supersedes))


class Fleeting:
    """Messages that nobody waits for the answer of."""

    def __init__(self, allowance: Allowance) -> None:
        self.release_at: float | None = None
        """When `due` has something to send without anything being added, in monotonic seconds."""
        self._allowance = allowance
        self._waiting: dict[Hashable, ClientMessage] = {}
        self._paced: dict[Hashable, float] = {}

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def add(self, message: ClientMessage) -> None:
        """Send this, in place of what it supersedes."""
        self._waiting[update_of(message) or message.id] = message

    def due(self, monotonic: float) -> list[ClientMessage]:
        """What to write now."""
        self._paced = {key: at for key, at in self._paced.items() if at > monotonic}
        messages: list[ClientMessage] = []
        later: list[float] = []
        for key, message in list(self._waiting.items()):
            exceeded = self._allowance.exceeded(message.rate, monotonic)
            if exceeded is not None:
                later.append(monotonic + exceeded.wait)
            elif key in self._paced:
                later.append(self._paced[key])
            else:
                self._allowance.spend(message.rate, monotonic)
                if message.pace is not None:
                    self._paced[key] = monotonic + message.pace
                messages.append(self._waiting.pop(key))
        self.release_at = min(later, default=None)
        return messages

    def disconnected(self) -> None:
        """It is too late for all of it."""
        self._waiting.clear()
        self._paced.clear()
        self.release_at = None
