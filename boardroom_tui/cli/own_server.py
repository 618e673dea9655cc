"""A server in a process of its own, which ends with this one however this one ends.

It reads a pipe whose other end is here: the system closes that end when this process is gone, and
the server goes too, unless it was let go before.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.private_files import make_private_folder
from boardroom_tui.protocol.text import clean

STAY = b"stay"
"""What lets a server go; see `boardroom serve --tied`."""

LOG = "server.log"
"""In the data folder: what the server says of itself."""

_READY_SECONDS = 60.0
_END_SECONDS = 15.0
_LOOK_SECONDS = 0.02
_LOG_BYTES = 8_192


@dataclass(frozen=True, slots=True)
class OwnServer:
    """A server that accepts connections."""

    url: str
    ca: str | None
    log: Path
    _process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def why_gone(self) -> str | None:
        """That it has ended, why or what may say why, and what to do; None while it runs."""
        code = self._process.poll()
        if code is None:
            return None
        why = f"has ended by itself; {self.log} may say why"
        if code < 0:  # It had no time to write anything.
            why = f"was ended by signal {-code} ({signal.strsignal(-code)})"
        return f"the server {why}; the same command starts it again, with its record"

    def let_go(self) -> None:
        """Let it run on when this process ends."""
        pipe = self._process.stdin
        if pipe is not None:
            pipe.write(STAY)
            pipe.close()


@contextmanager
def own_server(words: Sequence[str], data: Path) -> Generator[OwnServer]:
    """Run `boardroom serve WORDS` with its data in this folder, until the block is left.

    Raises:
        CommandError: It did not start, and why.
    """
    log = data / LOG
    with ExitStack() as ending:
        # No longer than it is needed: a signal may end all this without a word.
        with tempfile.TemporaryDirectory(prefix="boardroom-host-") as folder:
            ready = Path(folder) / "ready.json"
            process = _start([*words, "--data", str(data), "--ready-file", str(ready)], data, log)
            ending.callback(_end, process)
            server = _when_ready(process, ready, log)
        yield server


def _start(words: Sequence[str], data: Path, log: Path) -> subprocess.Popen[bytes]:
    try:
        make_private_folder(data)
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
            return subprocess.Popen(  # noqa: S603 - this program itself
                [sys.executable, "-P", "-m", "boardroom_tui", "serve", "--tied", *words],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                # What the terminal's keys and its end signal is for this process alone.
                start_new_session=True,
            )
    except OSError as error:
        raise CommandError(f"cannot start a server: {error}") from None


def _when_ready(process: subprocess.Popen[bytes], ready: Path, log: Path) -> OwnServer:
    end = time.monotonic() + _READY_SECONDS
    while not ready.exists():
        if process.poll() is not None:
            raise CommandError(_last_words(log))
        if time.monotonic() > end:
            raise CommandError(f"the server does not start; {log} may say why")
        time.sleep(_LOOK_SECONDS)
    told = json.loads(ready.read_text())
    return OwnServer(told["url"], told["ca"], log, process)


def _last_words(log: Path) -> str:
    """Why the server ended: its last line."""
    try:
        lines = log.read_bytes()[-_LOG_BYTES:].decode(errors="replace").split("\n")
    except OSError:
        lines = []
    last = next((line for line in reversed(lines) if line.strip()), "the server ended at once")
    return clean(last).removeprefix("boardroom serve: ")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let go of the pipe, and wait for the server unless it was told to stay."""
    if process.stdin is None or process.stdin.closed:
        return
    process.stdin.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
