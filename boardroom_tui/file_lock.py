"""A folder that one program at a time may use: a lock on a file in it."""

import sys
from pathlib import Path
from typing import IO


class InUseError(Exception):
    """Another program holds the lock."""


class FileLock:
    """Held until it is released; the system lets go of it if the program dies."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises InUseError, OSError."""
        self._file = path.open("a")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise InUseError(f"another program holds {path}") from error

    def release(self) -> None:
        """Let another program take it."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
