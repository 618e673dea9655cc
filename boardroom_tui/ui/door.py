"""The door: one can write as soon as anything is drawn, while the boardroom is loaded behind it.

It knows no message, no connection and no pane. What it cannot do itself waits, in order, for the
board that it gives way to: no key is lost, and none is taken for something else.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import ClassVar, cast

from rich.console import RenderableType
from textual import events
from textual.events import Event
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.types import CSSPathType
from textual.widget import Widget

from boardroom_tui.ui.look.theme_names import DEFAULT
from boardroom_tui.ui.look.themes import VARIABLES, begin_with
from boardroom_tui.ui.remembered import Remembered
from boardroom_tui.ui.screens.meeting_frame import MeetingFrame
from boardroom_tui.ui.terminal.painted_app import PaintedApp
from boardroom_tui.ui.widgets.composer import Composer
from boardroom_tui.ui.widgets.header import HeaderSlice, Sign
from boardroom_tui.ui.widgets.key_line import KeyHint, KeyLine

_DRAWN = 4
"""So many lines of a pane look different at most: its title, a margin, nothing, and its end."""
_LEAVE = KeyHint("^C", "Leave", "leave", pinned=True)


class _Doorway(MeetingFrame):
    """The panes before anything is in them."""

    AUTO_FOCUS = ""

    def __init__(self, title: str, where: str, text: str) -> None:
        super().__init__(
            agenda=_Pane("agenda"),
            people=_Pane("people"),
            chat=_Pane("chat", "Conversation"),
            vote=_Pane("vote"),
        )
        sign = Sign("◌", f"Connecting to {where}", "Connecting", "$warning")
        self._header_slice, self._text = HeaderSlice(title, (sign,)), text

    def on_mount(self) -> None:
        self.header.slice = self._header_slice
        self.keys.hints = (_LEAVE,)
        self.composer.put(self._text)
        self.composer.focus_field()


class _Pane(Widget):
    """A frame with nothing in it."""

    def __init__(self, name: str, title: str = "") -> None:
        super().__init__(id=name)
        self.border_title = title or name.capitalize()

    def render(self) -> str:
        """Nothing."""
        return ""

    def render_lines(self, crop: Region) -> list[Strip]:
        """As any widget's, but what is the same from top to bottom is drawn once."""
        if crop.height < _DRAWN:
            return super().render_lines(crop)
        x, y, width, height = crop
        top = super().render_lines(Region(x, y, width, _DRAWN - 1))
        bottom = super().render_lines(Region(x, y + height - 1, width, 1))
        return [*top, *top[-1:] * (height - _DRAWN), *bottom]


def _nothing() -> None:
    """It is the board that is left from now on."""


class Door(PaintedApp[None]):
    """Shows whither one is on the way, and takes what one writes; Ctrl+C leaves."""

    TITLE = "Boardroom"
    ENABLE_COMMAND_PALETTE = False
    # Of the screen that an app begins with Textual does not read it.
    CSS_PATH: ClassVar[CSSPathType | None] = MeetingFrame.CSS_PATH

    def __init__(
        self, title: str, where: str, look: Remembered, text: str = "", keys: Iterable[Event] = ()
    ) -> None:
        """The header shows the title, and where the meeting is looked for.

        `text` is written, and `keys` are pressed, as at a door before this one.
        """
        super().__init__()
        begin_with(self, look.theme or DEFAULT)
        self._doorway = _Doorway(title, where, text)
        self._doorway.rearrange(look.arrangement)
        self._is_open = False
        """Whether what is typed goes where one writes."""
        self._waiting: list[Event] = [*keys]
        """What was typed and cannot be done yet, and all behind it."""
        self._hears: Callable[[Message], object] = self.post_message
        """Whoever is told what the terminal sends."""
        self.leave: Callable[[], object] = self.close
        """What is done when the user would not wait."""
        self.stands = asyncio.Event()
        """It can be seen."""

    def get_default_screen(self) -> Screen[object]:
        """The only one."""
        return cast("Screen[object]", self._doorway)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables, for a theme that lacks them."""
        return dict(VARIABLES)

    @property
    def composer(self) -> Composer:
        """Where one writes."""
        return self._doorway.composer

    @property
    def waiting(self) -> tuple[Event, ...]:
        """What was typed and not done."""
        return tuple(self._waiting)

    def on_mount(self) -> None:
        driver, loop = self._driver, asyncio.get_running_loop()

        def pass_on(message: Message) -> None:
            # Who hears it is decided where it can change: the terminal is read in a thread.
            loop.call_soon_threadsafe(lambda: self._hears(message))

        if driver is not None:
            driver.send_message = pass_on

    async def on_ready(self) -> None:
        self._is_open = True
        early, self._waiting = self._waiting, []
        for event in early:
            await self.on_event(event)
        self.call_after_refresh(self.stands.set)

    async def on_event(self, event: Event) -> None:
        """Take what is for the text; leave the rest to the board, with all that comes behind it."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if isinstance(event, events.Key) and event.key == "ctrl+c":
                self.leave()
                return
            is_other = isinstance(event, events.Key) and not self.composer.edits(event)
            if self._waiting or is_other or not self._is_open:
                self._waiting.append(event)
                return
        await super().on_event(event)

    def on_key_line_pressed(self, _: KeyLine.Pressed) -> None:
        self.leave()

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """As if the user had left: what is behind the door ends first."""
        self.leave()

    def close(self) -> None:
        """End, and give the terminal back."""
        super().exit()

    async def give_way(self, board: PaintedApp[str | None], composer: Composer) -> None:
        """Have the board, which stands behind, go on with what one writes and draw in its place."""
        later: list[Message] = []
        done = asyncio.Event()

        def hand_over() -> None:
            composer.go_on_from(self.composer)
            for message in (*self._waiting, *later):
                board.post_message(message)
            if not self.app_focus:
                board.post_message(events.AppBlur())
            self._hears, self.leave = board.post_message, _nothing
            if self._driver is not None:
                # It is told of another size, and of going on after a stop.
                self._driver._app = board  # pyright: ignore[reportPrivateUsage]
            done.set()

        self._hears = later.append
        # Behind the keys that are on their way to the text.
        self.call_later(self.composer.in_turn, hand_over)
        await done.wait()
        board.call_after_refresh(board.take_over, self)
