"""The one writer of a connection: what is sent in a turn of the event loop is written at once.

websockets' own `send`, `ping` and `close` wait behind a full buffer, and a slow reader is never
dropped by itself. So frames are made once, for however many clients, and wait here; whoever does
not read them is cut (DESIGN.md, The server).
"""

import asyncio
from collections.abc import Callable, Hashable
from functools import cached_property
from itertools import count
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import Event, State

from boardroom_tui.compression import (
    COMPRESSED_FROM,
    FOR_EVERYBODY,
    takes_what_goes_to_everybody,
)
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.codec import NOTHING_READY, Ready, encode

WRITE_BYTES = 64 * 1024
"""What is handed to the transport at once, and what it holds before it says that it is full."""


class Framed:
    """A message as whole WebSocket frames, unmasked: each is made once, for however many."""

    def __init__(self, message: ServerMessage, ready: Ready = NOTHING_READY) -> None:
        self._frame = Frame(Opcode.TEXT, encode(message, ready).encode())
        self._compressible = message.compressible
        self.plain = self._frame.serialize(mask=False)

    @cached_property
    def compressed(self) -> bytes:
        """For those who agreed to compression; the same as the plain one where it is short."""
        if not self._compressible or len(self._frame.data) < COMPRESSED_FROM:
            return self.plain
        return self._frame.serialize(mask=False, extensions=(FOR_EVERYBODY,))


def _nothing() -> None:
    """What a socket does before anybody listens to it."""


class Socket(ServerConnection):
    """websockets' connection, which also says when it was heard of and when it may be written."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.pong_came: Callable[[], None] = _nothing
        self.ping_answered: Callable[[], None] = _nothing
        self.became_full: Callable[[], None] = _nothing
        self.became_writable: Callable[[], None] = _nothing

    def process_event(self, event: Event) -> None:
        """Take a frame; tell of a pong once its round trip is measured, and of an answered ping."""
        super().process_event(event)
        if isinstance(event, Frame) and event.opcode is Opcode.PONG:
            self.pong_came()
        elif isinstance(event, Frame) and event.opcode is Opcode.PING:
            self.ping_answered()

    def pause_writing(self) -> None:
        """The transport's buffer is full."""
        super().pause_writing()
        self.became_full()

    def resume_writing(self) -> None:
        """The transport's buffer has room again."""
        super().resume_writing()
        self.became_writable()


class Connection:
    """Frames on their way to one client."""

    def __init__(
        self,
        socket: Socket,
        *,
        lag_bytes: int,
        lag_seconds: float,
        closing_seconds: float,
        fell_behind: Callable[[], None],
    ) -> None:
        self._socket = socket
        self._lag_bytes = lag_bytes
        self._lag_seconds = lag_seconds
        self._closing_seconds = closing_seconds
        self._fell_behind = fell_behind
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[Hashable, bytes] = {}
        self._bytes = 0
        self._places = count()
        self._scheduled = False
        self._inflates = takes_what_goes_to_everybody(socket.protocol.extensions)
        self._patience: asyncio.TimerHandle | None = None
        self._farewell: asyncio.Task[None] | None = None
        socket.became_full = self._full
        socket.became_writable = self._writable
        socket.ping_answered = self._answered

    @property
    def waiting(self) -> int:
        """The bytes that the client has not taken yet, here and in the transport."""
        return self._bytes + self._socket.transport.get_write_buffer_size()

    @property
    def closing(self) -> bool:
        """Whether this side has begun to close it."""
        return self._farewell is not None

    def send(self, message: Framed, supersedes: Hashable | None = None) -> None:
        """Send; to a client that lags, only the newest of the messages that supersede another."""
        if self._farewell is not None:  # what `closing` says; this is done a million times
            return
        frame = message.compressed if self._inflates else message.plain
        place: Hashable = next(self._places)
        if supersedes is not None and self._socket.paused:
            place = supersedes
            # Taken out and put last: what is left is still in the one order of all receivers.
            self._bytes -= len(self._waiting.pop(place, b""))
        self._waiting[place] = frame
        self._bytes += len(frame)
        if self._bytes > self._lag_bytes:
            self._write()  # A burst in one turn is no lag of the client's.
        if self._bytes > self._lag_bytes:
            self._fell_behind()
        elif not self._scheduled and self._waiting and not self._socket.paused:
            self._scheduled = True
            self._loop.call_soon(self._write)

    def ping(self) -> None:
        """Ask for a pong; no other frame waits yet."""
        ping = Frame(Opcode.PING, b"").serialize(mask=False)
        self._socket.transport.write(ping)

    def close(self, code: int, reason: str) -> None:
        """Write what waits and close; a client that does not take it in time is cut off."""
        if self.closing:
            return
        self._stop_patience()
        self._write(to_the_last=True)
        self._farewell = self._loop.create_task(self._close(code, reason))

    def forget_waiting(self) -> None:
        """Drop what waits for a client that will not read it any more."""
        self._waiting.clear()
        self._bytes = 0

    async def closed(self) -> None:
        """Wait until the connection that this side closes is gone."""
        self._stop_patience()
        if self._farewell is not None:
            await self._farewell

    def _write(self, *, to_the_last: bool = False) -> None:
        self._scheduled = False
        while self._waiting and self._socket.protocol.state is State.OPEN:
            if self._socket.paused and not to_the_last:
                return
            self._socket.transport.write(self._portion())

    def _portion(self) -> bytes:
        """The frames that are written next, taken off what waits."""
        frames: list[bytes] = []
        size = 0
        for place in list(self._waiting):
            frame = self._waiting.pop(place)
            frames.append(frame)
            size += len(frame)
            if size >= WRITE_BYTES:
                break
        self._bytes -= size
        return b"".join(frames)

    def _full(self) -> None:
        if self._patience is None and not self.closing:
            self._patience = self._loop.call_later(self._lag_seconds, self._lost_patience)

    def _writable(self) -> None:
        self._stop_patience()
        self._write()

    def _answered(self) -> None:
        """The library's own answers to pings wait in the transport, however many there are."""
        if self._socket.transport.get_write_buffer_size() <= self._lag_bytes:
            return
        if self.closing:
            self._socket.transport.abort()
        else:
            self._fell_behind()

    def _lost_patience(self) -> None:
        self._patience = None
        self._fell_behind()

    def _stop_patience(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    async def _close(self, code: int, reason: str) -> None:
        try:
            async with asyncio.timeout(self._closing_seconds):
                await self._socket.close(code, reason)
        except TimeoutError:
            self._socket.transport.abort()
