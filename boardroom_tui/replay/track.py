"""The line that shows how far a replay is, with what lies before and behind. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from boardroom_tui.replay.timeline import Timeline

HERE, PLAYED, TO_COME = "●", "━", "─"


@dataclass(frozen=True, slots=True)
class Track:
    """A meeting laid out on a line of cells, as long as each pause is played."""

    offsets: Sequence[timedelta]
    """How much is played until each place, from place 1 on."""
    signs: Sequence[tuple[int, str]]
    """The marks, with their places."""

    def position(self, place: int, waited: timedelta, width: int) -> int:
        """The cell of a place, and of so much of the pause after it."""
        whole = self.offsets[-1]
        if whole:
            return int((self.offsets[place - 1] + waited) / whole * (width - 1))
        # Everything happened at once: then each event has as much room as another.
        return (place - 1) * (width - 1) // max(len(self.offsets) - 1, 1)

    def place(self, cell: int, width: int) -> int:
        """The place that a cell shows: the last one that is not behind it."""
        places = range(1, len(self.offsets) + 1)
        cells = [self.position(place, timedelta(), width) for place in places]
        return max(bisect_right(cells, cell), 1)

    def drawn(self, place: int, waited: timedelta, width: int) -> str:
        """The line: where it is, and each mark in its cell or in the next that is free."""
        here = self.position(place, waited, width)
        cells = [PLAYED if cell < here else TO_COME for cell in range(width)]
        free = 0
        for at, sign in self.signs:
            begin = max(self.position(at, timedelta(), width), free)
            if begin + len(sign) <= width:
                cells[begin : begin + len(sign)] = sign
                free = begin + len(sign)
        cells[here] = HERE
        return "".join(cells)


def track(timeline: Timeline) -> Track:
    """The track of a meeting."""
    waits = (timeline.wait(place) for place in range(1, timeline.last))
    return Track(
        offsets=tuple(accumulate(waits, initial=timedelta())),
        signs=tuple((mark.place, mark.sign) for mark in timeline.marks),
    )
