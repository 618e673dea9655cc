"""Files that only their owner may read, written whole or not at all: keys, tokens, trust.

Everything here may raise OSError.
"""

import os
import stat
import tempfile
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private_folder(path: Path) -> None:
    """Make a folder that only its owner may enter, unless it is there."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(path.parent)


def is_open_to_others(status: os.stat_result) -> bool:
    """Whether others than its owner may read a file or write to it."""
    # Windows keeps access in lists that the mode does not show.
    return os.name == "posix" and bool(status.st_mode & _OTHERS)


def openness(path: Path) -> str:
    """What is said where a file that is to be private is open to others."""
    return f"{path} is open to others: run chmod 600 {path}"


def write_private(path: Path, content: bytes) -> None:
    """Write a file in place of what is there; a reader sees the old one or the new one."""
    written = _write_beside(path, content)
    try:
        written.replace(path)
    except OSError:
        written.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def create_private(path: Path, content: bytes) -> bytes:
    """Write a file unless there is one, and return what it holds then.

    Of two programs that create it at once, one wins and both return the same.
    """
    written = _write_beside(path, content)
    try:
        os.link(written, path)
    except FileExistsError:
        return path.read_bytes()
    finally:
        written.unlink()
    sync_folder(path.parent)
    return content


def sync_folder(folder: Path) -> None:
    """Put a folder's own entries on disk, where the system can (Windows does it by itself)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_beside(path: Path, content: bytes) -> Path:
    """A complete file with this content in the folder of `path`; mkstemp makes it 0600."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        written.unlink(missing_ok=True)
        raise
    return written
