"""The program on a terminal that is looked at: it shows what Textual's own way would."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, timedelta
from functools import cache
from typing import Any

import pytest
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import Compositor  # pyright: ignore[reportPrivateUsage]
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import CursorPosition
from textual.geometry import Region
from textual.messages import TerminalSupportsSynchronizedOutput
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.protocol.messages.meeting import ChatMessage
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.terminal.abilities import erases
from boardroom_tui.ui.terminal.composing import SparingCompositor
from boardroom_tui.ui.widgets.chat.view import ChatView
from boardroom_tui.ui.widgets.plain_lines import PlainLines
from tests.ui import board
from tests.ui.scripted_link import NOON, ScriptedLink
from tests.ui.terminal.emulator import Cell, Emulator, Screen

TEXTS = (
    "The reserve.",
    "王小明，请看第十四页。",
    "So noted: " + "six months, not four. " * 7,
    "Yes.",
)


class Watched(HeadlessDriver):
    """A terminal's driver that hands what is written to an emulator."""

    emulator: Emulator
    written: str
    writes = 0
    is_behind = False
    """Whether it has yet to take what was written before."""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.emulator.feed(data)
        self.written += data
        Watched.writes += 1


class Meeting:
    """The program in a meeting, and the terminal that it writes to."""

    def __init__(self, app: BoardroomApp, link: ScriptedLink, pilot: Pilot[str | None]) -> None:
        self.app, self.link, self.pilot = app, link, pilot
        self._said = 0

    @property
    def driver(self) -> Watched:
        """What is between the program and the terminal."""
        driver = self.app._driver  # pyright: ignore[reportPrivateUsage]
        assert isinstance(driver, Watched)
        return driver

    def say(self, text: str) -> None:
        """Somebody says something."""
        self._said += 1
        who = board.ROSTER[self._said % 3]
        data = ChatMessage.Data(
            meeting_id=board.MEETING,
            message_id=f"said_{self._said}",
            user_id=who.user_id,
            user_name=who.name,
            message=text,
            timestamp=NOON + timedelta(minutes=self._said),
        )
        self.link.hear(ChatMessage(data=data))

    async def settled(self) -> None:
        """Wait until the terminal shows what the screen is."""
        await self.pilot.pause()
        try:
            async with asyncio.timeout(10):
                while self.driver.emulator.cells != self._wanted():
                    await self.pilot.pause()
        except TimeoutError:
            raise AssertionError(f"it shows this:\n{self.driver.emulator.text}") from None

    def _wanted(self) -> object:
        app = self.app
        strips = app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]
        return [_line(strip.render(app.console), app.size.width) for strip in strips]


@cache
def _line(written: str, width: int) -> list[Cell]:
    """What a line looks like that Textual writes as a whole."""
    emulator = Emulator(width, 1)
    emulator.feed(written)
    return emulator.cells[0]


@asynccontextmanager
async def meeting(size: tuple[int, int], kind: type[Screen] = Screen) -> AsyncGenerator[Meeting]:
    """The program once it has entered the meeting."""
    link = ScriptedLink()
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON, zone=UTC)
    Watched.emulator, Watched.written = Emulator(*size, kind), ""
    app.driver_class = Watched
    async with app.run_test(size=size, headless=False, notifications=True) as pilot:
        await pilot.pause()
        if answer := Watched.emulator.reports:
            row, _, column = answer.removeprefix("\x1b[").removesuffix("R").partition(";")
            app.post_message(CursorPosition(int(column) - 1, int(row) - 1))
        link.hear(board.ready(), board.state())
        yield Meeting(app, link, pilot)


async def test_the_terminal_shows_the_screen_whatever_happens() -> None:
    async with meeting((120, 40)) as at:
        await at.settled()
        for text in TEXTS:
            at.say(text)
            await at.settled()
        await at.pilot.press(*"Hi", "space", "backspace")
        await at.settled()
        at.app.tell("Vote recorded")
        await at.settled()
        at.link.hear(DecisionOpened(data=DecisionOpened.Data(**dict(board.BUDGET_OPEN))))
        await at.settled()
        for keys in (("escape",), ("tab",), ("pageup",), ("up",), ("f1",), ("escape",)):
            await at.pilot.press(*keys)
            await at.settled()
        at.app.show_theme(ThemeName.LIGHT)
        await at.settled()
        Watched.emulator = Emulator(80, 24)
        await at.pilot.resize_terminal(80, 24)
        await at.settled()
        at.say("On another terminal.")
        await at.settled()


