"""Keys are read when there are any; while nobody types nothing is done."""

import os
import select
from collections.abc import Generator
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from textual import events
from textual.message import Message

from boardroom_tui.ui.terminal.listening import Ending, is_as_expected, listen, takes_more
from boardroom_tui.ui.terminal.pasting import PasteParser

SECONDS = 10.0


class Keyboard:
    """What is typed, and what was told of it."""

    def __init__(self) -> None:
        self.ending = Ending()
        self._told: Queue[Message] = Queue()
        self._read, self._write = os.pipe()
        hear = self._told.put
        self.thread = Thread(
            target=listen, args=(self._read, self.ending, PasteParser(), hear), daemon=True
        )

    def type(self, typed: bytes) -> None:
        os.write(self._write, typed)

    def hang_up(self) -> None:
        os.close(self._write)

    def next(self) -> str:
        """What was told next."""
        told = self._told.get(timeout=SECONDS)
        assert isinstance(told, events.Key)
        return told.character or told.key

    def end(self) -> None:
        self.ending.set()
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()


@contextmanager
def keyboard() -> Generator[Keyboard]:
    opened = Keyboard()
    opened.thread.start()
    try:
        yield opened
    finally:
        opened.end()


def test_textual_is_still_what_this_is_written_for() -> None:
    assert is_as_expected()


def test_keys_are_told_one_by_one_and_an_escape_once_nothing_follows_it() -> None:
    with keyboard() as keys:
        keys.type(b"ab\x1b[A")
        assert [keys.next() for _ in range(3)] == ["a", "b", "up"]
        keys.type(b"\x1b")
        assert keys.next() == "\x1b"


def test_a_letter_in_pieces_is_one_and_what_is_none_is_shown_as_unknown() -> None:
    with keyboard() as keys:
        for piece in ("ø".encode()[:1], "ø".encode()[1:], b"\xe9x"):
            keys.type(piece)
        assert [keys.next() for _ in range(3)] == ["ø", "�", "x"]


def test_nothing_wakes_it_while_nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: Queue[float | None] = Queue()

    def noted(read: list[Any], write: list[Any], failed: list[Any], wait: float | None) -> object:
        waits.put(wait)
        return ready(read, write, failed, wait)

    ready = select.select
    monkeypatch.setattr(select, "select", noted)
    with keyboard() as keys:
        assert waits.get(timeout=SECONDS) is None
        keys.type(b"\x1b")
        assert keys.next() == "\x1b"
        first, second = waits.get(timeout=SECONDS), waits.get(timeout=SECONDS)
        assert first is not None and first > 0
        assert second is None
    assert waits.empty()


def test_once_it_has_ended_nothing_is_left_that_would_end_the_next() -> None:
    with keyboard() as keys:
        keys.end()
        keys.ending.set()
        keys.ending.clear()
        assert not select.select([keys.ending.told], [], [], 0)[0]
        keys.ending.clear()


def test_it_ends_with_its_terminal() -> None:
    with keyboard() as keys:
        keys.hang_up()
        keys.thread.join(SECONDS)
        assert not keys.thread.is_alive()


def test_a_terminal_takes_no_more_while_nobody_reads_it() -> None:
    read, terminal = os.openpty()
    try:
        os.set_blocking(terminal, False)
        assert takes_more(terminal)
        with pytest.raises(BlockingIOError):
            while os.write(terminal, b"x" * 512):
                pass
        assert not takes_more(terminal)
        while select.select([read], [], [], 0)[0]:
            os.read(read, 4096)
        assert takes_more(terminal)
    finally:
        os.close(terminal)
        os.close(read)
