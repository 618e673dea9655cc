"""The door gives way to the board while one writes: no key is lost, and nothing jumps."""

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import TextIO, cast

import pytest
from textual import constants

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.joining import let_in
from boardroom_tui.client.link import Link
from boardroom_tui.client.recent_meetings import RecentMeeting
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.door import typed
from boardroom_tui.ui.door.door import Door, Left
from boardroom_tui.ui.door.modes import set_raw
from boardroom_tui.ui.remembered import Remembered
from boardroom_tui.ui.screens.help import HelpScreen
from tests.command import Process
from tests.terminal import Terminal
from tests.ui.scripted_link import NOON, ScriptedLink
from tests.ui.vote_scenes import OPEN, voting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

MEETING = "meeting_q3"
SIGNALS = (signal.SIGINT, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)


@pytest.fixture(autouse=True)
def signals() -> Generator[None]:
    """They are the process's, and so other tests' too."""
    before = [signal.getsignal(one) for one in SIGNALS]
    yield
    for one, handler in zip(SIGNALS, before, strict=True):
        signal.signal(one, handler)


@pytest.fixture
def terminal_line(monkeypatch: pytest.MonkeyPatch) -> Generator[int]:
    """A terminal of 80x24 that is this process's; the end that a person sits at."""
    controlling, terminal = pty.openpty()
    resize(controlling, 80, 24)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)
    with (
        os.fdopen(os.dup(terminal), "r", encoding="utf-8") as keys,
        os.fdopen(os.dup(terminal), "w", encoding="utf-8") as picture,
    ):
        os.close(terminal)
        monkeypatch.setattr(sys, "__stdin__", keys)
        for name in ("__stderr__", "__stdout__"):
            monkeypatch.setattr(sys, name, picture)
        yield controlling
    os.close(controlling)


def resize(controlling: int, columns: int, lines: int) -> None:
    """Give the terminal another size; nobody is told, as this process does not lead a session."""
    fcntl.ioctl(controlling, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


class TerminalAtTheDoor(Terminal):
    """What the terminal shows, and the person at it."""

    def __init__(self, door: Door, controlling: int, size: tuple[int, int]) -> None:
        super().__init__(cast("Process", None), controlling, size)
        self._door = door

    async def type_apart(self, keys: str) -> None:
        """Type something, and wait until the door has taken it."""
        before = self._taken()
        self.type(keys)
        async with asyncio.timeout(10):
            while self._taken() < before + len(keys):
                await asyncio.sleep(0.005)

    def _taken(self) -> int:
        return sum(len(piece.data) for piece in self._door.typed)


@asynccontextmanager
async def at_the_door(
    controlling: int, size: tuple[int, int] = (80, 24)
) -> AsyncGenerator[tuple[BoardroomApp, TerminalAtTheDoor]]:
    """A board that stands behind a door, and what the terminal shows."""
    with Door(MEETING, "board.example:8765", Remembered()) as door:
        terminal = TerminalAtTheDoor(door, controlling, size)
        board = BoardroomApp(ScriptedLink(), MEETING, clock=lambda: NOON)
        board.wait_behind(door, board.meeting_screen.composer.behind_keys)
        running = asyncio.create_task(board.run_async())
        await board.stands.wait()
        yield board, terminal
        board.exit()
        await running
    asyncio.get_running_loop().remove_reader(controlling)


async def come_forward(board: BoardroomApp) -> None:
    """Have the door give way."""
    board.come_forward()
    async with asyncio.timeout(10):
        await board.in_front.wait()


async def drawn(controlling: int, pattern: bytes) -> None:
    """Wait until the door has drawn this."""
    shown = b""
    async with asyncio.timeout(10):
        while re.search(pattern, shown, re.DOTALL) is None:
            shown += await asyncio.to_thread(os.read, controlling, 65536)


def written(board: BoardroomApp) -> tuple[str, list[str]]:
    """What is being written on the board, and what was said."""
    assert isinstance(board.link, ScriptedLink)
    said = [one.data.message for one in board.link.sent if isinstance(one, ChatSend)]
    return board.meeting_screen.composer.text, said


async def until(board: BoardroomApp, wanted: tuple[str, list[str]]) -> None:
    """Wait until this is written."""
    try:
        async with asyncio.timeout(10):
            while written(board) != wanted:
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"expected {wanted}, not {written(board)}") from None


KEYS = "hé\x1b[Do\x1b[3~\rb👍y\x7fe".encode()


