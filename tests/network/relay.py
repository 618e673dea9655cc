"""A network between a client and its server, with the faults that a test wants."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from boardroom_tui.client.address import Address

PIECE = 65_536


class Loss(Enum):
    """How a connection ends."""

    RESET = "reset"
    """At once, both ends hear of it."""
    CLOSE = "close"
    """In good order: what was sent before still arrives."""
    SILENCE = "silence"
    """Nobody hears of it: bytes vanish, both ways."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How bytes travel; times in seconds."""

    delay: float = 0.0
    jitter: float = 0.0
    """So much longer a piece may take."""
    bytes_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the next connection is lost: once so many bytes have passed in one direction."""

    after: int
    to_client: bool
    loss: Loss = Loss.RESET


@dataclass(eq=False)
class Passage:
    """One connection through the relay."""

    to_client: asyncio.StreamWriter
    to_server: asyncio.StreamWriter
    cut: Cut | None
    passed: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    """Bytes so far, by whether they went to the client."""
    silent: bool = False
    abandoned: bool = False
    """Whether the server's end outlives the client's."""
    buried: asyncio.Event = field(default_factory=asyncio.Event)
    held: asyncio.Event | None = None
    """What the client says waits for this on its way."""

    def lose(self, loss: Loss) -> None:
        """End it in this way."""
        if loss is Loss.SILENCE:
            self.silent = True
            return
        for end in (self.to_client, self.to_server):
            if loss is Loss.RESET:
                _reset(end)
            else:
                end.close()


class Relay:
    """Passes bytes both ways."""

    def __init__(self, server: Address, random: Random | None = None) -> None:
        self.address = server
        """Where clients connect to."""
        self.server = server
        """Where the server is, which may move."""
        self.answers_pass = True
        """Whether what the server says still arrives; what it does not is lost."""
        self.weather = Weather()
        self.next_cut: Cut | None = None
        self.holds_next = False
        """Whether the client's next connection reaches the server only after `release`."""
        self.passages: list[Passage] = []
        """All that ever were, the newest last."""
        self._random = random or Random(0)
        self._open: set[Passage] = set()
        self._released = asyncio.Event()

    def cut(self) -> None:
        """Break every connection, both ways, without a word."""
        self.lose(Loss.RESET)

    def lose(self, loss: Loss) -> None:
        """End every connection in this way."""
        for passage in tuple(self._open):
            passage.lose(loss)

    def abandon(self) -> None:
        """Every client's end breaks; the server hears of it, and of what was sent, when buried."""
        for passage in tuple(self._open):
            passage.abandoned = True
            _reset(passage.to_client)

    def hold(self) -> None:
        """Keep what clients say from here on, until `release`; their later connections are free."""
        for passage in tuple(self._open):
            passage.held = self._released

    def release(self) -> None:
        """Let through what was kept, however old it is by now."""
        self._released.set()
        self._released = asyncio.Event()

    def bury(self) -> None:
        """The server hears of the ends of abandoned connections."""
        for passage in tuple(self._open):
            passage.buried.set()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        if self.holds_next:
            self.holds_next = False
            await self._released.wait()
        try:
            there, back = await asyncio.open_connection(self.server.host, self.server.port)
        except OSError:
            writer.transport.abort()
            return
        passage = Passage(writer, back, self.next_cut)
        self.next_cut = None
        self.passages.append(passage)
        self._open.add(passage)
        try:
            async with asyncio.TaskGroup() as directions:
                directions.create_task(self._copy(reader, passage, to_client=False))
                directions.create_task(self._copy(there, passage, to_client=True))
        finally:
            self._open.discard(passage)
            passage.lose(Loss.RESET)

    async def _copy(
        self, source: asyncio.StreamReader, passage: Passage, *, to_client: bool
    ) -> None:
        target = passage.to_client if to_client else passage.to_server
        try:
            while piece := await source.read(PIECE):
                await self._travel(piece)
                if passage.held is not None and not to_client:
                    await passage.held.wait()
                if passage.silent or (to_client and not self.answers_pass):
                    continue
                target.write(self._as_far_as_it_gets(piece, passage, to_client=to_client))
                await target.drain()
            if passage.abandoned:
                await passage.buried.wait()
            if not passage.silent:
                target.close()
        except ConnectionError:
            if passage.abandoned and not to_client:
                await passage.buried.wait()
            if not (passage.abandoned and to_client) and not passage.silent:
                target.transport.abort()

    async def _travel(self, piece: bytes) -> None:
        weather = self.weather
        seconds = weather.delay + self._random.uniform(0, weather.jitter)
        if weather.bytes_per_second is not None:
            seconds += len(piece) / weather.bytes_per_second
        if seconds:
            await asyncio.sleep(seconds)

    def _as_far_as_it_gets(self, piece: bytes, passage: Passage, *, to_client: bool) -> bytes:
        """What of a piece still passes where the connection is to be lost."""
        before, cut = passage.passed[to_client], passage.cut
        passage.passed[to_client] += len(piece)
        if cut is None or cut.to_client is not to_client or before + len(piece) < cut.after:
            return piece
        # It is lost once what still passes has been written.
        asyncio.get_running_loop().call_soon(passage.lose, cut.loss)
        passage.cut = None
        return piece[: cut.after - before]


def _reset(end: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN."""
    with contextlib.suppress(OSError):  # it is closed already
        sock = end.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.transport.abort()


@asynccontextmanager
async def relayed(server: Address, random: Random | None = None) -> AsyncGenerator[Relay]:
    """A relay to a server, on a port of its own."""
    relay = Relay(server, random)
    listening = await asyncio.start_server(relay.pass_on, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    relay.address = Address(server.host, port, secure=server.secure)
    async with listening:
        yield relay
        relay.release()
        relay.bury()
        relay.cut()
