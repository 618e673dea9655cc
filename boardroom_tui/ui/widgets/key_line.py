"""The line at the bottom: the keys that do something now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_GAP = 2
_PINNED_SHARE = 3
"""Pinned hints take at most such a part of the line; then only the last of them stays."""


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key, the word for what it does, and the command it leads to."""

    key: str
    word: str
    command: str
    pinned: bool = False
    """Whether it stands at the right edge, whatever else there is room for."""

    @property
    def width(self) -> int:
        """The cells it takes."""
        return cell_len(self.key) + 1 + cell_len(self.word)


class KeyLine(Widget):
    """As many hints as fit, the first ones first; those that are pinned always, or the last."""

    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        padding: 0 1;
        background: $bar;
        color: $dim;
        text-wrap: nowrap;
    }
    """

    ALLOW_SELECT: ClassVar[bool] = False

    hints: reactive[tuple[KeyHint, ...]] = reactive(())

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def render(self) -> RenderResult:
        """The hints, with blanks before the pinned so that they stand at the right edge."""
        placed = self._placed()
        line = Content()
        for start, hint in placed:
            line = line.extend_right(start - line.cell_length)
            line += Content.assemble((hint.key, "$accent bold"), " ", hint.word)
        return line

    def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x
        for start, hint in self._placed():
            if start <= x < start + hint.width:
                self.post_message(self.Pressed(hint.command))

    def _placed(self) -> list[tuple[int, KeyHint]]:
        """The hints that fit, each with the cell it begins at."""
        width = self.content_size.width
        pinned = [hint for hint in self.hints if hint.pinned]
        while len(pinned) > 1 and _width(pinned) > width // _PINNED_SHARE:
            del pinned[0]
        edge = max(width - _width(pinned), 0)
        placed: list[tuple[int, KeyHint]] = []
        start = 0
        for hint in self.hints:
            if hint.pinned:
                continue
            if start + hint.width + _GAP > edge:
                break
            placed.append((start, hint))
            start += hint.width + _GAP
        for hint in pinned:
            placed.append((edge, hint))
            edge += hint.width + _GAP
        return placed


def _width(hints: Sequence[KeyHint]) -> int:
    """The cells that hints take beside each other."""
    return sum(hint.width + _GAP for hint in hints) - _GAP if hints else 0
