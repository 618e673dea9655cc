"""The door gives way to the board while one writes: no key is lost, and nothing jumps."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.pilot import Pilot

from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.door import Door
from boardroom_tui.ui.look.arrangement import Arrangement
from boardroom_tui.ui.remembered import Remembered
from tests.ui.scripted_link import NOON, ScriptedLink

MEETING = "meeting_q3"
LOOK = Remembered(Arrangement(left=4))


@asynccontextmanager
async def at_the_door(
    size: tuple[int, int] = (120, 40),
) -> AsyncGenerator[tuple[Door, BoardroomApp, Pilot[None]]]:
    """A door that stands, and a board behind it."""
    door = Door(MEETING, "board.example:8765", LOOK)
    async with door.run_test(size=size) as pilot:
        board = BoardroomApp(ScriptedLink(), MEETING, clock=lambda: NOON)
        board.meeting_screen.rearrange(LOOK.arrangement)
        board.wait_behind(door)
        running = asyncio.create_task(board.run_async())
        await board.stands.wait()
        yield door, board, pilot
        board.exit()
        await running


async def caught_up(board: BoardroomApp) -> None:
    """Wait until the board has done all that was typed."""
    done, in_turn = asyncio.Event(), board.meeting_screen.composer.in_turn
    # On the way that keys take, behind them.
    asyncio.get_running_loop().call_soon(board.call_later, in_turn, done.set)
    await done.wait()


def written(board: BoardroomApp) -> tuple[str, list[str]]:
    """What is being written on the board, and what was said."""
    assert isinstance(board.link, ScriptedLink)
    said = [one.data.message for one in board.link.sent if isinstance(one, ChatSend)]
    return board.meeting_screen.composer.text, said


KEYS = ("h", "i", "left", "o", "delete", "enter", "b", "y", "backspace", "e")


@pytest.mark.parametrize("typed_before", [0, 3, 5, 8, len(KEYS)])
async def test_whenever_the_door_gives_way_the_board_has_done_what_was_typed_in_order(
    typed_before: int,
) -> None:
    async with at_the_door() as (door, board, pilot):
        await pilot.press(*KEYS[:typed_before])
        giving = asyncio.create_task(door.give_way(board, board.meeting_screen.composer))
        type_at_the_terminal(door, KEYS[typed_before:])
        await giving
        await caught_up(board)
        assert written(board) == ("be", ["ho"])


def type_at_the_terminal(door: Door, keys: Sequence[str]) -> None:
    """Press keys as fast as a terminal can send them."""
    driver = door._driver  # pyright: ignore[reportPrivateUsage]
    assert driver is not None
    for key in keys:
        driver.send_message(events.Key(key, key if len(key) == 1 else None))


async def test_what_was_selected_or_pasted_at_the_door_is_so_on_the_board() -> None:
    async with at_the_door() as (door, board, pilot):
        door.post_message(events.Paste("one\ntwo"))
        await pilot.press("x", "shift+left", "shift+left")
        await door.give_way(board, board.meeting_screen.composer)
        type_at_the_terminal(door, "!")
        await caught_up(board)
        assert written(board) == ("one\ntw!", [])


@pytest.mark.parametrize("size", [(120, 40), (200, 60), (80, 24), (60, 14), (38, 9)])
async def test_all_that_the_door_shows_stands_where_it_stands_on_the_board(
    size: tuple[int, int],
) -> None:
    async with at_the_door(size) as (door, board, pilot):
        await pilot.press(*"so")
        await door.give_way(board, board.meeting_screen.composer)
        await caught_up(board)
        before, after = door.screen, board.meeting_screen
        names = ("header", "agenda", "people", "chat", "composer", "vote", "keys", "too-small")
        for name in names:
            one, other = before.query_one(f"#{name}"), after.query_one(f"#{name}")
            assert (one.region, one.border_title) == (other.region, other.border_title), name
        assert board.focused is not None
        assert after.composer in board.focused.ancestors_with_self


async def test_a_terminal_whose_size_changed_behind_the_door_is_drawn_in_full() -> None:
    async with at_the_door() as (door, board, pilot):
        await pilot.resize_terminal(80, 24)
        await door.give_way(board, board.meeting_screen.composer)
        async with asyncio.timeout(10):
            # Not the screen's size: here that is the door's.
            while board.meeting_screen.keys.region != (0, 23, 80, 1):
                await asyncio.sleep(0)


async def test_who_looked_elsewhere_at_the_door_does_so_at_the_board() -> None:
    async with at_the_door() as (door, board, pilot):
        door.post_message(events.AppBlur())
        await pilot.pause()
        await door.give_way(board, board.meeting_screen.composer)
        async with asyncio.timeout(10):
            while board.app_focus:
                await asyncio.sleep(0)


async def test_what_was_written_at_a_door_before_is_written_at_the_next() -> None:
    first = Door(MEETING, "board.example:8765", LOOK, "Dear ")
    async with first.run_test() as pilot:
        await pilot.press(*"all", "enter", "x")
    door = Door(MEETING, "board.example:8765", LOOK, first.composer.text, first.waiting)
    async with door.run_test():
        assert door.composer.text == "Dear all"
        assert [one.key for one in door.waiting if isinstance(one, events.Key)] == ["enter", "x"]


async def test_ctrl_c_leaves_at_the_door_whatever_waits() -> None:
    door = Door(MEETING, "board.example:8765", LOOK)
    left: list[bool] = []
    async with door.run_test() as pilot:
        door.leave = lambda: left.append(True)
        await pilot.press("h", "enter", "ctrl+c")
        assert left == [True]
        assert door.composer.text == "h"
