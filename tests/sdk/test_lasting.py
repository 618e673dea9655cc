"""A connection's losses: coming back, not coming back, being refused, new tokens."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from boardroom_ws import AsyncBoardroomWebSocket, ConnectionEndedError

from tests.client.linking import address_of
from tests.client.scripted import Talk, chat_line, scripted
from tests.network.relay import relayed
from tests.sdk.hearing import Heard
from tests.sdk.programming import SECONDS
from tests.server.members import MEETING, present, say
from tests.server.running import charter, running_server

LIFE = ("connect", "disconnect", "reconnecting")


async def until_heard(heard: Heard, event: str, count: int = 1) -> dict[str, Any]:
    """Wait without blocking the loop."""
    return await asyncio.to_thread(heard.wait, event, count)


async def test_a_lost_connection_is_told_of_and_comes_back_with_all_it_had(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        relayed(address_of(server.url)) as relay,
        AsyncBoardroomWebSocket(
            relay.address.url, server.token("user_ben"), ca=server.ca
        ) as client,
    ):
        heard = Heard(client, *LIFE, "subscription.update", "meeting.chat.message")
        await client.subscribe("meeting:123")
        await until_heard(heard, "subscription.update")
        relay.cut()
        assert await until_heard(heard, "disconnect") == {
            "code": None,
            "reason": "the connection broke",
            "willReconnect": True,
        }
        again = await until_heard(heard, "reconnecting")
        assert (again["attempt"], again["reason"]) == (1, "the connection broke")
        assert again["seconds"] >= 0
        await client.send("meeting.chat.message", {"meetingId": MEETING, "message": "Back?"})
        assert (await until_heard(heard, "connect"))["userId"] == "user_ben"
        assert (await until_heard(heard, "meeting.chat.message"))["message"] == "Back?"
        await until_heard(heard, "subscription.update", 2)
        await say(ada, "Welcome back", "say")
        assert (await until_heard(heard, "meeting.chat.message", 2))["message"] == "Welcome back"
        assert client.state == "connected"


async def test_without_reconnect_it_ends_with_the_first_loss(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        relayed(address_of(server.url)) as relay,
        asyncio.timeout(SECONDS),
    ):
        client = AsyncBoardroomWebSocket(
            relay.address.url, server.token("user_ben"), reconnect=False, ca=server.ca
        )
        heard = Heard(client, *LIFE, "error")
        client.on("connect", lambda _data: relay.cut())
        await client.connect()
        assert heard.events == ["connect", "disconnect"]
        assert heard.of("disconnect")[0]["willReconnect"] is False
        assert client.state == "ended"


async def test_without_reconnect_a_server_that_is_not_there_is_an_error() -> None:
    async with scripted() as url:
        gone = url
    client = AsyncBoardroomWebSocket(gone, "T", reconnect=False)
    heard = Heard(client, *LIFE, "error")
    with pytest.raises(ConnectionEndedError, match="no server answers at"):
        await client.connect()
    assert heard.events == ["error"]
    with pytest.raises(ConnectionEndedError):
        await client.send("meeting.join", {"meetingId": "123"})
    with pytest.raises(ConnectionEndedError):
        await client.connect()


async def test_a_refused_token_ends_it_with_the_server_s_words(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        client = AsyncBoardroomWebSocket(server.url, "nonsense", ca=server.ca)
        heard = Heard(client, *LIFE, "connection.error", "error")
        with pytest.raises(ConnectionEndedError) as ended:
            await client.connect()
    assert ended.value.code == 4501
    assert ended.value.reason
    assert heard.events == ["connection.error", "error"]
    assert heard.of("connection.error")[0]["code"] == "AUTH_FAILED"
    assert heard.of("error") == [
        {"code": "AUTH_FAILED", "message": ended.value.reason, "retryable": False}
    ]


async def test_a_block_is_not_entered_with_a_refused_token(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        with pytest.raises(ConnectionEndedError):
            async with AsyncBoardroomWebSocket(server.url, "nonsense", ca=server.ca):
                raise AssertionError("the block was entered")


async def test_a_server_that_closes_with_1000_is_an_end_and_no_error() -> None:
    async def part(talk: Talk) -> None:
        await talk.be_ready()
        await talk.socket.close(1000)

    async with scripted(part) as url:
        client = AsyncBoardroomWebSocket(url, "T")
        await client.connect()
    assert client.state == "ended"


async def test_a_function_yields_a_token_for_each_connection() -> None:
    tokens = ["first", "second"]
    seen: list[str] = []

    async def note(talk: Talk) -> None:
        seen.append(talk.path.partition("token=")[2].partition("&")[0])
        await talk.be_ready()
        await talk.socket.close(1000 if len(seen) == 2 else 1012)

    async with scripted(note) as url:
        await AsyncBoardroomWebSocket(url, lambda: tokens.pop(0)).connect()
    assert seen == ["first", "second"]


async def test_a_token_that_ran_out_and_is_the_only_one_ends_it_with_a_clear_error(
    tmp_path: Path,
) -> None:
    async with running_server(charter(), tmp_path) as server:
        brief = server.token("user_ben", ttl=timedelta(seconds=4))
        client = AsyncBoardroomWebSocket(server.url, brief, ca=server.ca)
        heard = Heard(client, "connect", "error")
        with pytest.raises(ConnectionEndedError) as ended:
            await client.connect()
    assert ended.value.code == 4401
    assert ended.value.reason == "the token has run out; a new one is needed"
    assert heard.events == ["connect", "error"]
    assert heard.of("error") == [
        {"code": "AUTH_EXPIRED", "message": ended.value.reason, "retryable": False}
    ]


async def test_a_token_that_runs_out_is_renewed_over_the_connection(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        tokens = [server.token("user_ben", ttl=timedelta(seconds=2)), server.token("user_ben")]
        async with AsyncBoardroomWebSocket(
            server.url, lambda: tokens.pop(0), ca=server.ca
        ) as client:
            heard = Heard(client, *LIFE, "connection.auth.refreshed")
            await until_heard(heard, "connection.auth.refreshed")
            assert heard.events == ["connection.auth.refreshed"]
    assert tokens == []


async def test_a_type_that_nobody_knows_reaches_its_handlers_in_its_place() -> None:
    async def speak(talk: Talk) -> None:
        await talk.be_ready()
        for number in range(3):
            await talk.say("market.news", {"inner": {"price": number, "by": "\x1b[2Jme"}})
            line = chat_line({"data": {"meetingId": MEETING, "message": str(number)}})
            await talk.say("meeting.chat.message", line)
        await talk.socket.close(1000)

    async with scripted(speak) as url:
        client = AsyncBoardroomWebSocket(url, "T")
        heard = Heard(client, "market.news", "meeting.chat.message")
        await client.connect()
    assert heard.events == ["market.news", "meeting.chat.message"] * 3
    assert heard.of("market.news")[2] == {"inner": {"price": 2, "by": "[2Jme"}}


async def test_two_clients_of_one_user_with_one_id_displace_each_other(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        token = server.token("user_ben")
        older = AsyncBoardroomWebSocket(server.url, token, ca=server.ca, client_id="laptop")
        async with older:
            heard = Heard(older, "disconnect")
            async with AsyncBoardroomWebSocket(server.url, token, ca=server.ca, client_id="laptop"):
                assert (await until_heard(heard, "disconnect"))["code"] == 4509
                assert older.state == "ended"
