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

_MOST = (24, 14, 9)
"""Cells for a conversation's name, the fewer the less room there is."""
_GAP = 2


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is listed; None is everybody's."""

    conversation: Conversation | None
    name: str
    unseen: int
    current: bool

    def words(self, most: int) -> str:
        """`▸◈ Ana Duarte 2 new`: the one on the screen has an arrow; `most` is for the name."""
        sign = "" if self.conversation is None else f"{PRIVATE} "
        count = f" {self.unseen} new" if self.unseen else ""
        return f"{'▸' if self.current else ' '}{sign}{cut(one_line(self.name), most)}{count}"


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
        for start, words, talk in self._placed():
            line = line.extend_right(start - line.cell_length)
            style = "$accent bold" if talk.current else "$warning" if talk.unseen else "$dim"
            line += Content.styled(words, style)
        return line

    def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x
        for start, words, talk in self._placed():
            if start <= x < start + Content(words).cell_length:
                self.post_message(self.Chosen(talk.conversation))

    def _placed(self) -> list[tuple[int, str, Talk]]:
        """The conversations that fit, each with the cell it begins at and its words.

        Where not all do, those that matter come first: the one on the screen, then what is new.
        """
        width = self.content_size.width
        for most in _MOST:
            row = _in_a_row(self.talks, most)
            if _end(row) <= width:
                return row
        by_weight = sorted(self.talks, key=lambda talk: (not talk.current, not talk.unseen))
        row = _in_a_row(by_weight, _MOST[-1])
        while _end(row) > width:
            row.pop()
        return row


def _in_a_row(talks: Sequence[Talk], most: int) -> list[tuple[int, str, Talk]]:
    placed: list[tuple[int, str, Talk]] = []
    for talk in talks:
        placed.append((_end(placed) + _GAP if placed else 0, talk.words(most), talk))
    return placed


def _end(row: Sequence[tuple[int, str, Talk]]) -> int:
    """The cell behind the last one."""
    return row[-1][0] + Content(row[-1][1]).cell_length if row else 0
