"""A terminal to look at, cell by cell."""

from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

import pyte

from boardroom_tui.ui.terminal.rows import Row


class Cell(NamedTuple):
    """What is seen in a cell; a blank has no ink."""

    character: str
    ground: str
    ink: str
    attributes: tuple[bool, ...]


class Emulator:
    """As a terminal that an app has taken: lines that are too long do not wrap."""

    def __init__(self, columns: int, lines: int, kind: type[pyte.Screen] = pyte.Screen) -> None:
        self._screen = kind(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self.feed("\x1b[?7l")

    def feed(self, text: str) -> None:
        """Take what a program writes."""
        self._stream.feed(text)

    @property
    def text(self) -> str:
        """The lines, without their pens."""
        return "\n".join(self._screen.display)

    @property
    def margins(self) -> object:
        """The lines that scroll; None for all."""
        return self._screen.margins

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


@lru_cache
def _drawn(pen: str) -> pyte.screens.Char:
    screen = pyte.Screen(1, 1)
    pyte.Stream(screen).feed(f"\x1b[{pen}mx")
    return screen.buffer[0][0]


def _cell(one: pyte.screens.Char) -> Cell:
    seen = (one.underscore, one.strikethrough, one.reverse)
    if one.data == " " and not any(seen):
        return Cell(" ", one.bg, "", ())
    return Cell(one.data, one.bg, one.fg, (*seen, one.bold, one.italics))
