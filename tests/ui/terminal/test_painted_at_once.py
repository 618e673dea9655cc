"""When a screen is painted, by a clock of the test's own."""

import asyncio
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from boardroom_tui.ui.terminal import painted_at_once
from boardroom_tui.ui.terminal.painted_at_once import LONGEST, PaintedAtOnce

_TURNS = 20
"""So many turns of the loop are enough to hear of a change; they take no time to speak of."""


class Painted(PaintedAtOnce[None]):
    def compose(self) -> ComposeResult:
        yield Slow()


class Slow(Static):
    now: ClassVar = 100.0
    takes: ClassVar = 0.0
    drawn: ClassVar = 0

    def render(self) -> str:
        Slow.now += Slow.takes
        Slow.drawn += 1
        return f"{Slow.drawn}"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painted_at_once, "monotonic", lambda: Slow.now)
    monkeypatch.setattr(Slow, "takes", 0.0)


async def changed(pilot: Pilot[None]) -> int:
    """How often it is drawn while something changes and no timer can have run out."""
    before = Slow.drawn
    pilot.app.screen.query_one(Slow).refresh()
    for _ in range(_TURNS):
        await asyncio.sleep(0)
    return Slow.drawn - before


async def test_two_changes_one_after_the_other_are_painted_both_at_once() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(Painted())
        await pilot.pause(0.05)
        assert [await changed(pilot), await changed(pilot)] == [1, 1]


async def test_after_a_long_painting_the_next_one_waits() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(Painted())
        await pilot.pause(0.05)
        Slow.takes = 1.0
        assert await changed(pilot) == 1
        Slow.now += 0.9 * LONGEST
        assert await changed(pilot) == 0
        Slow.now += 0.2 * LONGEST
        assert await changed(pilot) == 1


async def test_what_had_to_wait_is_painted_by_itself() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(Painted())
        await pilot.pause(0.05)
        Slow.takes = 1.0
        await changed(pilot)
        assert await changed(pilot) == 0
        drawn = Slow.drawn
        Slow.now += LONGEST
        async with asyncio.timeout(10):
            while Slow.drawn == drawn:
                await asyncio.sleep(0.001)
