"""A client's connection: one write a turn, nothing lost behind a full buffer, all read at once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.frames import Frame, Opcode

from boardroom_tui.client.wire import BATCH, FRAMES, Lost, Wire
from boardroom_tui.protocol.errors import CloseCode

SECONDS = 20


class Stranger:
    """A server that hears everything, from the moment at which it is told to listen."""

    def __init__(self) -> None:
        self.heard: list[str | bytes] = []
        self.listens = asyncio.Event()
        self.gone = asyncio.Event()
        self._more = asyncio.Event()
        self.code: int | None = None

    async def hear(self, socket: ServerConnection) -> None:
        await self.listens.wait()
        async for frame in socket:
            self.heard.append(frame)
            self._more.set()
        self.code = socket.close_code
        self.gone.set()

    async def until(self, count: int) -> None:
        """Wait until it has heard so many frames."""
        while len(self.heard) < count:
            self._more.clear()
            await self._more.wait()


class Writes:
    """What a socket was told to write, in its pieces."""

    def __init__(self, socket: ClientConnection) -> None:
        self.pieces: list[int] = []
        self._write = socket.transport.write
        socket.transport.write = self.write  # pyright: ignore[reportAttributeAccessIssue]

    def write(self, data: bytes) -> None:
        self.pieces.append(len(data))
        self._write(data)


@asynccontextmanager
async def wired() -> AsyncGenerator[tuple[Wire, Stranger, Writes]]:
    """A wire to a stranger who does not listen yet."""
    stranger = Stranger()
    async with serve(stranger.hear, "127.0.0.1", 0, max_queue=1) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        socket = await connect(f"ws://127.0.0.1:{port}", compression=None, write_limit=1_024)
        wire, writes = Wire(socket), Writes(socket)
        try:
            async with asyncio.timeout(SECONDS):
                yield wire, stranger, writes
        finally:
            stranger.listens.set()
            await wire.closed()


async def test_what_is_written_in_one_turn_leaves_in_one_write() -> None:
    async with wired() as (wire, stranger, writes):
        said = [f"message {number}" for number in range(5)]
        for text in said:
            wire.write(text)
        stranger.listens.set()
        wire.hang_up(CloseCode.NORMAL, "")
        await stranger.gone.wait()
        assert stranger.heard == said
        assert len(writes.pieces) == 2, "the five messages, and the farewell"


async def test_what_piles_up_behind_a_full_buffer_leaves_whole_and_in_order() -> None:
    async with wired() as (wire, stranger, writes):
        said = [f"{number} " + "x" * 30_000 for number in range(FRAMES)]
        for text in said[:500]:
            wire.write(text)
        turn = asyncio.Event()
        asyncio.get_running_loop().call_soon(turn.set)
        await turn.wait()
        for text in said[500:]:
            wire.write(text)
        stranger.listens.set()
        await stranger.until(len(said))
        assert stranger.heard == said
        assert len(writes.pieces) == 2


async def test_a_wire_on_which_too_much_waits_is_cut() -> None:
    async with wired() as (wire, _, _writes):
        for number in range(FRAMES + 1):
            wire.write(str(number))
        assert await wire.read() == Lost(None, "the connection broke")


async def read_of(*frames: Frame, farewell: CloseCode) -> tuple[list[str | bytes], int, Lost]:
    """What is read of frames that all came before, in how many goes, and how it ended."""

    async def say(socket: ServerConnection) -> None:
        socket.transport.write(b"".join(one.serialize(mask=False) for one in frames))
        await socket.close(farewell)

    async with asyncio.timeout(SECONDS), serve(say, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        socket = await connect(f"ws://127.0.0.1:{port}", compression=None, max_queue=None)
        await socket.wait_closed()
        wire = Wire(socket)
        heard: list[str | bytes] = []
        goes = 0
        while not isinstance(read := await wire.read(), Lost):
            assert 1 <= len(read) <= BATCH
            heard += read
            goes += 1
        await wire.closed()
        return heard, goes, read


async def test_what_has_come_is_read_together_and_whole_and_in_order() -> None:
    said = [f"message {number}" for number in range(2 * BATCH)]
    frames = [Frame(Opcode.TEXT, text.encode()) for text in said]
    pieces = (Frame(Opcode.TEXT, b"in "), Frame(Opcode.CONT, b"two "), Frame(Opcode.CONT, b"more"))
    frames[40:40] = [replace(one, fin=one is pieces[-1]) for one in pieces]
    frames[20:20] = [Frame(Opcode.BINARY, b"bytes")]
    said[40:40] = ["in two more"]
    heard, goes, lost = await read_of(*frames, farewell=CloseCode.NORMAL)
    assert heard == [*said[:20], b"bytes", *said[20:]]
    assert goes == 4, "one up to each of what is not a whole text, and what is left over"
    assert lost == Lost(1000, "")


async def test_what_came_before_a_frame_that_is_no_text_is_read_all_the_same() -> None:
    frames = [Frame(Opcode.TEXT, piece) for piece in (b"one", b"two", b"\xff", b"three")]
    heard, _, _ = await read_of(*frames, farewell=CloseCode.NORMAL)
    assert heard == ["one", "two"]


async def test_what_waits_is_sent_before_the_farewell_and_nothing_after_it() -> None:
    async with wired() as (wire, stranger, _):
        wire.write("the last words")
        stranger.listens.set()
        wire.hang_up(CloseCode.NORMAL, "gone")
        await wire.closed()
        wire.write("too late")
        await stranger.gone.wait()
        assert stranger.heard == ["the last words"]
        assert stranger.code == CloseCode.NORMAL
