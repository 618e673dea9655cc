"""Programs that begin with everything loaded: `python -c CODE ARGUMENTS`, forked and not started.

What a command has to load takes longer than what most tests have it do. One process loads it once,
and each program is a copy of that one, with files, an environment and a fate of its own.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import reduction
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import BinaryIO, Protocol


class _Copy(Protocol):
    """A descriptor on its way."""

    def detach(self) -> int:
        """The copy."""
        ...


class _File:
    """A descriptor, which the other process gets a copy of."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __reduce__(self) -> tuple[Callable[[_Copy], "_File"], tuple[_Copy]]:
        return _given, (reduction.DupFd(self.descriptor),)


def _given(copy: _Copy) -> _File:
    return _File(copy.detach())


class Forked:
    """What `asyncio.subprocess.Process` is of a process that was started."""

    def __init__(
        self,
        process: BaseProcess,
        stdin: BinaryIO | None,
        stdout: asyncio.StreamReader | None,
        stderr: asyncio.StreamReader | None,
    ) -> None:
        assert process.pid is not None
        self.pid = process.pid
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self._process = process
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.sentinel, self._end)

    @property
    def returncode(self) -> int | None:
        """The exit code, the negative number of the signal that ended it, None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait for the end; the exit code."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """Wait for the end; what is still to be read of what it wrote."""
        written = await asyncio.gather(*(_all_of(one) for one in (self.stdout, self.stderr)))
        await self.wait()
        return written[0], written[1]

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        if self.stdin is not None:
            self.stdin.close()
        self._ended.set()


async def forked(
    code: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    files: tuple[int, int, int],
    *,
    new_session: bool,
) -> Forked:
    """Begin a program; its files are descriptors, or asyncio's words for a pipe and for nothing."""
    ours: list[int | None] = []
    theirs: list[int] = []
    with contextlib.ExitStack() as stack:
        for number, wanted in enumerate(files):
            own, other = _ends(wanted, is_input=number == 0)
            ours.append(own)
            theirs.append(other)
            if other != wanted:
                stack.callback(os.close, other)
        given = [_File(one) for one in theirs]
        process = forks().Process(
            target=_be, args=(code, arguments, dict(environment), given, new_session), daemon=True
        )
        # The first one waits until all is loaded.
        await asyncio.to_thread(process.start)
    stdin = None if ours[0] is None else os.fdopen(ours[0], "wb", buffering=0)
    return Forked(process, stdin, await _read(ours[1]), await _read(ours[2]))


def forks() -> ForkServerContext:
    """What makes processes that begin with everything loaded; there is none on Windows."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.loaded"])
    return context


def _ends(wanted: int, *, is_input: bool) -> tuple[int | None, int]:
    """Our end of a program's file, where there is one, and its own."""
    match wanted:
        case asyncio.subprocess.PIPE:
            reading, writing = os.pipe()
            return (writing, reading) if is_input else (reading, writing)
        case asyncio.subprocess.DEVNULL:
            return None, os.open(os.devnull, os.O_RDWR)
        case _:
            return None, wanted


async def _read(descriptor: int | None) -> asyncio.StreamReader | None:
    if descriptor is None:
        return None
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", buffering=0)
    )
    return reader


async def _all_of(reader: asyncio.StreamReader | None) -> bytes:
    return b"" if reader is None else await reader.read()


def _be(
    code: str,
    arguments: Sequence[str],
    environment: dict[str, str],
    files: Sequence[_File],
    new_session: bool,
) -> None:
    """Become the program; in the new process."""
    # It is ignored in what runs behind a shell, and would be here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if new_session:
        os.setsid()
    for number, file in enumerate(files):
        os.dup2(file.descriptor, number)
        os.close(file.descriptor)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdin = sys.__stdin__ = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.__stderr__ = os.fdopen(
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )
    sys.argv = ["-c", *arguments]
    exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
