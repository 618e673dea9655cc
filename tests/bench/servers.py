"""The servers that `fan_out` measures, each run in a process of its own.

The process prints where it is as a line of JSON, its CPU seconds for each line it is sent, and
ends with its standard input.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from websockets.asyncio.server import ServerConnection, broadcast, serve

from boardroom_tui.protocol.fields import Role
from tests.server.running import UNLIMITED, charter, member, running_server


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server's clients connect, and what each says first."""

    urls: list[str]
    meeting_id: str
    greeting: str | None


@asynccontextmanager
async def bare(clients: int, _: Path) -> AsyncGenerator[Address]:
    """A server that gives every frame to everybody, and nothing else."""
    connected: set[ServerConnection] = set()

    async def handle(connection: ServerConnection) -> None:
        connected.add(connection)
        async for frame in connection:
            broadcast(connected, frame)

    async with serve(handle, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield Address([f"ws://127.0.0.1:{port}"] * clients, "meeting_123", None)


@asynccontextmanager
async def boardroom(clients: int, data: Path) -> AsyncGenerator[Address]:
    """Boardroom's server with a member for each client, without limits and TLS."""
    members = tuple(member(f"user_{number}", Role.PARTICIPANT) for number in range(clients))
    meeting = charter(members=members, decisions=())
    subscribe = {"type": "subscribe", "data": {"channels": [f"meeting:{meeting.id}"]}}
    async with running_server(meeting, data, tls=False, limits=UNLIMITED) as server:
        urls = [server.address(member.id) for member in members]
        yield Address(urls, meeting.id, json.dumps(subscribe))


async def _run(kind: str, clients: int, data: Path) -> None:
    server = {"bare": bare, "boardroom": boardroom}[kind]
    async with server(clients, data) as address:
        print(json.dumps(asdict(address)), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(time.process_time(), flush=True)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
