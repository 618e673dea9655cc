"""The link through every kind of interruption."""

import asyncio
import logging
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.exceptions import ConnectionClosed

from boardroom_tui.client.link import Link, LinkEndedError, RequestRefusedError
from boardroom_tui.client.tokens import GivenToken, TokenFile
from boardroom_tui.client.trust import Pinned
from boardroom_tui.client.updates import ROOM
from boardroom_tui.client.wire import BATCH
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.connection import AuthRefreshed, ConnectionReady
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from boardroom_tui.session.connection import Phase
from tests.client.certificates import self_signed
from tests.client.linking import SECONDS, Listener, address_of, linked
from tests.client.scripted import Json, Talk, chat_line, scripted
from tests.peers.reference_server import reference_server


def saying(text: str) -> ChatSend:
    return ChatSend(data=ChatSend.Data(meeting_id="meeting_123", message=text))


async def stay(talk: Talk) -> None:
    """Be ready, and listen until the client leaves."""
    await talk.be_ready()
    await talk.socket.wait_closed()


async def back_at_once(heard: Listener) -> None:
    """Wait until the link waits for its next attempt, and let it not wait."""
    await heard.until(lambda heard: heard.link.connection.next_attempt is not None)
    heard.link.retry_now()


async def test_what_was_not_answered_is_sent_again_under_the_same_id() -> None:
    sent: list[Json] = []

    async def break_before_the_answer(talk: Talk) -> None:
        await talk.be_ready()
        sent.append(await talk.hear("meeting.chat.message"))
        talk.socket.transport.abort()

    async def answer(talk: Talk) -> None:
        await talk.be_ready()
        await talk.hear("meeting.join")
        sent.append(await talk.hear("meeting.chat.message"))
        await talk.say("meeting.chat.message", chat_line(sent[-1]), sent[-1]["id"])
        await talk.socket.wait_closed()

    async with scripted(break_before_the_answer, answer) as url, linked(url, "T") as heard:
        request_id = heard.link.send(saying("Hello everyone!"))
        await back_at_once(heard)
        await heard.until(lambda heard: bool(heard.settled))

        assert [message["id"] for message in sent] == [request_id, request_id]
        assert heard.settled[0].request.id == request_id
        assert heard.phases == [
            Phase.CONNECTING,
            Phase.READY,
            Phase.WAITING,
            Phase.CONNECTING,
            Phase.READY,
        ]


@pytest.mark.parametrize("code", [4500, 4501, 4509, 4999])
async def test_a_fatal_close_ends_the_link_with_the_servers_reason(code: int) -> None:
    async def refuse(talk: Talk) -> None:
        await talk.refuse("AUTH_FAILED", "The token was \x1b[31mrevoked", code)

    async with scripted(refuse) as url, linked(url, "T") as heard:
        problem = await heard.link.ready()
        await heard.until(lambda heard: heard.link.connection.phase is Phase.ENDED)

        assert str(problem) == "The token was [31mrevoked"
        assert heard.link.connection.code == code
        with pytest.raises(LinkEndedError):
            await heard.link.send_and_wait(saying("too late"))


@pytest.mark.parametrize("code", [1001, 1012, 4400, 4408, 4499, 3000])
async def test_after_another_close_the_link_comes_back(code: int) -> None:
    async def leave(talk: Talk) -> None:
        await talk.be_ready()
        await talk.socket.close(code)

    async with scripted(leave, stay) as url, linked(url, "T") as heard:
        await back_at_once(heard)
        await heard.until(lambda heard: len(heard.heard(ConnectionReady)) == 2)
        assert heard.link.connection.phase is Phase.READY


