"""The blocking client on a real server, from a thread that has no event loop."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from boardroom_ws import BoardroomWebSocket, ConnectionEndedError, RequestError, State

from tests.sdk.hearing import Heard
from tests.sdk.programming import SECONDS
from tests.server.members import DECISION, MEETING, present, say, vote
from tests.server.running import RunningServer, charter, decision, running_server


def client_of(server: RunningServer, user_id: str, **settings: Any) -> BoardroomWebSocket:
    given: dict[str, Any] = {"token": server.token(user_id), "ca": server.ca, **settings}
    return BoardroomWebSocket(server.url, **given)


async def in_a_thread(program: Callable[[], None]) -> None:
    """Run a program as it is written: without an event loop."""
    async with asyncio.timeout(SECONDS):
        await asyncio.to_thread(program)


def chat(message: str) -> dict[str, Any]:
    return {"meetingId": MEETING, "message": message}


async def test_what_is_sent_before_connect_is_delivered_once_connected(tmp_path: Path) -> None:
    def program() -> None:
        client = client_of(server, "user_ben")
        heard = Heard(client, "subscription.update", "meeting.chat.message")

        @client.on("meeting.chat.message")
        def leave(_data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
            client.disconnect()

        assert client.state == "idle"
        client.subscribe("meeting:123", "decision:123")
        assert client.send("meeting.chat.message", chat("Hello!"))
        client.connect()
        assert client.state is State.ENDED
        assert heard.of("subscription.update")[0]["subscribed"] == ["meeting:123", "decision:123"]
        assert heard.of("meeting.chat.message")[0]["message"] == "Hello!"

    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
    ):
        await in_a_thread(program)
        said = await ada.next("meeting.chat.message")
        assert said["data"]["message"] == "Hello!"


async def test_inside_the_block_it_is_connected_and_after_it_no_more(tmp_path: Path) -> None:
    def program() -> None:
        with client_of(server, "user_ben", meeting=MEETING) as client:
            assert client.state == "connected"
            assert client.user_id == "user_ben"
            answer = client.send_and_wait("meeting.chat.message", chat("Hello!"))
            assert answer.type == "meeting.chat.message"
            assert answer.data["userName"] == "Ben"
            assert answer.data["timestamp"].endswith("Z")
        assert client.state == "ended"
        with pytest.raises(ConnectionEndedError):
            client.send("meeting.chat.message", chat("too late"))

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)


async def test_live_voting_as_in_the_reference_s_sample(tmp_path: Path) -> None:
    def program() -> None:
        with client_of(server, "user_ben") as client:
            heard = Heard(client, "decision.vote.update", "decision.result")
            client.subscribe(f"decision:{DECISION}")
            cast = {"decisionId": DECISION, "vote": "approve", "comment": None}
            response = client.send_and_wait("decision.vote.cast", cast)
            assert response.data["status"] == "recorded"
            heard.wait("decision.vote.update")
            voted.set()
            result = heard.wait("decision.result")
            assert result["decisionId"] == DECISION
            assert result["finalVotes"] == {"approve": 3, "reject": 0, "abstain": 0}
            assert heard.of("decision.vote.update")[-1]["voteSummary"]["total"] == 3

    voted = threading.Event()
    board = charter(decisions=(decision(status="voting"),))
    async with (
        running_server(board, tmp_path) as server,
        present(server, "user_ada", "user_cleo") as (ada, cleo),
        asyncio.TaskGroup() as tasks,
    ):
        tasks.create_task(in_a_thread(program))
        await asyncio.to_thread(voted.wait, SECONDS)
        await vote(ada, "approve", "vote")
        await vote(cleo, "approve", "vote")


async def test_a_refusal_is_raised_with_its_code_its_details_and_whether_to_try_again(
    tmp_path: Path,
) -> None:
    def program() -> None:
        with client_of(server, "user_ben") as client:
            heard = Heard(client, "error")
            with pytest.raises(RequestError) as refused:
                client.send_and_wait("decision.vote.cast", {"decisionId": "123", "vote": "reject"})
            assert refused.value.code == "INVALID_MESSAGE"
            assert refused.value.details["reason"] == "not_open"
            assert refused.value.retryable is False
            assert refused.value.retry_after is None
            assert str(refused.value).startswith("INVALID_MESSAGE: ")
            assert heard.wait("error")["code"] == "INVALID_MESSAGE"

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)


async def test_a_refusal_that_nobody_waits_for_is_an_error_event_or_else_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def program() -> None:
        with client_of(server, "user_ben") as client:
            later = Heard(client, "meeting.chat.message")
            client.send("decision.vote.cast", {"decisionId": "123", "vote": "reject"})
            client.send("meeting.chat.message", chat("Hello!"))
            later.wait("meeting.chat.message")
            heard = Heard(client, "error")
            client.send("decision.vote.cast", {"decisionId": "123", "vote": "approve"})
            assert heard.wait("error")["details"]["reason"] == "not_open"

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)
    warnings = [record.getMessage() for record in caplog.records if record.name == "boardroom_ws"]
    assert warnings == ["decision.vote.cast: INVALID_MESSAGE: decision_123 is not open yet."]


async def test_unsubscribed_channels_and_removed_handlers_are_silent(tmp_path: Path) -> None:
    def program() -> None:
        with client_of(server, "user_ben") as client:
            heard = Heard(client, "meeting.chat.message", "subscription.update")
            removed: list[dict[str, Any]] = []
            client.on("meeting.chat.message", removed.append)
            client.off("meeting.chat.message", removed.append)
            client.off("meeting.chat.message", removed.append)
            client.subscribe("meeting:123")
            heard.wait("subscription.update")
            ready.set()
            heard.wait("meeting.chat.message")
            client.unsubscribe("meeting:123")
            heard.wait("subscription.update", 2)
            silent.set()
            done.wait(SECONDS)
            client.send_and_wait("presence.update", {"status": "away"})
        assert len(heard.of("meeting.chat.message")) == 1
        assert removed == []

    ready, silent, done = threading.Event(), threading.Event(), threading.Event()
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        asyncio.TaskGroup() as tasks,
    ):
        tasks.create_task(in_a_thread(program))
        await asyncio.to_thread(ready.wait, SECONDS)
        await say(ada, "One", "one")
        await asyncio.to_thread(silent.wait, SECONDS)
        await say(ada, "Two", "two")
        done.set()


async def test_handlers_run_one_at_a_time_in_order_and_may_ask_the_server(tmp_path: Path) -> None:
    def program() -> None:
        order: list[str] = []
        client = client_of(server, "user_ben", meeting=MEETING)

        @client.on("meeting.chat.message")
        def answer(data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
            order.append(f"heard {data['message']}")
            if data["message"] == "1":
                client.send_and_wait("meeting.chat.message", chat("2"))
                client.send_and_wait("meeting.chat.message", chat("3"))
            order.append(f"done with {data['message']}")
            if data["message"] == "3":
                client.disconnect()

        client.send("meeting.chat.message", chat("1"))
        client.connect()
        assert order == [f"{what} {n}" for n in "123" for what in ("heard", "done with")]

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)


async def test_a_handler_that_fails_is_logged_and_the_others_are_called(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def program() -> None:
        with client_of(server, "user_ben") as client:

            @client.on("meeting.chat.message")
            def fail(_data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
                raise KeyError("typo")

            heard = Heard(client, "meeting.chat.message")
            client.send("meeting.chat.message", chat("Hello!"))
            heard.wait("meeting.chat.message")
            client.send("meeting.chat.message", chat("Still there"))
            heard.wait("meeting.chat.message", 2)

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)
    assert "A handler of meeting.chat.message failed" in caplog.text
    assert "typo" in caplog.text


async def test_a_handler_that_exits_ends_the_program(tmp_path: Path) -> None:
    def program() -> None:
        client = client_of(server, "user_ben")

        @client.on("connect")
        def leave(_data: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
            raise SystemExit(3)

        with pytest.raises(SystemExit) as left:
            client.connect()
        assert left.value.code == 3

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)


async def test_where_an_event_loop_runs_it_refuses_to_block_it(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        client = client_of(server, "user_ben")
        for blocking in (
            client.connect,
            client.__enter__,
            lambda: client.send_and_wait("meeting.chat.message", chat("Hello!")),
        ):
            with pytest.raises(RuntimeError, match="use AsyncBoardroomWebSocket"):
                blocking()
        client.disconnect()
        assert client.state == "idle"


async def test_connecting_in_a_handler_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def program() -> None:
        with client_of(server, "user_ben") as client:
            client.on("meeting.chat.message", lambda _data: client.connect())
            heard = Heard(client, "meeting.chat.message")
            client.send("meeting.chat.message", chat("Hello!"))
            heard.wait("meeting.chat.message")

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)
    assert "connect in a handler would wait for the handler itself" in caplog.text


def test_an_async_handler_is_refused() -> None:
    async def handler(_data: dict[str, Any]) -> None:
        """Nobody would await it."""

    client = BoardroomWebSocket("ws://127.0.0.1:1/ws", "T")
    with pytest.raises(TypeError, match="AsyncBoardroomWebSocket"):
        client.on("connect", handler)


def test_asking_without_a_connection_is_a_clear_timeout() -> None:
    client = BoardroomWebSocket("ws://127.0.0.1:1/ws", "T")
    with pytest.raises(TimeoutError, match="nobody has called connect"):
        client.send_and_wait("meeting.join", {"meetingId": "123"}, timeout=0)


async def test_a_thread_that_asks_while_another_connects_is_answered(tmp_path: Path) -> None:
    def program() -> None:
        client = client_of(server, "user_ben")
        connecting = threading.Thread(target=client.connect)
        connecting.start()
        assert client.send_and_wait("meeting.join", {"meetingId": "123"}).data["meetingId"]
        client.disconnect()
        connecting.join(SECONDS)
        assert not connecting.is_alive()

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)


async def test_many_threads_may_send_at_once_while_it_ends(tmp_path: Path) -> None:
    def send_until_the_end(client: BoardroomWebSocket) -> None:
        with suppress(ConnectionEndedError):
            while True:
                client.send("collaboration.typing", {"roomId": MEETING, "isTyping": True})

    def program() -> None:
        with client_of(server, "user_ben") as client:
            threads = [threading.Thread(target=send_until_the_end, args=(client,)) for _ in "123"]
            for thread in threads:
                thread.start()
        for thread in threads:
            thread.join(SECONDS)
            assert not thread.is_alive()

    async with running_server(charter(), tmp_path) as server:
        await in_a_thread(program)
