"""Moves, pens and characters, as few bytes as a terminal understands.

ECMA-48 names the sequences; xterm's control sequences describe them all.
"""

from collections.abc import Sequence

from boardroom_tui.ui.terminal.pens import change, ground_of
from boardroom_tui.ui.terminal.rows import Row, is_doubtful
from boardroom_tui.ui.terminal.scrolling import Scroll

_ERASED_AT_THE_EDGE = 3
"""So many blanks up to the edge are longer than the sequence that erases them."""
_ERASED_WITHIN = 9
"""So many blanks within a line are longer than erasing them and moving on."""


class Writer:
    """Writes cells where they belong; knows where the cursor and which pen in use is.

    A terminal that `erases` gives what it erases the ground of the pen in use.
    """

    def __init__(self, width: int, *, erases: bool) -> None:
        self._width = width
        self._erases = erases
        self._written: list[str] = []
        self._pen = ""
        self._x: int | None = None
        self._y: int | None = None

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._written)

    def cells(self, row: Row, y: int, first: int, end: int) -> None:
        """Write a line's cells from `first` to before `end`."""
        characters, pens = row
        at = first
        while at < end:
            start, pen = at, pens[at]
            ground = ground_of(pen)
            at += 1
            if characters[start] == " " and ground is not None:
                while at < end and characters[at] == " " and ground_of(pens[at]) == ground:
                    at += 1
                self._blanks(start, y, at - start, ground)
            else:
                while at < end and pens[at] == pen and (characters[at] != " " or ground is None):
                    at += 1
                self._ink(characters[start:at], start, y, pen)

    def scroll(self, scroll: Scroll) -> None:
        """Have the terminal move lines.

        What comes in is blank in every terminal, since it is erased with the terminal's own pen.
        """
        self.finish()
        left, right = scroll.columns
        between = right - left < self._width
        count = abs(scroll.lines)
        self._written += (
            f"\x1b[?69h\x1b[{left + 1};{right}s" if between else "",
            f"\x1b[{scroll.top + 1};{scroll.bottom}r",
            f"\x1b[{scroll.top + 1};{left + 1}H",
            f"\x1b[{count if count > 1 else ''}{'M' if scroll.lines > 0 else 'L'}",
            "\x1b[r",
            "\x1b[?69l" if between else "",
        )
        self._x = self._y = None

    def finish(self) -> None:
        """Put the pen away: whoever writes next begins with the terminal's own."""
        self._take("")

    def _ink(self, characters: Sequence[str], x: int, y: int, pen: str) -> None:
        self._move(x, y)
        self._take(pen)
        text = "".join(characters)
        if text.isascii() or not any(map(is_doubtful, characters)):
            self._put(text, len(characters))
            return
        for column, character in enumerate(characters, x):
            if not character:
                continue
            self._move(column, y)
            if is_doubtful(character):
                self._doubtful(character, column, y, characters[column - x + 1 :])
            else:
                wide = characters[column - x + 1 : column - x + 2] == [""]
                self._put(character, 2 if wide else 1)

    def _doubtful(self, character: str, x: int, y: int, behind: Sequence[str]) -> None:
        """Blank its cells, lest it takes fewer, and move behind it, lest it takes more."""
        cells = 2 if behind and not behind[0] else 1
        self._put(" " * cells, cells)
        self._move(x, y)
        self._written.append(character)
        self._x = None

    def _blanks(self, x: int, y: int, count: int, ground: str) -> None:
        self._move(x, y)
        at_the_edge = x + count == self._width
        if self._erases and count > (_ERASED_AT_THE_EDGE if at_the_edge else _ERASED_WITHIN):
            self._take(ground)
            self._written.append("\x1b[K" if at_the_edge else f"\x1b[{count}X")
            return
        if ground_of(self._pen) != ground:
            self._take(ground)
        self._put(" " * count, count)

    def _put(self, text: str, cells: int) -> None:
        self._written.append(text)
        # Behind the last column terminals differ in where the cursor is.
        self._x = None if self._x is None or self._x + cells >= self._width else self._x + cells

    def _take(self, pen: str) -> None:
        if pen != self._pen:
            self._written.append(change(self._pen, pen))
            self._pen = pen

    def _move(self, x: int, y: int) -> None:
        if (self._x, self._y) == (x, y):
            return
        self._written.append(min(self._ways(x, y), key=len))
        self._x, self._y = x, y

    def _ways(self, x: int, y: int) -> list[str]:
        column = x + 1 if x else ""
        ways = [f"\x1b[{y + 1 if y else ''}{f';{column}' if x else ''}H"]
        if self._y == y:
            ways.append(f"\x1b[{column}G" if x else "\r")
            if self._x is not None and x > self._x:
                ahead = x - self._x
                ways.append(f"\x1b[{ahead if ahead > 1 else ''}C")
        elif self._y is not None and self._y + 1 == y and not x:
            ways.append("\r\n")
        return ways
