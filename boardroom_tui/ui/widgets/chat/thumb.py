"""Where the thumb of a scroll bar stands, and which of the bar's cells look otherwise elsewhere."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from textual.geometry import Region

_STEPS = 8
"""A cell shows the thumb's end by an eighth, as Textual draws it."""


class Thumb(NamedTuple):
    """From where to before where, in eighths of a cell."""

    start: int
    end: int


def thumb_at(lines: int, height: int, top: float) -> Thumb | None:
    """The thumb of a bar of so many cells beside so many lines; None where all are in sight."""
    if lines <= height:
        return None
    size = max(1.0, height * height / lines)
    start = int((height - size) * top / (lines - height) * _STEPS)
    return Thumb(start, start + math.ceil(size * _STEPS))


def changed_cells(before: Thumb | None, after: Thumb | None) -> Sequence[Region]:
    """The cells that one of its ends has come through; empty is the whole bar."""
    if before is None or after is None:
        return ()
    rows = (
        (min(old, new) // _STEPS, max(old, new) // _STEPS)
        for old, new in zip(before, after, strict=True)
        if old != new
    )
    return [Region(0, first, 1, last - first + 1) for first, last in rows]