async def test_the_terminal_shows_the_screen_where_what_moves_is_partly_covered() -> None:
    async with meeting((120, 40)) as at:
        for text in TEXTS * 6:
            at.say(text)
        await at.settled()
        at.app.tell("Something stands over a part of the conversation\nfor a while.")
        await at.settled()
        for text in TEXTS:
            at.say(text)
            await at.settled()
        at.app.clear_notifications()
        await at.settled()
        for text in TEXTS:
            at.say(text)
            await at.settled()


class WithoutSideMargins(Screen):
    """A terminal as tmux is."""

    def set_side_margins(self, left: int = 1, right: int = 0) -> None:
        self.save_cursor()


@pytest.mark.parametrize(
    ("size", "kind"), [((120, 40), Screen), ((80, 24), WithoutSideMargins)], ids=["wide", "usual"]
)
async def test_a_message_and_a_key_cost_little_and_nothing_new_costs_nothing(
    size: tuple[int, int], kind: type[Screen]
) -> None:
    async with meeting(size, kind) as at:
        for text in TEXTS * 4:
            at.say(text)
        await at.settled()
        # A late answer of another's, or a key that looks like one, changes nothing.
        at.app.post_message(CursorPosition(32 if kind is WithoutSideMargins else 0, 0))
        before = len(at.driver.written)
        at.say("I agree.")
        async with asyncio.timeout(10):
            while "I agree." not in at.driver.emulator.text:
                await at.pilot.pause(0.02)
        await at.settled()
        written = at.driver.written[before:]
        assert 0 < len(written) < 400
        assert ("\x1b[?69h" in written) == (kind is Screen)
        await at.pilot.press("a")
        await at.settled()
        before = len(at.driver.written)
        await at.pilot.press("b")
        await at.settled()
        assert 0 < len(at.driver.written) - before < 100
        before = len(at.driver.written)
        at.app.screen.refresh()
        await at.pilot.pause()
        assert len(at.driver.written) == before


async def test_what_is_drawn_is_one_write_and_much_of_it_is_shown_at_once() -> None:
    async with meeting((120, 40)) as at:
        at.app.post_message(TerminalSupportsSynchronizedOutput())
        await at.settled()
        Watched.writes, before = 0, len(at.driver.written)
        await at.pilot.press("a")
        await at.settled()
        assert Watched.writes == 1
        assert SYNC_START not in at.driver.written[before:]
        before = len(at.driver.written)
        await at.pilot.press("f1")
        await at.settled()
        begun, *rest = at.driver.written[before:].split(SYNC_START)
        assert len(begun) < 20
        assert rest
        assert all(SYNC_END in one for one in rest)


async def test_a_terminal_that_is_behind_is_sent_in_one_piece_what_it_does_not_show() -> None:
    async with meeting((120, 40)) as at:
        for text in TEXTS * 3:
            at.say(text)
        await at.settled()
        at.driver.is_behind = True
        before, writes = len(at.driver.written), at.driver.writes
        for text in TEXTS * 3:
            at.say(text)
            await at.pilot.press("a")
        await at.pilot.pause()
        assert len(at.driver.written) == before
        at.driver.is_behind = False
        await at.settled()
        # What was drawn twenty times is written at once, and what may have come as it was.
        assert at.driver.writes <= writes + 2
        at.driver.is_behind = True
        at.say("Nobody sees this on the terminal that was.")
        await at.pilot.pause()
        Watched.emulator = Emulator(80, 24)
        await at.pilot.resize_terminal(80, 24)
        at.driver.is_behind = False
        await at.settled()
        at.say("It goes on.")
        await at.settled()


async def test_only_what_changed_and_can_be_seen_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[str] = set()

    def noting(draw: Callable[[Any, Region], list[Strip]]) -> object:
        def note(widget: Widget, crop: Region) -> list[Strip]:
            drawn.add(type(widget).__name__)
            return draw(widget, crop)

        return note

    async with meeting((120, 40)) as at:
        for text in TEXTS * 4:
            at.say(text)
        await at.pilot.press("a")
        await at.settled()
        for kind in (Widget, ChatView):
            monkeypatch.setattr(kind, "render_lines", noting(kind.render_lines))
        await at.pilot.press("b")
        async with asyncio.timeout(10):
            while not drawn:
                await at.pilot.pause()
        assert drawn == {"ComposerField"}
        drawn.clear()
        at.say("I agree.")
        async with asyncio.timeout(10):
            while not drawn:
                await at.pilot.pause()
        assert drawn <= {"ChatList", "ScrollBar"}


