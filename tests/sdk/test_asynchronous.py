"""The asyncio client on a real server."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest
from boardroom_ws import AsyncBoardroomWebSocket, ConnectionEndedError, Message, RequestError

from boardroom_tui.sdk.stream import ROOM
from tests.client.scripted import Talk, chat_line, scripted
from tests.sdk.programming import SECONDS
from tests.server.members import MEETING, present, say
from tests.server.running import RunningServer, charter, running_server


def client_of(server: RunningServer, user_id: str, **settings: Any) -> AsyncBoardroomWebSocket:
    given: dict[str, Any] = {"token": server.token(user_id), "ca": server.ca, **settings}
    return AsyncBoardroomWebSocket(server.url, **given)


def chat(message: str) -> dict[str, Any]:
    return {"meetingId": MEETING, "message": message}


async def count_to_three(talk: Talk) -> None:
    """Say three things, and go."""
    await talk.be_ready()
    for number in range(3):
        line = chat_line({"data": chat(str(number))})
        await talk.say("meeting.chat.message", line)
    await talk.socket.close(1000)


async def test_messages_can_be_iterated_over_while_handlers_hear_them_too(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        asyncio.timeout(SECONDS),
        client_of(server, "user_ben", meeting=MEETING) as client,
    ):
        heard: list[str] = []
        asked: list[Message] = []

        @client.on("meeting.chat.message")
        async def slowly(data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
            await asyncio.sleep(0)
            heard.append(data["message"])

        await say(ada, "Hello", "say")
        said: list[Message] = []
        async for message in client:
            if message.type == "meeting.chat.message":
                said.append(message)
                assert heard == [one.data["message"] for one in said]
                if len(said) == 2:
                    break
                answer = await client.send_and_wait("meeting.chat.message", chat("Hello, Ada"))
                assert answer.correlation_id is not None
                asked.append(answer)
        assert said[1:] == asked


async def test_a_loop_ends_with_the_connection() -> None:
    said: list[str] = []
    async with asyncio.timeout(SECONDS), scripted(count_to_three) as url:
        client = AsyncBoardroomWebSocket(url, "T")

        async def listen() -> None:
            async for message in client:
                said.append(message.type)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(listen())
            await asyncio.sleep(0)
            await client.connect()
        assert [message async for message in client] == []
    assert said == ["connection.ready", *["meeting.chat.message"] * 3]


async def test_the_first_loop_begins_with_what_came_before_it_and_the_next_does_not() -> None:
    async with asyncio.timeout(SECONDS), scripted(count_to_three) as url:
        client = AsyncBoardroomWebSocket(url, "T")
        await client.connect()
        types = [message.type async for message in client]
        assert types == ["connection.ready", *["meeting.chat.message"] * 3]
        assert [message async for message in client] == []


async def test_a_loop_that_is_left_far_behind_keeps_nobody_waiting() -> None:
    async def flood(talk: Talk) -> None:
        await talk.be_ready()
        await talk.hear("meeting.leave")
        for number in range(ROOM + 10):
            line = chat_line({"data": chat(str(number))})
            await talk.say("meeting.chat.message", line)
        await talk.socket.wait_closed()

    async with asyncio.timeout(SECONDS), scripted(flood) as url:
        heard = asyncio.Event()
        async with AsyncBoardroomWebSocket(url, "T") as client:

            @client.on("meeting.chat.message")
            def note(data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
                if data["message"] == str(ROOM + 9):
                    heard.set()

            loop = aiter(client)
            await client.send("meeting.leave", {"meetingId": MEETING})
            first = await anext(loop)
            assert isinstance(first, Message)
            await loop.aclose()
            await heard.wait()
            still_open = aiter(client)
            waiting = asyncio.create_task(anext(still_open))
            await asyncio.sleep(0)
        with contextlib.suppress(StopAsyncIteration):
            await waiting


async def test_async_handlers_run_one_at_a_time_in_order() -> None:
    order: list[str] = []
    async with asyncio.timeout(SECONDS), scripted(count_to_three) as url:
        client = AsyncBoardroomWebSocket(url, "T")

        @client.on("meeting.chat.message")
        async def slow(data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
            order.append(f"heard {data['message']}")
            await asyncio.sleep(0.01)
            order.append(f"done with {data['message']}")

        await client.connect()
    assert order == [f"{what} {n}" for n in "012" for what in ("heard", "done with")]


async def test_a_handler_may_disconnect_and_hears_no_more() -> None:
    heard: list[str] = []
    async with asyncio.timeout(SECONDS), scripted(count_to_three) as url:
        client = AsyncBoardroomWebSocket(url, "T")

        @client.on("meeting.chat.message")
        async def leave(data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
            heard.append(data["message"])
            await client.disconnect()

        await client.connect()
    assert heard == ["0"]


async def test_cancelling_connect_disconnects(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server, asyncio.timeout(SECONDS):
        client = client_of(server, "user_ben")
        connected = asyncio.Event()
        client.on("connect", lambda _data: connected.set())
        connecting = asyncio.create_task(client.connect())
        await connected.wait()
        connecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await connecting
        assert client.state == "ended"


async def test_a_failing_block_disconnects(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server, asyncio.timeout(SECONDS):
        client = client_of(server, "user_ben")
        with pytest.raises(KeyError):
            async with client:
                raise KeyError
        assert client.state == "ended"


async def test_a_refusal_is_raised_and_an_answer_that_does_not_come_is_a_timeout(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        client_of(server, "user_otto") as otto,
    ):
        with pytest.raises(RequestError) as refused:
            await otto.send_and_wait("decision.vote.cast", {"decisionId": "123", "vote": "approve"})
        assert refused.value.code == "PERMISSION_DENIED"
        with pytest.raises(ValueError, match=r"collaboration\.typing: .* use send"):
            await otto.send_and_wait("collaboration.typing", {"roomId": "123", "isTyping": True})

    async def be_silent(talk: Talk) -> None:
        await talk.be_ready()
        await talk.socket.wait_closed()

    async with scripted(be_silent) as url, AsyncBoardroomWebSocket(url, "T") as client:
        with pytest.raises(TimeoutError, match=r"no answer to meeting\.join within 0 s"):
            await client.send_and_wait("meeting.join", {"meetingId": "123"}, timeout=0)


async def test_who_waits_for_an_answer_hears_that_the_connection_has_ended() -> None:
    async def leave(talk: Talk) -> None:
        await talk.be_ready()
        await talk.hear("meeting.join")
        await talk.socket.close(1000)

    async with scripted(leave) as url, AsyncBoardroomWebSocket(url, "T") as client:
        with pytest.raises(ConnectionEndedError):
            await client.send_and_wait("meeting.join", {"meetingId": "123"})
