"""A program in a pseudo-terminal that answers what a terminal is asked, and tells when it shows.

There is no emulator between: what the program wrote is searched without its escape sequences, so
that the time is when the bytes came and looking for them costs next to nothing.
"""

import asyncio
import fcntl
import os
import pty
import re
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SECONDS = 30.0
"""How long something may take to be painted."""

SIZE = (120, 40)
"""Columns and lines."""

_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[>c": b"\x1b[>41;380;0c",
    b"\r\x1b[6n": b"\x1b[1;33R",  # the left of the side margins that Boardroom has set
    b"H\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_X].*?(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-Z\\^-~])", re.DOTALL
)
_KEPT = 64
"""Bytes of what was seen before that something sought may begin in."""


class PseudoTerminal:
    """A running program, its terminal, and what it has cost so far."""

    def __init__(self, process: asyncio.subprocess.Process, controlling: int, began: float) -> None:
        self.process = process
        self.began = began
        """When it was started."""
        self.bytes = 0
        """How many bytes the program has written."""
        self._controlling = controlling
        self._pending = b""
        self._tail = b""
        self._sought: dict[bytes, asyncio.Future[float]] = {}
        asyncio.get_running_loop().add_reader(controlling, self._read)

    @classmethod
    async def start(
        cls, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> "PseudoTerminal":
        """Run a program in a terminal of its own."""
        controlling, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=dict(environment),
            start_new_session=True,
        )
        os.close(terminal)
        return cls(process, controlling, began)

    def _read(self) -> None:
        try:
            piece = os.read(self._controlling, 1 << 16)
        except OSError:
            # Linux's way of saying that nobody has the terminal open any more.
            piece = b""
        if not piece:
            asyncio.get_running_loop().remove_reader(self._controlling)
            return
        came = time.perf_counter()
        self.bytes += len(piece)
        whole = self._pending + piece
        for question, answer in _ANSWERS.items():
            if question in whole:
                os.write(self._controlling, answer)
        shown = _SEQUENCE.sub(b"", whole)
        unfinished = shown.rfind(b"\x1b")
        self._pending = b"" if unfinished < 0 else shown[unfinished:]
        shown = self._tail + (shown if unfinished < 0 else shown[:unfinished])
        self._tail = shown[-_KEPT:]
        for sought in [one for one in self._sought if one in shown]:
            found = self._sought.pop(sought)
            if not found.cancelled():
                found.set_result(came)

    async def shown(self, text: str) -> float:
        """Wait until what is written from now on shows a text; `time.perf_counter`'s seconds."""
        self._tail = b""
        found = asyncio.get_running_loop().create_future()
        async with asyncio.timeout(SECONDS):
            return await self._sought.setdefault(text.encode(), found)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._controlling, text.encode())

    def cpu_seconds(self) -> float:
        """The time that all its threads have run."""
        spent = 0
        for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
            spent += int((thread / "schedstat").read_text().split()[0])
        return spent / 1e9

    def mebibytes(self) -> tuple[float, float]:
        """Its memory: resident (RSS), and with what it shares divided among the sharers (PSS)."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        sizes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
        return int(sizes["Rss"]) / 1024, int(sizes["Pss"]) / 1024

    async def stop(self) -> None:
        """End it, with or against its will."""
        if self.process.returncode is None:
            self.process.terminate()
            try:
                async with asyncio.timeout(10):
                    await self.process.wait()
            except TimeoutError:
                self.process.kill()
                await self.process.wait()
        asyncio.get_running_loop().remove_reader(self._controlling)
        os.close(self._controlling)
