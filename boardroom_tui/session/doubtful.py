"""Chat that may have been said: the connection was lost before the answer came.

Our servers know a message's id and say it once. One that knows only the reference may say it
again, and tells nobody what was said before. So to such a server it is not sent again: where it
repeats, to who comes back, what was said, one's own words among it are the answer; else whoever
said it is told, and decides.
"""

from collections.abc import Iterable

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from boardroom_tui.session.matching import plausibly_answers
from boardroom_tui.session.outbox import Pending
from boardroom_tui.session.refusal import refusal

ECHO_SECONDS = 3.0
"""So long after coming back one's own words may still be heard."""


def is_doubtful(pending: Pending) -> bool:
    """Whether to send it again might say it twice."""
    return pending.was_sent and isinstance(pending.message, ChatSend)


class Doubtful:
    """What may have been said, in the order in which it was sent."""

    def __init__(self) -> None:
        self.until: float | None = None
        """When nothing more is to be hoped for, in monotonic seconds."""
        self._pending: list[Pending] = []

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, pending: Iterable[Pending], monotonic: float) -> None:
        """Listen for these; one is back since this moment."""
        self._pending += pending
        self.until = monotonic + ECHO_SECONDS if self._pending else None

    def answered_by(self, message: ServerMessage, user_id: str) -> Pending | None:
        """The first that a message repeats."""
        if not self._pending or not isinstance(message, ChatMessage):
            return None
        fitting = (one for one in self._pending if plausibly_answers(one.message, message, user_id))
        found = next(fitting, None)
        if found is not None:
            self._pending.remove(found)
        return found

    def given_up(self, monotonic: float) -> list[Pending]:
        """Those of which nothing was heard in time."""
        if self.until is None or monotonic < self.until:
            return []
        given_up, self._pending, self.until = self._pending, [], None
        return given_up


def unanswered(pending: Pending) -> Refused:
    """What is said of it to whoever sent it."""
    return refusal(
        ErrorCode.CONNECTION_ERROR,
        "The connection was lost before the server answered.",
        correlation=pending.message.correlation,
        details={"reason": "unanswered"},
    )
