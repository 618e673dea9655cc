"""The conversations to choose from, in one line: everybody's, and the private ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line

PRIVATE = "◈"
"""Stands before what is private."""

_MOST = 24
"""Cells for a conversation's name."""
_GAP = 2


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is listed; None is everybody's."""

    conversation: Conversation | None
    name: str
    unseen: int
    current: bool

    @property
    def words(self) -> str:
        """`▸◈ Ana Duarte 2`: the one on the screen has an arrow."""
        sign = "" if self.conversation is None else f"{PRIVATE} "
        count = f" {self.unseen} new" if self.unseen else ""
        return f"{'▸' if self.current else ' '}{sign}{cut(one_line(self.name), _MOST)}{count}"


class ConversationLine(Widget):
    """As many as fit, the one on the screen among them; a click goes to one."""

    DEFAULT_CSS = """
    ConversationLine {
        height: 1;
        padding: 0 1;
        text-wrap: nowrap;
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    talks: reactive[tuple[Talk, ...]] = reactive(())

    class Chosen(Message):
        """A conversation was clicked."""

        def __init__(self, conversation: Conversation | None) -> None:
            super().__init__()
            self.conversation = conversation

    def render(self) -> RenderResult:
        """The line."""
        line = Content()
        for start, talk in self._placed():
            line = line.extend_right(start - line.cell_length)
            style = "$accent bold" if talk.current else "$warning" if talk.unseen else "$dim"
            line += Content.styled(talk.words, style)
        return line

    def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x
        for start, talk in self._placed():
            if start <= x < start + _width(talk):
                self.post_message(self.Chosen(talk.conversation))

    def _placed(self) -> list[tuple[int, Talk]]:
        """The conversations that fit, each with the cell it begins at."""
        width = self.content_size.width
        return _in_a_row(self._fitting(width))

    def _fitting(self, width: int) -> Sequence[Talk]:
        """All from the first on that leaves room for the one on the screen."""
        current = next((place for place, one in enumerate(self.talks) if one.current), 0)
        for first in range(current + 1):
            row = _in_a_row(self.talks[first:])
            start, talk = row[current - first]
            if start + _width(talk) <= width or first == current:
                return [one for place, one in row if place + _width(one) <= width]
        return ()


def _in_a_row(talks: Sequence[Talk]) -> list[tuple[int, Talk]]:
    placed: list[tuple[int, Talk]] = []
    start = 0
    for talk in talks:
        placed.append((start, talk))
        start += _width(talk) + _GAP
    return placed


def _width(talk: Talk) -> int:
    return Content(talk.words).cell_length
