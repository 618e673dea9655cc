"""A server that speaks TLS and then only listens: what it was told before it was trusted."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from boardroom_tui.client.address import Address


class Ear(asyncio.Protocol):
    """Keeps everything that comes through the TLS of one connection."""

    def __init__(self) -> None:
        self.heard = b""
        self.over = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self.heard += data

    def connection_lost(self, exc: Exception | None) -> None:
        self.over.set()


@asynccontextmanager
async def listening(tls: ssl.SSLContext) -> AsyncGenerator[tuple[Address, list[Ear]]]:
    """A server that says nothing and keeps what it hears."""
    ears: list[Ear] = []

    def ear() -> Ear:
        ears.append(Ear())
        return ears[-1]

    server = await asyncio.get_running_loop().create_server(ear, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield Address(port=server.sockets[0].getsockname()[1]), ears
