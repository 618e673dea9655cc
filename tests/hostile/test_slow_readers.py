"""Clients that take what they are sent too slowly, or say nothing at all."""

import asyncio
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from websockets.frames import Frame, Opcode
from websockets.protocol import Event

from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.server.connection import Socket
from boardroom_tui.server.peer import Peer
from tests.hostile.raw import place, raw_client
from tests.peers.reference_client import ReferenceClient
from tests.server.members import connected, present, say
from tests.server.running import UNLIMITED, charter, member, running_server
from tests.server.test_operations import metrics

FIFTY = ("user_ada", *(f"user_{number}" for number in range(49)))
BOARD = charter(
    members=(member(FIFTY[0], Role.FACILITATOR), *(member(one) for one in FIFTY[1:])),
)


async def test_one_of_fifty_that_does_not_read_is_cut_and_the_others_miss_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = asyncio.Event()
    end = Peer.end

    def ended(peer: Peer, close: CloseCode, reason: str | None = None) -> None:
        end(peer, close, reason)
        if close is CloseCode.TOO_SLOW:
            cut.set()

    monkeypatch.setattr(Peer, "end", ended)
    deaf, *others = reversed(FIFTY)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(
            running_server(
                BOARD,
                tmp_path,
                tls=False,
                limits=UNLIMITED,
                lag_bytes=1_000_000,
                closing_seconds=60,
                operations_port=0,
            )
        )
        clients = [await stack.enter_async_context(connected(server, one)) for one in others]
        for client in clients:
            await client.ask("subscribe", {"channels": ["meeting:123"]}, "1")
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        narrow.connect(place(server))
        narrow.setblocking(False)
        slow = await stack.enter_async_context(
            raw_client(server.address(deaf), sock=narrow, limit=4_096)
        )
        slow.send("subscribe", {"channels": ["meeting:123"]})
        hearing = [asyncio.create_task(_texts_until_the_last(one)) for one in clients[1:]]
        async with asyncio.timeout(60):
            said = await _speak_until(cut, clients[0])
            heard = await asyncio.gather(*hearing)
        assert all(texts == said for texts in heard)
        counted = await metrics(server)
        assert counted["boardroom_slow_readers_cut_total"] == 1
        assert counted["boardroom_waiting_bytes"] > 0  # the farewell, which it does not read either
        farewell, code = await slow.ended()
        assert farewell["data"]["code"] == "CONNECTION_ERROR"
        assert code == 4408


LONG = "𝄞" * 3_900


async def _speak_until(cut: asyncio.Event, speaker: ReferenceClient) -> list[str]:
    """Say long things, one heard after the other, until a client was cut; and then the last."""
    said: list[str] = []
    while not cut.is_set():
        said.append(f"{len(said)} {LONG}")
        await say(speaker, said[-1], f"said-{len(said)}")
    said.append("the last")
    await say(speaker, said[-1], "last")
    return said


async def _texts_until_the_last(client: ReferenceClient) -> list[str]:
    texts: list[str] = []
    while not texts or texts[-1] != "the last":
        texts.append((await client.next("meeting.chat.message"))["data"]["message"])
    return texts


async def test_a_client_that_answers_no_ping_is_cut_and_a_silent_one_that_does_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boardroom_tui.session.lifetime.SILENCE_SECONDS", 1.0)
    monkeypatch.setattr("boardroom_tui.server.server.PING_SECONDS", 0.1)
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        present(server, "user_ada") as (ada,),
        raw_client(server.address("user_ben")) as dead,
    ):
        farewell, code = await dead.ended()
        assert farewell["data"]["message"] == "Nothing was received for 60 s."
        assert code == 4408
        assert await ada.heard_by_now() == []


async def test_a_client_that_asks_for_answers_and_reads_none_is_cut_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WebSocket's own pings, which no limit counts and the library answers by itself."""
    most = 0
    answer = Socket.process_event

    def measured(socket: Socket, event: Event) -> None:
        nonlocal most
        answer(socket, event)
        most = max(most, socket.transport.get_write_buffer_size())

    monkeypatch.setattr(Socket, "process_event", measured)
    async with (
        running_server(charter(), tmp_path, tls=False, lag_bytes=500_000) as server,
        present(server, "user_ada") as (ada,),
        raw_client(server.address("user_ben"), limit=4_096) as deaf,
    ):
        async with asyncio.timeout(60):
            with pytest.raises(ConnectionError):
                while True:
                    await deaf.pour(PINGS)
        assert 500_000 < most < 1_500_000
        assert await ada.heard_by_now() == []


PINGS = Frame(Opcode.PING, b"x" * 125).serialize(mask=True) * 500
