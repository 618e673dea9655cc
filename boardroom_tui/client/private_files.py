"""Files that only their owner may read: tokens, and which servers are trusted."""

import contextlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.client.problem import Problem

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class PrivateText:
    """What a private file holds, and whether it can be read again (a pipe cannot)."""

    text: str = ""
    rereadable: bool = True


def read_private(path: Path, *, at_most: int) -> PrivateText | Problem:
    """Read up to `at_most` bytes of a file, refused where others than its owner may read it."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            regular = stat.S_ISREG(mode)
            # Windows keeps access in lists that the mode does not show.
            if regular and mode & _OTHERS and os.name == "posix":
                return Problem(f"{path} is open to others: run chmod 600 {path}")
            content = file.read(at_most + 1)
    except OSError as error:
        return Problem(f"cannot read {path}: {error.strerror or 'no file'}")
    if len(content) > at_most:
        return Problem(f"{path} is too large: more than {at_most} bytes")
    try:
        return PrivateText(content.decode("utf-8"), regular)
    except UnicodeDecodeError:
        return Problem(f"{path} is not text")


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only.

    Raises:
        OSError: The folder or the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # mkstemp makes its files 0600.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
