"""What hardly anybody looks at again, in a file: what was said and announced long ago.

The record has it, too, but not in pieces that are found by their place. The file has no name and
goes with the server; at the next start it is made of the record again.
"""

import os
import tempfile
from collections.abc import Callable
from functools import partial
from io import FileIO
from pathlib import Path

from boardroom_tui.protocol.packed_entries import Keeping

_OPEN_CHUNKS = 2
"""Of each meeting; more than is told at once."""


class Spool:
    """Pieces that are put away and brought back."""

    def __init__(self, folder: Path) -> None:
        """The file is made in this folder when there is something to put away."""
        self.keeping = Keeping(_OPEN_CHUNKS, self.keep)
        self._folder = folder
        self._file: FileIO | None = None

    def keep(self, piece: bytes) -> Callable[[], bytes]:
        """Put a piece away, and give what brings it back; a full disk leaves it in the memory."""
        try:
            at = self._put(piece)
        except OSError:
            at = None
        return (lambda: piece) if at is None else partial(self._read, at, len(piece))

    def close(self) -> None:
        """Let go of everything."""
        if self._file is not None:
            self._file.close()

    def _put(self, piece: bytes) -> int | None:
        """Where all of the piece stands now; None if there was no room for it."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        at = self._file.seek(0, os.SEEK_END)
        return at if self._file.write(piece) == len(piece) else None

    def _read(self, at: int, size: int) -> bytes:
        if self._file is None:
            raise ValueError("nothing was put away")
        self._file.seek(at)
        return self._file.read(size)