@pytest.mark.parametrize("at", [0, 2, 4, 8, 13, 15, len(KEYS)])
async def test_wherever_what_is_typed_is_cut_by_the_hand_over_it_is_done_in_order(
    at: int, terminal_line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "PAUSE_SECONDS", 60.0)
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 60.0)
    async with at_the_door(terminal_line) as (board, terminal):
        os.write(terminal_line, KEYS[:at])
        shown = KEYS[:at].decode(errors="ignore").partition("\x1b")[0]
        await terminal.until_screen(shown or "Write to everybody")
        board.come_forward()
        os.write(terminal_line, KEYS[at:])
        await until(board, ("b👍e", ["ho"]))


async def test_an_escape_and_a_letter_behind_it_are_two_keys(
    terminal_line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "PAUSE_SECONDS", 0.0)
    async with at_the_door(terminal_line) as (board, terminal):
        terminal.type("so")
        await terminal.until_screen("so")
        for key in ("\x1b", "?"):
            await terminal.type_apart(key)
        await come_forward(board)
        async with asyncio.timeout(10):
            while not isinstance(board.screen, HelpScreen):
                await asyncio.sleep(0.005)
        assert written(board) == ("so", [])


@pytest.mark.parametrize("vote", [("\x1b[15~",), ("\x1b", "y"), ("/approve", "\r")])
async def test_no_vote_is_cast_by_keys_that_were_pressed_before_the_meeting_was_seen(
    vote: tuple[str, ...], terminal_line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "PAUSE_SECONDS", 0.0)
    async with at_the_door(terminal_line) as (board, terminal):
        board.meeting = voting(OPEN)
        for key in (*vote, "\r", "\r"):
            await terminal.type_apart(key)
        await come_forward(board)
        assert isinstance(board.link, ScriptedLink)
        assert not [one for one in board.link.sent if isinstance(one, VoteCast)]
        assert board.screen is board.meeting_screen
        await terminal.until_screen("Not done: Vote to approve.")
        # Who sees it votes.
        terminal.type("\x1b[15~")
        await terminal.until_screen("Your vote")


async def test_what_the_door_shows_stays_and_only_what_is_new_is_written(
    terminal_line: int,
) -> None:
    async with at_the_door(terminal_line) as (board, terminal):
        terminal.type("Dear all")
        await terminal.until_screen("Dear all")
        before = len(terminal.written)
        await come_forward(board)
        await terminal.until_screen("Entering the meeting")
        after = terminal.written[before:]
        assert b"Dear all" not in after
        assert b"\x1b[?1049h" not in after
        assert len(after) < 1000


async def test_lines_that_are_pasted_at_the_door_are_seen_there_and_on_the_board(
    terminal_line: int,
) -> None:
    async with at_the_door(terminal_line) as (board, terminal):
        terminal.type("a\x1b[200~one\rtwo\x1b[201~")
        await terminal.until_screen("2 lines pasted")
        at_the_door_too = terminal.screen.splitlines()[-7:]
        await come_forward(board)
        await terminal.until_screen("Entering the meeting")
        assert terminal.screen.splitlines()[-7:-1] == at_the_door_too[:-1]
        assert "│ aone" in terminal.screen
        await until(board, ("aone\ntwo", []))


async def test_who_is_refused_while_the_board_takes_over_is_told_once_what_they_had_written(
    terminal_line: int,
) -> None:
    async def refuse() -> RecentMeeting:
        raise CommandError("not allowed")

    async with at_the_door(terminal_line) as (board, terminal):
        entering = asyncio.create_task(refuse())
        letting = asyncio.create_task(let_in(board, cast("Link", board.link), entering))
        terminal.type("Dear all")
        await terminal.until_screen("Dear all")
        await come_forward(board)
        await letting
        assert board.return_value == "not allowed\nYou had written: Dear all"


async def test_an_odd_byte_ends_nothing_at_the_door_or_behind_it(terminal_line: int) -> None:
    async with at_the_door(terminal_line) as (board, terminal):
        os.write(terminal_line, b"a\xffb")
        await terminal.until_screen("a")
        await come_forward(board)
        os.write(terminal_line, b"\xffc")
        await until(board, ("a\ufffdb\ufffdc", []))


async def test_who_looked_elsewhere_at_the_door_does_so_at_the_board(terminal_line: int) -> None:
    async with at_the_door(terminal_line) as (board, terminal):
        terminal.type("a\x1b[Ob\x1b[I")
        await terminal.until_screen("ab")
        await terminal.type_apart("\x1b[O")
        await come_forward(board)
        assert not board.app_focus


