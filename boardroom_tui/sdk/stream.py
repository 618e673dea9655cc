"""The server's messages for a program that iterates over them."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable

from boardroom_tui.sdk.message import Message

ROOM = 1_000
"""How many messages may wait for a loop's body before handlers wait for it too."""


class Streams:
    """Loops over the messages; each gets all that come while it runs.

    The first begins with what came before it: a program that asks, then listens, misses nothing.
    """

    def __init__(self) -> None:
        self._open: set[_Stream] = set()
        self._before_the_first: deque[Message] | None = deque(maxlen=ROOM)
        self._ended = False

    async def put(self, message: Message) -> None:
        """Give a message to every loop, and wait for one that is far behind."""
        if self._before_the_first is not None:
            self._before_the_first.append(message)
        for stream in tuple(self._open):
            await stream.put(message)

    def end(self) -> None:
        """Let the loops end, once they have taken what waits."""
        self._ended = True
        for stream in self._open:
            stream.end()

    async def messages(self) -> AsyncGenerator[Message]:
        """The messages from now on, until the connection has ended."""
        stream = _Stream(self._before_the_first or ())
        self._before_the_first = None
        if self._ended:
            stream.end()
        self._open.add(stream)
        try:
            while (message := await stream.take()) is not None:
                yield message
        finally:
            self._open.discard(stream)
            stream.end()


class _Stream:
    """What waits for one loop."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._waiting = deque(messages)
        self._ended = False
        self._arrived = asyncio.Event()
        self._taken = asyncio.Event()

    async def put(self, message: Message) -> None:
        self._waiting.append(message)
        self._arrived.set()
        while len(self._waiting) >= ROOM and not self._ended:
            self._taken.clear()
            await self._taken.wait()

    async def take(self) -> Message | None:
        while not self._waiting:
            if self._ended:
                return None
            self._arrived.clear()
            await self._arrived.wait()
        self._taken.set()
        return self._waiting.popleft()

    def end(self) -> None:
        self._ended = True
        self._arrived.set()
        self._taken.set()
