"""The writer of a connection: one write a turn, the newest first, an end to waiting."""

import asyncio
from typing import Any, cast

from websockets.extensions import Extension
from websockets.protocol import State

from boardroom_tui.server.connection import Connection, Framed, Socket


class Wire:
    """What a connection writes to: full or not, as the test says."""

    def __init__(self) -> None:
        self.paused = False
        self.written: list[bytes] = []
        self.aborted = asyncio.Event()
        self.protocol = self
        self.state = State.OPEN
        self.extensions: list[Extension] = []
        self.transport = self
        self.became_full = self.became_writable = lambda: None
        self.takes_leave = True

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def abort(self) -> None:
        self.aborted.set()

    async def close(self, code: int, reason: str) -> None:
        self.written.append(f"{code} {reason}".encode())
        if not self.takes_leave:
            await asyncio.Event().wait()


class Words(Framed):
    """Something to write that is no message."""

    def __init__(self, words: bytes) -> None:
        self.plain = words


def writer(wire: Wire, **options: Any) -> tuple[Connection, list[str]]:
    """A connection on the wire, and the list that says when it fell behind."""
    behind: list[str] = []
    given: dict[str, Any] = {"lag_bytes": 100, "lag_seconds": 60, "closing_seconds": 60, **options}
    connection = Connection(
        cast("Socket", wire), fell_behind=lambda: behind.append("behind"), **given
    )
    return connection, behind


async def turn() -> None:
    """Let the event loop go round once."""
    done = asyncio.Event()
    asyncio.get_running_loop().call_soon(done.set)
    await done.wait()


async def test_what_is_sent_in_one_turn_is_written_at_once() -> None:
    wire = Wire()
    connection, _ = writer(wire)
    for frame in (b"one ", b"two ", b"three"):
        connection.send(Words(frame), supersedes="same")
    assert wire.written == []
    await turn()
    assert wire.written == [b"one two three"]


async def test_to_a_client_that_lags_only_the_newest_is_sent_and_the_order_is_kept() -> None:
    wire = Wire()
    connection, _ = writer(wire)
    wire.paused = True
    connection.send(Words(b"tally 1 "), supersedes="tally")
    connection.send(Words(b"chat "))
    connection.send(Words(b"other 1 "), supersedes="other")
    connection.send(Words(b"tally 2 "), supersedes="tally")
    connection.send(Words(b"result"))
    await turn()
    assert wire.written == []
    wire.paused = False
    wire.became_writable()
    assert wire.written == [b"chat other 1 tally 2 result"]


async def test_a_client_with_too_much_waiting_has_fallen_behind() -> None:
    wire = Wire()
    connection, behind = writer(wire)
    wire.paused = True
    for _ in range(100):
        connection.send(Words(b"x" * 50), supersedes="same")
    assert behind == []
    connection.send(Words(b"x" * 51))
    assert behind == ["behind"]


async def test_a_burst_is_no_lag_of_a_client_that_takes_it() -> None:
    wire = Wire()
    connection, behind = writer(wire)
    for _ in range(10):
        connection.send(Words(b"x" * 60))
    await turn()
    assert behind == []
    assert sum(map(len, wire.written)) == 600


async def test_a_client_that_stays_full_for_too_long_has_fallen_behind() -> None:
    wire = Wire()
    _, behind = writer(wire, lag_seconds=0.01)
    wire.paused = True
    wire.became_full()
    async with asyncio.timeout(10):
        while not behind:
            await turn()


async def test_a_client_that_catches_up_in_time_is_left_alone() -> None:
    wire = Wire()
    _, behind = writer(wire, lag_seconds=0.01)
    wire.became_full()
    wire.became_writable()
    later = asyncio.Event()
    asyncio.get_running_loop().call_later(0.02, later.set)
    await later.wait()
    assert behind == []


async def test_a_close_comes_after_what_waits_and_nothing_after_it() -> None:
    wire = Wire()
    connection, _ = writer(wire)
    connection.send(Words(b"last"))
    connection.close(1001, "gone")
    connection.send(Words(b"too late"))
    await connection.closed()
    await turn()
    assert wire.written == [b"last", b"1001 gone"]


async def test_a_client_that_does_not_take_its_leave_is_cut_off() -> None:
    wire = Wire()
    wire.takes_leave = False
    connection, _ = writer(wire, closing_seconds=0.01)
    connection.close(4408, "too slow")
    async with asyncio.timeout(10):
        await connection.closed()
    assert wire.aborted.is_set()
