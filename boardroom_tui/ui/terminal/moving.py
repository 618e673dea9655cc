"""Lines that were drawn before and stand elsewhere now: known without looking at what they say."""

from collections import Counter
from collections.abc import Sequence

from textual.strip import Strip

from boardroom_tui.ui.terminal.composing import Piece
from boardroom_tui.ui.terminal.scrolling import Columns, Scroll

_AGREED = 4
"""So many lines at least have to have moved by as much: then it pays to have them moved."""


class Moving:
    """Which strip was drawn last on which line, between which columns."""

    def __init__(self) -> None:
        self._drawn: dict[Columns, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Nothing is known of what is shown."""
        self._drawn.clear()

    def scroll(self, pieces: Sequence[Piece]) -> Scroll | None:
        """How the lines have moved up that are drawn here, if they were drawn before.

        All that it moves is among the pieces: they tell what stands there, and not this.
        """
        panes: dict[Columns, dict[int, Strip]] = {}
        for y, x, strip in pieces:
            panes.setdefault((x, x + strip.cell_length), {})[y] = strip
        found = [self._moved(columns, lines) for columns, lines in panes.items() if len(lines) > 1]
        return next((scroll for scroll in found if scroll is not None), None)

    def _moved(self, columns: Columns, lines: dict[int, Strip]) -> Scroll | None:
        before = self._drawn.setdefault(columns, {})
        places = {id(strip): y for y, strip in before.items()}
        by = {y: places[id(strip)] - y for y, strip in lines.items() if id(strip) in places}
        before |= lines
        up, count = Counter(by.values()).most_common(1)[0] if by else (0, 0)
        if up <= 0 or count < _AGREED:
            return None
        moved = [y for y, lines_up in by.items() if lines_up == up]
        top, bottom = min(moved), max(moved) + up + 1
        is_whole = all(y in lines for y in range(top, bottom))
        return Scroll(top, bottom, up, columns) if is_whole else None
