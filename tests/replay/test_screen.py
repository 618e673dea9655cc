"""A replay on the screen of a live meeting: its bar, its keys, and that nothing is sent."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from boardroom_tui.replay.app import ReplayApp
from boardroom_tui.replay.bar import length_in_words
from boardroom_tui.replay.link import ReplayLink
from boardroom_tui.replay.player import Control
from boardroom_tui.replay.seat import Seat
from boardroom_tui.ui.command import Who, reason_against
from boardroom_tui.ui.commands import COMMANDS
from tests.replay.meetings import example
from tests.ui.screen_text import screen_text, until


@asynccontextmanager
async def at_the_replay(
    size: tuple[int, int] = (120, 40),
) -> AsyncGenerator[tuple[ReplayApp, ReplayLink, Pilot[str | None]]]:
    """The program, paused at the beginning of the example."""
    link = ReplayLink(Seat(example()), clock=lambda: 0.0)
    app = ReplayApp(link, "meeting_123", zone=UTC)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: "Q3 *board* meeting" in screen_text(app))
        link.control(Control.PLAY)
        link.control(Control.BEGINNING)
        await until(pilot, lambda: "event 1 of 32" in screen_text(app))
        yield app, link, pilot


def toasts(app: ReplayApp) -> list[str]:
    return [str(toast.render()) for toast in app.screen.query(Toast)]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_bar_says_where_the_replay_is(size: tuple[int, int]) -> None:
    async with at_the_replay(size) as (app, _, pilot):
        shown = screen_text(app)
        for words in ("‖ Paused", "12:00:00", "event 1 of 32", "1×", "▷ Replay", "Space Play"):
            assert words in shown
        await pilot.press("right_curly_bracket", "plus")
        await until(pilot, lambda: "event 12 of 32" in screen_text(app))
        shown = screen_text(app)
        assert "2×" in shown
        assert "skipped 2 minutes" in shown
        assert "◆ Approve the 2027 budget" in shown


async def test_every_key_of_the_replay_works_at_once() -> None:
    keys = {
        "right": 2,
        "left": 1,
        "right_square_bracket": 5,
        "right_curly_bracket": 12,
        "left_square_bracket": 11,
        "end": 32,
        "left_curly_bracket": 25,
        "home": 1,
    }
    async with at_the_replay() as (_, link, pilot):
        for key, place in keys.items():
            await pilot.press(key)
            assert link.player.place == place, key
        await pilot.press("minus")
        assert link.player.speed == 0.5
        await pilot.press("space")
        assert link.player.playing


async def test_going_back_takes_back_what_was_said_later() -> None:
    async with at_the_replay() as (app, _, pilot):
        await pilot.press("end")
        await until(pilot, lambda: "Good afternoon" in screen_text(app))
        await pilot.press("home")
        await until(pilot, lambda: "Good afternoon" not in screen_text(app))
        assert "Nothing has been said yet." in screen_text(app)


async def test_a_click_on_the_track_goes_there() -> None:
    async with at_the_replay() as (app, link, pilot):
        await pilot.click("#replay", offset=(118, 1))
        assert link.player.place == link.player.timeline.last
        await pilot.click("#replay", offset=(1, 1))
        assert link.player.place == 2
        await until(pilot, lambda: "event 2 of 32" in screen_text(app))


async def test_a_click_on_a_hint_is_its_key() -> None:
    async with at_the_replay() as (_, link, pilot):
        await pilot.click("#keys", offset=(2, 0))
        assert link.player.playing


async def test_nothing_can_be_sent_and_every_way_to_it_says_so() -> None:
    replayed = "This is a replay: nothing can be sent."
    async with at_the_replay() as (app, _, pilot):
        assert replayed in screen_text(app)
        for command in COMMANDS:
            if command.sends or command.extension or command.who is not Who.EVERYONE:
                assert reason_against(command, app.situation) == replayed
        await pilot.press("f5")
        await until(pilot, lambda: any(replayed in toast for toast in toasts(app)))
        await pilot.press("i", "escape", "slash", *"hello")
        assert app.meeting_screen.composer.text == ""


async def test_the_help_tells_how_one_plays() -> None:
    async with at_the_replay() as (app, _, pilot):
        await pilot.press("f1")
        await until(pilot, lambda: "To the decision before, or the next" in screen_text(app))
        assert "Sends what you have written" not in screen_text(app)


async def test_letters_that_only_show_something_still_do() -> None:
    async with at_the_replay((80, 24)) as (app, _, pilot):
        await pilot.press("g")
        await until(pilot, lambda: "Any other business" in screen_text(app))
        await pilot.press("q")
        async with asyncio.timeout(10):
            while app.is_running:
                await pilot.pause()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (40, "40 seconds"),
        (61, "1 minute"),
        (715, "12 minutes"),
        (3_600, "1 hour"),
        (200_000, "2 days"),
    ],
)
def test_a_length_is_said_in_its_largest_unit(seconds: int, words: str) -> None:
    assert length_in_words(timedelta(seconds=seconds)) == words
