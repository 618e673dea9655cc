"""Lines that were drawn before and stand elsewhere now: known without looking at what they say."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from textual.strip import Strip

from boardroom_tui.ui.terminal.composing import Piece
from boardroom_tui.ui.terminal.scrolling import Columns, Scroll

_AGREED = 4
"""So many lines at least have to have moved by as much: then it pays to have them moved."""


class Moved(NamedTuple):
    """What the terminal can do of a drawing."""

    scroll: Scroll
    left: Sequence[Piece]
    """The pieces that do not stand where they belong after that."""


class Moving:
    """Which strip was drawn last on which line, between which columns."""

    def __init__(self) -> None:
        self._drawn: dict[Columns, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Nothing is known of what is shown."""
        self._drawn.clear()

    def moved(self, pieces: Sequence[Piece]) -> Moved | None:
        """How the lines have moved up that are drawn here, if they were drawn before."""
        panes: dict[Columns, dict[int, Strip]] = {}
        for y, x, strip in pieces:
            panes.setdefault((x, x + strip.cell_length), {})[y] = strip
        found = [self._moved(columns, lines) for columns, lines in panes.items()]
        return next((self._without(pieces, *one) for one in found if one is not None), None)

    def _moved(self, columns: Columns, lines: dict[int, Strip]) -> tuple[Scroll, set[int]] | None:
        before = self._drawn.setdefault(columns, {})
        places = {id(strip): y for y, strip in before.items()}
        by = {y: places[id(strip)] - y for y, strip in lines.items() if id(strip) in places}
        before |= lines
        up, count = Counter(by.values()).most_common(1)[0] if by else (0, 0)
        if up <= 0 or count < _AGREED:
            return None
        moved = {y for y, lines_up in by.items() if lines_up == up}
        top, bottom = min(moved), max(moved) + up + 1
        is_whole = all(y in lines for y in range(top, bottom))
        return (Scroll(top, bottom, up, columns), moved) if is_whole else None

    def _without(self, pieces: Sequence[Piece], scroll: Scroll, moved: set[int]) -> Moved:
        left, _ = scroll.columns
        return Moved(scroll, [one for one in pieces if one[1] != left or one[0] not in moved])
