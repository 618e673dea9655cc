"""The help: what can be done here and now, every other command with its reason, the symbols."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.help_page import Help, drawn
from boardroom_tui.ui.screens.framed import FramedScreen
from boardroom_tui.ui.widgets.keys_in_turn import LineField

_NOTATION = (
    "A letter is a command while you are not writing; Esc leaves the writing line. "
    "^X is Ctrl and X together, ⇧ is Shift and ⌥ is Alt."
)


class HelpScreen(FramedScreen[None]):
    """A page to read, to search by typing, and to close."""

    DEFAULT_CSS = """
    HelpScreen {
        & > Vertical { width: 92; height: 92%; padding: 0 1 0 2; }
        & Input { background: $panel; margin: 0 1 1 0; }
        & VerticalScroll { scrollbar-size-vertical: 1; overflow-y: scroll; }
        & Static { height: auto; }
        & #notation { color: $dim; margin-bottom: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", show=False),
        Binding("up", "read(-1)", show=False),
        Binding("down", "read(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]

    def __init__(self, about: Help) -> None:
        super().__init__()
        self._about = about
        for key in about.commands[CommandId.HELP].keys:
            self._bindings.bind(key, "close", show=False, priority=True)
        self._wanted = LineField(placeholder="Type what you look for", compact=True)
        self._notation = Static(_NOTATION, id="notation", markup=False)
        self._page = Static()
        self._scroll = VerticalScroll(self._notation, self._page, can_focus=False)

    def compose(self) -> ComposeResult:
        """The field above the page."""
        with Vertical() as box:
            box.border_title = "Help"
            box.border_subtitle = "↑ ↓ read on · Esc closes"
            yield self._wanted
            yield self._scroll

    def on_mount(self) -> None:
        self._wanted.focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    @on(Input.Changed)
    def _look(self) -> None:
        self._draw()
        self._scroll.scroll_home(animate=False)

    def _draw(self) -> None:
        query = self._wanted.value
        self._notation.display = not query
        width = self._scroll.scrollable_content_region.width
        self._page.update(drawn(self._about.sections(query), width) if width else Content())

    def action_close(self) -> None:
        """Back to the meeting."""
        self.dismiss()

    def action_read(self, lines: int) -> None:
        """Read on, or back."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_turn(self, pages: int) -> None:
        """Read on by a page, or back."""
        self._scroll.scroll_relative(y=pages * (self._scroll.size.height - 1), animate=False)
