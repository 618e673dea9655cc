"""An app whose terminal is written only what changed there."""

import asyncio
import os
from typing import TYPE_CHECKING, Any, cast

from rich.console import RenderableType
from textual import events
from textual.app import ReturnType
from textual.screen import Screen

from boardroom_tui.ui.terminal.abilities import MARGIN_QUESTION, Abilities, erases
from boardroom_tui.ui.terminal.guest import guest_of
from boardroom_tui.ui.terminal.still_app import StillApp

if TYPE_CHECKING:
    from boardroom_tui.ui.terminal.painting import Painting


class PaintedApp(StillApp[ReturnType]):
    """An app that writes the difference; as Textual does where its private parts are others."""

    def __init__(self) -> None:
        super().__init__()
        self._painting = _painting()
        self._asked: bool | None = None
        """Whether the terminal has yet to answer; None before it is asked."""
        self.in_front = asyncio.Event()
        """It draws, and what is typed is for it: no other app is in front of it."""
        self.in_front.set()

    def wait_behind(self, other: "PaintedApp[Any]") -> None:
        """Begin in the terminal that another app has open, and draw nothing before `take_over`."""
        if other._driver is not None:
            self.driver_class = guest_of(other._driver)
        self.in_front.clear()

    def take_over(self, other: "PaintedApp[Any]") -> None:
        """Draw from now on in the other's place: what it shows is there already."""
        self._painting, self._asked = other._painting, other._asked
        vars(self)["_sync_available"] = vars(other)["_sync_available"]  # told once, to the first
        other.in_front.clear()
        self.in_front.set()
        if self.size != other.size:
            self.post_message(events.Resize(other.size, other.size))
        self.refresh()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if not self.in_front.is_set():
            return
        update: object = renderable
        if self._painting is not None and not self.is_headless:
            update = self._painting.shortened(
                renderable, self.console, at_once=self._sync_available
            )
        # Textual's own updates are no renderables by their type, either.
        super()._display(screen, cast(RenderableType | None, update))  # pyright: ignore[reportUnknownMemberType]

    def _begin_update(self) -> None:
        """Written with the update itself: each write wakes the thread that carries it out."""
        if self._painting is None:
            super()._begin_update()

    def _end_update(self) -> None:
        if self._painting is None:
            super()._end_update()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that comes back tells its size, too, and may show anything."""
        self._ask_for_margins()
        self.paint_anew()

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        if self._painting is not None and self._asked:
            self._painting.terminal = self._painting.terminal.told(event.x)
            self._asked = False

    def _ask_for_margins(self) -> None:
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_inline or driver.is_web:
            return
        if not self.in_front.is_set():
            return
        if self._asked is None and self._painting is not None:
            self._asked = True
            driver.write(MARGIN_QUESTION)
            driver.flush()

    def paint_anew(self) -> None:
        """Write the whole screen: something else may have written to the terminal."""
        if self._painting is not None and not self.is_headless:
            self._painting.forget()
            self.refresh()


def _painting() -> "Painting | None":
    try:
        from boardroom_tui.ui.terminal.composing import compose_sparingly  # noqa: PLC0415
        from boardroom_tui.ui.terminal.painting import Painting, is_as_expected  # noqa: PLC0415
    except ImportError:
        return None
    if not is_as_expected():
        return None
    compose_sparingly()
    return Painting(Abilities(erases(os.environ)))
