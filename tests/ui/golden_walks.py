"""The golden screens: every view as somebody sees it who walks through them, size by size.

`python -m tests.ui.golden_walks` writes them anew; look at what has changed.
"""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import Role
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.palette import Palette
from tests.replay.test_screen import at_the_replay
from tests.ui import board
from tests.ui import golden_scenes as scenes
from tests.ui.leading_scenes import busy
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text
from tests.ui.scripted_link import ScriptedLink
from tests.welcome.test_first_screen import first_screen

GOLDEN = Path(__file__).with_name("golden")

Size = tuple[int, int]
Stage = AbstractAsyncContextManager[tuple[App[Any], ScriptedLink | None, Pilot[Any]]]

SIZES: tuple[Size, ...] = ((120, 40), (200, 60), (80, 24), (60, 20))
SMALL: tuple[Size, ...] = ((80, 24), (60, 20))
"""For dialogs, which are as wide elsewhere."""
_ESC = "escape"


@dataclass(frozen=True, slots=True)
class View:
    """Something to look at, and the keys that lead there and away."""

    name: str
    keys: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    sizes: tuple[Size, ...] = SIZES
    told: Callable[[ScriptedLink], object] | None = None
    """What the link tells before."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One run of the program, from view to view."""

    name: str
    begin: Callable[[], Stage]
    views: tuple[View, ...]

    @property
    def names(self) -> list[str]:
        """What the screens are called."""
        return [_name(view, size) for view in self.views for size in view.sizes]

    async def screens(self) -> AsyncIterator[tuple[str, Size, str]]:
        """Each screen as the program draws it now: its name, its size and its text."""
        async with drawn_when_looked_at(), self.begin() as (app, link, pilot):
            last = SIZES[0]
            for view in self.views:
                # A view begins at the size at which the one before has ended: each costs.
                sizes = sorted(view.sizes, reverse=last == max(view.sizes))
                last = sizes[0]
                await pilot.resize_terminal(*last)
                if view.told is not None and link is not None:
                    view.told(link)
                    await _until_still(app, pilot)
                await pilot.press(*view.keys)
                for size in sizes:
                    if size != last:
                        await pilot.resize_terminal(*size)
                        last = size
                    app.clear_notifications()
                    await pilot.wait_for_scheduled_animations()
                    await pilot.pause()
                    if isinstance(app, BoardroomApp):
                        app._pass_time()  # pyright: ignore[reportPrivateUsage]  # a second later
                    await _until_still(app, pilot)
                    yield _name(view, size), size, screen_text(app) + "\n"
                await pilot.press(*view.back)
                if isinstance(app, BoardroomApp):
                    app.meeting_screen.write()
                    await pilot.pause()


def _name(view: View, size: Size) -> str:
    return f"{view.name}-{size[0]}x{size[1]}"


def golden(name: str) -> Path:
    """Where a screen is kept."""
    return GOLDEN / f"{name}.txt"


@asynccontextmanager
async def drawn_when_looked_at() -> AsyncGenerator[None]:
    """Without a terminal each change is drawn all the same, and thrown away: half of the time."""

    def refresh(screen: Any) -> None:
        screen._compositor._dirty_regions.clear()
        screen._dirty_widgets.clear()
        screen.app._update_mouse_over(screen)

    with patch.object(Screen, "_compositor_refresh", refresh):
        yield


async def _until_still(app: App[Any], pilot: Pilot[Any]) -> None:
    before = ""
    while before != (before := screen_text(app)):
        # The palette finds its entries by and by.
        await pilot.pause(0.2 if isinstance(app.screen, Palette) else None)


def _meeting(*messages: ServerMessage) -> Callable[[], Stage]:
    return lambda: at_the_meeting(*messages, size=SIZES[0])


@asynccontextmanager
async def _welcome() -> AsyncGenerator[tuple[App[Any], None, Pilot[Any]]]:
    with tempfile.TemporaryDirectory() as folder:
        async with first_screen(Path(folder) / "r", "q1", "q2", size=SIZES[0]) as (app, pilot):
            yield app, None, pilot


@asynccontextmanager
async def _replay() -> AsyncGenerator[tuple[App[Any], None, Pilot[Any]]]:
    async with at_the_replay(SIZES[0]) as (app, _, pilot):
        yield app, None, pilot


