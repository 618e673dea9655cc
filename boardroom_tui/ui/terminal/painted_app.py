"""An app whose terminal is written only what changed there."""

import os
from typing import TYPE_CHECKING, cast

from rich.console import RenderableType
from textual import events
from textual.app import App, ReturnType
from textual.screen import Screen

from boardroom_tui.ui.terminal.abilities import Abilities, erases

if TYPE_CHECKING:
    from boardroom_tui.ui.terminal.painting import Painting


class PaintedApp(App[ReturnType]):
    """An app that writes the difference; as Textual does where its private parts are others."""

    def __init__(self) -> None:
        super().__init__()
        self._painting = _painting()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        update: object = renderable
        if self._painting is not None and not self.is_headless:
            update = self._painting.shortened(renderable, self.console)
        # Textual's own updates are no renderables by their type, either.
        super()._display(screen, cast(RenderableType | None, update))  # pyright: ignore[reportUnknownMemberType]

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that comes back tells its size, too, and may show anything."""
        self.paint_anew()

    def paint_anew(self) -> None:
        """Write the whole screen: something else may have written to the terminal."""
        if self._painting is not None and not self.is_headless:
            self._painting.forget()
            self.refresh()


def _painting() -> "Painting | None":
    try:
        from boardroom_tui.ui.terminal.painting import Painting, is_as_expected  # noqa: PLC0415
    except ImportError:
        return None
    return Painting(Abilities(erases(os.environ))) if is_as_expected() else None
