"""The server under siege: `boardroom serve` in a process of its own, ended at random moments.

Most of the time by `kill -9`, else as a system that is shut down ends it: by SIGTERM.
"""

import asyncio
import contextlib
import os
import signal
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from boardroom_tui.server.tokens import Tokens
from tests.forked import forks
from tests.kills.board import CHAIR, MEETING, Board, Member
from tests.kills.checking import assert_holds, assert_nothing_lost_or_doubled

MEMBERS = 10
READY_SECONDS = 60.0
MOST_ANSWERS = 100
"""A server is killed when it has answered so many requests, or fewer."""
LONGEST_PAUSE_SECONDS = 0.02
BEFORE_READY = 0.1
"""One in so many is killed while it starts."""
VERIFIED_EVERY = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a siege."""

    kills: int
    stops: int
    events: int
    chat: int
    votes: int
    decisions: int
    heads: int
    resent: int
    repeated: int

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.stops} stops, {self.events} events: "
            f"{self.chat} messages and {self.votes} votes acknowledged, none lost, none doubled; "
            f"{self.decisions} decisions counted, {self.heads} signed heads seen; "
            f"{self.resent} requests sent again, {self.repeated} answered again with the same"
        )


async def siege(folder: Path, kills: int, seed: int, stops: int = 0) -> Figures:
    """Kill and stop so often, let everybody finish, and check all that was acknowledged."""
    data, ready = folder / "data", folder / "ready"
    random = Random(seed)
    board = Board(Random(seed + 1))
    file = folder / "meeting.toml"
    file.write_text(_meeting())
    port = _free_port()
    members = [
        asyncio.create_task(Member(board, f"user_{n}", _address(data, n, port)).attend())
        for n in range(MEMBERS)
    ]
    ends = [*[signal.SIGKILL] * kills, *[signal.SIGTERM] * stops]
    random.shuffle(ends)
    try:
        for number, end in enumerate(ends):
            server = _start(file, data, ready, port)
            if end is signal.SIGTERM or random.random() >= BEFORE_READY:
                await _until(ready, server)
                await _answered(board, random.randrange(MOST_ANSWERS))
            await asyncio.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
            await _end(server, end)
            if number % VERIFIED_EVERY == 0:
                _assert_nobody_fell(members)
                await asyncio.to_thread(assert_holds, data)
        async with _last(file, data, ready, port):
            await _answered(board, MOST_ANSWERS)
            board.over = True
            await asyncio.gather(*members)
    finally:
        for member in members:
            member.cancel()
    events = assert_holds(data)
    assert_nothing_lost_or_doubled(board, data)
    kinds = Counter(one.kind for one in board.sent.values() if one.answer is not None)
    return Figures(
        kills=kills,
        stops=stops,
        events=events,
        chat=kinds["meeting.chat.message"],
        votes=kinds["decision.vote.cast"],
        decisions=len(board.closed),
        heads=len(board.heads),
        resent=board.resent,
        repeated=board.repeated,
    )


async def _end(server: BaseProcess, end: signal.Signals) -> None:
    """Kill a server, or ask it to stop: then it ends by itself, and says that all went well."""
    assert server.pid is not None
    os.kill(server.pid, end)
    await asyncio.to_thread(server.join, READY_SECONDS)
    assert server.exitcode == (0 if end is signal.SIGTERM else -end)


def _meeting() -> str:
    members = (
        f'[[member]]\nid = "user_{n}"\nname = "Member {n}"\n'
        f'role = "{"facilitator" if f"user_{n}" == CHAIR else "participant"}"\n'
        for n in range(MEMBERS)
    )
    return f'[meeting]\nid = "{MEETING}"\ntitle = "A siege"\n' + "".join(members)


def _free_port() -> int:
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def _address(data: Path, number: int, port: int) -> str:
    life = timedelta(hours=12)
    token = Tokens.open(data).issue(f"user_{number}", "", None, life, datetime.now(UTC))
    return f"ws://127.0.0.1:{port}/ws?token={token}"


def _start(file: Path, data: Path, ready: Path, port: int) -> BaseProcess:
    ready.unlink(missing_ok=True)
    arguments = ["serve", "--meeting", str(file), "--data", str(data), "--no-tls"]
    arguments += ["--port", str(port), "--ready-file", str(ready)]
    for rate in ("messages", "joins", "chat", "votes"):
        arguments += ["--limit", f"{rate}=1000000"]
    server = forks().Process(target=_serve, args=(arguments,), daemon=True)
    server.start()
    return server


def _serve(arguments: list[str]) -> None:
    from boardroom_tui.cli import main  # noqa: PLC0415

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    main(arguments)


async def _until(ready: Path, server: BaseProcess) -> None:
    async with asyncio.timeout(READY_SECONDS):
        while not ready.exists():
            assert server.is_alive(), "the server ended by itself"
            await asyncio.sleep(0.005)


async def _answered(board: Board, more: int) -> None:
    """Wait until so many more requests were answered."""
    until = board.answered + more
    async with asyncio.timeout(READY_SECONDS):
        while board.answered < until:
            await asyncio.sleep(0.002)


def _assert_nobody_fell(members: list[asyncio.Task[None]]) -> None:
    for member in members:
        if member.done():
            member.result()


@asynccontextmanager
async def _last(file: Path, data: Path, ready: Path, port: int) -> AsyncGenerator[None]:
    """The server that is let live: stopped in good order."""
    server = _start(file, data, ready, port)
    try:
        await _until(ready, server)
        async with asyncio.timeout(READY_SECONDS):
            yield
    finally:
        if server.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(server.pid, signal.SIGTERM)
        await asyncio.to_thread(server.join)
