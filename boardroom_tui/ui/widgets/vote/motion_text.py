"""The text that is voted on: as much as there is room for, and how to read on."""

from typing import ClassVar

from rich.cells import set_cell_size
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from boardroom_tui.ui.widgets.cell_wrap import wrap

_MARKS = {(False, True): " … Page ↓", (True, True): " Page ↑ ↓", (True, False): "   Page ↑"}
"""What stands behind a text that goes on, by whether it does so above and below."""
_MARK_WIDTH = 9


class MotionText(Widget):
    """A third of the screen at most, so that the choices below it stay in sight."""

    DEFAULT_CSS = """
    MotionText { height: auto; width: 1fr; }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    first: reactive[int] = reactive(0)
    """The line at the top."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are, or as there is room for."""
        return len(excerpt(self._text, width, room(viewport.height), 0))

    def render(self) -> RenderResult:
        width, height = self.content_size
        return Content("\n".join(excerpt(self._text, width, height, self.first)))

    def read_on(self, by: int) -> bool:
        """Read on by so many lines, or back; False where there is nothing more."""
        more = lines_hidden(self._text, *self.content_size)
        place = max(0, min(more, min(self.first, more) + by))
        moved, self.first = place != self.first, place
        return moved

    def turn(self, pages: int) -> bool:
        """The same by so many pages; whether the text has more than one."""
        self.read_on(pages * max(1, self.content_size.height - 1))
        return lines_hidden(self._text, *self.content_size) > 0

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if self.read_on(1):
            event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if self.read_on(-1):
            event.stop()


def room(screen_height: int) -> int:
    """The lines a text may take on a screen of so many lines."""
    return max(1, (screen_height - 8) // 3)


def excerpt(text: str, width: int, height: int, first: int) -> list[str]:
    """At most `height` lines of `width` cells from `first` on; the last says if there are more."""
    lines, more = _lines(text, width, height)
    if not more:
        return lines
    first = max(0, min(first, more))
    shown = lines[first : first + height]
    mark = _MARKS[first > 0, first < more]
    return [*shown[:-1], set_cell_size(shown[-1], width - _MARK_WIDTH) + mark]


def lines_hidden(text: str, width: int, height: int) -> int:
    """How many lines find no room."""
    return _lines(text, width, height)[1]


def _lines(text: str, width: int, height: int) -> tuple[list[str], int]:
    """All lines, without blank ones; of a text that is too long, with room for the mark."""
    lines = [line for line in wrap(text, width) if line]
    if len(lines) <= height:
        return lines, 0
    lines = [line for line in wrap(text, width - _MARK_WIDTH) if line]
    return lines, len(lines) - height
