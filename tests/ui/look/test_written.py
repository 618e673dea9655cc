"""What is written on the views as they are drawn: in every theme it can be read."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.segment import Segment
from textual._context import visible_screen_stack
from textual.app import App
from textual.color import Color
from textual.command import CommandList
from textual.pilot import Pilot
from textual.screen import Screen

from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.look.themes import THEMES
from boardroom_tui.ui.widgets.chat.view import ChatView
from tests.ui import board
from tests.ui import golden_scenes as scenes
from tests.ui.golden_walks import drawn_when_looked_at
from tests.ui.look.contrast import contrast
from tests.ui.screen_text import VOTING, at_the_meeting
from tests.welcome.test_first_screen import first_screen

LEAST = 4.5
LEAST_IN_HIGH_CONTRAST = 7.0
DIALOGS = (
    *(CommandId.HELP, CommandId.CONTROL, CommandId.NOTICES, CommandId.MINUTES, CommandId.APPROVE),
)


def written(screen: Screen[Any]) -> Iterator[Segment]:
    """The words and numbers on a screen, without what shows through from behind it."""
    visible_screen_stack.set([])
    for y, strip in enumerate(screen._compositor.render_strips()):  # pyright: ignore[reportPrivateUsage]
        x = 0
        for segment in strip:
            if any(map(str.isalnum, segment.text)) and screen.get_widget_at(x, y)[0] is not screen:
                yield segment
            x += segment.cell_length


def unreadable(app: App[Any], screen: Screen[Any]) -> list[str]:
    """What has too little contrast with its ground, on a screen that has something written."""
    found: list[str] = []
    least = LEAST_IN_HIGH_CONTRAST if app.theme == ThemeName.CONTRAST else LEAST
    segments = list(written(screen))
    assert segments, screen
    for text, style, _ in segments:
        assert style is not None and style.color is not None and style.bgcolor is not None, text
        measured = contrast(
            Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        )
        if measured < least:
            found.append(f"{app.theme}, {type(screen).__name__}: {text} ({measured:.1f})")
    return found


async def test_what_is_written_on_the_first_screen_can_be_read_in_every_theme(
    tmp_path: Path,
) -> None:
    found: list[str] = []
    async with first_screen(tmp_path / "r", "q1", notice="no server") as (app, pilot):
        for keys in ([], ["p"], ["escape", "h"], ["escape", "question_mark"]):
            await pilot.press(*keys)
            await pilot.pause()
            for theme in THEMES:
                app.theme = theme.name
                await pilot.pause()
                found += unreadable(app, app.screen)
    assert found == []


async def open_the_palette(app: BoardroomApp, pilot: Pilot[str | None]) -> None:
    """With a row selected. It keeps the colours in which it was opened."""
    app.meeting_screen.action_command(CommandId.PALETTE)
    async with asyncio.timeout(10):
        while not any(one.option_count for one in app.screen.query(CommandList)):
            await pilot.pause(0.05)
    await pilot.press("down")
    assert app.screen.query_one(CommandList).highlighted is not None


async def test_what_is_written_on_every_view_can_be_read_in_every_theme() -> None:
    async with (
        drawn_when_looked_at(),
        at_the_meeting(board.ready(), VOTING, size=(110, 24)) as (app, link, pilot),
    ):
        meeting = app.meeting_screen
        await pilot.press("escape", "up")
        assert app.screen.query_one(ChatView).selected is not None
        scenes.call(link)
        # One over the other, for a theme that is changed then changes all of them at once.
        for command in DIALOGS:
            meeting.action_command(command)
            await pilot.pause()
        scenes.draft_the_minutes(link)
        # As a replay has it.
        link.become(Phase.REPLAY)
        meeting.composer.disabled = True
        await pilot.pause()
        found: list[str] = []
        for theme in THEMES:
            app.show_theme(ThemeName(theme.name))
            await pilot.pause()
            for screen in app.screen_stack[1:]:
                found += unreadable(app, screen)
            await open_the_palette(app, pilot)
            found += unreadable(app, app.screen)
            await pilot.press("escape")
    assert found == []
