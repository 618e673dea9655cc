"""Long messages are compressed, where both ends agree to it; nothing else is."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.frames import Frame, Opcode

from boardroom_tui.compression import COMPRESSED_FROM, FOR_EVERYBODY
from boardroom_tui.protocol.messages.connection import AuthRefresh, AuthRefreshed, ConnectionReady
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from tests.client.linking import linked
from tests.client.scripted import Talk, chat_line
from tests.peers.deflate import NotingClient, NotingServer
from tests.peers.reference_client import reference_client
from tests.server.members import join, present, say
from tests.server.running import charter, running_server

LONG = "We approve the budget, as circulated, line by line. " * 70
SHORT = "We approve the budget, as circulated, line by line."


def encoded(size: int, *, repeats: bool = True) -> Frame:
    payload = b"boardroom " * size if repeats else secrets.token_bytes(size)
    return FOR_EVERYBODY.encode(Frame(Opcode.TEXT, payload[:size]))


def test_only_a_long_message_that_shrinks_is_compressed():
    assert not encoded(COMPRESSED_FROM - 1).rsv1
    assert encoded(COMPRESSED_FROM).rsv1
    assert len(encoded(COMPRESSED_FROM).data) < COMPRESSED_FROM / 10
    assert not encoded(20_000, repeats=False).rsv1


@pytest.mark.parametrize(
    "offer",
    [
        NotingClient(),
        NotingClient(server_no_context_takeover=True, client_no_context_takeover=True),
        NotingClient(server_max_window_bits=10, client_max_window_bits=9),
    ],
    ids=["as usual", "no context", "small windows"],
)
async def test_a_strangers_compression_is_taken_whatever_it_offers(
    offer: NotingClient, tmp_path: Path
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        reference_client(
            server.address("user_ben"), server.trust(), compression=None, extensions=[offer]
        ) as ben,
    ):
        assert offer.noted.remote_no_context_takeover
        assert offer.noted.local_no_context_takeover
        await join(ben)
        said = await say(ben, LONG, "1")
        assert said["data"]["message"] == LONG
        for text in (LONG, SHORT):
            await say(ada, text, text[:60])
            assert (await ben.next("meeting.chat.message"))["data"]["message"] == text
        compressed = [size for is_compressed, size in offer.noted.came if is_compressed]
        plain = [size for is_compressed, size in offer.noted.came if not is_compressed]
        if offer.server_max_window_bits is None:
            assert len(compressed) >= 2, "the answer and the other's words"
            assert max(compressed) < len(LONG) / 2
            assert max(plain) < COMPRESSED_FROM


async def test_who_offers_nothing_gets_everything_plain(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada") as (ada,),
        reference_client(server.address("user_ben"), server.trust(), compression=None) as ben,
    ):
        assert ben.socket.protocol.extensions == []
        await join(ben)
        await say(ada, LONG, "1")
        assert (await ben.next("meeting.chat.message"))["data"]["message"] == LONG


async def test_what_goes_to_many_is_compressed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compressed: list[int] = []
    encode = FOR_EVERYBODY.encode

    def counted(frame: Frame) -> Frame:
        compressed.append(len(frame.data))
        return encode(frame)

    async with (
        running_server(charter(), tmp_path) as server,
        present(server, "user_ada", "user_ben", "user_cleo", "user_otto") as (ada, *others),
    ):
        monkeypatch.setattr(FOR_EVERYBODY, "encode", counted)
        await say(ada, LONG, "1")
        for other in others:
            assert (await other.next("meeting.chat.message"))["data"]["message"] == LONG
        assert len(compressed) == 2, "the speaker's own copy, which names the request, and theirs"


@pytest.mark.parametrize("stranger", [[NotingServer()], None], ids=["with", "without"])
async def test_our_client_compresses_what_is_long_for_a_server_that_agrees(
    stranger: Sequence[NotingServer] | None,
) -> None:
    async def answer(socket: ServerConnection) -> None:
        talk = Talk(socket)
        await talk.be_ready()
        for _ in range(2):
            request = await talk.hear("meeting.chat.message")
            await talk.say("meeting.chat.message", chat_line(request), request["id"])
        await socket.wait_closed()

    async with serve(answer, "127.0.0.1", 0, compression=None, extensions=stranger) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with linked(f"ws://127.0.0.1:{port}/ws", "T") as heard:
            for text in (LONG, SHORT):
                data = ChatSend.Data(meeting_id="meeting_123", message=text)
                said = await heard.link.send_and_wait(ChatSend(data=data))
                assert isinstance(said, ChatMessage)
                assert said.data.message == text
            if stranger is not None:
                compressed = [
                    size for is_compressed, size in stranger[0].noted.came if is_compressed
                ]
                assert len(compressed) == 1
                assert compressed[0] < len(LONG) / 2


async def test_a_token_is_never_compressed_however_long() -> None:
    token = "A" * 8_000
    offer, heard_all = NotingServer(), list[dict[str, Any]]()

    async def renew(socket: ServerConnection) -> None:
        talk = Talk(socket)
        await talk.be_ready()
        heard_all.append(await talk.hear("connection.auth.refresh"))
        await talk.say(
            "connection.auth.refreshed", {"expiresAt": "2099-01-15T10:30:00Z", "permissions": []}
        )
        await socket.wait_closed()

    async with serve(renew, "127.0.0.1", 0, compression=None, extensions=[offer]) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with linked(f"ws://127.0.0.1:{port}/ws", "T") as heard:
            await heard.until(lambda heard: bool(heard.heard(ConnectionReady)))
            heard.link.send(AuthRefresh(data=AuthRefresh.Data(token=token)))
            await heard.until(lambda heard: bool(heard.heard(AuthRefreshed)))
    assert heard_all[0]["data"] == {"token": token}
    assert all(not is_compressed for is_compressed, _ in offer.noted.came)
    assert max(size for _, size in offer.noted.came) > len(token)
