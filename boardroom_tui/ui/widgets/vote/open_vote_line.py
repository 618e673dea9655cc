"""The open vote in one line, on a screen that hides the meeting."""

from collections.abc import Callable
from typing import ClassVar

from textual.content import Content
from textual.widgets import Static


class OpenVoteLine(Static):
    """Its title, one's own vote, the time left and the key; no line while no vote is open."""

    DEFAULT_CSS = """
    OpenVoteLine { display: none; height: 1; padding: 0 1; background: $bar; text-wrap: nowrap; }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._drawn: Callable[[int], Content] | None = None

    def keep_in_sight(self, drawn: Callable[[int], Content] | None) -> None:
        """Show what `drawn` gives for so many cells; None shows nothing."""
        self._drawn = drawn
        self.display = drawn is not None
        self.screen.set_class(drawn is not None, "-voting")
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._drawn is not None:
            self.update(self._drawn(self.screen.size.width - 2))
