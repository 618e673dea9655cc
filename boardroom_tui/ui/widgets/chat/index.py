"""Which message stands at which line: heights added up, found by halving."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
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

    def append(self, height: int) -> None:
        """Put an entry of so many lines below the last."""
        self._ends.append(self.lines + height)

    def precede(self, heights: Iterable[int]) -> None:
        """Put entries of these heights above the first."""
        above = array("I", accumulate(heights))
        added = above[-1] if above else 0
        above.extend(end + added for end in self._ends)
        self._ends = above

    def change(self, entry: int, height: int) -> None:
        """Give an entry another height; those below it move."""
        by = height - (self._ends[entry] - self.start(entry))
        if by:
            for below in range(entry, len(self._ends)):
                self._ends[below] += by

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
