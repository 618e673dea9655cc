"""An app whose terminal is written only what changed there."""

import asyncio
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.console import RenderableType
from textual import events
from textual.app import ReturnType
from textual.driver import Driver
from textual.screen import Screen

from boardroom_tui.ui.terminal.abilities import MARGIN_QUESTION, Abilities, erases
from boardroom_tui.ui.terminal.still_app import StillApp

if TYPE_CHECKING:
    from boardroom_tui.ui.door.door import Door
    from boardroom_tui.ui.terminal.behind import Behind
    from boardroom_tui.ui.terminal.painting import Painting
    from boardroom_tui.ui.terminal.rows import Row

_LOOK = 0.02
"""Seconds between two looks whether a slow terminal takes more."""


class PaintedApp(StillApp[ReturnType]):
    """An app that writes the difference; as Textual does where its private parts are others."""

    def __init__(self) -> None:
        super().__init__()
        self._painting = _painting()
        self._asked: bool | None = None
        """Whether the terminal has yet to answer; None before it is asked."""
        self._is_catching_up = False
        self.in_front = asyncio.Event()
        """It draws, and what is typed is for it: no door is in front of it."""
        self.in_front.set()

    def wait_behind(self, door: "Door", behind_keys: Callable[[Callable[[], None]], None]) -> None:
        """Begin where a door stands, and draw nothing before `come_forward`.

        `behind_keys` does something once all is done that was typed before.
        """
        from boardroom_tui.ui.terminal.behind import Behind  # noqa: PLC0415 - not on Windows

        driver = partial(Behind, door=door, behind_keys=behind_keys, then=self._take_over)
        self.driver_class = cast("type[Driver]", driver)
        self.in_front.clear()

    def come_forward(self) -> None:
        """Do what was typed at the door, then draw in its place: what it shows is there already."""
        cast("Behind", self._driver).take_turn()

    def _take_over(self, rows: "list[Row]") -> None:
        if self._painting is not None:
            self._painting.show(rows)
        self.in_front.set()
        self._ask_for_margins()
        self.refresh()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if not self.in_front.is_set():
            return
        update: object = renderable
        if self._painting is not None and not self.is_headless:
            update = self._painting.shortened(
                renderable, self.console, at_once=self._sync_available, is_behind=self._is_behind
            )
            self._catch_up_later()
        # Textual's own updates are no renderables by their type, either.
        super()._display(screen, cast(RenderableType | None, update))  # pyright: ignore[reportUnknownMemberType]

    @property
    def _is_behind(self) -> bool:
        """Whether the terminal has yet to take what was written before, over a slow line."""
        return bool(getattr(self._driver, "is_behind", False))

    def _catch_up_later(self) -> None:
        """See before long whether the terminal takes what it does not show yet."""
        if self._painting is not None and self._painting.owes and not self._is_catching_up:
            self._is_catching_up = True
            asyncio.get_running_loop().call_later(_LOOK, self._catch_up)

    def _catch_up(self) -> None:
        self._is_catching_up = False
        if self._painting is None or not self.is_running or not self.screen_stack:
            return
        if not self._is_behind:
            owed = self._painting.overdue(at_once=self._sync_available)
            super()._display(self.screen, cast(RenderableType | None, owed))  # pyright: ignore[reportUnknownMemberType]
        self._catch_up_later()

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
