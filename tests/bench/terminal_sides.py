"""The programs that `terminal` measures: how each is started, and how it is told something."""

import asyncio
import contextlib
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench.irc_server import CHANNEL, irc_server
from tests.bench.meeting_relay import MEETING, TITLE, meeting_relay
from tests.bench.pseudo_terminal import PseudoTerminal
from tests.command import COMMAND, clean_environment

Remarks = Sequence[tuple[str, str]]
"""What others say, each as (speaker, words)."""


class Voice(Protocol):
    """Tells a program what others say."""

    def frames(self, remarks: Remarks) -> bytes:
        """The remarks as they go over the wire."""
        ...

    def send(self, frames: bytes) -> None:
        """Put them on the wire, in one write."""
        ...


async def _stay(_program: PseudoTerminal) -> None:
    """Be where one is."""


@dataclass(frozen=True, slots=True)
class Side:
    """One program, to be started as often as one likes."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    useful: str
    """What it shows as soon as one can do something with it."""
    whole: str
    """What it shows when all is there."""
    echoes: bool = True
    """Whether one can write in it."""
    voice: Voice | None = None
    """None where it listens to nobody."""
    enter: Callable[[PseudoTerminal], Awaitable[None]] = _stay
    """Go where others speak."""

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[PseudoTerminal]:
        """Started in a terminal of its own, and ended."""
        program = await PseudoTerminal.start(self.arguments, self.environment)
        try:
            yield program
        finally:
            await program.stop()


@asynccontextmanager
async def boardroom(home: Path) -> AsyncGenerator[Side]:
    """`boardroom join`, in a meeting of twelve with an open vote."""
    async with meeting_relay(home) as relay:
        token = home / "token"
        token.touch(mode=0o600)
        token.write_text(relay.token)
        join = ("join", relay.url, "--meeting", MEETING, "--token-file", str(token))
        arguments = (sys.executable, "-c", COMMAND, *join)
        environment = clean_environment(home)
        yield Side(arguments, environment, "Write to everybody", TITLE, voice=relay)


@asynccontextmanager
async def textual_hello(home: Path) -> AsyncGenerator[Side]:
    """A Textual program that says hello."""
    arguments = (sys.executable, "-m", "tests.bench.textual_programs", "hello")
    yield Side(arguments, clean_environment(home), "Hello, board!", "Hello, board!", echoes=False)


class _Lines:
    """Plain lines for whoever listens."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.StreamWriter] = set()

    def frames(self, remarks: Remarks) -> bytes:
        return "".join(f"{speaker}: {words}\n" for speaker, words in remarks).encode()

    def send(self, frames: bytes) -> None:
        for listener in self._listeners:
            listener.write(frames)

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self._listeners.add(writer)
        with contextlib.suppress(ConnectionError):
            await reader.read()
        self._listeners.discard(writer)
        writer.close()


@asynccontextmanager
async def textual_chat(home: Path) -> AsyncGenerator[Side]:
    """A bare chat of a RichLog and an Input."""
    lines = _Lines()
    async with await asyncio.start_server(lines.listen, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        arguments = (sys.executable, "-m", "tests.bench.textual_programs", "chat", str(port))
        yield Side(arguments, clean_environment(home), "rite here", "rite here", voice=lines)


@asynccontextmanager
async def weechat(home: Path) -> AsyncGenerator[Side]:
    """weechat as it comes, but that it forgets no line."""
    async with irc_server() as server:
        commands = (
            "/set weechat.history.max_buffer_lines_number 0",
            f"/server add bench 127.0.0.1/{server.port}",
            f"/set irc.server.bench.autojoin {CHANNEL}",
        )
        run = tuple(part for command in commands for part in ("-r", command))
        arguments = ("weechat", "-d", str(home / "weechat"), *run)

        async def enter(program: PseudoTerminal) -> None:
            program.type("/connect bench\r")
            await server.joined.wait()

        yield Side(
            arguments, clean_environment(home), "WeeChat", "WeeChat", voice=server, enter=enter
        )


@asynccontextmanager
async def irssi(home: Path) -> AsyncGenerator[Side]:
    """irssi as it comes: what is younger than a day is kept."""
    async with irc_server() as server:
        where = ("-c", "127.0.0.1", "-p", str(server.port), "-n", "you")
        arguments = ("irssi", f"--home={home / 'irssi'}", *where)

        async def enter(program: PseudoTerminal) -> None:
            await server.welcomed.wait()
            program.type(f"/join {CHANNEL}\r")
            await server.joined.wait()

        yield Side(
            arguments, clean_environment(home), "(status)", "(status)", voice=server, enter=enter
        )


SIDES: Mapping[str, Callable[[Path], AbstractAsyncContextManager[Side]]] = {
    "boardroom": boardroom,
    "hello": textual_hello,
    "chat": textual_chat,
    "weechat": weechat,
    "irssi": irssi,
}


def version(side: str) -> str | None:
    """What stands in the table's head; None where the program is not installed."""
    if side not in ("weechat", "irssi"):
        return side
    if shutil.which(side) is None:
        return None
    told = subprocess.run([side, "--version"], capture_output=True, text=True, check=True)
    return f"{side} {told.stdout.removeprefix(side).split()[0]}"
