"""A network between a client and its server, with the faults that a test wants."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from boardroom_tui.client.address import Address


class Relay:
    """Passes bytes both ways."""

    def __init__(self, server: Address) -> None:
        self.address = server
        """Where clients connect to."""
        self.answers_pass = True
        """Whether what the server says still arrives; what it does not is lost."""
        self._server = server
        self._open: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Break every connection, both ways, without a word."""
        for writer in self._open:
            writer.transport.abort()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        there, back = await asyncio.open_connection(self._server.host, self._server.port)
        self._open |= {writer, back}
        try:
            await asyncio.gather(
                self._copy(reader, back, to_client=False), self._copy(there, writer, to_client=True)
            )
        finally:
            self._open -= {writer, back}
            for end in (writer, back):
                end.transport.abort()

    async def _copy(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, to_client: bool
    ) -> None:
        try:
            while piece := await source.read(65536):
                if self.answers_pass or not to_client:
                    target.write(piece)
                    await target.drain()
            target.close()
        except ConnectionError:
            target.transport.abort()


@asynccontextmanager
async def relayed(server: Address) -> AsyncGenerator[Relay]:
    """A relay to a server, on a port of its own."""
    relay = Relay(server)
    listening = await asyncio.start_server(relay.pass_on, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    relay.address = Address(server.host, port, secure=server.secure)
    async with listening:
        yield relay
        relay.cut()
