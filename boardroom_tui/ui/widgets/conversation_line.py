"""The conversations to choose from, in one line: everybody's, and the private ones."""

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

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line

PRIVATE = "◈"
"""Stands before what is private."""

_MOST = (24, 14, 9)
"""Cells for a conversation's name, the fewer the less room there is."""
_LEAST = 6
"""Cells for a name where hardly two fit."""
_GAP = 2


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is listed; None is everybody's."""

    conversation: Conversation | None
    names: tuple[str, ...]
    unseen: int
    current: bool

    def words(self, most: int) -> str:
        """`▸◈ Ana Duarte 2 new`: the one on the screen has an arrow; `most` is for the name."""
        sign = "" if self.conversation is None else f"{PRIVATE} "
        count = f" {self.unseen} new" if self.unseen else ""
        return f"{'▸' if self.current else ' '}{sign}{self._name(most)}{count}"

    def _name(self, most: int) -> str:
        """All names, else the first of each, else who is first and how many more there are."""
        if self.conversation is None:
            return self.names[0]
        names = [one_line(name) for name in self.names]
        if len(names) == 1:
            return cut(names[0], most)
        first = [name.partition(" ")[0] for name in names]
        for words in (", ".join(names), ", ".join(first)):
            if cell_len(words) <= most:
                return words
        more = f" +{len(names) - 1}"
        return f"{cut(first[0], most - len(more))}{more}"


Placed = tuple[int, str, Talk]
"""The cell at which words begin, the words, and where a click on them goes."""


class ConversationLine(Widget):
    """As many as fit in the order they have, everybody's and the one on the screen among them.

    The others are counted at the end. A click goes to one.
    """

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
            if start <= x < start + cell_len(words):
                self.post_message(self.Chosen(talk.conversation))

    def _placed(self) -> list[Placed]:
        """The conversations that fit; where not all do, what is new comes before what is not."""
        width = self.content_size.width
        for most in _MOST:
            row = _in_a_row(self.talks, self.talks, most)
            if _end(row) <= width:
                return row
        shown = [talk for talk in self.talks if talk.conversation is None or talk.current]
        most = _MOST[-1] if _end(_in_a_row(self.talks, shown, _MOST[-1])) <= width else _LEAST
        for talk in sorted(self.talks, key=lambda talk: not talk.unseen):
            if talk not in shown and _end(_in_a_row(self.talks, (*shown, talk), most)) <= width:
                shown.append(talk)
        return _in_a_row(self.talks, shown, most)


def _in_a_row(talks: Sequence[Talk], shown: Sequence[Talk], most: int) -> list[Placed]:
    """Those that are shown, in the order of all, and how many are hidden: `+2, 1 new`."""
    placed: list[Placed] = []
    for talk in talks:
        if talk in shown:
            placed.append((_next(placed), talk.words(most), talk))
    hidden = sorted((one for one in talks if one not in shown), key=lambda one: not one.unseen)
    if hidden:
        unseen = sum(one.unseen for one in hidden)
        words = f"+{len(hidden)}" + (f", {unseen} new" if unseen else "")
        placed.append((_next(placed), words, hidden[0]))
    return placed


def _next(row: Sequence[Placed]) -> int:
    """The cell at which another one begins."""
    return _end(row) + _GAP if row else 0


def _end(row: Sequence[Placed]) -> int:
    """The cell behind the last one."""
    return row[-1][0] + cell_len(row[-1][1]) if row else 0
