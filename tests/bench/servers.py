"""The servers that `fan_out` and `load` measure, each run in a process of its own.

The process prints where its clients are to connect as a line of JSON, what it has used so far for
each line it is sent, and ends with its standard input.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from aiohttp import WSMsgType, web
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.protocol.fields import Role
from tests.server.running import UNLIMITED, charter, decision, member, running_server


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one client connects, in which meeting."""

    url: str
    meeting_id: str
    decision_id: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a server has used so far."""

    cpu_seconds: float
    resident_mib: float


@asynccontextmanager
async def bare(meetings: int, clients: int, _: Path) -> AsyncGenerator[list[Seat]]:
    """A server on websockets that gives every frame to all in its room, and nothing else."""
    rooms: defaultdict[str, set[ServerConnection]] = defaultdict(set)

    async def handle(connection: ServerConnection) -> None:
        assert connection.request is not None
        room = rooms[connection.request.path]
        room.add(connection)
        with suppress(ConnectionClosed):
            async for frame in connection:
                broadcast(room, frame)
        room.discard(connection)

    async with serve(handle, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        yield _seats(next(iter(server.sockets)).getsockname()[1], meetings, clients)


@asynccontextmanager
async def aiohttp(meetings: int, clients: int, _: Path) -> AsyncGenerator[list[Seat]]:
    """The same on aiohttp: a peer that many services are built on."""
    rooms: defaultdict[str, set[web.WebSocketResponse]] = defaultdict(set)

    async def handle(request: web.Request) -> web.WebSocketResponse:
        response = web.WebSocketResponse(compress=False)
        await response.prepare(request)
        room = rooms[request.path]
        room.add(response)
        try:
            async for frame in response:
                if frame.type is WSMsgType.TEXT:
                    for one in tuple(room):
                        await one.send_str(frame.data)
        finally:
            room.discard(response)
        return response

    application = web.Application()
    application.router.add_get("/{room}", handle)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield _seats(runner.addresses[0][1], meetings, clients)
    finally:
        await runner.cleanup()


def _seats(port: int, meetings: int, clients: int) -> list[Seat]:
    return [
        Seat(f"ws://127.0.0.1:{port}/{meeting}", f"meeting_{meeting}", f"decision_{meeting}")
        for meeting in range(meetings)
        for _ in range(clients)
    ]


@asynccontextmanager
async def boardroom(meetings: int, clients: int, data: Path) -> AsyncGenerator[list[Seat]]:
    """Boardroom's server without limits and TLS: a member for each client, a vote open in each."""
    charters = tuple(_meeting(number, clients) for number in range(meetings))
    async with running_server(charters, data, tls=False, limits=UNLIMITED) as server:
        yield [
            Seat(server.address(one.id), meeting.id, meeting.decisions[0].id)
            for meeting in charters
            for one in meeting.members
        ]


def _meeting(number: int, clients: int) -> Charter:
    chair, *others = (f"user_{number}_{place}" for place in range(clients))
    deadline = timedelta(hours=2)
    return charter(
        f"meeting_{number}",
        members=(member(chair, Role.FACILITATOR), *map(member, others)),
        decisions=(decision(f"decision_{number}", status="voting", deadline=deadline),),
    )


Kind = Callable[[int, int, Path], AbstractAsyncContextManager[list[Seat]]]
KINDS: dict[str, Kind] = {"bare": bare, "aiohttp": aiohttp, "boardroom": boardroom}


def _usage() -> Usage:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Usage(time.process_time(), pages * 4 / 1024)


async def _run(kind: str, meetings: int, clients: int, data: Path) -> None:
    async with KINDS[kind](meetings, clients, data) as seats:
        print(json.dumps([asdict(seat) for seat in seats]), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(asdict(_usage())), flush=True)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])))
