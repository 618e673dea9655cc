"""Asking the server for what was said before, not so fast that a vote would have to wait for it."""

from collections import deque
from datetime import datetime, timedelta

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.state.history import question
from boardroom_tui.state.model import Meeting

_QUESTIONS, _WITHIN = 40, timedelta(seconds=60)
"""At most so many; a connection may send 100 messages in that time."""


class ReadingBack:
    """Page by page, as long as somebody wants more."""

    def __init__(self) -> None:
        self._asked: deque[datetime] = deque(maxlen=_QUESTIONS)

    def question(self, meeting: Meeting, now: datetime) -> ClientMessage | None:
        """What to ask now, if anything: one question at a time."""
        wanted = question(meeting)
        many = len(self._asked) == _QUESTIONS
        if wanted is None or (many and now - self._asked[0] < _WITHIN):
            return None
        self._asked.append(now)
        return wanted
