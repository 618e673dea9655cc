"""The conversation: what was said, and below it who is typing and what is new further down."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.state.select import typing_names
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line
from boardroom_tui.ui.widgets.chat_list import ChatList

_NAME_IN_PASSING = 24
"""So many cells of a name say who is typing."""


class ChatPane(Vertical):
    """The chat; give it room, and the meeting whenever that changes."""

    DEFAULT_CSS: ClassVar[str] = """
    ChatPane {
        height: 1fr;
        background: $surface;

        & > #chat-status {
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
    }
    """

    class ReplyWanted(Message):
        """Somebody wants to answer the message of this id."""

        def __init__(self, message_id: str) -> None:
            super().__init__()
            self.message_id = message_id

    def __init__(
        self,
        *,
        zone: tzinfo | None = None,
        seen_seconds: float = 4.0,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`zone` is where the reader's clock stands; None is the machine's own."""
        super().__init__(id=id)
        self._list = ChatList(zone=zone, seen_seconds=seen_seconds)
        self._typing_words = ""
        self._typing = Static(id="chat-typing", markup=False)
        self._newer = _Newer(id="chat-newer", markup=False)

    def compose(self) -> ComposeResult:
        yield self._list
        with Horizontal(id="chat-status"):
            yield self._typing
            yield self._newer

    def on_mount(self) -> None:
        self.watch(self._list, "newer", self._show_newer)

    def show(
        self,
        meeting: Meeting,
        *,
        connected: bool = True,
        held: Sequence[str] = (),
        invites: bool = True,
    ) -> None:
        """Show the meeting's conversation; what waits is queued unless `connected`.

        The last of one's own messages are `held` back, each with its reason. An
        empty conversation `invites` to write.
        """
        self._list.show(meeting, connected=connected, held=held, invites=invites)
        words = typing_in_words(typing_names(meeting))
        if words != self._typing_words:
            self._typing_words = words
            self._typing.update(Content(words), layout=False)

    def begin(self, meeting: Meeting, unseen: int) -> None:
        """Show another conversation from its end; its last `unseen` messages are new."""
        self._list.begin(meeting, unseen)

    @property
    def selected(self) -> SpokenLine | None:
        """The message that the reader has selected."""
        return self._list.selected_line

    def focus_list(self) -> None:
        """Give the keys to the list of messages."""
        self._list.focus()

    def jump_to_newest(self) -> None:
        """Go to the end and stay there."""
        self._list.action_newest()

    def page(self, direction: int) -> None:
        """Scroll by a screenful, -1 up or 1 down, wherever the focus is."""
        self._list.action_page(direction)

    def on_chat_list_reply_wanted(self, event: ChatList.ReplyWanted) -> None:
        event.stop()
        self.post_message(self.ReplyWanted(event.message_id))

    def on__newer_clicked(self) -> None:
        self.jump_to_newest()

    def _show_newer(self, count: int) -> None:
        self._newer.update(Content(f"▼ {count} newer" if count else ""))


class _Newer(Static):
    """How much is new further down; a click goes there."""

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
