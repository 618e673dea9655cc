"""A program in a real pseudo-terminal, its screen read through a terminal emulator."""

import asyncio
import contextlib
import fcntl
import os
import pty
import signal
import struct
import termios
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from typing import Self

import pyte

PATIENCE = 30.0
"""Seconds within which what a test waits for must be on the screen."""


class Terminal:
    """A running program, the screen it has drawn, and every byte it wrote."""

    def __init__(self, process: asyncio.subprocess.Process, master: int, size: tuple[int, int]):
        self.process = process
        self.written = bytearray()
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._master = master
        self._drawn = asyncio.Event()
        asyncio.get_running_loop().add_reader(master, self._read)

    @classmethod
    async def open(
        cls,
        arguments: Sequence[str],
        *,
        size: tuple[int, int] = (120, 40),
        environment: Mapping[str, str] | None = None,
    ) -> Self:
        """Run a program in a terminal of (columns, lines)."""
        master, slave = pty.openpty()
        columns, lines = size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            | dict(environment or {}),
            start_new_session=True,
        )
        os.close(slave)
        return cls(process, master, size)

    def _read(self) -> None:
        try:
            chunk = os.read(self._master, 65_536)
        except OSError:
            chunk = b""
        if not chunk:
            asyncio.get_running_loop().remove_reader(self._master)
        self.written += chunk
        self._stream.feed(chunk)
        self._drawn.set()

    @property
    def text(self) -> str:
        """The screen as it stands, a line a line."""
        return "\n".join(self.screen.display)

    def press(self, keys: str) -> None:
        """Type; control characters and escape sequences are keys too."""
        os.write(self._master, keys.encode())

    async def until(self, condition: str | Callable[[str], bool]) -> str:
        """Wait until the screen shows a text, or satisfies a condition; gives the screen."""

        def holds() -> bool:
            return condition in self.text if isinstance(condition, str) else condition(self.text)

        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    self._drawn.clear()
                    await self._drawn.wait()
        except TimeoutError:
            raise AssertionError(f"waited for {condition!r}; the screen:\n{self.text}") from None
        return self.text

    async def ended(self) -> int:
        """Wait for the program's end; gives its exit code."""
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def close(self) -> None:
        """End the program, if it still runs, and the terminal."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)


@contextlib.asynccontextmanager
async def terminal(
    arguments: Sequence[str],
    *,
    size: tuple[int, int] = (120, 40),
    environment: Mapping[str, str] | None = None,
) -> AsyncGenerator[Terminal]:
    """A program in a terminal, ended when the block is left."""
    opened = await Terminal.open(arguments, size=size, environment=environment)
    try:
        yield opened
    finally:
        await opened.close()
