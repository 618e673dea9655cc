"""Connections by the hundred: from one user, from one address, and from those who stop halfway."""

import asyncio
import os
import socket
import sys
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType

import pytest

from tests.hostile.raw import UPGRADE, client_hello, place
from tests.peers.reference_client import ReferenceClient, reference_client
from tests.server.members import connected, present, say
from tests.server.running import RunningServer, charter, running_server

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="counts open files in /proc, uses 127.0.0.2"
)

HALVES = {
    "say nothing": b"",
    "stop in the TLS handshake": client_hello()[:200],
    "stop in the request": b"GET /ws HTTP/1.1\r\nHost: board.example\r\n",
}


class HalfOpen:
    """Connections that stop before their handshake is done."""

    def __init__(self, server: RunningServer, number: int, half: bytes, source: str = "") -> None:
        self._place = place(server)
        self._number = number
        self._half = half
        self._source = source
        self._sockets: list[socket.socket] = []

    async def __aenter__(self) -> "HalfOpen":
        loop = asyncio.get_running_loop()
        for _ in range(self._number):
            one = socket.socket()
            one.setblocking(False)
            if self._source:
                one.bind((self._source, 0))
            self._sockets.append(one)
            await loop.sock_connect(one, self._place)
            await loop.sock_sendall(one, self._half)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self._sockets:
            one.close()

    async def all_hung_up_on(self) -> None:
        """Wait until the server has closed each of them."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(30):
            for one in self._sockets:
                try:
                    while await loop.sock_recv(one, 4_096):
                        pass
                except ConnectionError:
                    pass


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # a Path keeps it open meanwhile


@linux
@pytest.mark.parametrize("how", HALVES)
async def test_a_thousand_half_open_handshakes_keep_nobody_out_and_leave_nothing_behind(
    tmp_path: Path, how: str
) -> None:
    tls = how != "stop in the request"
    async with (
        running_server(charter(), tmp_path, tls=tls, open_seconds=2) as server,
        connected(server, "user_ada") as ada,
    ):
        before = _open_files()
        async with HalfOpen(server, 1_000, HALVES[how]) as half:
            waiting = _open_files() - before - 1_000
            assert waiting <= server.settings.connections_without_token + 100  # just accepted
            async with connected(server, "user_ben") as ben:
                assert (await say(ben, "I am in.", "1"))["type"] == "meeting.chat.message"
            await half.all_hung_up_on()
        async with asyncio.timeout(30):
            while _open_files() > before:
                await ada.heard_by_now()
        assert (await say(ada, "Still here.", "1"))["type"] == "meeting.chat.message"


@linux
async def test_who_floods_the_door_turns_out_their_own_and_nobody_from_elsewhere(
    tmp_path: Path,
) -> None:
    async with running_server(
        charter(), tmp_path, tls=False, connections_without_token=10
    ) as server:
        reader, writer = await asyncio.open_connection(*place(server))
        async with HalfOpen(server, 100, b"", source="127.0.0.2"):
            target = f"/ws?token={server.token('user_ada')}"
            writer.write(f"GET {target} HTTP/1.1\r\n{UPGRADE}\r\n".encode())
            async with asyncio.timeout(10):
                assert b"101" in await reader.readline()
        writer.transport.abort()


@linux
async def test_strangers_who_do_not_go_away_take_no_more_room_than_others(tmp_path: Path) -> None:
    async with running_server(
        charter(), tmp_path, tls=False, connections_without_token=10, closing_seconds=60
    ) as server:
        before = _open_files()
        without_token = f"GET /ws HTTP/1.1\r\n{UPGRADE}\r\n".encode()
        async with HalfOpen(server, 100, without_token), connected(server, "user_ada") as ada:
            async with asyncio.timeout(30):
                while _open_files() - before - 100 > 10 + 2:  # both ends of Ada's own
                    await ada.heard_by_now()


async def test_one_user_has_only_so_many_connections_and_those_stay(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, connections_per_user=5) as server,
        present(server, "user_ben") as (ben,),
        AsyncExitStack() as flood,
    ):
        told = await _flood(flood, server, server.address("user_ada"), 40)
        assert told == {"in": 5, "Too many connections of this user.": 35}
        assert (await say(ben, "Not disturbed.", "1"))["type"] == "meeting.chat.message"


async def test_one_address_has_only_so_many_connections_and_those_stay(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path, connections_per_address=6) as server:
        async with present(server, "user_ben") as (ben,), AsyncExitStack() as flood:
            told = await _flood(flood, server, server.address("user_ada"), 40)
            assert told == {"in": 5, "Too many connections from this address.": 35}
            assert (await say(ben, "Not disturbed.", "1"))["type"] == "meeting.chat.message"
        async with asyncio.timeout(10):
            while not await _lets_in(server):
                pass


async def _flood(
    flood: AsyncExitStack, server: RunningServer, address: str, number: int
) -> Counter[str]:
    """Connect so many times at once; how many came in, and what the others were told."""

    async def one() -> ReferenceClient:
        client = reference_client(address, server.trust())
        return await flood.enter_async_context(client)

    clients = await asyncio.gather(*(one() for _ in range(number)))
    told: Counter[str] = Counter()
    for client in clients:
        message = await client.receive()
        if message["type"] == "connection.ready":
            told["in"] += 1
            continue
        assert message["data"]["code"] == "CONNECTION_ERROR"
        assert message["data"]["retryable"] is True
        assert (await client.closed())[0] == 1013
        told[message["data"]["message"]] += 1
    return told


async def _lets_in(server: RunningServer) -> bool:
    async with reference_client(server.address("user_ben"), server.trust()) as client:
        return (await client.receive())["type"] == "connection.ready"
