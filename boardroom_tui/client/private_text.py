"""Reading what only its owner may read: tokens, and which servers are trusted."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.client.problem import Problem
from boardroom_tui.private_files import is_open_to_others, openness


@dataclass(frozen=True, slots=True)
class PrivateText:
    """What a private file holds, and whether it can be read again (a pipe cannot)."""

    text: str
    rereadable: bool


def read_private(path: Path, *, at_most: int) -> PrivateText | Problem:
    """Read up to `at_most` bytes of a file, refused where others than its owner may read it."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            regular = stat.S_ISREG(status.st_mode)
            if regular and is_open_to_others(status):
                return Problem(openness(path))
            content = file.read(at_most + 1)
    except OSError as error:
        return Problem(f"cannot read {path}: {error.strerror or 'no file'}")
    if len(content) > at_most:
        return Problem(f"{path} is too large: more than {at_most} bytes")
    try:
        return PrivateText(content.decode("utf-8"), regular)
    except UnicodeDecodeError:
        return Problem(f"{path} is not text")
