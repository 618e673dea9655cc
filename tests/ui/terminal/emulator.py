"""A terminal to look at, cell by cell."""

from functools import cache, lru_cache
from typing import Any, ClassVar, NamedTuple
from unicodedata import normalize

import pyte

from boardroom_tui.ui.terminal.rows import Row


class Cell(NamedTuple):
    """What is seen in a cell; a blank has no ink."""

    character: str
    ground: str
    ink: str
    attributes: tuple[bool, ...]


class Screen(pyte.Screen):
    """pyte's, and side margins where lines are inserted and deleted, as xterm has them."""

    side_margins: tuple[int, int] | None = None
    reports: str = ""

    def set_side_margins(self, left: int = 1, right: int = 0) -> None:
        """DECSLRM; without DECLRMM it is another function and does nothing here."""
        if (69 << 5) in self.mode:
            self.side_margins = (left - 1, right or self.columns)
            self.cursor_position()

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        super().reset_mode(*modes, **kwargs)
        if 69 in modes:
            self.side_margins = None

    def insert_lines(self, count: int | None = None) -> None:
        self._move(super().insert_lines, count)

    def delete_lines(self, count: int | None = None) -> None:
        self._move(super().delete_lines, count)

    def carriage_return(self) -> None:
        left = self.side_margins[0] if self.side_margins is not None else 0
        self.cursor.x = left if self.cursor.x >= left else 0

    def write_process_input(self, data: str) -> None:
        self.reports += data

    def _move(self, move: Any, count: int | None) -> None:
        """Move whole lines, then put back what is outside the margins."""
        before = [dict(self.buffer[y]) for y in range(self.lines)]
        move(count)
        left, right = self.side_margins or (0, self.columns)
        for y, line in enumerate(before):
            for x in (*range(left), *range(right, self.columns)):
                self.buffer[y][x] = line.get(x, self.default_char)


class _Stream(pyte.Stream):
    csi: ClassVar[dict[str, str]] = {**pyte.Stream.csi, "s": "set_side_margins"}
    events: ClassVar[frozenset[str]] = pyte.Stream.events | {"set_side_margins"}


class Emulator:
    """As a terminal that an app has taken: lines that are too long do not wrap."""

    def __init__(self, columns: int, lines: int, kind: type[Screen] = Screen) -> None:
        self._screen = kind(columns, lines)
        self._stream = _Stream(self._screen)
        self.feed("\x1b[?7l")

    def feed(self, text: str) -> None:
        """Take what a program writes."""
        self._stream.feed(text)

    @property
    def reports(self) -> str:
        """What it has answered."""
        return self._screen.reports

    @property
    def text(self) -> str:
        """The lines, without their pens."""
        return "\n".join(self._screen.display)

    @property
    def margins(self) -> tuple[object, object]:
        """The lines and the columns that scroll; None for all."""
        return self._screen.margins, self._screen.side_margins

    @property
    def cells(self) -> list[list[Cell]]:
        """What is seen."""
        screen = self._screen
        return [
            [_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)
        ]


def seen(rows: list[Row]) -> list[list[Cell]]:
    """What is to be seen of these lines."""
    return [
        [
            _cell(_drawn(pen)._replace(data=normalize("NFC", character)))
            for character, pen in zip(*row, strict=True)
        ]
        for row in rows
    ]


@cache
def _drawn(pen: str) -> pyte.screens.Char:
    screen = pyte.Screen(1, 1)
    pyte.Stream(screen).feed(f"\x1b[{pen}mx")
    return screen.buffer[0][0]


@lru_cache(maxsize=4096)
def _cell(one: pyte.screens.Char) -> Cell:
    visible = (one.underscore, one.strikethrough, one.reverse)
    if one.data == " " and not any(visible):
        return Cell(" ", one.bg, "", ())
    return Cell(one.data, one.bg, one.fg, (*visible, one.bold, one.italics))
