"""The meeting as the secretary hears it: what the director goes by."""

import asyncio
from collections.abc import Callable

from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.select import newest_first

Listener = Callable[[ServerMessage, Meeting, Meeting], None]
"""Takes a message and the meeting before and after it."""


class Floor:
    """A client's picture of the meeting, and a way to wait until it looks as one wants."""

    def __init__(self, meeting_id: str) -> None:
        self.meeting = Meeting(meeting_id)
        self._changed = asyncio.Event()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every message."""
        self._listeners.append(listener)

    def hear(self, message: ServerMessage) -> None:
        """Take in what the server said."""
        before = self.meeting
        self.meeting = reduce(before, message, utc_now())
        for listener in self._listeners:
            listener(message, before, self.meeting)
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, holds: Callable[[Meeting], bool]) -> None:
        """Wait until `holds` is true of the meeting."""
        while not holds(self.meeting):
            await self._changed.wait()

    def last_said(self, user_id: str) -> SpokenLine | None:
        """What somebody said last."""
        mine = (line for line in newest_first(self.meeting) if line.user_id == user_id)
        return next(mine, None)
