"""Files that only their owner may read, written whole or not at all."""

import os
import tempfile
from pathlib import Path


def make_private_folder(path: Path) -> None:
    """Make a folder, and those above it, that only its owner may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_beside(path: Path, content: bytes) -> Path:
    """A complete file with this content in the folder of `path`; mkstemp makes it 0600."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def write_private(path: Path, content: bytes) -> None:
    """Write a file in place of what is there; a reader sees the old one or the new one."""
    _write_beside(path, content).replace(path)


def create_private(path: Path, content: bytes) -> bytes:
    """Write a file unless there is one, and return what it holds then.

    Of two programs that create it at once, one wins and both return the same.
    """
    written = _write_beside(path, content)
    try:
        os.link(written, path)
    except FileExistsError:
        return path.read_bytes()
    else:
        return content
    finally:
        written.unlink()
