"""Whether a screen can be drawn here, for the commands that draw one."""

import os
import sys
from typing import TextIO


def why_no_screen(*streams: TextIO) -> str | None:
    """What a screen needs that is not here, in words; None where it can be drawn.

    `streams` are those that must be the terminal: all three, where none are named.
    """
    if not all(one.isatty() for one in streams or (sys.stdin, sys.stdout, sys.stderr)):
        return "needs a terminal"
    if os.environ.get("TERM") == "dumb":
        return "needs a terminal that shows a screen, and TERM=dumb is none"
    return None