async def test_each_connection_takes_the_token_anew(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("first")
    path.chmod(0o600)
    tokens: list[str] = []
    clients: set[str] = set()

    async def run_out(talk: Talk) -> None:
        note(talk)
        path.write_text("second")
        await talk.refuse("AUTH_EXPIRED", "The token ran out", 4401)

    async def take(talk: Talk) -> None:
        note(talk)
        await stay(talk)

    def note(talk: Talk) -> None:
        query = parse_qs(urlsplit(talk.path).query)
        tokens.append(query["token"][0])
        clients.add(query["clientId"][0])

    async with scripted(run_out, take) as url, linked(url, TokenFile(path)) as heard:
        await back_at_once(heard)
        await heard.until(lambda heard: heard.link.connection.phase is Phase.READY)

    assert tokens == ["first", "second"]
    assert len(clients) == 1


async def test_a_token_that_ran_out_and_has_no_successor_ends_the_link() -> None:
    async def run_out(talk: Talk) -> None:
        await talk.refuse("AUTH_EXPIRED", "The token ran out", 4401)

    async with scripted(run_out) as url, linked(url, "only") as heard:
        await back_at_once(heard)
        await heard.until(lambda heard: heard.link.connection.phase is Phase.ENDED)
        assert heard.link.connection.reason == "the token has run out; a new one is needed"


async def test_a_token_is_renewed_over_the_connection(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("first")
    path.chmod(0o600)

    async def renew(talk: Talk) -> None:
        await talk.be_ready()
        path.write_text("second")
        await talk.say("connection.auth.expiring", {"expiresAt": "2027-01-15T11:00:00Z"})
        request = await talk.hear("connection.auth.refresh")
        assert request["data"]["token"] == "second"
        renewed = {"expiresAt": "2027-01-15T12:00:00Z", "permissions": ["read"]}
        await talk.say("connection.auth.refreshed", renewed, request["id"])
        await talk.socket.wait_closed()

    async with scripted(renew) as url, linked(url, TokenFile(path)) as heard:
        await heard.until(lambda heard: bool(heard.heard(AuthRefreshed)))


async def test_a_refusal_is_raised_to_whoever_waits_for_the_answer() -> None:
    async def refuse(talk: Talk) -> None:
        await talk.be_ready()
        request = await talk.hear("meeting.chat.message")
        error = {"code": "PERMISSION_DENIED", "message": "No\x07 entry", "retryable": False}
        await talk.say("error", error, request["id"])
        await talk.socket.wait_closed()

    async with scripted(refuse) as url, linked(url, "T") as heard:
        with pytest.raises(RequestRefusedError, match="PERMISSION_DENIED: No entry") as raised:
            await heard.link.send_and_wait(saying("Hello"))
        assert raised.value.refused.data.code is ErrorCode.PERMISSION_DENIED


async def test_whoever_waits_hears_that_the_link_ended_or_that_time_is_up() -> None:
    async with scripted(stay) as url, linked(url, "T") as heard:
        with pytest.raises(TimeoutError):
            await heard.link.send_and_wait(saying("Hello"), timeout=0)
        waiting = asyncio.create_task(heard.link.send_and_wait(saying("Hello")))
        await heard.until(lambda heard: heard.link.connection.waiting == 2)
        await heard.link.close()
        with pytest.raises(LinkEndedError):
            await waiting


async def test_what_is_sent_just_before_closing_still_leaves() -> None:
    said: list[str] = []

    async def listen(talk: Talk) -> None:
        limits = {name: {"limit": 10_000, "window": 60} for name in ("messages", "chat")}
        await talk.be_ready(rateLimits=limits)
        try:
            while True:
                said.append((await talk.hear("meeting.chat.message"))["data"]["message"])
        except ConnectionClosed:
            closed.set()

    closed = asyncio.Event()
    # More than the socket takes at once.
    speech = [f"{number} " + "🎉" * 3_900 for number in range(600)]
    async with scripted(listen) as url, linked(url, "T") as heard:
        assert await heard.link.ready() is None
        for text in speech:
            heard.link.send(saying(text))
        await heard.link.close()
        async with asyncio.timeout(SECONDS):
            await closed.wait()
    assert said == speech


async def test_a_server_that_is_not_there_is_named_and_tried_again() -> None:
    async with scripted(stay) as url:
        pass
    async with linked(url, "T") as heard:
        problem = await heard.link.ready()
        assert str(problem) == f"no server answers at {address_of(url).name}"
        assert heard.link.connection.phase is Phase.WAITING
        assert heard.link.connection.attempt == 1


async def test_a_server_that_redirects_does_not_get_the_token_to_another() -> None:
    requests: list[bytes] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.read(100))
        writer.close()

    async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        port = other.sockets[0].getsockname()[1]
        location = f"Location: ws://127.0.0.1:{port}/ws\r\nContent-Length: 0\r\n\r\n"
        writer.write(f"HTTP/1.1 307 Temporary Redirect\r\n{location}".encode())
        await writer.drain()
        writer.close()

    other = await asyncio.start_server(elsewhere, "127.0.0.1", 0)
    server = await asyncio.start_server(redirect, "127.0.0.1", 0)
    async with other, server:
        port = server.sockets[0].getsockname()[1]
        async with linked(f"ws://127.0.0.1:{port}/ws", "T") as heard:
            problem = await heard.link.ready()
    name = f"127.0.0.1:{port}"
    assert str(problem) == f"{name} is not a Boardroom server: it points elsewhere"
    assert requests == []


async def test_a_certificate_that_changes_while_the_meeting_runs_ends_the_link(
    tmp_path: Path,
) -> None:
    one, other = self_signed(tmp_path, "one"), self_signed(tmp_path, "other")
    async with (
        reference_server({"T": "anna"}, tls=one.context) as server,
        linked(server.url, "T", trust=Pinned(one.fingerprint)) as heard,
    ):
        assert await heard.link.ready() is None
        # New handshakes show the other certificate from here on.
        one.context.load_cert_chain(other.path, other.path.with_suffix(".key"))
        server.peers[0].socket.transport.abort()
        await back_at_once(heard)
        await heard.until(lambda heard: heard.link.connection.phase is Phase.ENDED)
        assert "has changed" in (heard.link.connection.reason or "")
    assert len(server.peers) == 0


async def test_a_link_whose_updates_nobody_reads_stops_reading_and_still_closes() -> None:
    async def flood(talk: Talk) -> None:
        await talk.be_ready()
        notice = {"roomId": "meeting_123", "userId": "user_1", "userName": "A", "isTyping": True}
        try:
            while True:
                await talk.say("collaboration.typing.update", notice)
        except ConnectionClosed:
            flooded.set()

    flooded = asyncio.Event()
    async with scripted(flood) as url:
        link = Link(address_of(url), GivenToken("T"), meeting_id=None)
        running = asyncio.create_task(link.run())
        async with asyncio.timeout(SECONDS):
            assert await link.ready() is None
            while len(link.updates) < ROOM:
                await asyncio.sleep(0)
            await link.close()
            await running
            await flooded.wait()
            left = [update async for update in link.updates]
    assert len(left) <= ROOM + BATCH


async def test_cancelling_one_who_waits_for_the_end_does_not_end_the_link() -> None:
    async with scripted(stay) as url, linked(url, "T") as heard:
        assert await heard.link.ready() is None
        waiting = asyncio.create_task(heard.link.run())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        assert heard.link.connection.phase is Phase.READY


async def test_messages_come_in_the_order_in_which_they_were_sent() -> None:
    async def speak(talk: Talk) -> None:
        await talk.be_ready()
        request = await talk.hear("meeting.join")
        for number in range(500):
            line = {**chat_line({"data": {**request["data"], "message": str(number)}})}
            await talk.say("meeting.chat.message", {**line, "messageId": f"msg_{number}"})
        await talk.socket.wait_closed()

    async with scripted(speak) as url, linked(url, "T") as heard:
        await heard.until(lambda heard: len(heard.heard(ChatMessage)) == 500)
        said = [message.data.message for message in heard.heard(ChatMessage)]
        assert said == [str(number) for number in range(500)]


async def test_no_log_shows_the_token(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    certificate = self_signed(tmp_path)
    trust = Pinned(certificate.fingerprint)
    async with reference_server({"SECRET": "anna"}, tls=certificate.context) as server:
        caplog.clear()
        async with linked(server.url, "SECRET", trust=trust) as heard:
            assert await heard.link.ready() is None
    by_the_client = [record for record in caplog.records if record.name != "websockets.server"]
    assert all("SECRET" not in record.getMessage() for record in by_the_client)
