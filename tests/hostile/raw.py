"""Connections below the WebSocket: half a handshake, or a client that does only what it is told."""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from websockets.frames import Frame, Opcode

from tests.server.running import RunningServer

UPGRADE = (
    "Host: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
"""A WebSocket handshake's header lines."""


def place(server: RunningServer) -> tuple[str, int]:
    """The server's host and port."""
    address = urlsplit(server.url)
    return address.hostname or "", address.port or 0


def client_hello() -> bytes:
    """The first bytes of a TLS handshake."""
    nothing, said = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = ssl.create_default_context().wrap_bio(nothing, said, server_hostname="localhost")
    with suppress(ssl.SSLWantReadError):
        tls.do_handshake()
    return said.read()


class RawClient:
    """A WebSocket client that answers no ping and takes no leave."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, kind: str, data: dict[str, Any]) -> None:
        """Send a message."""
        text = json.dumps({"type": kind, "data": data}).encode()
        self._writer.write(Frame(Opcode.TEXT, text).serialize(mask=True))

    async def pour(self, raw: bytes) -> None:
        """Send bytes as they are; raises ConnectionError once the server has hung up."""
        self._writer.write(raw)
        await self._writer.drain()

    async def receive(self) -> tuple[Opcode, bytes]:
        """The next frame, whichever."""
        async with asyncio.timeout(30):
            head = await self._reader.readexactly(2)
            size = head[1] & 127
            if size >= 126:
                size = int.from_bytes(
                    await self._reader.readexactly(2 if size == 126 else 8), "big"
                )
            return Opcode(head[0] & 15), await self._reader.readexactly(size)

    async def ended(self) -> tuple[dict[str, Any], int]:
        """What the last message said, and the close code after it."""
        last: dict[str, Any] = {}
        while True:
            opcode, content = await self.receive()
            if opcode is Opcode.TEXT:
                last = json.loads(content)
            elif opcode is Opcode.CLOSE:
                return last, int.from_bytes(content[:2], "big")


@asynccontextmanager
async def raw_client(address: str, **options: Any) -> AsyncGenerator[RawClient]:
    """A client whose handshake is done; `options` are those of asyncio's `open_connection`."""
    parts = urlsplit(address)
    if "sock" not in options:
        options |= {"host": parts.hostname, "port": parts.port}
    reader, writer = await asyncio.open_connection(**options)
    writer.write(f"GET {parts.path}?{parts.query} HTTP/1.1\r\n{UPGRADE}\r\n".encode())
    try:
        async with asyncio.timeout(30):
            head = await reader.readuntil(b"\r\n\r\n")
        assert b"101" in head.splitlines()[0]
        yield RawClient(reader, writer)
    finally:
        writer.transport.abort()
