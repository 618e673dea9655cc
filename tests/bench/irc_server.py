"""An IRC server of one channel, so that weechat and irssi have somebody to listen to."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

CHANNEL = "#board"
_US = "irc.bench"


class IrcServer:
    """Welcomes whoever comes, and says to all of them what it is told to."""

    def __init__(self) -> None:
        self.port = 0
        self.welcomed = asyncio.Event()
        """Somebody has come."""
        self.joined = asyncio.Event()
        """Somebody is in the channel."""
        self._members: set[asyncio.StreamWriter] = set()

    def frames(self, remarks: Sequence[tuple[str, str]]) -> bytes:
        """Remarks in the channel, each given as (speaker, words), as they go over the wire."""
        return "".join(
            f":{speaker}!{speaker}@{_US} PRIVMSG {CHANNEL} :{words}\r\n"
            for speaker, words in remarks
        ).encode()

    def send(self, frames: bytes) -> None:
        """Put them on the wire, in one write."""
        for member in self._members:
            member.write(frames)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client, until it goes."""
        with contextlib.suppress(ConnectionError):
            await self._listen(reader, writer)
        self._members.discard(writer)
        writer.close()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nick = "you"
        while line := (await reader.readline()).decode(errors="replace").strip():
            command, _, rest = line.partition(" ")
            match command.upper():
                case "CAP" if rest.startswith("LS"):
                    writer.write(f":{_US} CAP * LS :\r\n".encode())
                case "NICK":
                    nick = rest.lstrip(":")
                case "USER":
                    self._welcome(writer, nick)
                    self.welcomed.set()
                case "PING":
                    writer.write(f":{_US} PONG {_US} {rest}\r\n".encode())
                case "JOIN":
                    writer.write(
                        f":{nick}!{nick}@{_US} JOIN {CHANNEL}\r\n"
                        f":{_US} 353 {nick} = {CHANNEL} :{nick}\r\n"
                        f":{_US} 366 {nick} {CHANNEL} :End\r\n".encode()
                    )
                    self._members.add(writer)
                    self.joined.set()
                case "QUIT":
                    return
                case _:
                    pass

    def _welcome(self, writer: asyncio.StreamWriter, nick: str) -> None:
        writer.write(
            f":{_US} 001 {nick} :Welcome\r\n"
            f":{_US} 005 {nick} CHANTYPES=# PREFIX=(ov)@+ :are supported\r\n"
            f":{_US} 422 {nick} :No message of the day\r\n".encode()
        )


@asynccontextmanager
async def irc_server() -> AsyncGenerator[IrcServer]:
    """The server, on a port of its own on the loopback."""
    server = IrcServer()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
