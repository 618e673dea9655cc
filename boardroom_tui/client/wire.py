"""One open connection: frames leave in order and nobody waits for them.

What is written in one turn of the event loop leaves in one write, one packet where it fits, and so
does what piled up while the network took nothing.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from boardroom_tui.client.dialing import CLOSE_SECONDS
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.text import clean

FRAMES = 1_000
"""How many frames may wait for a slow network before the connection is cut."""

BATCH = 100
"""How many frames are read at once, so that whoever reads them is soon done with them."""


@dataclass(frozen=True, slots=True)
class Lost:
    """How a connection ended: the server's close code and reason, None where it just broke."""

    code: int | None
    reason: str


Direction = Literal["sent", "received"]
Watch = Callable[[Direction, str | bytes], None]
"""Sees every frame, tokens included, in the order in which they go and come."""


def _look_away(_direction: Direction, _frame: str | bytes) -> None:
    """Watch nothing."""


class Wire:
    """A connection's two directions; `read` says when and how it ends."""

    def __init__(self, socket: ClientConnection, watch: Watch | None = None) -> None:
        self._socket = socket
        self._watch = _look_away if watch is None else watch
        self._frames: asyncio.Queue[bytes] = asyncio.Queue(FRAMES)
        self._writing = asyncio.create_task(self._write_frames())
        self._closing: asyncio.Task[None] | None = None
        self.hung_up = asyncio.Event()
        """This end has closed the connection."""

    def write(self, frame: str, *, compressible: bool = True) -> None:
        """Send a frame after those before it; a connection that takes none any more is cut.

        A long one is compressed if the server agreed to it and the frame holds no secret.
        """
        self._watch("sent", frame)
        extensions = self._socket.protocol.extensions if compressible else ()
        framed = Frame(Opcode.TEXT, frame.encode()).serialize(mask=True, extensions=extensions)
        try:
            self._frames.put_nowait(framed)
        except asyncio.QueueFull:
            self.cut()

    def cut(self) -> None:
        """Break the connection: nothing that waits is sent, and no farewell."""
        self._socket.transport.abort()

    async def read(self) -> Sequence[str | bytes] | Lost:
        """The frames that have come, `BATCH` at most and one at least; or how it ended."""
        try:
            frames = [await self._socket.recv(), *self._at_hand()]
        except ConnectionClosed as closed:
            if closed.rcvd is None:
                return Lost(None, "the connection broke")
            return Lost(closed.rcvd.code, clean(closed.rcvd.reason))
        for frame in frames:
            self._watch("received", frame)
        return frames

    def _at_hand(self) -> Iterator[str]:
        """What has come behind the frame that was read, as long as it is whole and well-formed.

        To ask the library for one after the other takes it as long as to read them off the wire.
        """
        incoming = self._socket.recv_messages
        waiting = incoming.frames.queue
        for _ in range(min(BATCH - 1, len(waiting))):
            frame = waiting[0]
            if not frame.fin or frame.opcode is not Opcode.TEXT:
                break
            try:
                text = str(frame.data, "utf-8")
            except UnicodeDecodeError:
                break  # the library ends the connection with it
            waiting.popleft()
            yield text
        incoming.maybe_resume()

    def hang_up(self, code: CloseCode, reason: str) -> None:
        """Begin to close: what waits is still sent, and an answer awaited, for a moment each."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(code, reason))

    async def closed(self) -> None:
        """Close without a word where nobody hung up, and wait until all is over."""
        self.hang_up(CloseCode.NORMAL, "")
        if self._closing is not None:
            await self._closing

    async def _close(self, code: CloseCode, reason: str) -> None:
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._frames.join()
                await self._socket.close(code, reason)
        except TimeoutError:
            # A full buffer: the library would wait for it without end.
            self.cut()
            await self._socket.wait_closed()
        self._writing.cancel()
        await asyncio.wait({self._writing})
        self.hung_up.set()

    async def _write_frames(self) -> None:
        while True:
            waiting = [await self._frames.get()]
            while not self._frames.empty():
                waiting.append(self._frames.get_nowait())
            try:
                await self._write_at_once(b"".join(waiting))
            finally:
                for _ in waiting:
                    self._frames.task_done()

    async def _write_at_once(self, frames: bytes) -> None:
        """Write, and wait while the transport's buffer is full.

        On a connection that is closing or lost nothing more is written: the reader hears of it,
        and what is not answered is sent again later.
        """
        if self._socket.protocol.state is not State.OPEN:
            return
        self._socket.transport.write(frames)
        with contextlib.suppress(OSError):
            await self._socket.drain()
