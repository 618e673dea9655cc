"""Very many clients in one process: WebSocket frames and nothing above them (RFC 6455).

What a client library does for each frame would cost more than what the measured server does.
"""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.bench.servers import Seat

CONNECTING_AT_ONCE = 100
_HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Attendee(asyncio.Protocol):
    """One client: counts what it hears, and knows when it heard what it waits for."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.frames = 0
        self.bytes = 0
        self.close_code: int | None = None
        self.open = asyncio.Event()
        self.gone = asyncio.Event()
        self.found: bytes = b""
        """The frame in which the marks that were waited for stood."""
        self.found_at = 0.0
        self._marks: tuple[bytes, ...] = ()
        self._found = asyncio.Event()
        self._rest: bytes = b""
        self._transport: asyncio.Transport | None = None

    @property
    def transport(self) -> asyncio.Transport:
        """The connection. Only once it is made."""
        assert self._transport is not None
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        parts = urlsplit(self.seat.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        transport.write(_HANDSHAKE.format(path=path).encode())

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set()

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        data = self._rest + data if self._rest else data
        at = 0
        if not self.open.is_set():
            at = data.find(b"\r\n\r\n") + 4
            if at < 4:
                self._rest = data
                return
            assert b" 101 " in data[:at], data[:at]
            self.open.set()
        while (end := _frame_end(data, at)) is not None and end[1] <= len(data):
            begin, until = end
            self._hear(data[at] & 15, data, begin, until)
            at = until
        self._rest = data[at:]

    def _hear(self, opcode: int, data: bytes, begin: int, until: int) -> None:
        if opcode == _TEXT:
            self.frames += 1
            if self._marks and all(data.find(mark, begin, until) >= 0 for mark in self._marks):
                self.found, self.found_at = data[begin:until], time.perf_counter()
                self._marks = ()
                self._found.set()
        elif opcode == _PING:
            self.transport.write(_framed(_PONG, data[begin:until]))
        elif opcode == _CLOSE:
            self.close_code = int.from_bytes(data[begin : begin + 2], "big")

    def wait_for(self, *marks: str) -> None:
        """From now on, wait for a frame in which all of these stand."""
        self._marks = tuple(mark.encode() for mark in marks)
        self._found.clear()

    async def heard(self) -> bytes:
        """The frame that was waited for."""
        await self._found.wait()
        return self.found

    def send(self, kind: str, data: Mapping[str, Any], message_id: str) -> None:
        """Send a message."""
        text = json.dumps({"id": message_id, "type": kind, "data": data})
        self.transport.write(_framed(_TEXT, text.encode()))


def _frame_end(data: bytes, at: int) -> tuple[int, int] | None:
    """Where a frame's payload begins and ends; None before that can be told."""
    if len(data) < at + 2:
        return None
    size = data[at + 1] & 127
    if size < 126:
        return at + 2, at + 2 + size
    begin = at + (4 if size == 126 else 10)
    if len(data) < begin:
        return None
    return begin, begin + int.from_bytes(data[at + 2 : begin], "big")


def _framed(opcode: int, payload: bytes) -> bytes:
    """A frame under the mask of zeros."""
    size = len(payload)
    if size < 126:
        head = bytes((128 | opcode, 128 | size))
    else:
        head = bytes((128 | opcode, 128 | 126)) + size.to_bytes(2, "big")
    return head + bytes(4) + payload


async def connected(seats: Sequence[Seat]) -> list[Attendee]:
    """A client on each seat."""
    loop = asyncio.get_running_loop()
    turns = asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def connect(seat: Seat) -> Attendee:
        async with turns:
            port = urlsplit(seat.url).port
            assert port is not None
            _, one = await loop.create_connection(lambda: Attendee(seat), "127.0.0.1", port)
            await one.open.wait()
        return one

    return await asyncio.gather(*(connect(seat) for seat in seats))


async def part(attendees: Sequence[Attendee]) -> None:
    """Let everybody hang up."""
    for one in attendees:
        one.transport.abort()
    await asyncio.gather(*(one.gone.wait() for one in attendees))
