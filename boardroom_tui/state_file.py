"""A file in which the program remembers something by itself; only its owner may read it.

Nothing depends on it: what cannot be read is not there, and what cannot be written is not kept.
"""

from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.private_files import make_private_folder, write_private


@dataclass(frozen=True, slots=True)
class StateFile:
    """The file at this path; no more than `most_bytes` of it are read."""

    path: Path
    most_bytes: int

    def read(self) -> bytes:
        """What is in it; nothing where there is none, or it cannot be read."""
        try:
            with self.path.open("rb") as file:
                return file.read(self.most_bytes)
        except OSError:
            return b""

    def write(self, content: bytes) -> bool:
        """Put this in place of what is there; without content there is no file. Takes a while.

        Whether it could be done.
        """
        try:
            if content:
                make_private_folder(self.path.parent)
                write_private(self.path, content)
            else:
                self.path.unlink(missing_ok=True)
        except OSError:
            return False
        return True
