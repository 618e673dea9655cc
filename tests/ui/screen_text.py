"""A screen as text: what stands in each cell, without colours, to be read and compared."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC
from typing import Any, cast

from textual._context import visible_screen_stack
from textual.app import App
from textual.notifications import SeverityLevel
from textual.pilot import Pilot
from textual.screen import Screen

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.settings import Settings
from tests.ui import board
from tests.ui.scripted_link import NOON, ScriptedLink

_FOR_GOOD = 600.0
"""Seconds: longer than a slow machine needs to look at a toast."""


class LastingToasts(BoardroomApp):
    """The program, whose toasts go when they are cleared and not by themselves."""

    def tell(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float = _FOR_GOOD,
    ) -> None:
        super().tell(message, title=title, severity=severity, timeout=max(timeout, _FOR_GOOD))


def screen_text(app: App[Any]) -> str:
    """The lines of the screen on top, blanks at their ends left out."""
    behind = cast("list[Screen[object]]", app._background_screens)  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]
    visible_screen_stack.set(behind)
    update = app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]
    return "\n".join(strip.text.rstrip() for strip in update)


@asynccontextmanager
async def at_the_meeting(
    *messages: ServerMessage,
    size: tuple[int, int] = (120, 40),
    settings: Settings | None = None,
) -> AsyncGenerator[tuple[BoardroomApp, ScriptedLink, Pilot[str | None]]]:
    """The program on a terminal of this size, once it has heard these messages."""
    link = ScriptedLink()
    app = LastingToasts(link, board.MEETING, clock=lambda: NOON, zone=UTC, settings=settings)
    # Heard before it begins, for each drawing of the whole screen costs as much as a test.
    link.hear(*(messages or (board.ready(), board.state())))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield app, link, pilot


async def until(pilot: Pilot[str | None], condition: Callable[[], bool]) -> None:
    """Let the program run until the condition holds."""
    async with asyncio.timeout(10):
        while not condition():
            await pilot.pause()


VOTING = board.state(decisions=(board.MINUTES, board.BUDGET_OPEN, board.LISBON))
