"""Which message stands at which line: heights added up, found by halving."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class LineIndex:
    """The lines of many entries, one above the other; four bytes an entry."""

    __slots__ = ("_ends",)

    def __init__(self) -> None:
        self._ends = array("I")

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def lines(self) -> int:
        """How many lines all entries have together."""
        return self._ends[-1] if self._ends else 0

    @property
    def guess(self) -> int:
        """How many lines an entry may have of which nothing is known: as many as the others."""
        return round(self.lines / len(self)) if self._ends else 2

    def append(self, heights: Sequence[int]) -> None:
        """Put entries of these heights below the last."""
        self.put(len(self), 0, heights)

    def put(self, entry: int, count: int, heights: Sequence[int]) -> None:
        """Put entries of these heights in the place of so many from an entry on.

        Those below them move.
        """
        top, bottom = self.start(entry), self.start(entry + count)
        by = top + sum(heights) - bottom
        below = self._ends[entry + count :]
        self._ends[entry:] = array("I", accumulate(heights, initial=top))[1:]
        self._ends.extend([end + by for end in below] if by else below)

    def start(self, entry: int) -> int:
        """The first line of an entry; for one past the last, the line below everything."""
        return self._ends[entry - 1] if entry > 0 else 0

    def at(self, line: int) -> tuple[int, int]:
        """The entry that a line (0 to `lines` - 1) belongs to, and which of its lines it is."""
        entry = bisect_right(self._ends, line)
        return entry, line - self.start(entry)

    def clear(self) -> None:
        """Forget all entries."""
        del self._ends[:]
