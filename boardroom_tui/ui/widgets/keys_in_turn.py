"""Fields in which each key finds what the keys before it have done, however fast they come.

Textual lets a bound key rise to the app first and carries it out there. A letter typed behind a
Backspace while the app is busy would be the one that is deleted.

It takes three more to keep that promise on the screen of a meeting. What is sent or answered is
told by a call, since a message would come behind the keys that wait (`Composer.say`). What the app
does to a text that is being written waits behind them (`Composer.in_turn`). And while nobody
writes, the app does what a key says before it looks at the next (`BoardroomApp.on_event`).
"""

from dataclasses import dataclass, field

from textual import events
from textual.app import App
from textual.binding import BindingsMap
from textual.geometry import Offset
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult, TextAreaTheme


class LineField(Input):
    """A field of one line."""

    # What an empty one says is read, too.
    DEFAULT_CSS = "LineField > .input--placeholder { color: $text-muted; }"

    async def _on_key(self, event: events.Key) -> None:
        await _take_if_bound(self, self._bindings, event)


@dataclass
class _SteadyColours(TextAreaTheme):
    """The stylesheet's colours, which Textual 8.2 works out again for each line that it draws."""

    name: str = "steady"
    worked_out_for: Style | None = field(init=False, default=None)

    def apply_css(self, text_area: TextArea) -> None:
        """Work them out, once for each style that the field has."""
        style = text_area.visual_style
        if style is not self.worked_out_for:
            self.worked_out_for = style
            super().apply_css(text_area)


class TextField(TextArea):
    """A field of several lines."""

    def on_mount(self) -> None:
        self.register_theme(_SteadyColours())
        self.theme = "steady"

    def edit(self, edit: Edit) -> EditResult:
        """As Textual's, which brings the cursor in sight before it counts a line that begins."""
        result = super().edit(edit)
        if self.show_vertical_scrollbar:
            self.scroll_cursor_visible()
        return result

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """As Textual's, which looks for the cursor in lines that an undo has just taken away."""
        row, _ = self.cursor_location
        if row >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    def on_resize(self) -> None:
        # Behind Textual's, which wraps the text for the other width.
        self.call_later(self.scroll_cursor_visible)

    async def _on_key(self, event: events.Key) -> None:
        await _take_if_bound(self, self._bindings, event)


async def _take_if_bound(field: Widget, bindings: BindingsMap, event: events.Key) -> None:
    app: App[object] = field.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    for binding in bindings.key_to_bindings.get(event.key, ()):
        if await app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return