async def test_another_size_is_drawn_at_the_door_and_then_by_the_board(terminal_line: int) -> None:
    async with at_the_door(terminal_line, (120, 40)) as (board, terminal):
        await terminal.until_screen("Conversation")
        resize(terminal_line, 120, 40)
        await terminal.until_screen("People")
        signal.raise_signal(signal.SIGWINCH)
        await come_forward(board)
        await terminal.until_screen(
            lambda shown: all(one in shown for one in ("Entering", "People", "Vote"))
        )
        assert board.meeting_screen.keys.region == (0, 39, 120, 1)


async def test_a_board_that_ends_behind_the_door_leaves_the_terminal_to_it(
    terminal_line: int,
) -> None:
    before = termios.tcgetattr(terminal_line)
    async with at_the_door(terminal_line) as (board, terminal):
        terminal.type("so")
        await terminal.until_screen("so")
        board.exit()
    asyncio.get_running_loop().add_reader(terminal_line, terminal._read)  # pyright: ignore[reportPrivateUsage]
    await terminal.until("\x1b[?1049l")
    asyncio.get_running_loop().remove_reader(terminal_line)
    assert termios.tcgetattr(terminal_line) == before
    assert terminal.written.count(b"\x1b[?1049h") == terminal.written.count(b"\x1b[?1049l") == 1


async def test_whoever_goes_on_while_the_door_gives_way_leaves_the_keys_to_the_board_alone(
    terminal_line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes, write = threading.Event(), Door._write  # pyright: ignore[reportPrivateUsage]

    def write_late(door: Door, text: str) -> None:
        takes.wait()
        write(door, text)

    monkeypatch.setattr(Door, "_write", write_late)
    with Door(MEETING, "", Remembered()) as door:
        giving = asyncio.create_task(asyncio.to_thread(door.give_way))
        await asyncio.sleep(0)
        signal.raise_signal(signal.SIGCONT)
        takes.set()
        assert await giving is not None
        assert "door" not in [thread.name for thread in threading.enumerate()]
        os.write(terminal_line, b"x")
        assert os.read(cast(TextIO, sys.__stdin__).fileno(), 9) == b"x"


async def test_whoever_was_stopped_as_the_door_gave_way_finds_the_terminal_taken(
    terminal_line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[int] = []

    def stop(process: int, number: int) -> None:
        stopped.append(number)

    monkeypatch.setattr(os, "kill", stop)
    with Door(MEETING, "", Remembered()) as door:
        signal.raise_signal(signal.SIGTSTP)
        left = await asyncio.to_thread(door.give_way)
        await drawn(terminal_line, rb"\x1b\[\?1049l.*\x1b\[\?1049h")
    assert left is not None
    assert stopped == [signal.SIGSTOP]


async def test_a_stop_between_the_door_and_the_board_is_done_by_the_board(
    terminal_line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[int] = []
    give_way = Door.give_way

    def stop_then(door: Door) -> Left | None:
        left = give_way(door)
        signal.raise_signal(signal.SIGTSTP)
        return left

    def stop(process: int, number: int) -> None:
        del process
        stopped.append(number)

    monkeypatch.setattr(Door, "give_way", stop_then)
    monkeypatch.setattr(os, "kill", stop)
    async with at_the_door(terminal_line) as (board, terminal):
        terminal.type("so")
        await terminal.until_screen("so")
        await come_forward(board)
        await terminal.until("\x1b[?1049l")
        assert stopped == [signal.SIGSTOP]
        signal.raise_signal(signal.SIGCONT)
        terminal.type("on")
        await until(board, ("soon", []))


async def test_a_terminal_that_a_board_takes_as_one_leaves_the_door_is_given_back(
    terminal_line: int,
) -> None:
    before = termios.tcgetattr(terminal_line)
    left = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, left.set)
    with Door(MEETING, "", Remembered()):
        await drawn(terminal_line, rb"\x1b\[\?1049h")
        os.write(terminal_line, b"\x03")
        await asyncio.wait_for(left.wait(), 10)
        set_raw(terminal_line)
    assert termios.tcgetattr(terminal_line) == before


async def test_a_board_that_goes_on_gives_the_terminal_back_as_it_was_at_first(
    terminal_line: int,
) -> None:
    before = termios.tcgetattr(terminal_line)
    async with at_the_door(terminal_line) as (board, _):
        await come_forward(board)
        signal.raise_signal(signal.SIGCONT)
    assert termios.tcgetattr(terminal_line) == before