async def test_what_is_drawn_again_is_cut_out_of_a_widget_no_second_time() -> None:
    async with meeting((120, 40)) as at:
        await at.settled()
        compositor = at.app.screen._compositor  # pyright: ignore[reportPrivateUsage]
        assert isinstance(compositor, SparingCompositor)
        whole = {id(strip) for line in compositor.render_full_update().strips for strip in line}
        compositor._dirty_regions.add(compositor.size.region)  # pyright: ignore[reportPrivateUsage]
        again = compositor.render_partial_update()
        assert again is not None
        assert {id(strip) for _, _, strip in again.pieces} == whole


async def test_a_second_draws_the_line_that_counts_it_and_nothing_else_is_made_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[tuple[str, int]] = []

    def noting(draw: Callable[[Any, Region], list[Strip]]) -> object:
        def note(widget: Widget, crop: Region) -> list[Strip]:
            drawn.append((type(widget).__name__, crop.height))
            return draw(widget, crop)

        return note

    def fail(*_: object) -> None:
        raise AssertionError("a second has these made")

    async with meeting((120, 40)) as at:
        at.link.hear(DecisionOpened(data=DecisionOpened.Data(**dict(board.BUDGET_OPEN))))
        for second in (0, 1):
            at.app.clock = lambda passed=second: NOON + timedelta(seconds=passed)
            async with asyncio.timeout(10):
                while f"04:{30 - second} left" not in at.driver.emulator.text:
                    await at.pilot.pause(0.02)
        await at.settled()
        for made in ("board.hints", "widgets.vote.pane.card", "screens.meeting.presence_rows"):
            monkeypatch.setattr(f"boardroom_tui.ui.{made}", fail)
        for kind in (Widget, PlainLines):
            monkeypatch.setattr(kind, "render_lines", noting(kind.render_lines))
        before = len(at.driver.written)
        at.app.clock = lambda: NOON + timedelta(seconds=2)
        async with asyncio.timeout(10):
            while not drawn:
                await at.pilot.pause(0.02)
        assert drawn == [("VoteCard", 1)]
        await at.settled()
        assert len(at.driver.written) - before < 120


async def test_what_something_else_wrote_is_mended() -> None:
    async with meeting((80, 24)) as at:
        await at.settled()
        at.driver.emulator.feed("\x1b[5;5HBroadcast message: the machine goes down")
        at.app.command(CommandId.REDRAW)
        await at.settled()
        at.driver.emulator.feed("\x1b[2J")
        await at.pilot.resize_terminal(80, 24)
        await at.settled()


async def test_where_textual_is_another_its_own_way_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("boardroom_tui.ui.terminal.painting.is_as_expected", lambda: False)
    monkeypatch.setattr("textual.screen.Compositor", Compositor)
    async with meeting((60, 20)) as at:
        await at.settled()
        at.say("As ever.")
        await at.settled()


async def test_whoever_wants_no_colour_is_sent_none_and_sees_what_is_selected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with meeting((80, 24)) as at:
        for text in TEXTS:
            at.say(text)
            await at.settled()
        for keys, selected in (
            (("escape", "up"), "Yes."),
            (("g",), "Budget 2027"),
            (("space", "r", "down"), "Daniel Brandt"),
        ):
            await at.pilot.press(*keys)
            await at.settled()
            assert selected in "\n".join(map(_reversed, at.driver.emulator.cells))
    pens = ";".join(re.findall(r"\x1b\[([0-9;]*)m", at.driver.written))
    assert set(pens.split(";")) <= {"", "0", "1", "4", "7", "22", "24", "27"}


def _reversed(line: list[Cell]) -> str:
    """What of a line is drawn reversed."""
    return "".join(cell.character for cell in line if cell.attributes[2:3] == (True,))


@pytest.mark.parametrize(
    ("environment", "does"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux"}, True),
        ({"TERM": "vt220"}, False),
        ({}, True),
    ],
)
def test_blanks_are_erased_in_terminals_that_are_known_to_keep_the_ground(
    environment: dict[str, str], does: bool
) -> None:
    assert erases(environment) is does
