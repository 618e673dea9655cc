"""`boardroom` run as a user runs it: a process with a terminal of its own."""

import asyncio
import fcntl
import os
import pty
import struct
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyte

from tests.command import COMMAND, Process, program

SECONDS = 30.0
"""How long a test waits for what must come."""

TAKE_TERMINAL = "import os; os.close(os.open(os.ttyname(1), os.O_RDWR))"
"""A session's first process controls the first terminal that it opens."""

_STOPPED = 20
"""A program that so many keys in a row leave without output waits for its terminal."""


@dataclass(frozen=True)
class Exit:
    """How a command ended."""

    code: int
    shown: str
    """What it wrote to the terminal."""
    errors: str
    """What it wrote to standard error, where that was not the terminal."""


class Terminal:
    """A process whose standard input and output are a pseudo-terminal that it controls."""

    def __init__(self, process: Process, controlling: int, size: tuple[int, int]) -> None:
        self.process = process
        self._controlling = controlling
        self._shown = bytearray()
        self._screen = pyte.Screen(*size)
        self._emulator = pyte.ByteStream(self._screen)
        self._more = asyncio.Event()
        asyncio.get_running_loop().add_reader(controlling, self._read)

    def _read(self) -> None:
        try:
            piece = os.read(self._controlling, 65536)
        except OSError:
            # Linux's way of saying that nobody has the terminal open any more.
            piece = b""
        if not piece:
            asyncio.get_running_loop().remove_reader(self._controlling)
        self._shown += piece
        self._emulator.feed(piece)
        self._more.set()

    @property
    def written(self) -> bytes:
        """Every byte that reached the terminal."""
        return bytes(self._shown)

    @property
    def screen(self) -> str:
        """What the terminal shows now, a line a line."""
        return "\n".join(self._screen.display)

    async def until_screen(self, wanted: str | Callable[[str], bool]) -> None:
        """Wait until the screen shows a text, or what satisfies a condition."""

        def shown() -> bool:
            return wanted in self.screen if isinstance(wanted, str) else wanted(self.screen)

        try:
            async with asyncio.timeout(SECONDS):
                while not shown():
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            raise AssertionError(f"waited for {wanted!r} on this screen:\n{self.screen}") from None

    async def until(self, text: str) -> None:
        """Wait until the terminal has been sent a text."""
        async with asyncio.timeout(SECONDS):
            while text.encode() not in self._shown:
                self._more.clear()
                await self._more.wait()

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._controlling, text.encode())

    async def freeze(self, key: str) -> None:
        """Take nothing more from the program, until a key that redraws it adds nothing any more."""
        asyncio.get_running_loop().remove_reader(self._controlling)
        written, unchanged = -1, 0
        async with asyncio.timeout(SECONDS):
            while unchanged < _STOPPED:
                self.type(key)
                await asyncio.sleep(0.05)
                before, written = written, self._untaken()
                unchanged = unchanged + 1 if written == before else 0

    def _untaken(self) -> int:
        counted = fcntl.ioctl(self._controlling, termios.FIONREAD, bytes(4))
        return int.from_bytes(counted, sys.byteorder)

    def hang_up(self) -> None:
        """Be gone, as a terminal is whose connection is lost."""
        asyncio.get_running_loop().remove_reader(self._controlling)
        os.close(self._controlling)

    async def exit(self) -> Exit:
        """Wait for the end."""
        async with asyncio.timeout(SECONDS):
            _, errors = await self.process.communicate()
        asyncio.get_running_loop().remove_reader(self._controlling)
        os.set_blocking(self._controlling, False)
        try:
            while piece := os.read(self._controlling, 65536):
                self._shown += piece
        except OSError:
            pass
        os.close(self._controlling)
        assert self.process.returncode is not None
        shown = self._shown.decode(errors="replace")
        return Exit(self.process.returncode, shown, (errors or b"").decode())


async def start(
    *arguments: str,
    home: Path,
    environment: Mapping[str, str] | None = None,
    command: str = COMMAND,
    input_too: bool = True,
    errors_too: bool = False,
    controlled: bool = True,
    size: tuple[int, int] = (120, 40),
) -> Terminal:
    """Run `boardroom ARGUMENTS` in a terminal; its standard error is a pipe unless `errors_too`.

    No signal tells a process that is not `controlled` by its terminal that it has gone.
    `home` holds everything that a user's folders would; there is no keyring. `size` is in columns
    and lines.
    """
    controlling, terminal = pty.openpty()
    columns, lines = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    process = await program(
        f"{TAKE_TERMINAL if controlled else ''}\n{command}",
        *arguments,
        home=home,
        environment=environment,
        stdin=terminal if input_too else asyncio.subprocess.PIPE,
        stdout=terminal,
        stderr=terminal if errors_too else asyncio.subprocess.PIPE,
        new_session=True,
    )
    os.close(terminal)
    return Terminal(process, controlling, size)
