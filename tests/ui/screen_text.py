"""A screen as text: what stands in each cell, without colours, to be read and compared.

`python -m tests.ui.screen_text` writes the golden screens anew; look at what has changed.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.settings import Settings
from tests.ui import board
from tests.ui.leading_scenes import busy
from tests.ui.scripted_link import NOON, ScriptedLink

GOLDEN = Path(__file__).with_name("golden")


def screen_text(app: App[Any]) -> str:
    """The lines of the screen on top, blanks at their ends left out."""
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
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON, zone=UTC, settings=settings)
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


@dataclass(frozen=True, slots=True)
class Golden:
    """A screen that is compared letter for letter."""

    name: str
    size: tuple[int, int]
    scene: ServerMessage
    keys: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return GOLDEN / f"{self.name}.txt"

    async def drawn(self) -> str:
        """The screen as the program draws it now."""
        async with at_the_meeting(board.ready(), self.scene, size=self.size) as (app, _, pilot):
            await pilot.press(*self.keys)
            await pilot.wait_for_scheduled_animations()
            await pilot.pause()
            return screen_text(app) + "\n"


VOTING = board.state(decisions=(board.MINUTES, board.BUDGET_OPEN, board.LISBON))

GOLDENS = (
    Golden("meeting-120x40", (120, 40), board.state()),
    Golden("vote-120x40", (120, 40), VOTING),
    Golden("vote-200x60", (200, 60), VOTING),
    Golden("vote-200x12", (200, 12), VOTING),
    Golden("vote-110x16", (110, 16), VOTING, ("f2",)),
    Golden("vote-hidden-120x40", (120, 40), VOTING, ("f4", "space", "h")),
    Golden("vote-maximised-120x40", (120, 40), VOTING, ("f2", "space", "z")),
    Golden("meeting-80x24", (80, 24), board.state()),
    Golden("vote-80x24", (80, 24), VOTING),
    Golden("agenda-80x24", (80, 24), VOTING, ("f2",)),
    Golden("people-80x24", (80, 24), VOTING, ("f3",)),
    Golden("vote-pane-80x24", (80, 24), VOTING, ("f4",)),
    Golden("agenda-60x20", (60, 20), VOTING, ("f2",)),
    Golden("vote-60x20", (60, 20), VOTING),
    Golden("vote-40x12", (40, 12), VOTING),
    Golden("control-120x40", (120, 40), busy(), ("escape", "space", "o")),
    Golden("control-80x24", (80, 24), busy(), ("escape", "space", "o")),
    Golden("control-60x20", (60, 20), busy(), ("escape", "space", "o")),
    Golden("decisions-120x40", (120, 40), VOTING, ("escape", "space", "d")),
    Golden("decisions-80x24", (80, 24), VOTING, ("escape", "space", "d")),
    Golden("decisions-60x20", (60, 20), VOTING, ("escape", "space", "d", "down")),
    Golden("too-small-38x9", (38, 9), VOTING),
    Golden("roster-80x24", (80, 24), VOTING, ("escape", "space", "r")),
    Golden("roster-60x20", (60, 20), VOTING, ("escape", "space", "r")),
    Golden("help-80x24", (80, 24), VOTING, ("f1",)),
    Golden("notices-60x20", (60, 20), VOTING, ("escape", "space", "i")),
    Golden("search-80x24", (80, 24), VOTING, ("escape", "space", "s", *"vote")),
    Golden("thread-60x20", (60, 20), board.state(), ("escape", *["up"] * 5, "space", "t")),
)


async def _write_all() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for golden in GOLDENS:
        golden.path.write_text(await golden.drawn(), "utf-8")


if __name__ == "__main__":
    asyncio.run(_write_all())
