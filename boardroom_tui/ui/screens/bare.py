"""The conversation bare: nothing but its words, for the mouse to select as in any terminal."""

from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.widgets.chat.list import ChatList
from boardroom_tui.ui.widgets.chat.view import Place
from boardroom_tui.ui.widgets.vote.open_vote_line import OpenVoteLine


class BareScreen(Screen[None]):
    """What was said until now, over the whole width; it stands still while one selects."""

    DEFAULT_CSS = """
    BareScreen {
        background: $surface;
        & > ChatList { scrollbar-size-vertical: 0; }
        & > #bare-hint { height: 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,space", "dismiss", "Back", show=False),
    ]

    def __init__(self, meeting: Meeting, place: Place, *, zone: tzinfo | None = None) -> None:
        """`place` is where one reads; `zone` where times are shown, None this machine's."""
        super().__init__()
        self._meeting = meeting
        self._place = place
        self._list = ChatList(zone=zone, bare=True)

    def compose(self) -> ComposeResult:
        yield self._list
        yield OpenVoteLine()
        words = "Esc goes back · the mouse selects · ↑ ↓ Page Up and Down read on"
        yield Static(Content(words), id="bare-hint", markup=False)

    def on_mount(self) -> None:
        self._list.focus()
        self._list.show(self._meeting, connected=False, invites=False)
        self.call_after_refresh(self._list.return_to, self._place)
