"""The line below the conversation: who is typing, and what is new that was not seen."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from boardroom_tui.ui.widgets.cell_wrap import cut, one_line

_NAME_IN_PASSING = 24
"""So many cells of a name say who is typing."""


class ChatStatus(Horizontal):
    """It takes its line always, so that the conversation does not jump."""

    DEFAULT_CSS: ClassVar[str] = """
    ChatStatus {
        height: 1;
        & > #chat-typing {
            width: 1fr; color: $text-muted; text-style: italic;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > #chat-newer {
            width: auto; color: $text-accent; text-style: bold; padding: 0 1;
            &:hover { text-style: bold underline; }
        }
    }
    """

    class NewerClicked(Message):
        """What is new is wanted."""

    def __init__(self) -> None:
        super().__init__(id="chat-status")
        self._words = ""
        self._newer_words = ""
        self._typing = Static(id="chat-typing", markup=False)
        self._newer = _Newer(id="chat-newer", markup=False)

    def compose(self) -> ComposeResult:
        yield self._typing
        yield self._newer

    def show_typing(self, names: Sequence[str]) -> None:
        """Say who is typing."""
        words = typing_in_words(names)
        if words != self._words:
            self._words = words
            self._typing.update(Content(words), layout=False)

    def show_new(self, beyond: tuple[int, int]) -> None:
        """Say how much is new that was not seen, below what is in sight, else above it."""
        above, below = beyond
        words = f"▼ {below} newer" if below else f"▲ {above} new above" if above else ""
        if words != self._newer_words:
            # Only another width is a reason to lay out the whole screen anew.
            is_as_wide = len(words) == len(self._newer_words)
            self._newer_words = words
            self._newer.update(Content(words), layout=not is_as_wide)

    def on__newer_clicked(self) -> None:
        self.post_message(self.NewerClicked())


class _Newer(Static):
    """How much is new that was not seen; a click goes there."""

    class Clicked(Message):
        """It was clicked."""

    def on_click(self) -> None:
        self.post_message(self.Clicked())


def typing_in_words(names: Sequence[str]) -> str:
    """Who is typing: `Ana is typing…`, `Ana, Ben and 2 others are typing…`."""
    match [cut(one_line(name), _NAME_IN_PASSING) for name in names]:
        case []:
            return ""
        case [one]:
            return f"{one} is typing…"
        case [one, two]:
            return f"{one} and {two} are typing…"
        case [one, two, three]:
            return f"{one}, {two} and {three} are typing…"
        case [one, two, *others]:
            return f"{one}, {two} and {len(others)} others are typing…"
        case _:
            return ""
