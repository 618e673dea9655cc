"""What not every terminal can do."""

from collections.abc import Mapping
from typing import NamedTuple

_ERASING = ("xterm", "tmux", "rxvt", "alacritty", "foot", "linux", "konsole", "vte", "st-")
"""How the names of terminals begin that give what they erase the ground of the pen in use."""


MARGIN_QUESTION = "\x1b[?69h\x1b[33;39s\x1b[1;35H\r\x1b[6n\x1b[?69l"
"""Sets side margins, returns to the left one, and has the terminal say in which column that is.

Where they are not known the second sequence keeps the cursor's place, and it is the first column.
"""
_MARGIN = 32
"""No key's sequence looks like an answer with so high a column."""


class Abilities(NamedTuple):
    """What a terminal can do beside what all can."""

    erases: bool
    """It gives what it erases the ground of the pen in use."""
    side_margins: bool = False
    """It moves lines between columns alone (DECLRMM and DECSLRM)."""

    def told(self, column: int) -> "Abilities":
        """What is known with the answer to `MARGIN_QUESTION`, a column counted from 0."""
        return self._replace(side_margins=column == _MARGIN)


def erases(environment: Mapping[str, str]) -> bool:
    """Whether the terminal gives what it erases the ground of the pen in use.

    GNU screen and others do not; tmux does, whatever it is called.
    """
    return "TMUX" in environment or environment.get("TERM", "xterm").startswith(_ERASING)
