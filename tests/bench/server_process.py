"""A measured server, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.servers import Seat, Usage

_STOPPING_SECONDS = 30.0


class ServerProcess:
    """A server that says where its clients are to connect, and what it has used."""

    def __init__(self, kind: str, meetings: int, clients: int, folder: Path) -> None:
        program = (sys.executable, "-m", "tests.bench.servers")
        self._process = subprocess.Popen(
            [*program, kind, str(meetings), str(clients), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.seats = [Seat(**seat) for seat in json.loads(self._line())]

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def usage(self) -> Usage:
        """What it has used so far."""
        assert self._process.stdin is not None
        self._process.stdin.write("usage\n")
        self._process.stdin.flush()
        return Usage(**json.loads(self._line()))

    def stop(self) -> None:
        """Close its input, which ends it, and wait."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=_STOPPING_SECONDS)


@contextmanager
def served(kind: str, meetings: int, clients: int, folder: Path) -> Generator[ServerProcess]:
    """A server for so many meetings, each with so many clients; stopped in the end."""
    server = ServerProcess(kind, meetings, clients, folder)
    try:
        yield server
    finally:
        server.stop()
