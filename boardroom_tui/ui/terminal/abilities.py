"""What not every terminal can do."""

from collections.abc import Mapping
from typing import NamedTuple

_ERASING = ("xterm", "tmux", "rxvt", "alacritty", "foot", "linux", "konsole", "vte", "st-")
"""How the names of terminals begin that give what they erase the ground of the pen in use."""


class Abilities(NamedTuple):
    """What a terminal can do beside what all can."""

    erases: bool
    """It gives what it erases the ground of the pen in use."""
    side_margins: bool = False
    """It moves lines between columns alone (DECLRMM and DECSLRM)."""


def erases(environment: Mapping[str, str]) -> bool:
    """Whether the terminal gives what it erases the ground of the pen in use.

    GNU screen and others do not; tmux does, whatever it is called.
    """
    return "TMUX" in environment or environment.get("TERM", "xterm").startswith(_ERASING)
