"""The library with a server that was written from the reference alone."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from boardroom_ws import AsyncBoardroomWebSocket, RequestError

from tests.client.certificates import self_signed
from tests.peers.reference_server import reference_server
from tests.sdk.programming import SECONDS, running
from tests.sdk.test_sample import program

USERS = {"token_a": "anna", "token_b": "ben"}


async def test_the_sample_of_the_reference_runs_with_a_stranger(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    trusting = {"SSL_CERT_FILE": str(certificate.path), "PYTHONUNBUFFERED": "1"}
    async with (
        reference_server(USERS, tls=certificate.context) as server,
        running("-c", program(server.url, "token_a"), home=tmp_path, more=trusting) as anna,
    ):
        async with asyncio.timeout(SECONDS):
            while "meeting.chat.message" not in [heard["type"] for heard in server.heard]:
                await asyncio.sleep(0.02)
        joined: dict[str, Any] = {"userId": "ben", "name": "Ben", "role": "participant"}
        participant = {**joined, "joinedAt": "2024-01-15T10:30:00Z"}
        told: dict[str, Any] = {"meetingId": "meeting_123", "participant": participant}
        await server.broadcast("meeting.participant.joined", {**told, "totalParticipants": 1})
        assert await anna.line() == f"Participant joined: {participant}"
        await server.peers[0].socket.close(1000)
        assert await anna.end() == (0, "", "")
    assert server.beyond == []
    assert [heard["data"] for heard in server.heard if heard["type"] == "subscribe"] == [
        {"channels": ["meeting:123"]}
    ]


async def test_every_method_works_with_a_stranger() -> None:
    async with (
        asyncio.timeout(SECONDS),
        reference_server(USERS, voters=1) as server,
        AsyncBoardroomWebSocket(server.url, "token_a", meeting="meeting_123") as client,
    ):
        cast = {"decisionId": "decision_123", "vote": "approve", "comment": "Good"}
        response = await client.send_and_wait("decision.vote.cast", cast)
        assert response.data["status"] == "recorded"
        async for message in client:
            if message.type == "decision.result":
                assert message.data["finalVotes"]["approve"] == 1
                break
        said = {"meetingId": "meeting_123", "message": "Hello"}
        assert (await client.send_and_wait("meeting.chat.message", said)).data["userId"] == "anna"
        await client.subscribe("decision:456")
        await client.unsubscribe("decision:456")
        with pytest.raises(RequestError, match=r"does not know meeting\.agenda\.set") as refused:
            item = {"meetingId": "123", "itemId": "item_1", "status": "completed"}
            await client.send_and_wait("meeting.agenda.set", item)
        assert refused.value.code == "INVALID_MESSAGE"
    assert server.beyond == []
    assert client.user_id == "anna"


async def test_the_library_comes_back_to_a_stranger_and_subscribes_again() -> None:
    async with (
        asyncio.timeout(SECONDS),
        reference_server(USERS) as server,
        AsyncBoardroomWebSocket(server.url, "token_a") as client,
    ):
        updates = 0
        await client.subscribe("decision:456")
        async for message in client:
            if message.type == "subscription.update":
                updates += 1
                if updates == 2:
                    break
                server.peers[0].socket.transport.abort()
        assert server.peers[0].channels == {"decision:456"}
