"""What may follow a first key: over the bottom of the screen for as long as it is waited for."""

from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from boardroom_tui.ui.widgets.key_line import KeyHint, KeyLine

_GAP = 3


class FollowUps(Widget):
    """The hints in columns of one width; a click on one gives its command."""

    DEFAULT_CSS = """
    FollowUps {
        display: none;
        height: auto;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        border-top: solid $accent;
        border-title-color: $accent;
        border-title-style: bold;
        text-wrap: nowrap;
        &.-shown { display: block; }
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    hints: reactive[tuple[KeyHint, ...] | None] = reactive[tuple[KeyHint, ...] | None](
        None, layout=True
    )
    """What may follow; None while nothing is waited for."""

    def on_mount(self) -> None:
        self.border_title = " Space and one of these · Esc cancels "

    def watch_hints(self, hints: tuple[KeyHint, ...] | None) -> None:
        self.set_class(hints is not None, "-shown")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the hints take side by side."""
        hints = self.hints or ()
        return max(1, -(-len(hints) // _columns(hints, width)))

    def render(self) -> RenderResult:
        """The hints line by line."""
        hints, width = self.hints or (), self.content_size.width
        if not hints:
            return Content("Nothing of it can be done now.")
        columns, cell = _columns(hints, width), _cell(hints)
        lines: list[Content] = []
        for first in range(0, len(hints), columns):
            line = Content()
            for hint in hints[first : first + columns]:
                text = Content.assemble((hint.key, "$accent bold"), " ", hint.word)
                line += text.extend_right(cell - text.cell_length)
            lines.append(line.truncate(width))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        hints, at = self.hints or (), event.get_content_offset(self)
        if at is None or not hints:
            return
        columns = _columns(hints, self.content_size.width)
        column = at.x // _cell(hints)
        place = at.y * columns + column
        if column < columns and place < len(hints):
            self.post_message(KeyLine.Pressed(hints[place].command))


def _cell(hints: tuple[KeyHint, ...]) -> int:
    return max(hint.width for hint in hints) + _GAP


def _columns(hints: tuple[KeyHint, ...], width: int) -> int:
    return max(1, (width + _GAP) // _cell(hints)) if hints else 1
