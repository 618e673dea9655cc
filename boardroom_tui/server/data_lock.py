"""One server on a data folder: the second refuses, so that no two write one journal."""

import sys
from pathlib import Path
from typing import IO

LOCK_FILE = "server.lock"


class InUseError(Exception):
    """Another server is running on this folder."""


class DataLock:
    """Held as long as the server runs; the system lets go of it if the server dies."""

    def __init__(self, data: Path) -> None:
        """Take the lock. Raises InUseError, OSError."""
        self._file = (data / LOCK_FILE).open("a")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise InUseError(f"another server is running on {data}") from error

    def release(self) -> None:
        """Let another server run here."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
