"""A small app that holds what is to be tested, and what it then shows."""

import asyncio
from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from boardroom_tui.ui.look.themes import DARK, THEMES


class Host(App[None]):
    """Shows the widgets it is given, in our own theme."""

    CSS = "Screen { layout: vertical; }"

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self._held = widgets
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield from self._held


def text_of(widget: Widget) -> str:
    """What a widget shows, children included, without blanks at the ends of lines."""
    width, height = widget.outer_size
    return "\n".join(
        strip.text.rstrip() for strip in widget.render_lines(Region(0, 0, width, height))
    )


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app run until the condition holds."""
    async with asyncio.timeout(10):
        while not condition():
            await pilot.pause(0.01)
