"""What a link has to tell, in order, for one reader."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from boardroom_tui.session.client_output import Heard, Settled, Unfamiliar
from boardroom_tui.session.connection import Connection

ROOM = 1_000
"""How many updates may wait before the link reads no further from its socket."""


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The connection is in another phase, or another number about it is known."""

    connection: Connection


Update = Heard | Settled | ConnectionChanged

BATCH = 100
"""How many updates are given at once, so that whoever takes them is soon done with them."""

_T = TypeVar("_T")


class Updates(AsyncIterator[_T], Generic[_T]):
    """A queue between the link and its one reader; it ends when the link has ended."""

    def __init__(self) -> None:
        self._waiting: deque[_T | Unfamiliar] = deque()
        self._ended = False
        self._arrived = asyncio.Event()
        self._taken = asyncio.Event()

    def __len__(self) -> int:
        """How many updates wait to be read."""
        return len(self._waiting)

    def add(self, update: _T | Unfamiliar) -> None:
        """Append an update; of connection changes that nobody has read only the newest stays."""
        if isinstance(update, ConnectionChanged):
            last = self._waiting[-1] if self._waiting else None
            if isinstance(last, ConnectionChanged):
                self._waiting.pop()
        self._waiting.append(update)
        self._arrived.set()

    def extend(self, updates: Sequence[_T]) -> None:
        """Append several updates in their order."""
        if updates:
            self.add(updates[0])
            self._waiting.extend(updates[1:])

    def end(self) -> None:
        """Let the reader stop once it has read what waits."""
        self._ended = True
        self._arrived.set()
        self._taken.set()

    async def room(self) -> None:
        """Wait until the reader has caught up enough for more to be read from the socket."""
        while len(self._waiting) >= ROOM and not self._ended:
            self._taken.clear()
            await self._taken.wait()

    async def next_of_all(self) -> _T | Unfamiliar | None:
        """The next update or message of an unknown type; None once the link has ended."""
        while not self._waiting:
            if self._ended:
                return None
            self._arrived.clear()
            await self._arrived.wait()
        self._taken.set()
        return self._waiting.popleft()

    async def next_few(self) -> list[_T]:
        """All that waits, `BATCH` at most and one at least; none once the link has ended.

        Messages of unknown types are passed over.
        """
        first = await anext(self, None)
        few: list[_T] = [] if first is None else [first]
        while self._waiting and len(few) < BATCH:
            update = self._waiting.popleft()
            if not isinstance(update, Unfamiliar):
                few.append(update)
        return few

    async def __anext__(self) -> _T:
        """The next update; messages of unknown types are passed over."""
        update = await self.next_of_all()
        while isinstance(update, Unfamiliar):
            update = await self.next_of_all()
        if update is None:
            raise StopAsyncIteration
        return update