LEADER = board.ready()
MEMBER = board.ready("user_2", Role.PARTICIPANT)

WALKS = (
    Walk(
        "meeting",
        _meeting(LEADER, board.state(chat=(*board.said(), scenes.CALL))),
        (
            View("meeting"),
            View("thread", (_ESC, *["up"] * 6, "space", "t"), (_ESC, "end")),
            View("follow-ups", (_ESC, "space"), (_ESC,), SMALL),
            View("commands-offered", ("/",), ("backspace",), SMALL),
            View("bare", (_ESC, "space", "v"), (_ESC,), SMALL),
            View("verdict", told=scenes.end_the_vote),
            View("lost", (), (), told=scenes.lose_the_connection),
            View("token", (), (_ESC,), SMALL, told=scenes.run_out),
            View("ended", told=scenes.end_the_connection, sizes=SMALL),
        ),
    ),
    Walk(
        "vote",
        _meeting(LEADER, VOTING),
        (
            View(
                "vote",
                sizes=(*SIZES, (110, 16), (200, 12), (40, 12), (38, 9)),
            ),
            View("agenda", ("f2",)),
            View("people", ("f3",)),
            View("vote-pane", ("f4",)),
            View("vote-hidden", ("f4", "space", "h"), ("space", "0"), SIZES[:1]),
            View("vote-maximised", ("f2", "space", "z"), ("space", "0"), SIZES[:1]),
            View("decisions", (_ESC, "space", "d", "down"), (_ESC,)),
            View("roster", (_ESC, "space", "r"), (_ESC,)),
            View("notices", ("f2", "space", "i"), (_ESC,), told=scenes.call),
            View("help", ("f1",), (_ESC,)),
            View("help-search", ("f1", *"vote"), (_ESC, _ESC), SMALL),
            View("search", (_ESC, "space", "s", *"vote"), (_ESC,)),
            View("palette", ("ctrl+p", *"recess"), (_ESC,)),
            View("themes", (_ESC, "space", "y"), (_ESC,), SMALL),
            View("minutes", (_ESC, "F"), (_ESC,), told=scenes.draft_the_minutes),
            View("ballot", ("f5",), (_ESC,)),
            View("ballot-confirmed", ("f5", *"Well done", "enter"), (_ESC, _ESC), SMALL),
            View("opening", ("ctrl+o",), (_ESC,)),
            View("leaving", ("ctrl+q",), (_ESC,), SMALL),
            View(
                "secret-ballot",
                ("f5", "tab", *"my owl"),
                (_ESC,),
                SMALL,
                told=scenes.open_a_secret_ballot,
            ),
        ),
    ),
    Walk(
        "control",
        _meeting(LEADER, busy()),
        (View("control", (_ESC, "space", "o"), (_ESC,)),),
    ),
    Walk(
        "member",
        _meeting(MEMBER, VOTING),
        (View("member"), View("member-voted", told=scenes.vote, sizes=SMALL)),
    ),
    Walk(
        "private",
        _meeting(LEADER, board.state()),
        (
            View("unlocking", (*"/unlock", "enter"), (_ESC,), SMALL, told=scenes.lock),
            View("room", (*"/private", "enter"), (_ESC,), SMALL, told=scenes.unlock),
            View("devices", (*"/devices priya", "enter"), (_ESC,), SMALL),
            View("private", (*"/dm priya", "enter"), told=scenes.whisper),
        ),
    ),
    Walk("connecting", scenes.connecting, (View("connecting"),)),
    Walk(
        "welcome",
        _welcome,
        (
            View("welcome"),
            View("welcome-help", ("question_mark",), (_ESC,), SMALL),
            View("welcome-paste", ("p",), (_ESC,), SMALL),
            View("welcome-file", ("h",), (_ESC,), SMALL),
        ),
    ),
    Walk("replay", _replay, (View("replay", ("right_curly_bracket",)),)),
)


async def _write_all() -> None:
    for path in GOLDEN.iterdir():
        path.unlink()
    for walk in WALKS:
        async for name, _, text in walk.screens():
            golden(name).write_text(text, "utf-8")


if __name__ == "__main__":
    asyncio.run(_write_all())
